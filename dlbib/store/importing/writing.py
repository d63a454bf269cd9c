"""New works into the tables, many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import update

from dlbib.model.identity import ONE_WORK
from dlbib.model.merging import merge
from dlbib.store import models, records, reserving, rows
from dlbib.store.bulk import Bulk, selected
from dlbib.store.journal import journal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry
    from dlbib.model.identifiers import Identifier
    from dlbib.store.importing.arrivals import Newcomer

_WORKS: Final = cast("Table", models.Work.__table__)
_RECORDS: Final = cast("Table", models.Record.__table__)
_CONTRIBUTIONS: Final = cast("Table", models.Contribution.__table__)
_IDENTIFIERS: Final = cast("Table", models.Identifier.__table__)
_KEYS: Final = cast("Table", models.Key.__table__)
_FILINGS: Final = cast("Table", models.Filing.__table__)

_WORK: Final = ("id", "kind", "key", *rows.VIEW, "created_at", "modified_at")
_FOLDED: Final = 1 << 14
"""How many names and venues are remembered in their folded form; most come again and again."""


@dataclass(slots=True)
class NewWork:
    """A work to be: its key, its records, its keys and whose they are.

    The numbers in ``keys`` are places among ``said``.
    """

    id: int
    key: str = ""
    said: list[Newcomer] = field(default_factory=list)
    keys: list[tuple[str, int]] = field(default_factory=list)


class Writer:
    """Writes new works in the transaction of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bulk = Bulk(session.connection())
        self._folding = rows.Folding(_FOLDED)

    def ids(self, count: int) -> Sequence[int]:
        """Ids for new works."""
        return self._bulk.ids(_WORKS, count)

    def write(self, works: Sequence[NewWork]) -> None:
        """Write ``works``, with keys that are theirs."""
        if not works:
            return
        stamp = records.now()
        made: list[tuple[Any, ...]] = []
        people: list[tuple[Any, ...]] = []
        names: list[tuple[Any, ...]] = []
        for work, (view, lent) in zip(works, self._own([_view(work) for work in works]), strict=True):
            parts = rows.contributions(view, self._folding)
            said = rows.view(view, work.key, parts, self._folding, lent)
            made.append((work.id, "paper", work.key, *said, stamp, stamp))
            people += [(work.id, *row) for row in parts]
            names += [(work.id, *row) for row in rows.identifiers(view)]
        self._bulk.insert(_WORKS, _WORK, made)
        self._tell([work.id for work in works])
        self._bulk.insert(_CONTRIBUTIONS, ("work_id", *rows.CONTRIBUTION), people)
        self._bulk.insert(_IDENTIFIERS, ("work_id", *rows.IDENTIFIER), names)
        self._write_records(works)

    def _tell(self, ids: Sequence[int]) -> None:
        """Tell the journal of new works."""
        journal = journal_of(self._session)
        if [*ids] == [*(span := range(ids[0], ids[0] + len(ids)))]:
            journal.created_span(models.Work, span)
        else:
            journal.created(models.Work, ids)

    def _write_records(self, works: Sequence[NewWork]) -> None:
        ids = iter(self._bulk.ids(_RECORDS, sum(len(work.said) for work in works)))
        made: list[tuple[Any, ...]] = []
        filed: list[tuple[Any, ...]] = []
        keys: list[tuple[Any, ...]] = []
        for work in works:
            own = [next(ids) for _ in work.said]
            for record_id, newcomer in zip(own, work.said, strict=True):
                made.append((record_id, work.id, *rows.record(newcomer.record, newcomer.entry)))
                filed += [(block, record_id) for block in newcomer.blocks]
            for position, (key, place) in enumerate(work.keys):
                keys.append((*rows.key(key, position), work.id, own[place]))
        self._bulk.insert(_RECORDS, ("id", "work_id", *rows.RECORD), made)
        self._bulk.insert(_FILINGS, ("block", "record_id"), filed)
        self._write_keys(keys)

    def _write_keys(self, keys: Sequence[tuple[Any, ...]]) -> None:
        """Write the rows of keys; those that come back to a work that was gone have rows already."""
        columns = (*rows.KEY, "work_id", "record_id")
        again = reserving.reserved(self._session, [key[0] for key in keys])
        self._bulk.insert(_KEYS, columns, (key for key in keys if key[0] not in again))
        reserving.take_back(self._session, sorted(again))
        for key in keys:
            if key[0] in again:
                this = models.Key.fingerprint == key[0]
                self._session.execute(
                    update(models.Key).where(this).values(dict(zip(columns, key, strict=True)))
                )

    def _own(self, views: Sequence[Entry]) -> list[tuple[Entry, Sequence[Identifier]]]:
        """Each merged view without the identifiers that name other works, and those."""
        named = {i.work for view in views for i in view.identifiers if i.scheme in ONE_WORK}
        taken: set[tuple[str, str]] = set()
        columns = _IDENTIFIERS.c
        asked = (columns.scheme, columns.work_value)
        for scheme, value in selected(self._bulk.connection, asked, columns.work_value, named):
            if scheme in ONE_WORK:
                taken.add((scheme, value))
        return [_parted(view, taken) for view in views]


def _view(work: NewWork) -> Entry:
    if len(work.said) == 1:
        return work.said[0].record.entry
    return merge(newcomer.record for newcomer in work.said).entry


def _parted(view: Entry, taken: set[tuple[str, str]]) -> tuple[Entry, Sequence[Identifier]]:
    """A view without the identifiers that are ``taken``, and those; its own are taken from now on."""
    lent: list[Identifier] = []
    for identifier in view.identifiers:
        name = (identifier.scheme, identifier.work)
        if identifier.scheme in ONE_WORK and name in taken:
            lent.append(identifier)
        elif identifier.scheme in ONE_WORK:
            taken.add(name)
    if not lent:
        return view, ()
    return view.replace(identifiers=tuple(i for i in view.identifiers if i not in lent)), lent
