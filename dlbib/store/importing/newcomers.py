"""What a file says for the first time: new works, and further records of those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.store import matching, models, records, rows
from dlbib.store.importing.arrivals import Arrived
from dlbib.store.importing.keys import Keys
from dlbib.store.importing.writing import NewWork, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry
    from dlbib.store.importing.arrivals import Newcomer, Remark


def put(session: Session, writer: Writer, newcomers: Sequence[Newcomer]) -> list[Arrived]:
    """Put new records where they belong; what became of each."""
    return _Putting(session, writer, newcomers).done() if newcomers else []


class _Putting:
    """Newcomers on their way into works, in their order, so that the first of two has the key."""

    def __init__(self, session: Session, writer: Writer, newcomers: Sequence[Newcomer]) -> None:
        self._session = session
        self._writer = writer
        self._newcomers = newcomers
        self._keys = Keys(session)
        self._arrived: list[Arrived] = []
        self._joining: dict[int, list[tuple[Newcomer, list[str]]]] = {}

    def done(self) -> list[Arrived]:
        entries = [(each.record.entry,) for each in self._newcomers]
        found = matching.match(self._session, entries, [each.blocks for each in self._newcomers])
        self._keys.look_up(key for each in self._newcomers for key in _keys_in(each.record.entry))
        place_of = {n: place for place in found for n in place.newcomers}
        new = [place for place in found if place.work is None]
        ids = self._writer.ids(len(new))
        works = {place.newcomers: NewWork(id_) for place, id_ in zip(new, ids, strict=True)}
        for n, newcomer in enumerate(self._newcomers):
            place = place_of[n]
            if place.work is None:
                self._arrived.append(self._add(works[place.newcomers], newcomer))
            else:
                self._arrived.append(self._join(place.work, newcomer))
        self._writer.write(list(works.values()))
        for work, joining in self._joining.items():
            self._joined(work, joining)
        return self._arrived

    def _add(self, work: NewWork, newcomer: Newcomer) -> Arrived:
        arrival, entry = newcomer.arrival, newcomer.record.entry
        place = len(work.said)
        work.said.append(newcomer)
        remarks: list[Remark | None] = []
        if place == 0:
            work.key, remark = self._keys.first(work.id, entry, made_key=arrival.made_key)
            work.keys.append((work.key, 0))
            remarks.append(remark)
        own = "" if place == 0 or arrival.made_key else entry.key
        for key, remark in self._further(work.id, own, entry.aliases):
            remarks.append(remark)
            work.keys += [(key, place)] if key else []
        return Arrived("merged" if place else "added", tuple(filter(None, remarks)))

    def _join(self, work: int, newcomer: Newcomer) -> Arrived:
        arrival, entry = newcomer.arrival, newcomer.record.entry
        found = list(self._further(work, "" if arrival.made_key else entry.key, entry.aliases))
        self._joining.setdefault(work, []).append((newcomer, [key for key, _ in found if key]))
        return Arrived("merged", tuple(remark for _, remark in found if remark))

    def _further(self, work: int, own: str, aliases: Sequence[str]) -> Iterator[tuple[str, Remark | None]]:
        """The keys besides its first that a work gets, and what to tell of those that it can't have."""
        given, remark = self._keys.further(work, own) if own else (False, None)
        yield own if given else "", remark
        for alias in aliases:
            given, remark = self._keys.older(work, alias)
            yield alias if given else "", remark

    def _joined(self, work_id: int, joining: Sequence[tuple[Newcomer, list[str]]]) -> None:
        work = self._session.get_one(models.Work, work_id)
        records.put_records(work, [newcomer.record for newcomer, _ in joining])
        self._session.flush()
        row_of = {(row.source, row.source_id): row for row in work.records}
        position = max((key.position for key in work.keys), default=-1)
        for newcomer, keys in joining:
            row = row_of[newcomer.record.source, newcomer.record.source_id]
            for position, key in enumerate(keys, position + 1):  # noqa: B020  # counts on
                values = dict(zip(rows.KEY, rows.key(key, position), strict=True))
                work.keys.append(models.Key(**values, record=row))
        records.refresh(self._session, work)
        self._session.flush()


def _keys_in(entry: Entry) -> tuple[str, ...]:
    return (entry.key, *entry.aliases)
