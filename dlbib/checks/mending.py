"""Which of the changes that findings call for are made together, and entries changed until nothing is left to change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.checks.making import plain_subject, revised
from dlbib.errors import DlbibError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.checks.findings import Change, Examiner, Finding
    from dlbib.checks.subjects import Subject

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


@dataclass(frozen=True, slots=True)
class Mended:
    """A subject with all changed that can be: the findings that were mended, in order, and those that it has still."""

    subject: Subject
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def mended(subject: Subject, examiner: Examiner) -> Mended:
    """What becomes of a subject that has no BibTeX text; what its entry can't be changed to is left."""
    done: list[Finding] = []
    refused: set[tuple[Change, ...]] = set()
    left = tuple(examiner.examine(subject))
    for _ in range(ROUNDS):
        chosen = compatible(each for each in left if each.fix not in refused)
        if not chosen:
            break
        entry = subject.entry
        for finding in chosen:
            try:
                entry = revised(entry, {change.field: change.new for change in finding.fix})
            except (DlbibError, ValueError):
                refused.add(finding.fix)
            else:
                done.append(finding)
        subject = plain_subject(entry, subject.origin, subject.place)
        left = tuple(examiner.examine(subject))
    return Mended(subject, tuple(done), left)
