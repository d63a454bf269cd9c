"""What the user says: edits through `Library.edit` or through the ORM, kept as a record like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event, func, select

from dlbib.model.citekeys import key_fingerprint, propose_key, unique_key
from dlbib.model.merging import Record, Value, assemble, merge, values
from dlbib.store import models, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session


USER = "user"


def edit(session: Session, row: models.Work, changes: Mapping[str, Value | None]) -> None:
    """Say ``changes`` of a work, by field; ``None`` says that it has no such thing."""
    before = next((r for r in records.records_of(row) if r.kind == "user"), None)
    said = dict(values(before.entry)) if before else {}
    absent = dict.fromkeys(before.absent) if before else {}
    for field, value in changes.items():
        said.pop(field, None)
        absent.pop(field, None)
        if value is None:
            absent[field] = None
        else:
            said[field] = value
    entry = assemble(said)
    record = Record("user", USER, row.key, entry, retrieved=records.now().isoformat(), absent=tuple(absent))
    records.put_records(row, [record])
    records.refresh(session, row)


def record_edits(session: Session) -> None:
    """From now on, record what is changed through ``session`` as the user's own edit."""
    event.listen(session, "before_flush", _before_flush)


def _before_flush(session: Session, context: object, instances: object) -> None:  # noqa: ARG001  # SQLAlchemy's arguments
    touched = {_work_of(row) for row in (*session.dirty, *session.new, *session.deleted)}
    gone = set(session.deleted)
    with session.no_autoflush:
        for row in touched - gone - {None}:
            _record(session, row)  # type: ignore[arg-type]  # None is taken out above


def _work_of(row: object) -> models.Work | None:
    if isinstance(row, models.Work):
        return row
    return row.work if isinstance(row, models.Contribution | models.Identifier) else None


def _record(session: Session, row: models.Work) -> None:
    if not row.records:
        _adopt(session, row)
        return
    merged = values(merge(records.records_of(row)).entry)
    now = values(records.to_entry(row))
    changes: dict[str, Value | None] = {f: v for f, v in now.items() if merged.get(f) != v}
    changes.update((field, None) for field in merged if field not in now)
    if changes:
        edit(session, row, changes)


def _adopt(session: Session, row: models.Work) -> None:
    """Take in a work that was added through the ORM: all it says is the user's word."""
    wanted, row.key = row.key, ""
    entry = records.to_entry(row)
    row.key = unique_key(wanted or propose_key(entry), records.TakenKeys(session))
    row.keys.append(models.Key(fingerprint=key_fingerprint(row.key), key=row.key, position=0))
    edit(session, row, values(entry))


def tag(session: Session, row: models.Work, names: Iterable[str]) -> tuple[str, ...]:
    """Put tags on a work; gives all its tags, sorted."""
    for name in names:
        folded = name.strip()
        found = session.scalar(select(models.Tag).where(func.lower(models.Tag.name) == folded.lower()))
        if found not in row.tags:
            row.tags.append(found or models.Tag(name=folded))
    return tuple(sorted(each.name for each in row.tags))


def untag(row: models.Work, names: Iterable[str]) -> tuple[str, ...]:
    """Take tags from a work; gives those that are left, sorted."""
    unwanted = {name.strip().lower() for name in names}
    row.tags[:] = [each for each in row.tags if each.name.lower() not in unwanted]
    return tuple(sorted(each.name for each in row.tags))
