"""New works, and what further is said of known ones, into the tables, many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import update

from dlbib.model.merging import merge
from dlbib.store import models, records, reserving, rows
from dlbib.store.bulk import Bulk, selected
from dlbib.store.indexing import new_ids
from dlbib.store.journal import journal_of
from dlbib.store.owning import Owners
from dlbib.store.refreshing import refresh_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry
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
class Gain:
    """What a work gains: records, keys and whose they are, and a key of today if it is new.

    The numbers in ``keys`` are places among ``said``.
    """

    id: int
    key: str = ""
    said: list[Newcomer] = field(default_factory=list)
    keys: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Change:
    """What a record of a work, by their ids, says now: its row `rows.RECORD`, and under what it is filed."""

    id: int
    work: int
    row: tuple[Any, ...]
    blocks: Sequence[str]


class Writer:
    """Writes in the transaction of a session; what that holds of known works is expired."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bulk = Bulk(session.connection())
        self._folding = rows.Folding(_FOLDED)

    def ids(self, count: int) -> Sequence[int]:
        """Ids for new works."""
        return new_ids(self._bulk.connection, count)

    def write(self, works: Sequence[Gain]) -> None:
        """Write new works, with keys that are theirs."""
        if not works:
            return
        stamp = records.now()
        made: list[tuple[Any, ...]] = []
        people: list[tuple[Any, ...]] = []
        names: list[tuple[Any, ...]] = []
        views = [_view(work) for work in works]
        owners = Owners(self._bulk.connection, (each for view in views for each in view.identifiers))
        for work, whole in zip(works, views, strict=True):
            view, lent = owners.parted(work.id, whole)
            parts = rows.contributions(view, self._folding)
            said = rows.view(view, work.key, parts, self._folding, lent)
            made.append((work.id, "paper", work.key, *said, stamp, stamp))
            people += [(work.id, *row) for row in parts]
            names += [(work.id, *row) for row in rows.identifiers(view)]
        self._bulk.insert(_WORKS, _WORK, made)
        self._tell([work.id for work in works])
        self._bulk.insert(_CONTRIBUTIONS, ("work_id", *rows.CONTRIBUTION), people)
        self._bulk.insert(_IDENTIFIERS, ("work_id", *rows.IDENTIFIER), names)
        self._write_records(works, {})

    def join(self, works: Sequence[Gain]) -> None:
        """Write what known works gain, with keys that are theirs, behind those that they have."""
        if not works:
            return
        ids = [work.id for work in works]
        self._session.flush()
        journal_of(self._session).keep(models.Work, ids)
        columns = _KEYS.c
        following: dict[int, int] = {}
        for work, last in selected(
            self._bulk.connection, (columns.work_id, columns.position), columns.work_id, ids
        ):
            following[work] = max(last + 1, following.get(work, 0))
        self._write_records(works, following)
        refresh_all(self._session, ids, self._folding)

    def rewrite(self, texts: Iterable[tuple[int, int, str]]) -> None:
        """Write how known records are written now, who say what they said: their id, that of their work, the text."""
        rewritten = list(texts)
        if not rewritten:
            return
        self._session.flush()
        journal_of(self._session).keep(models.Work, (work for _, work, _ in rewritten))
        self._bulk.update(_RECORDS, ("raw", "id"), ((raw, record) for record, _, raw in rewritten))
        self._session.expire_all()

    def change(self, changes: Sequence[Change]) -> None:
        """Write what known records say now."""
        ids, works = [each.id for each in changes], [each.work for each in changes]
        self._session.flush()
        journal_of(self._session).keep(models.Work, works)
        self._bulk.update(_RECORDS, (*rows.RECORD, "id"), ((*each.row, each.id) for each in changes))
        self._bulk.delete(_FILINGS.c.record_id, ids)
        filed = ((block, each.id) for each in changes for block in each.blocks)
        self._bulk.insert(_FILINGS, ("block", "record_id"), filed)
        refresh_all(self._session, works, self._folding)

    def _tell(self, ids: Sequence[int]) -> None:
        """Tell the journal of new works."""
        journal = journal_of(self._session)
        if [*ids] == [*(span := range(ids[0], ids[0] + len(ids)))]:
            journal.created_span(models.Work, span)
        else:
            journal.created(models.Work, ids)

    def _write_records(self, works: Sequence[Gain], following: Mapping[int, int]) -> None:
        """Write records and keys; the first of a work's keys has the position that is ``following``, else 0."""
        ids = iter(self._bulk.ids(_RECORDS, sum(len(work.said) for work in works)))
        made: list[tuple[Any, ...]] = []
        filed: list[tuple[Any, ...]] = []
        keys: list[tuple[Any, ...]] = []
        for work in works:
            own = [next(ids) for _ in work.said]
            for record_id, newcomer in zip(own, work.said, strict=True):
                made.append((record_id, work.id, *rows.record(newcomer.record, newcomer.entry)))
                filed += [(block, record_id) for block in newcomer.blocks]
            for position, (key, place) in enumerate(work.keys, following.get(work.id, 0)):
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


def _view(work: Gain) -> Entry:
    if len(work.said) == 1:
        return work.said[0].record.entry
    return merge(newcomer.record for newcomer in work.said).entry
