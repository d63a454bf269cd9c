"""Records of one file into the library: each where identity says, with the key it brings if that is free."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.exc import DataError, IntegrityError

from dlbib.model.identity import blocks
from dlbib.model.merging import Record
from dlbib.store import matching, models, records, reserving, rows
from dlbib.store.bulk import chunks
from dlbib.store.importing import newcomers
from dlbib.store.importing.arrivals import Arrived, Newcomer, Remark, unfit
from dlbib.store.importing.keys import Keys
from dlbib.store.importing.writing import Change, Writer
from dlbib.store.journal import attempt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from dlbib.store.importing.arrivals import Arrival


class _Before(NamedTuple):
    """What a record of the file said before, and where that is."""

    id: int
    work_id: int
    entry: str
    raw: str


class Importer:
    """Takes the records of the file that is called ``source``; ``retrieved`` is the instant of it.

    ``is_known`` tells whether records of it were there before.
    """

    def __init__(self, session: Session, source: str, retrieved: str) -> None:
        self._session = session
        self._source = source
        self._retrieved = retrieved
        self._writer = Writer(session)
        self.is_known = bool(session.scalar(select(exists().where(models.Record.source == source))))

    def take(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        """What became of each; that a database can't keep one of them is no matter of the others."""
        try:
            with attempt(self._session):
                return self._taken(arrivals)
        except (IntegrityError, DataError) as error:
            if len(arrivals) > 1:
                return [arrived for each in arrivals for arrived in self.take([each])]
            reason = str(error.orig).strip().partition("\n")[0]
            return [Arrived("refused", (Remark("DB-REFUSED", f"the database says: {reason}; set aside"),))]

    def _taken(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        before = self._before(arrivals)
        arrived: dict[int, Arrived] = {}
        fresh: dict[int, Newcomer] = {}
        again: dict[int, tuple[Arrival, str, _Before]] = {}
        for place, arrival in enumerate(arrivals):
            entry = rows.as_json(arrival.entry)
            if (remark := unfit(arrival, entry)) is not None:
                arrived[place] = Arrived("refused", (remark,))
            elif (known := before.get(arrival.source_id)) is not None:
                again[place] = (arrival, entry, known)
            else:
                fresh[place] = Newcomer(arrival, self._record(arrival), entry, blocks(arrival.entry))
        arrived.update(zip(again, self._said_again(list(again.values())), strict=True))
        arrived.update(
            zip(fresh, newcomers.put(self._session, self._writer, list(fresh.values())), strict=True)
        )
        for place in again:
            if arrived[place].outcome == "merged":
                arrived[place] = Arrived("merged", self._with_aliases(arrivals[place]))
        return [arrived[place] for place in range(len(arrivals))]

    def _record(self, arrival: Arrival) -> Record:
        said = (self._source, arrival.source_id, arrival.entry)
        return Record("file", *said, retrieved=self._retrieved, raw=arrival.raw)

    def _before(self, arrivals: Iterable[Arrival]) -> dict[str, _Before]:
        """What the file said before, by what its records are called there."""
        found: dict[str, _Before] = {}
        if not self.is_known:
            return found
        row = models.Record
        asked = select(row.source_id, row.id, row.work_id, row.entry, row.raw).where(
            row.source == self._source
        )
        for some in chunks(each.source_id for each in arrivals):
            for said in self._session.execute(asked.where(row.source_id.in_(some))):
                found[said.source_id] = _Before(said.id, said.work_id, said.entry, said.raw)
        return found

    def _said_again(self, said: Sequence[tuple[Arrival, str, _Before]]) -> list[Arrived]:
        """What became of records that were there, each with its entry as JSON and what it said before."""
        changes = [
            Change(
                before.id, before.work_id, rows.record(self._record(arrival), entry), blocks(arrival.entry)
            )
            for arrival, entry, before in said
            if entry != before.entry
        ]
        self._writer.rewrite(
            (before.id, before.work_id, arrival.raw)
            for arrival, entry, before in said
            if entry == before.entry and arrival.raw != before.raw
        )
        if changes:
            self._writer.change(changes)
            matching.resettle(self._session, {each.work for each in changes})
        return [Arrived("unchanged" if entry == before.entry else "merged") for _, entry, before in said]

    def _with_aliases(self, arrival: Arrival) -> tuple[Remark, ...]:
        """Give the older keys that a record names to its work, where that is now; what there is to tell."""
        if not arrival.entry.aliases:
            return ()
        row = self._session.scalars(self._row_of(arrival.source_id)).one()
        found = list(Keys(self._session).others(row.work_id, arrival.entry, with_own=False))
        reserving.give_keys(self._session, row.work, [(alias, row) for alias, _ in found if alias])
        self._session.flush()
        return tuple(remark for _, remark in found if remark)

    def _row_of(self, source_id: str) -> Select[models.Record]:
        row = models.Record
        return select(row).where(row.source == self._source, row.source_id == source_id)

    def attach(self, arrival: Arrival, to: str) -> Arrived:
        """Let a record speak of the same work as the one that is called ``to`` in the file, whatever it says."""
        row = self._session.scalar(self._row_of(to))
        known = self._before([arrival]) if self.is_known else {}
        if row is None or arrival.source_id in known:
            return self.take([arrival])[0]
        entry = rows.as_json(arrival.entry)
        if (remark := unfit(arrival, entry)) is not None:
            return Arrived("refused", (remark,))
        work, record = row.work, self._record(arrival)
        records.put_records(work, [record])
        records.refresh(self._session, work)
        self._session.flush()
        records.bind(self._session, work, [records.to_record(row), record])
        self._session.flush()
        matching.resettle(self._session, [work.id])
        return Arrived("merged", self._with_aliases(arrival))
