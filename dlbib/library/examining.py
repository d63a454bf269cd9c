"""What checks find in works, by themselves and beside all others, and what mends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlbib.checking import today
from dlbib.checks import chosen
from dlbib.checks.findings import Examiner
from dlbib.checks.making import plain_subject
from dlbib.checks.mending import Mended, mended
from dlbib.checks.subjects import Origin, Shelf
from dlbib.model.identity import ONE_WORK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dlbib.checks.findings import Finding
    from dlbib.checks.subjects import Subject
    from dlbib.model.entry import Entry


@dataclass(frozen=True, slots=True)
class MendedWorks:
    """What was changed in a library, or would be: the findings that are mended, and those that are left."""

    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]


def examiner(only: Collection[str], skip: Collection[str]) -> Examiner:
    """What looks at entries by the checks that are named, or all. Raises `NotFoundError` for a name that is none."""
    return Examiner(chosen(only, skip))


def findings(by: Examiner, works: Sequence[Entry], everything: Sequence[Entry]) -> list[Finding]:
    """What is wrong with works, by themselves and beside all others, in their order."""
    subjects = _subjects(works)
    return by.findings(subjects, Shelf(subjects if everything is works else _subjects(everything)))


def mend(
    by: Examiner, works: Sequence[Entry], everything: Sequence[Entry]
) -> tuple[dict[str, Entry], MendedWorks]:
    """The works that are to change, by their keys, and what is mended and left in all of them, in their order.

    A work that would get the identifier of another is left as it is.
    """
    owners = {name: work.key for work in everything for name in _names(work)}
    made = {subject.entry.key: _mended(by, subject, owners) for subject in _subjects(works)}
    beside = by.compare(Shelf(_with(made, everything)))
    left = (found for key, each in made.items() for found in (*each.left, *beside.get(key, ())))
    done = (found for each in made.values() for found in each.done)
    changed = {key: each.subject.entry for key, each in made.items() if each.done}
    return changed, MendedWorks(tuple(done), tuple(left))


def _mended(by: Examiner, subject: Subject, owners: dict[tuple[str, str], str]) -> Mended:
    found = mended(subject, by)
    entry = found.subject.entry
    if found.done and any(owners.setdefault(name, entry.key) != entry.key for name in _names(entry)):
        return Mended(subject, (), tuple(by.examine(subject)))
    return found


def _with(made: Mapping[str, Mended], everything: Sequence[Entry]) -> tuple[Subject, ...]:
    """All works, those that were looked at as they are now."""
    origin = Origin(today())
    return tuple(
        made[work.key].subject if work.key in made else plain_subject(work, origin) for work in everything
    )


def _names(entry: Entry) -> list[tuple[str, str]]:
    """The identifiers that no two works share."""
    return [(each.scheme, each.work) for each in entry.identifiers if each.scheme in ONE_WORK]


def _subjects(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    origin = Origin(today())
    return tuple(plain_subject(entry, origin) for entry in entries)
