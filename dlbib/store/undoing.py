"""Undoing: what an operation changed becomes what it was, row by row, and what it made is gone.

Keys stay reserved for the works that had them: `dlbib.store.reserving`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, insert, select, update

from dlbib.errors import ConflictError
from dlbib.model.entry import Entry
from dlbib.model.identity import blocks
from dlbib.model.operations import Undone
from dlbib.store import journal, models, reserving
from dlbib.store.journal import WORKS
from dlbib.store.migrating import revisions
from dlbib.store.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from dlbib.store.journal import Row

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _Image:
    """How something was: its rows by table, none if it wasn't there."""

    root: str
    root_id: int
    rows: dict[str, list[Row]]


def undo(session: Session) -> Undone:
    """Undo the last operation. Raises `ConflictError` when there is none that can be undone."""
    last = session.scalar(select(models.Operation).order_by(models.Operation.id.desc()).limit(1))
    if last is None:
        message = "there is nothing to undo"
        raise ConflictError(message)
    if last.revision != revisions()[-1]:
        message = f"the last {last.kind} was done by an older dlbib and can't be undone any more"
        raise ConflictError(message)
    kept = [image for row in last.images for image in _images(row)]
    undone = Undone(last.kind, last.what, last.done_at, sum(image.root == WORKS for image in kept))
    session.delete(last)
    session.flush()
    session.expunge_all()
    _restore(session, kept)
    return undone


def _images(row: models.Image) -> Iterator[_Image]:
    rows = json.loads(row.rows, object_hook=journal.revived) if row.rows is not None else {}
    for each in range(row.root_id, row.end_id):
        yield _Image(row.root, each, rows)


def _restore(session: Session, kept: Sequence[_Image]) -> None:
    works = [image for image in kept if image.root == WORKS]
    reserving.let_go(session, [image.root_id for image in works], _fingerprints(works))
    for root in sorted({image.root for image in kept}):
        _clear(session, root, [image for image in kept if image.root == root])
    for table in Base.metadata.sorted_tables:
        rows = [row for image in kept for row in image.rows.get(table.name, ())]
        if table.name == "keys":
            _assign_keys(session, rows)
        elif table.name == "filings":
            _file(session, [row for image in kept for row in image.rows.get("records", ())])
        elif table.name in {image.root for image in kept}:
            _put_roots(session, table, rows)
        else:
            _insert(session, table, rows)


def _fingerprints(works: Iterable[_Image]) -> set[str]:
    return {row["fingerprint"] for image in works for row in image.rows.get("keys", ())}


def _clear(session: Session, root: str, kept: Sequence[_Image]) -> None:
    """Remove what belongs to the things that were kept, and those that weren't there before.

    Of things that nothing refers to all are removed, for one may stand where another one is to come back.
    """
    ids = [image.root_id for image in kept]
    table = Base.metadata.tables[root]
    gone = [image.root_id for image in kept if not image.rows] if _is_referred_to(table) else ids
    for own, column in journal.OWN[root]:
        if own.name != "keys":
            _each(
                session, ids, lambda some, own=own, column=column: delete(own).where(own.c[column].in_(some))
            )
    _each(session, gone, lambda some: delete(table).where(table.c.id.in_(some)))


def _is_referred_to(table: Table) -> bool:
    return any(
        key.column.table is table for other in Base.metadata.sorted_tables for key in other.foreign_keys
    )


def _put_roots(session: Session, table: Table, rows: Sequence[Row]) -> None:
    there: set[int] = set()
    _each(
        session,
        [row["id"] for row in rows],
        lambda some: select(table.c.id).where(table.c.id.in_(some)),
        there,
    )
    _insert(session, table, [row for row in rows if row["id"] not in there])
    _update(session, table, "id", [row for row in rows if row["id"] in there])


def _assign_keys(session: Session, rows: Sequence[Row]) -> None:
    _update(session, Base.metadata.tables["keys"], "fingerprint", rows)
    reserving.take_back(session, [row["fingerprint"] for row in rows])


def _file(session: Session, rows: Iterable[Row]) -> None:
    """File records by the rules of today, which may be others than those of the day when they were kept."""
    filed = [
        {"record_id": row["id"], "block": block}
        for row in rows
        if row["kind"] != "version"
        for block in blocks(Entry.model_validate_json(row["entry"]))
    ]
    _insert(session, Base.metadata.tables["filings"], filed)


def _insert(session: Session, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        session.connection().execute(insert(table), rows)


def _update(session: Session, table: Table, name: str, rows: Sequence[Row]) -> None:
    """Make rows what they were, each known by its column ``name``."""
    if rows:
        this = table.c[name] == bindparam("this")
        columns = {column: bindparam(f"of_{column}", type_=table.c[column].type) for column in rows[0]}
        said = [{"this": row[name], **{f"of_{column}": row[column] for column in row}} for row in rows]
        session.connection().execute(update(table).where(this).values(columns), said)


def _each(session: Session, ids: Sequence[int], statement: Any, found: set[int] | None = None) -> None:  # noqa: ANN401  # a statement of any kind
    """Execute what ``statement`` makes of ``ids``, not too many at once; ``found`` takes what it gives."""
    for start in range(0, len(ids), _AT_ONCE):
        done = session.connection().execute(statement(ids[start : start + _AT_ONCE]))
        if found is not None:
            found.update(done.scalars())


def last_operation(session: Session) -> Undone | None:
    """What `undo` would undo; ``None`` when there is nothing."""
    last = session.scalar(select(models.Operation).order_by(models.Operation.id.desc()).limit(1))
    if last is None:
        return None
    works = select(func.sum(models.Image.end_id - models.Image.root_id))
    of_it = works.where(models.Image.operation_id == last.id, models.Image.root == WORKS)
    return Undone(last.kind, last.what, last.done_at, session.scalar(of_it) or 0)
