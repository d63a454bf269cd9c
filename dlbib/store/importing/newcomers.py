"""What a file says for the first time: new works, and further records of those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.store import matching
from dlbib.store.importing.arrivals import Arrived
from dlbib.store.importing.keys import Keys
from dlbib.store.importing.writing import Gain, Writer

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
        self._joining: dict[int, Gain] = {}

    def done(self) -> list[Arrived]:
        entries = [(each.record.entry,) for each in self._newcomers]
        found = matching.match(self._session, entries, [each.blocks for each in self._newcomers])
        self._keys.look_up(key for each in self._newcomers for key in _keys_in(each.record.entry))
        place_of = {n: place for place in found for n in place.newcomers}
        new = [place for place in found if place.work is None]
        ids = self._writer.ids(len(new))
        works = {place.newcomers: Gain(id_) for place, id_ in zip(new, ids, strict=True)}
        for n, newcomer in enumerate(self._newcomers):
            place = place_of[n]
            if place.work is None:
                self._arrived.append(self._add(works[place.newcomers], newcomer))
            else:
                self._arrived.append(self._join(place.work, newcomer))
        self._writer.write(list(works.values()))
        self._writer.join(list(self._joining.values()))
        return self._arrived

    def _add(self, work: Gain, newcomer: Newcomer) -> Arrived:
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
        gain = self._joining.setdefault(work, Gain(work))
        place = len(gain.said)
        gain.said.append(newcomer)
        found = list(self._keys.others(work, newcomer.record.entry, with_own=with_own))
        gain.keys += [(key, place) for key, _ in found if key]
        return Arrived("merged", tuple(remark for _, remark in found if remark))


def _keys_in(entry: Entry) -> tuple[str, ...]:
    return (entry.key, *entry.aliases)
