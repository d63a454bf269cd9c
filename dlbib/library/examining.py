"""What checks find in works, by themselves and beside all others, and what mends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.checking import today
from dlbib.checks import chosen
from dlbib.checks.findings import Examiner
from dlbib.checks.making import plain_subject
from dlbib.checks.mending import mended as mended_entry
from dlbib.checks.subjects import Origin, Shelf
from dlbib.model.identity import ONE_WORK

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dlbib.checks.findings import Finding
    from dlbib.checks.subjects import Subject
    from dlbib.model.entry import Entry


def examiner(only: Collection[str], skip: Collection[str]) -> Examiner:
    """What looks at entries by the checks that are named, or all. Raises `NotFoundError` for a name that is none."""
    return Examiner(chosen(only, skip))


def findings(by: Examiner, works: Sequence[Entry], everything: Sequence[Entry]) -> list[Finding]:
    """What is wrong with works, by themselves and beside all others, in their order."""
    subjects = _subjects(works)
    shelf = subjects if everything is works else _subjects(everything)
    among: dict[str, list[Finding]] = {}
    for finding in by.compare(Shelf(shelf)):
        among.setdefault(finding.key, []).append(finding)
    return [
        finding
        for subject in subjects
        for finding in (*by.examine(subject), *among.get(subject.entry.key, ()))
    ]


def mended(
    by: Examiner, works: Sequence[Entry], everything: Sequence[Entry]
) -> tuple[dict[str, Entry], list[Finding]]:
    """The works that would be mended, by their keys, and the findings that were the cause.

    A work that would get the identifier of another is left as it is.
    """
    done: list[Finding] = []
    after: dict[str, Entry] = {}
    owners = {name: work.key for work in everything for name in _names(work)}
    for subject in _subjects(works):
        entry, found = mended_entry(subject, by)
        if found and all(owners.setdefault(name, entry.key) == entry.key for name in _names(entry)):
            after[entry.key] = entry
            done += found
    return after, done


def _names(entry: Entry) -> list[tuple[str, str]]:
    """The identifiers that no two works share."""
    return [(each.scheme, each.work) for each in entry.identifiers if each.scheme in ONE_WORK]


def _subjects(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    origin = Origin(today())
    return tuple(plain_subject(entry, origin) for entry in entries)
