"""Checking the works of a library, and mending them as their user would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlbib.checking import today
from dlbib.checks import chosen
from dlbib.checks.findings import Examiner, Finding
from dlbib.checks.making import plain_subject
from dlbib.checks.mending import mended
from dlbib.checks.subjects import Origin, Shelf, Subject
from dlbib.library.asking import Asking
from dlbib.model.identity import ONE_WORK
from dlbib.model.merging import values
from dlbib.store import edits, selection

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dlbib.model.entry import Entry
    from dlbib.model.works import Work


@dataclass(frozen=True, slots=True)
class MendedWorks:
    """What was changed in a library, or would be: the findings that are mended, and those that are left."""

    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]


class Checking(Asking):
    """What a library says of its own works."""

    def check(
        self, query: str = "", *, only: Collection[str] = (), skip: Collection[str] = ()
    ) -> list[Finding]:
        """What is wrong with the works that ``query`` chooses, by key; with all of them without one.

        ``only`` and ``skip`` name checks. Works are compared with all others of the library. Raises
        `NotFoundError` for a name that is no check, `InvalidQueryError`.
        """
        examiner = Examiner(chosen(only, skip))
        works = self.works(query)
        return _findings(examiner, _subjects(works), _subjects(self.works() if query else works))

    def mend(
        self,
        query: str = "",
        *,
        only: Collection[str] = (),
        skip: Collection[str] = (),
        dry_run: bool = False,
    ) -> MendedWorks:
        """Change what findings call for in the works that ``query`` chooses, each change as your own edit.

        A work that would get the identifier of another is left as it is. With ``dry_run`` nothing is changed. Raises as
        `check` does.
        """
        examiner = Examiner(chosen(only, skip))
        works, everything = self.works(query), self.works()
        done: list[Finding] = []
        after: dict[str, Entry] = {}
        owners = {name: work.key for work in everything for name in _names(work)}
        for subject in _subjects(works):
            entry, found = mended(subject, examiner)
            if found and all(owners.setdefault(name, entry.key) == entry.key for name in _names(entry)):
                after[entry.key] = entry
                done += found
        if after and not dry_run:
            self._say_all({work.key: work for work in works}, after, query)
        now = {work.key: after.get(work.key, work) for work in everything}
        left = _findings(examiner, _subjects([now[work.key] for work in works]), _subjects([*now.values()]))
        return MendedWorks(tuple(done), tuple(left))

    def _say_all(self, before: Mapping[str, Work], after: Mapping[str, Entry], query: str) -> None:
        """Say what works are to be, as their user, in one operation."""
        with self._writing("check", query or "all works") as session:
            for key, entry in after.items():
                was, now = values(before[key]), values(entry)
                changes = {name: now.get(name) for name in {**was, **now} if was.get(name) != now.get(name)}
                edits.edit(session, selection.get_row(session, key), changes)


def _names(entry: Entry) -> list[tuple[str, str]]:
    """The identifiers that no two works share."""
    return [(each.scheme, each.work) for each in entry.identifiers if each.scheme in ONE_WORK]


def _subjects(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    origin = Origin(today())
    return tuple(plain_subject(entry, origin) for entry in entries)


def _findings(examiner: Examiner, subjects: Sequence[Subject], shelf: tuple[Subject, ...]) -> list[Finding]:
    """What is wrong with the subjects, by themselves and beside all others."""
    among: dict[str, list[Finding]] = {}
    for finding in examiner.compare(Shelf(shelf)):
        among.setdefault(finding.key, []).append(finding)
    return [
        finding
        for subject in subjects
        for finding in (*examiner.examine(subject), *among.get(subject.entry.key, ()))
    ]
