"""An identifier that a work lets go is that of the next work which has it besides, though not in a row of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import select

from dlbib.model.identifiers import Identifier
from dlbib.model.identity import block_of
from dlbib.store import models, rows
from dlbib.store.bulk import chunks, selected
from dlbib.store.journal import journal_of
from dlbib.store.refreshing import refresh_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from dlbib.store.owning import Name

_IDENTIFIERS: Final = cast("Table", models.Identifier.__table__).c
_WORKS: Final = cast("Table", models.Work.__table__).c
_RECORDS: Final = cast("Table", models.Record.__table__).c
_FILINGS: Final = cast("Table", models.Filing.__table__).c


def pass_on(session: Session) -> None:
    """Give what works let go in this operation to others: each identifier to the oldest work that has it.

    Call it at the end, when all works say what they are to say. What is said of another version of a work
    gives it nothing.
    """
    session.flush()
    free = _free(session, journal_of(session).named)
    heirs: dict[Name, int] = {}
    for work, name in _claims(session, free):
        heirs[name] = min(work, heirs.get(name, work))
    if heirs:
        refresh_all(session, sorted(set(heirs.values())))


def _free(session: Session, names: Iterable[Name]) -> set[Name]:
    """Those of the names of identifiers that no work has now."""
    free = set(names)
    asked = (_IDENTIFIERS.scheme, _IDENTIFIERS.work_value)
    for scheme, value in selected(
        session.connection(), asked, _IDENTIFIERS.work_value, dict.fromkeys(value for _, value in free)
    ):
        free.discard((scheme, value))
    return free


def _claims(session: Session, free: Collection[Name]) -> Iterator[tuple[int, Name]]:
    """The works that have any of these names besides, by their ids, and which."""
    blocks = {block_of(Identifier(*name)) for name in free}
    filed = select(_RECORDS.work_id).join_from(
        models.Record, models.Filing, _FILINGS.record_id == _RECORDS.id
    )
    for some in chunks(blocks):
        those = _WORKS.id.in_(filed.where(_FILINGS.block.in_(some)))
        for work, variables in session.connection().execute(select(_WORKS.id, _WORKS.variables).where(those)):
            names = ((each.scheme, each.work) for each, _ in rows.lent_in(variables))
            yield from ((work, name) for name in names if name in free)
