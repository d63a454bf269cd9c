"""Keys whose works are gone: nobody else gets them, and the same work gets them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import Entry
from dlbib.model.identity import judge
from dlbib.store import models
from dlbib.store.bulk import selected
from dlbib.store.journal import journal_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

_AT_ONCE: Final = 500


def remove(session: Session, works: Sequence[models.Work]) -> None:
    """Remove works, whose keys stay reserved for them."""
    session.flush()
    journal_of(session).keep(models.Work, [work.id for work in works])
    let_go(session, [work.id for work in works])
    for work in works:
        session.expire(work)
        session.delete(work)


def let_go(session: Session, work_ids: Sequence[int], kept: Collection[str] = ()) -> None:
    """Take the keys from works that go, all but ``kept``, and remember which entries they stood for.

    A key came with a record; where that is gone, the first record of its work tells.
    """
    connection = session.connection()
    for start in range(0, len(work_ids), _AT_ONCE):
        some = models.Key.work_id.in_(work_ids[start : start + _AT_ONCE])
        first = aliased(models.Record)
        of_work = select(func.min(first.id)).where(first.work_id == models.Key.work_id)
        came_with = case(
            (models.Key.record_id.is_not(None), models.Key.record_id),
            else_=of_work.correlate(models.Key).scalar_subquery(),
        )
        rows = connection.execute(
            select(models.Key.fingerprint, models.Record.entry)
            .join(models.Record, models.Record.id == came_with)
            .where(some)
        ).all()
        going = [(fingerprint, entry) for fingerprint, entry in rows if fingerprint not in kept]
        _reserve(session, going)
        fingerprints = [fingerprint for fingerprint, _ in going]
        for place in range(0, len(fingerprints), _AT_ONCE):
            them = models.Key.fingerprint.in_(fingerprints[place : place + _AT_ONCE])
            connection.execute(update(models.Key).where(them).values(work_id=None, record_id=None))


def _reserve(session: Session, going: Sequence[tuple[str, str]]) -> None:
    take_back(session, [fingerprint for fingerprint, _ in going])
    if going:
        rows = [{"fingerprint": fingerprint, "entry": entry} for fingerprint, entry in going]
        session.connection().execute(insert(models.ReservedKey), rows)


def take_back(session: Session, fingerprints: Sequence[str]) -> None:
    """Forget what keys were reserved for, for they have a work again."""
    for start in range(0, len(fingerprints), _AT_ONCE):
        some = models.ReservedKey.fingerprint.in_(fingerprints[start : start + _AT_ONCE])
        session.connection().execute(delete(models.ReservedKey).where(some))


def is_reserved_for(session: Session, fingerprint: str, entries: Sequence[Entry]) -> bool:
    """Whether a key is reserved for the work of which ``entries`` speak; it may have it back."""
    reserved = session.get(models.ReservedKey, fingerprint)
    if reserved is None or not entries:
        return False
    before = Entry.model_validate_json(reserved.entry)
    return any(_is_one(before, now) for now in entries)


class KeptKeys:
    """Tells of keys, by their fingerprints, whether they are reserved for the work that an entry is the view of."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reserved = frozenset(session.scalars(select(models.ReservedKey.fingerprint)))

    def __call__(self, fingerprint: str, entry: Entry) -> bool:
        """Whether the work of ``entry`` may have the key back."""
        if fingerprint not in self._reserved:
            return False
        said = select(models.Record.entry).join(models.Record.work).where(models.Work.key == entry.key)
        records = [Entry.model_validate_json(each) for each in self._session.scalars(said)]
        return is_reserved_for(self._session, fingerprint, [entry, *records])


def _is_one(before: Entry, now: Entry) -> bool:
    """Whether a work came back: it says the same, or is the same."""
    return before.replace(key="") == now.replace(key="") or judge(before, now).verdict == "same"


def reserved(session: Session, fingerprints: Sequence[str]) -> set[str]:
    """Which of these keys are reserved for works that are gone; `is_reserved_for` tells whose they are."""
    column = cast("Table", models.ReservedKey.__table__).c.fingerprint
    return {found for (found,) in selected(session.connection(), (column,), column, fingerprints)}


def give_key(session: Session, work: models.Work, key: str) -> None:
    """Give a work a key, behind those it has, which is free or reserved for it; it came with the first record."""
    give_keys(session, work, [(key, None)])


def give_keys(
    session: Session, work: models.Work, brought: Iterable[tuple[str, models.Record | None]]
) -> None:
    """Give a work keys, behind those it has, which are free or reserved for it; each once.

    Each came with that record of the work; if none is said, with the first.
    """
    session.flush()
    following = 1 + max((each.position for each in work.keys), default=-1)
    with session.no_autoflush:  # which looks through all keys of the work at each that is asked for
        for position, (key, record) in enumerate(_once(brought), following):
            row = _key_row(session, key_fingerprint(key))
            row.key, row.position = key, position
            row.record = record or next(iter(work.records), None)
            work.keys.append(row)


def _once(
    brought: Iterable[tuple[str, models.Record | None]],
) -> Iterable[tuple[str, models.Record | None]]:
    last = {key_fingerprint(key): (key, record) for key, record in brought}
    return last.values()


def _key_row(session: Session, fingerprint: str) -> models.Key:
    known = session.get(models.Key, fingerprint)
    if known is None:
        return models.Key(fingerprint=fingerprint)
    take_back(session, [fingerprint])
    return known
