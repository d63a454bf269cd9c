"""Which work an identifier names, where one names one work: that which has it first, until it lets it go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import select

from dlbib.errors import ConflictError
from dlbib.model.identity import ONE_WORK
from dlbib.store import models, rows
from dlbib.store.bulk import selected
from dlbib.store.rows import Lent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Table

    from dlbib.model.entry import Entry
    from dlbib.model.identifiers import Identifier
    from dlbib.model.merging import Merged

    Name = tuple[str, str]

_HEARSAY: Final = frozenset({"file", "publisher", "arxiv"})
"""The kinds of sources that may take one work's identifier for another's."""

_COLUMNS: Final = cast("Table", models.Identifier.__table__).c


class Owners:
    """The works that have what any of ``identifiers`` names, by their ids, and those that get it here."""

    def __init__(self, connection: Connection, identifiers: Iterable[Identifier]) -> None:
        self._connection = connection
        named = {each.work for each in identifiers if each.scheme in ONE_WORK}
        asked = (_COLUMNS.scheme, _COLUMNS.work_value, _COLUMNS.work_id)
        self._owners: dict[Name, int | None] = {
            (scheme, value): work
            for scheme, value, work in selected(connection, asked, _COLUMNS.work_value, named)
            if scheme in ONE_WORK
        }

    def _other(self, work: int | None, identifier: Identifier) -> int | None:
        """The work that has an identifier, if it is another one."""
        owner = self._owners.get((identifier.scheme, identifier.work))
        return None if owner == work else owner

    def refuse_others(self, work: int | None, merged: Merged) -> None:
        """Raise `ConflictError` if a work is said to have what another one has, by one who ought to know better."""
        for identifier in merged.entry.identifiers:
            owner = self._other(work, identifier)
            if owner is not None and merged.winners[identifier.scheme].kind not in _HEARSAY:
                key = self._connection.scalar(select(models.Work.key).where(models.Work.id == owner))
                message = f"{identifier} belongs to {key!r} already; one {identifier.scheme} names one work"
                raise ConflictError(message)

    def let_go(self, work: int | None, names: Iterable[Name]) -> None:
        """Take from a work those of the identifiers of these schemes and values that it has."""
        for name in names:
            if self._owners.get(name) == work:
                del self._owners[name]

    def parted(self, work: int | None, view: Entry) -> tuple[Entry, Sequence[Lent]]:
        """A work's view with the identifiers that are its own now, and those besides that no row of it holds.

        Those name other works, or are another version of one that it has.
        """
        own: dict[Name, Identifier] = {}
        lent: list[Lent] = []
        for place, each in enumerate(rows.in_schemes(view.identifiers)):
            if each.scheme in ONE_WORK:
                name = (each.scheme, each.work)
                if self._other(work, each) is not None or own.setdefault(name, each) is not each:
                    lent.append(Lent(each, place))
        self._owners.update(dict.fromkeys(own, work))
        if not lent:
            return view, ()
        others = {each.identifier for each in lent}
        return view.replace(identifiers=[each for each in view.identifiers if each not in others]), lent
