"""Where records belong: which works new ones join, and which works become one or part because of them.

The works of a library are always the partition (`dlbib.model.identity.partition`) of its records and of
what a person decided, so it doesn't matter in which order records came. Only what can be touched by a
change is looked at: what is filed where it is sought, what is filed where that is sought, and so on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import delete, exists, insert, select

from dlbib.model.entry import Entry
from dlbib.model.identity import Decisions, blocks, partition, sought
from dlbib.store import models, regrouping
from dlbib.store.bulk import selected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from dlbib.store.regrouping import Said

_FILINGS: Final = cast("Table", models.Filing.__table__).c
_AT_ONCE: Final = 5000
_FILED: Final = "filed_by"
_RULES: Final = "7"
"""The version of the rules by which records are filed; another one has all filed anew."""

Newcomer = tuple[Entry, ...]
"""The entries of one new record, or of several that are said to be one work."""


@dataclass(frozen=True, slots=True)
class Match:
    """The newcomers, by their places, that are one work, and the id of theirs; ``None`` for a new one."""

    newcomers: tuple[int, ...]
    work: int | None = None


def match(
    session: Session, newcomers: Sequence[Newcomer], filed: Sequence[Collection[str]] | None = None
) -> tuple[Match, ...]:
    """Where each of ``newcomers`` belongs; they are not put there. In their order.

    The works that are there already are joined and parted as the newcomers require. ``filed`` are the
    blocks of each newcomer, each once, if they are known.
    """
    _file_all(session)
    if filed is None:
        filed = [{block for entry in newcomer for block in blocks(entry)} for newcomer in newcomers]
    times = Counter(block for own in filed for block in own)
    where = {block: sought(block) for block in times}
    met = set(_filed_under(session, {block for wanted in where.values() for block in wanted}))
    crowd = [
        n
        for n, own in enumerate(filed)
        if any(block in met or times[block] > (block in own) for each in own for block in where[each])
    ]
    alone = {*range(len(newcomers))}.difference(crowd)
    found = [Match((n,)) for n in sorted(alone)]
    if crowd:
        known = _component(session, met)
        found += _settle(session, known, [newcomers[n] for n in crowd], crowd)
    return tuple(sorted(found, key=lambda each: each.newcomers))


def resettle(session: Session, works: Iterable[int], keeping: int | None = None) -> None:
    """Join and part works anew, after their records or what was decided of them changed.

    The work ``keeping`` stays itself when it becomes one with others; else the oldest does.
    """
    _file_all(session)
    records = select(models.Record.id).where(models.Record.work_id.in_(list(works)))
    of_them = select(models.Filing.block).where(models.Filing.record_id.in_(records))
    known = _component(session, _sought(session.scalars(of_them)), works)
    parts = partition([said.entry for said in known], _decisions(session, known))
    regrouping.regroup(session, [[known[place] for place in part] for part in parts], keeping)


def _settle(
    session: Session, known: Sequence[Said], newcomers: Sequence[Newcomer], numbers: Sequence[int]
) -> Iterator[Match]:
    """The places of newcomers among what is ``known``, which is joined and parted for them."""
    entries = [said.entry for said in known]
    owners: list[int] = []
    for number, newcomer in zip(numbers, newcomers, strict=True):
        entries += newcomer
        owners += [number] * len(newcomer)
    decisions = _decisions(session, known)
    together = _together(owners, len(known))
    parts = partition(entries, replace(decisions, bound=(*decisions.bound, *together)))
    of_known = [[known[place] for place in part if place < len(known)] for part in parts]
    works = regrouping.regroup(session, of_known)
    for part, work in zip(parts, works, strict=True):
        mine = dict.fromkeys(owners[place - len(known)] for place in part if place >= len(known))
        if mine:
            yield Match(tuple(mine), work)


def _together(owners: Sequence[int], first: int) -> tuple[tuple[int, int], ...]:
    """The pairs of entries that one newcomer consists of."""
    return tuple(
        (first + place, first + place + 1)
        for place, (one, next_) in enumerate(pairwise(owners))
        if one == next_
    )


# --- what is there ---------------------------------------------------------------------------------


def _sought(filed: Iterable[str]) -> set[str]:
    """Under what stands what may be the same as something that is filed under one of some blocks."""
    return {block for each in filed for block in sought(each)}


def _filed_under(session: Session, wanted: Iterable[str]) -> Iterator[str]:
    """Those of ``wanted`` blocks under which something is filed."""
    if not session.scalar(select(exists(select(models.Filing.block)))):
        return
    for (block,) in selected(session.connection(), (_FILINGS.block,), _FILINGS.block, wanted):
        yield block


def _component(session: Session, wanted: set[str], works: Iterable[int] = ()) -> list[Said]:
    """All that is said of ``works``, of what is filed under ``wanted`` blocks, and of what these may touch."""
    known: dict[int, Said] = {}
    seen_works: set[int] = set()
    seen: set[str] = set(wanted)
    new_works = {*works, *_works_under(session, wanted)}
    while new_works:
        seen_works |= new_works
        said = list(_said_of(session, sorted(new_works)))
        known.update((each.record_id, each) for each in said)
        new = _sought(block for each in said for block in blocks(each.entry)) - seen
        seen |= new
        new_works = _works_under(session, new) - seen_works
    return [known[record] for record in sorted(known)]


def _works_under(session: Session, wanted: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for some in _some(list(wanted)):
        filed = select(models.Record.work_id).join(models.Filing, models.Filing.record_id == models.Record.id)
        found.update(session.scalars(filed.where(models.Filing.block.in_(some))))
    return found


def _said_of(session: Session, works: Sequence[int]) -> Iterator[Said]:
    """What records say of works, but for those that speak of another version."""
    for some in _some(works):
        asked = select(models.Record.id, models.Record.work_id, models.Record.kind, models.Record.entry)
        wanted = (models.Record.work_id.in_(some), models.Record.kind != "version")
        for record_id, work_id, kind, entry in session.execute(asked.where(*wanted)):
            yield regrouping.Said(record_id, work_id, kind, Entry.model_validate_json(entry))


def _some(values: Sequence[int] | Sequence[str]) -> Iterator[Sequence[int] | Sequence[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _file_all(session: Session) -> None:
    """File what came before records were filed, or was filed by other rules; once for a library."""
    known = session.get(models.Meta, _FILED)
    if known is not None and known.value == _RULES:
        return
    session.execute(delete(models.Filing))
    asked = select(models.Record.id, models.Record.entry).where(models.Record.kind != "version")
    filed = [
        {"record_id": record, "block": block}
        for record, entry in session.execute(asked)
        for block in blocks(Entry.model_validate_json(entry))
    ]
    for some in (filed[start : start + _AT_ONCE] for start in range(0, len(filed), _AT_ONCE)):
        session.execute(insert(models.Filing), some)
    session.merge(models.Meta(name=_FILED, value=_RULES))
    session.flush()


# --- what is decided -------------------------------------------------------------------------------


def _decisions(session: Session, known: Sequence[Said]) -> Decisions:
    """What was decided of what is ``known``, by its places: by a person, or by who said it of a work."""
    place_of = {said.record_id: place for place, said in enumerate(known)}
    anchors = regrouping.anchors(session, known)
    bound = tuple(
        (place_of[record], place_of[to])
        for record, to in regrouping.bindings(session, known, anchors)
        if record in place_of and to in place_of
    )
    same: list[tuple[int, int]] = []
    distinct: list[tuple[int, int]] = []
    for verdict, one, other in _decided(session, anchors.by_key):
        pair = (place_of[anchors.by_key[one]], place_of[anchors.by_key[other]])
        (same if verdict == "same" else distinct).append(pair)
    return Decisions(tuple(same), tuple(distinct), bound)


def _decided(session: Session, fingerprints: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    there = set(fingerprints)
    for some in _some(sorted(there)):
        asked = select(models.Decision.verdict, models.Decision.one, models.Decision.other)
        for verdict, one, other in session.execute(asked.where(models.Decision.one.in_(some))):
            if other in there:
                yield verdict, one, other
