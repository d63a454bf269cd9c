"""Keys that change: the new one is the work's key of today, the old one stays its alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from dlbib.model.citekeys import key_fingerprint
from dlbib.store import models

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from dlbib.model.renaming import Renaming

_AT_ONCE: Final = 1000
"""How many keys one question names; databases bound it."""


def rename(session: Session, renamings: Iterable[Renaming]) -> None:
    """Give works their new keys, each of which is free or was the work's own before."""
    new_keys = {each.old: each.new for each in renamings}
    old_keys = list(new_keys)
    for start in range(0, len(old_keys), _AT_ONCE):
        some = models.Work.key.in_(old_keys[start : start + _AT_ONCE])
        rows = session.scalars(select(models.Work).where(some).options(selectinload(models.Work.keys)))
        for row in rows.all():
            give_key(session, row, new_keys[row.key])


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
