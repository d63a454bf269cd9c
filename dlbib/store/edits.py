"""What the user says: edits through `Library.edit` or through the ORM, kept as a record like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy import event, inspect, select

from dlbib.errors import ConflictError
from dlbib.model.citekeys import key_fingerprint, key_problem, propose_key, unique_key
from dlbib.model.merging import Record, Value, assemble, merge, values
from dlbib.store import models, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry


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
    record = Record("user", USER, USER, entry, retrieved=records.now().isoformat(), absent=tuple(absent))
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
    if inspect(row).attrs.key.history.has_changes():
        _rename(session, row)
    merged = values(merge(records.records_of(row)).entry)
    now = values(_stated_entry(row))
    changes: dict[str, Value | None] = {f: v for f, v in now.items() if merged.get(f) != v}
    changes.update((field, None) for field in merged if field not in now)
    if changes:
        edit(session, row, changes)


def _adopt(session: Session, row: models.Work) -> None:
    """Take in a work that was added through the ORM: all it says is the user's word."""
    wanted, row.key = row.key, ""
    entry = _stated_entry(row)
    _check(wanted or "")
    row.key = unique_key(wanted or propose_key(entry), records.TakenKeys(session))
    row.keys.append(models.Key(fingerprint=key_fingerprint(row.key), key=row.key, position=0))
    edit(session, row, values(entry))


def _stated_entry(row: models.Work) -> Entry:
    try:
        return records.to_entry(row)
    except ValidationError as error:
        first = error.errors()[0]
        message = f"{row.key or 'a new work'}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise ConflictError(message) from error


def _rename(session: Session, row: models.Work) -> None:
    """Give the work the key that its row now has; the one before stays as an alias."""
    _check(row.key)
    fingerprint = key_fingerprint(row.key)
    owner = session.get(models.Key, fingerprint)
    if owner is not None and owner.work_id != row.id:
        message = f"the key {row.key!r} was given to another work before; choose another"
        raise ConflictError(message)
    for known in row.keys:
        known.position += 1
    if owner is None:
        row.keys.append(models.Key(fingerprint=fingerprint, key=row.key, position=0))
    else:
        owner.key, owner.position = row.key, 0


def _check(key: str) -> None:
    problem = key_problem(key) if key else None
    if problem:
        message = f"{key!r} is no key: {problem}"
        raise ConflictError(message)


def tag(session: Session, row: models.Work, names: Iterable[str]) -> tuple[str, ...]:
    """Put tags on a work; gives all its tags, sorted."""
    for name in names:
        folded = name.strip().casefold()
        if not folded:
            message = "a tag has at least one letter"
            raise ConflictError(message)
        found = session.scalar(select(models.Tag).where(models.Tag.folded == folded))
        if found is None or found not in row.tags:
            row.tags.append(found or models.Tag(name=name.strip(), folded=folded))
    return tuple(sorted(each.name for each in row.tags))


def untag(row: models.Work, names: Iterable[str]) -> tuple[str, ...]:
    """Take tags from a work; gives those that are left, sorted."""
    unwanted = {name.strip().casefold() for name in names}
    row.tags[:] = [each for each in row.tags if each.folded not in unwanted]
    return tuple(sorted(each.name for each in row.tags))
