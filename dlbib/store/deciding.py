"""What a person decides of two works: that they are one, or that they are not; and which ask for it."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, or_, select

from dlbib.errors import ConflictError
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import Entry
from dlbib.model.identity import Duplicate, Traits, blocks, compare, hints, traits_of
from dlbib.store import matching, models, selection
from dlbib.store.journal import journal_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from dlbib.model.identity import Judgement
    from dlbib.store.models.identity import DecisionVerdict

_CROWD: Final = 100
_AT_ONCE: Final = 500  # works in one question: a database limits what it takes


# --- decisions -------------------------------------------------------------------------------------


def merge(session: Session, key: str, other: str) -> models.Work:
    """Make one work of two, which keeps the key of the first; that of the second becomes an alias.

    Raises `NotFoundError`, and `ConflictError` where an earlier decision stands against it.
    """
    kept, gone = selection.get_row(session, key), selection.get_row(session, other)
    if kept is gone:
        return kept
    session.flush()
    journal_of(session).keep(models.Work, (kept.id, gone.id))
    _forget(session, "distinct", _keys(kept), _keys(gone))
    _decide(session, "same", key_fingerprint(kept.key), key_fingerprint(gone.key))
    for row in (kept, gone):
        _bind_all(session, row)
    kept_id = kept.id
    matching.resettle(session, (kept.id, gone.id), keeping=kept_id)
    return session.get_one(models.Work, kept_id)


def distinct(session: Session, key: str, other: str) -> None:
    """Tell two works apart for good, also two keys of one work, which then parts.

    Raises `NotFoundError`, and `ConflictError` where both keys are of one record or a merge joins them.
    """
    one, two = selection.get_row(session, key), selection.get_row(session, other)
    fingerprints = (key_fingerprint(key), key_fingerprint(other))
    if one is not two:
        fingerprints = (key_fingerprint(one.key), key_fingerprint(two.key))
    elif fingerprints[0] == fingerprints[1] or _came_together(session, fingerprints):
        message = f"{key!r} and {other!r} are keys of one record, which can't part"
        raise ConflictError(message)
    session.flush()
    journal_of(session).keep(models.Work, {one.id, two.id})
    _forget(session, "same", fingerprints[:1], fingerprints[1:])
    _decide(session, "distinct", *fingerprints)
    if one is two:
        _part(session, one, key, other)


def _part(session: Session, row: models.Work, key: str, other: str) -> None:
    records = select(models.Record.id).where(models.Record.work_id == row.id, models.Record.kind == "file")
    session.execute(delete(models.BoundRecord).where(models.BoundRecord.record_id.in_(records)))
    matching.resettle(session, (row.id,))
    if selection.get_row(session, key) is selection.get_row(session, other):
        message = f"{key!r} and {other!r} stay one work, for it was merged by way of other keys; dlbib undo takes that back"
        raise ConflictError(message)


def _came_together(session: Session, fingerprints: Iterable[str]) -> bool:
    records = [session.get_one(models.Key, each).record_id for each in fingerprints]
    return records[0] is None or records[1] is None or records[0] == records[1]


def _keys(row: models.Work) -> list[str]:
    return [key.fingerprint for key in row.keys]


def _decide(session: Session, verdict: DecisionVerdict, one: str, other: str) -> None:
    first, second = sorted((one, other))
    wanted = (models.Decision.one == first, models.Decision.other == second)
    known = session.scalar(select(models.Decision).where(*wanted))
    if known is None:
        session.add(models.Decision(verdict=verdict, one=first, other=second))
    else:
        known.verdict = verdict
    session.flush()


def _forget(
    session: Session, verdict: DecisionVerdict, ours: Collection[str], theirs: Collection[str]
) -> None:
    """Take back what was decided of any of ``ours`` and any of ``theirs``."""
    one, other = models.Decision.one, models.Decision.other
    between = or_(one.in_(ours) & other.in_(theirs), one.in_(theirs) & other.in_(ours))
    for decision in session.scalars(
        select(models.Decision).where(between, models.Decision.verdict == verdict)
    ):
        session.delete(decision)
    session.flush()


def _bind_all(session: Session, row: models.Work) -> None:
    """Keep what is said of a work together, whatever else is said later: a person has seen it."""
    came_with = next((key.record_id for key in row.keys if key.key == row.key), None)
    first = came_with or min(record.id for record in row.records)
    for record in row.records:
        if record.id != first and session.get(models.BoundRecord, record.id) is None:
            session.add(models.BoundRecord(record_id=record.id, to_id=first))
    session.flush()


# --- duplicates ------------------------------------------------------------------------------------


def duplicates(session: Session) -> list[Duplicate]:
    """The pairs of works that may be one, the likeliest first; those that were decided of are left out."""
    pairs = sorted(_candidates(session) - _told_apart(session))
    traits = _traits(session, sorted({work for pair in pairs for work in pair}))
    keys = {row.id: row.key for row in session.execute(select(models.Work.id, models.Work.key))}
    found = []
    for pair in pairs:
        judgement = _doubt(traits[pair[0]], traits[pair[1]])
        if judgement is not None:
            one, other = sorted((keys[pair[0]], keys[pair[1]]))
            found.append(Duplicate(one, other, judgement))
    return sorted(found, key=lambda each: (-each.judgement.score, each.one, each.other))


def _candidates(session: Session) -> set[tuple[int, int]]:
    """The pairs of works of which something is filed under one block, or looked for there."""
    filed: dict[str, set[int]] = defaultdict(set)
    for work, entry in _said(session):
        for block in (*blocks(entry), *hints(entry)):
            filed[block].add(work)
    return {
        pair
        for works in filed.values()
        if 1 < len(works) <= _CROWD
        for pair in combinations(sorted(works), 2)
    }


def _traits(session: Session, works: Sequence[int]) -> Mapping[int, Sequence[Traits]]:
    """What of all that was said of some works is compared."""
    found: dict[int, list[Traits]] = defaultdict(list)
    for start in range(0, len(works), _AT_ONCE):
        for work, entry in _said(session, models.Record.work_id.in_(works[start : start + _AT_ONCE])):
            found[work].append(traits_of(entry))
    return found


def _said(session: Session, *which: ColumnElement[bool]) -> Iterator[tuple[int, Entry]]:
    asked = select(models.Record.work_id, models.Record.entry).where(models.Record.kind != "version", *which)
    for work, text in session.execute(asked):
        yield work, Entry.model_validate_json(text)


def _doubt(ours: Sequence[Traits], theirs: Sequence[Traits]) -> Judgement | None:
    """The likeliest of what is unsure between two works; nothing where any of it tells them apart."""
    judged = [compare(mine, yours) for mine, yours in product(ours, theirs)]
    if any(judgement.is_vetoed for judgement in judged):
        return None
    unsure = [judgement for judgement in judged if judgement.verdict == "unsure"]
    return max(unsure, key=lambda judgement: (judgement.score, judgement.reasons), default=None)


def _told_apart(session: Session) -> set[tuple[int, int]]:
    asked = select(models.Key.fingerprint, models.Key.work_id)
    keys = {row.fingerprint: row.work_id for row in session.execute(asked)}
    apart = select(models.Decision.one, models.Decision.other).where(models.Decision.verdict == "distinct")
    pairs = ((keys[one], keys[other]) for one, other in session.execute(apart))
    return {(min(a, b), max(a, b)) for a, b in pairs if a is not None and b is not None}
