"""Which of the changes that findings call for are made together, and entries changed until nothing is left to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.checks.making import plain_subject, revised
from dlbib.errors import DlbibError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.checks.findings import Change, Examiner, Finding
    from dlbib.checks.subjects import Subject
    from dlbib.model.entry import Entry

ROUNDS: Final = 8
"""How often an entry is looked at again; what one change uncovers the next one mends."""


def compatible(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with a fix, without those that change a field which an earlier one changes."""
    taken: set[str] = set()
    chosen: list[Finding] = []
    for finding in findings:
        names = {change.field for change in finding.fix}
        if names and taken.isdisjoint(names):
            taken |= names
            chosen.append(finding)
    return chosen


def mended(subject: Subject, examiner: Examiner) -> tuple[Entry, list[Finding]]:
    """The entry of a subject that has no BibTeX text with all changed that can be, and what was found for it, in order.

    What an entry can't be changed to is left.
    """
    entry, done = subject.entry, []
    refused: set[tuple[Change, ...]] = set()
    for _ in range(ROUNDS):
        found = [each for each in examiner.examine(subject) if each.fix not in refused]
        chosen = compatible(found)
        if not chosen:
            break
        for finding in chosen:
            try:
                entry = revised(entry, {change.field: change.new for change in finding.fix})
            except (DlbibError, ValueError):
                refused.add(finding.fix)
            else:
                done.append(finding)
        subject = plain_subject(entry, subject.origin, subject.place)
    return entry, done
