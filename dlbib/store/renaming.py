"""Keys that change: the new one is the work's key of today, the old one stays its alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from sqlalchemy import bindparam, insert, select, update

from dlbib.model.citekeys import key_fingerprint
from dlbib.store import models, reserving
from dlbib.store.bulk import chunks
from dlbib.store.journal import journal_of
from dlbib.store.refreshing import refresh_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Table
    from sqlalchemy.orm import Session

    from dlbib.model.renaming import Renaming

_WORKS: Final = cast("Table", models.Work.__table__)
_KEYS: Final = cast("Table", models.Key.__table__)


class _Renamed(NamedTuple):
    """A work, its new key, and the record that its key of before came with."""

    work_id: int
    key: str
    record_id: int | None

    @property
    def fingerprint(self) -> str:
        return key_fingerprint(self.key)


def rename(session: Session, renamings: Iterable[Renaming]) -> None:
    """Give works their new keys, each of which is free, kept for the work, or was its own before.

    What the session holds is out of date afterwards, and so is expired.
    """
    session.flush()
    for some in chunks(renamings):
        new_keys = {each.old: each.new for each in some}
        asked = select(_WORKS.c.key, _WORKS.c.id, _KEYS.c.record_id).outerjoin_from(
            _WORKS, _KEYS, (_KEYS.c.work_id == _WORKS.c.id) & (_KEYS.c.position == 0)
        )
        wanted = asked.where(_WORKS.c.key.in_(list(new_keys))).order_by(_WORKS.c.id)
        known = session.connection().execute(wanted)
        renamed = [_Renamed(work, new_keys[key], record) for key, work, record in known]
        works = [each.work_id for each in renamed]
        journal_of(session).keep(models.Work, works)
        _put_first(session, renamed)
        session.connection().execute(
            update(_WORKS).where(_WORKS.c.id == bindparam("work")).values(key=bindparam("new")),
            [{"work": each.work_id, "new": each.key} for each in renamed],
        )
        refresh_all(session, works)  # for a work is found by its key too


def _put_first(session: Session, renamed: Sequence[_Renamed]) -> None:
    """Put the new keys of works before those that they have."""
    connection = session.connection()
    works = [each.work_id for each in renamed]
    connection.execute(update(_KEYS).where(_KEYS.c.work_id.in_(works)).values(position=_KEYS.c.position + 1))
    fingerprints = [each.fingerprint for each in renamed]
    asked = select(_KEYS.c.fingerprint, _KEYS.c.work_id).where(_KEYS.c.fingerprint.in_(fingerprints))
    owners: dict[str, int | None] = {fingerprint: work for fingerprint, work in connection.execute(asked)}  # noqa: C416  # mypy knows no other
    kept = [fingerprint for fingerprint, work in owners.items() if work is None]
    reserving.take_back(session, kept)
    _write(connection, (each for each in renamed if each.fingerprint in owners), ("key",))
    _write(connection, (each for each in renamed if each.fingerprint in kept), ("work_id", "record_id"))
    new = [
        {"fingerprint": each.fingerprint, "position": 0, **each._asdict()}
        for each in renamed
        if each.fingerprint not in owners
    ]
    if new:
        connection.execute(insert(_KEYS), new)


def _write(connection: Connection, renamed: Iterable[_Renamed], columns: Sequence[str]) -> None:
    """Write what keys are now that have rows already; each is its work's first."""
    said = [
        {"known": each.fingerprint, **{f"new_{name}": getattr(each, name) for name in columns}}
        for each in renamed
    ]
    if said:
        values = {"position": 0, **{name: bindparam(f"new_{name}") for name in columns}}
        connection.execute(
            update(_KEYS).where(_KEYS.c.fingerprint == bindparam("known")).values(values), said
        )


def give_key(session: Session, row: models.Work, key: str) -> None:
    """Make ``key``, which is free, kept for the work or was its own, its key of today; those before become aliases."""
    fingerprint = key_fingerprint(key)
    row.key = key
    owned = session.get(models.Key, fingerprint)
    came_with = next((known.record_id for known in row.keys if known.position == 0), None)
    for known in row.keys:
        known.position += 1
    if owned is None:
        owned = models.Key(fingerprint=fingerprint)
    if owned not in row.keys:
        reserving.take_back(session, [fingerprint])
        owned.record_id = came_with
        row.keys.append(owned)
    owned.key, owned.position = key, 0
