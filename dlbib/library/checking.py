"""Checking the works of a library, and mending them as their user would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.library.asking import Asking
from dlbib.model.merging import values
from dlbib.store import edits, selection

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dlbib.checks.findings import Finding
    from dlbib.library.examining import MendedWorks
    from dlbib.model.entry import Entry
    from dlbib.model.works import Work


class Checking(Asking):
    """What a library says of its own works."""

    def check(
        self, query: str = "", *, only: Collection[str] = (), skip: Collection[str] = ()
    ) -> list[Finding]:
        """What is wrong with the works that ``query`` chooses, by key; with all of them without one.

        ``only`` and ``skip`` name checks. Works are compared with all others of the library. Raises
        `NotFoundError` for a name that is no check, `InvalidQueryError`.
        """
        from dlbib.library import examining  # noqa: PLC0415  # few need the checks, and they take a while

        examiner = examining.examiner(only, skip)
        works = self.works(query)
        return examining.findings(examiner, works, self.works() if query else works)

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
        from dlbib.library import examining  # noqa: PLC0415  # as above

        examiner = examining.examiner(only, skip)
        works = self.works(query)
        changed, mended = examining.mend(examiner, works, self.works() if query else works)
        if changed and not dry_run:
            self._say_all({work.key: work for work in works}, changed, query)
        return mended

    def _say_all(self, before: Mapping[str, Work], after: Mapping[str, Entry], query: str) -> None:
        """Say what works are to be, as their user, in one operation."""
        with self._writing("check", query or "all works") as session:
            for key, entry in after.items():
                was, now = values(before[key]), values(entry)
                changes = {name: now.get(name) for name in {**was, **now} if was.get(name) != now.get(name)}
                edits.edit(session, selection.get_row(session, key), changes)
