"""What a file says for the first time: new works, and further records of those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.store import matching, models, records, reserving
from dlbib.store.importing.arrivals import Arrived
from dlbib.store.importing.keys import Keys
from dlbib.store.importing.writing import NewWork, Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        with_own = place > 0 and not arrival.made_key
        for key, remark in self._keys.others(work.id, entry, with_own=with_own):
            remarks.append(remark)
            work.keys += [(key, place)] if key else []
        return Arrived("merged" if place else "added", tuple(filter(None, remarks)))

    def _join(self, work: int, newcomer: Newcomer) -> Arrived:
        with_own = not newcomer.arrival.made_key
        found = list(self._keys.others(work, newcomer.record.entry, with_own=with_own))
        self._joining.setdefault(work, []).append((newcomer, [key for key, _ in found if key]))
        return Arrived("merged", tuple(remark for _, remark in found if remark))

    def _joined(self, work_id: int, joining: Sequence[tuple[Newcomer, list[str]]]) -> None:
        work = self._session.get_one(models.Work, work_id)
        records.put_records(work, [newcomer.record for newcomer, _ in joining])
        self._session.flush()
        row_of = {(row.source, row.source_id): row for row in work.records}
        brought = [
            (key, row_of[newcomer.record.source, newcomer.record.source_id])
            for newcomer, keys in joining
            for key in keys
        ]
        reserving.give_keys(self._session, work, brought)
        records.refresh(self._session, work)
        self._session.flush()


def _keys_in(entry: Entry) -> tuple[str, ...]:
    return (entry.key, *entry.aliases)
