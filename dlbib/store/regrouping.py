"""Records from work to work: works become one, or part, and everything else goes with its records.

A key goes with the record that it came with, so no key ever changes: a work that parts keeps its key
with the part that has the record of it, and works that become one keep all keys, one as the key of
today. What hangs on a work and on no record (citations, links, tags) stays with its key.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select, update

from dlbib.model.citekeys import propose_key, unique_key
from dlbib.model.merging import merge
from dlbib.store import joining, models, records, reserving
from dlbib.store.bulk import chunks
from dlbib.store.indexing import new_ids
from dlbib.store.journal import journal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry

_FREE: Final = "file"
"""The kind of records that belong where identity says; all others were said of a work that was known."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says, and of which work it says that now."""

    record_id: int
    work_id: int
    kind: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Anchors:
    """The record that each key came with, and the one of each work's key of today."""

    by_key: dict[str, int]
    by_work: dict[int, int]


def anchors(session: Session, known: Sequence[Said]) -> Anchors:
    """The records that the keys of what is ``known`` came with; the first of the work where that is gone."""
    first: dict[int, int] = {}
    for said in known:
        first[said.work_id] = min(said.record_id, first.get(said.work_id, said.record_id))
    there = {said.record_id for said in known}
    by_key: dict[str, int] = {}
    by_work: dict[int, int] = {}
    asked = select(models.Key.fingerprint, models.Key.work_id, models.Key.record_id)
    for some in chunks(first):
        of_them = asked.where(models.Key.work_id.in_(some)).order_by(models.Key.position)
        for fingerprint, work, record in session.execute(of_them):
            by_key[fingerprint] = record if record is not None and record in there else first[work or 0]
            by_work.setdefault(work or 0, by_key[fingerprint])
    return Anchors(by_key, by_work)


def bindings(session: Session, known: Sequence[Said], found: Anchors) -> Iterator[tuple[int, int]]:
    """The pairs of records of which one was said of the work of the other."""
    asked = select(models.BoundRecord.record_id, models.BoundRecord.to_id)
    explicit: dict[int, int] = {}
    for some in chunks(said.record_id for said in known):
        rows = session.execute(asked.where(models.BoundRecord.record_id.in_(some)))
        explicit.update((record, to) for record, to in rows)
    for said in known:
        if said.record_id in explicit:
            yield said.record_id, explicit[said.record_id]
        elif said.kind != _FREE and said.work_id in found.by_work:
            yield said.record_id, found.by_work[said.work_id]


def regroup(
    session: Session, parts: Sequence[Sequence[Said]], keeping: int | None = None
) -> list[int | None]:
    """Make a work of each of ``parts``, which hold all that is said of the works they touch; their ids, in order.

    ``None`` for a part without records. Works that are as they should be are not touched.
    """
    found = anchors(session, [said for part in parts for said in part])
    owners = [_owner(part, found, keeping) for part in parts]
    changed = [n for n, part in enumerate(parts) if {said.work_id for said in part} != {owners[n]} and part]
    touched = {said.work_id for n in changed for said in parts[n]} | {owners[n] for n in changed if owners[n]}
    if not changed:
        return owners
    session.flush()
    journal_of(session).keep(models.Work, [each for each in touched if each])
    made: dict[int, int] = {}
    taken = records.TakenKeys(session)
    for n in changed:
        owner = owners[n]
        made[n] = owner if owner is not None else _new_work(session, parts[n], taken)
    _move(session, {n: (made[n], parts[n]) for n in changed}, found)
    _finish(session, {*touched, *made.values()} - {None})  # type: ignore[arg-type]  # None is taken out
    return [made.get(n, owners[n]) for n in range(len(parts))]


def _owner(part: Sequence[Said], found: Anchors, keeping: int | None) -> int | None:
    """The work that a part continues: one whose key came with a record of it; the oldest of several."""
    there = {said.record_id for said in part}
    mine = sorted(work for work in {said.work_id for said in part} if found.by_work.get(work) in there)
    return keeping if keeping in mine else next(iter(mine), None)


def _new_work(session: Session, part: Sequence[Said], taken: records.TakenKeys) -> int:
    """The row of a work that parts from others; its records and keys are moved to it afterwards."""
    before = session.get_one(models.Work, part[0].work_id)
    stamp = records.now()
    said = [records.to_record(session.get_one(models.Record, each.record_id)) for each in part]
    entry = merge(said).entry
    key = unique_key(propose_key(entry), taken.but_of([entry, *(record.entry for record in said)]))
    taken.given(key)
    [work_id] = new_ids(session.connection(), 1)
    work = type(before)(id=work_id, key=key, type=entry.type, created_at=stamp, modified_at=stamp)
    session.add(work)
    session.flush()
    return work_id


def _move(session: Session, moved: dict[int, tuple[int, Sequence[Said]]], found: Anchors) -> None:
    """Move records, and the keys that came with them, to their works; what is left of a work follows."""
    keys_of: dict[int, list[str]] = defaultdict(list)
    for fingerprint, record in found.by_key.items():
        keys_of[record].append(fingerprint)
    followed: dict[int, int] = {}
    for work, part in moved.values():
        for said in part:
            if found.by_work.get(said.work_id) == said.record_id:
                followed[said.work_id] = work
    for work, part in moved.values():
        for said in part:
            if said.work_id != work:
                joining.move_record(session, said.record_id, work)
            joining.move_keys(session, keys_of[said.record_id], work)
    for before, now in followed.items():
        if before != now:
            joining.move_the_rest(session, before, now)


def _finish(session: Session, works: Iterable[int]) -> None:
    """Remove the works that have nothing left, and make the others what their records say."""
    session.expire_all()
    left: list[models.Work] = []
    for each in sorted(works):
        row = session.get(models.Work, each)
        if row is None:
            continue
        if row.records:
            left.append(row)
        else:
            session.execute(delete(models.Work).where(models.Work.id == each))
            session.expunge(row)
    for row in left:
        session.execute(delete(models.Identifier).where(models.Identifier.work_id == row.id))
    session.expire_all()
    for row in left:
        _settle_keys(session, row)
        records.refresh(session, row)
        session.flush()


def _settle_keys(session: Session, row: models.Work) -> None:
    """Give a work one key of today: its own if it has it still, else the first it got."""
    in_order = sorted(row.keys, key=lambda key: (key.key != row.key, key.position, key.fingerprint))
    if not in_order:
        reserving.give_key(session, row, row.key)
        return
    for position, key in enumerate(in_order):
        key.position = position
    if row.key != in_order[0].key:
        session.execute(update(models.Work).where(models.Work.id == row.id).values(key=in_order[0].key))
        session.refresh(row)
