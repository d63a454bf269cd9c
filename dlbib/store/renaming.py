"""Keys that change: the new one is the work's key of today, the old one stays its alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from sqlalchemy import bindparam, insert, select, update

from dlbib.model.citekeys import key_fingerprint
from dlbib.store import models
from dlbib.store.bulk import chunks
from dlbib.store.journal import journal_of
from dlbib.store.refreshing import refresh_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Table
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
    """Give works their new keys, each of which is free or was the work's own before.

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
    owned = set(connection.scalars(select(_KEYS.c.fingerprint).where(_KEYS.c.fingerprint.in_(fingerprints))))
    again = [{"known": each.fingerprint, "new": each.key} for each in renamed if each.fingerprint in owned]
    new = [
        {"fingerprint": each.fingerprint, "position": 0, **each._asdict()}
        for each in renamed
        if each.fingerprint not in owned
    ]
    if again:
        as_written = {"key": bindparam("new"), "position": 0}
        connection.execute(
            update(_KEYS).where(_KEYS.c.fingerprint == bindparam("known")).values(as_written), again
        )
    if new:
        connection.execute(insert(_KEYS), new)


def give_key(session: Session, row: models.Work, key: str) -> None:
    """Make ``key``, which is free or was the work's own, its key of today; those before become aliases."""
    fingerprint = key_fingerprint(key)
    row.key = key
    owned = session.get(models.Key, fingerprint)
    came_with = next((known.record_id for known in row.keys if known.position == 0), None)
    for known in row.keys:
        known.position += 1
    if owned is None:
        row.keys.append(models.Key(fingerprint=fingerprint, key=key, position=0, record_id=came_with))
    else:
        owned.key, owned.position = key, 0
