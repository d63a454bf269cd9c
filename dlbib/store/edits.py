"""What the user says: edits through `Library.edit` or through the ORM, kept as a record like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError
from sqlalchemy import event, inspect, select

from dlbib.errors import ConflictError, DlbibError
from dlbib.model.citekeys import key_fingerprint, key_problem, propose_key, unique_key
from dlbib.model.editing import refuse_unstorable
from dlbib.model.merging import Record, Value, assemble, merge, values
from dlbib.model.storable import is_storable
from dlbib.store import models, records
from dlbib.store.bulk import chunks
from dlbib.store.renaming import give_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session


USER = "user"
_LONGEST_TAG: Final = 200


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
    now = _stated(row)
    changes: dict[str, Value | None] = {f: v for f, v in now.items() if merged.get(f) != v}
    changes.update((field, None) for field in merged if field not in now)
    if changes:
        edit(session, row, changes)
    elif session.is_modified(row, include_collections=False):
        records.refresh(session, row)  # a column was set that only follows from others


def _adopt(session: Session, row: models.Work) -> None:
    """Take in a work that was added through the ORM: all it says is the user's word."""
    wanted, row.key = row.key, ""
    said = _stated(row)
    if wanted:
        _check(wanted)
    row.key = unique_key(wanted or propose_key(assemble(said)), records.TakenKeys(session))
    row.keys.append(models.Key(fingerprint=key_fingerprint(row.key), key=row.key, position=0))
    edit(session, row, said)


def _stated(row: models.Work) -> dict[str, Value]:
    """What the row says now, by field. Raises `ConflictError` for what no field can be."""
    try:
        said = values(records.to_entry(row))
    except ValidationError as error:
        first = error.errors()[0]
        message = f"{row.key or 'a new work'}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise ConflictError(message) from error
    except DlbibError:
        raise
    except ValueError as error:
        message = f"{row.key or 'a new work'}: {error}"
        raise ConflictError(message) from error
    for field, value in said.items():
        refuse_unstorable(field, value)
    return said


def _rename(session: Session, row: models.Work) -> None:
    """Give the work the key that its row now has; the one before stays as an alias."""
    _check(row.key)
    fingerprint = key_fingerprint(row.key)
    owner = session.get(models.Key, fingerprint)
    said = [record.entry for record in records.records_of(row)]
    if owner is not None and owner.work_id != row.id and fingerprint in records.TakenKeys(session, said):
        message = f"the key {row.key!r} was given to another work before; choose another"
        raise ConflictError(message)
    give_key(session, row, row.key)


def _check(key: str) -> None:
    problem = key_problem(key)
    if problem:
        message = f"{key!r} is no key: {problem}"
        raise ConflictError(message)


def tag(session: Session, row: models.Work, names: Iterable[str]) -> tuple[str, ...]:
    """Put tags on a work; gives all its tags, sorted."""
    for each in tags(session, names).values():
        if each not in row.tags:
            row.tags.append(each)
    return tuple(sorted(each.name for each in row.tags))


def tags(session: Session, names: Iterable[str]) -> dict[str, models.Tag]:
    """The tags of these names, which are made where there are none. Raises `ConflictError` for what is no tag."""
    written = {name: " ".join(name.split()) for name in dict.fromkeys(names)}
    folded = {name: text.casefold() for name, text in written.items()}
    for each in folded.values():
        _check_tag(each)
    found: dict[str, models.Tag] = {}
    for some in chunks(dict.fromkeys(folded.values())):
        asked = select(models.Tag).where(models.Tag.folded.in_(some))
        found.update((each.folded, each) for each in session.scalars(asked))
    for name, each in folded.items():
        if each not in found:  # so the first of several spellings counts
            found[each] = models.Tag(name=written[name], folded=each)
    session.add_all(found.values())
    return {name: found[each] for name, each in folded.items()}


def check_tags(names: Iterable[str]) -> None:
    """Raise `ConflictError` for the first that is no tag."""
    for name in names:
        _check_tag(" ".join(name.split()).casefold())


def _check_tag(folded: str) -> None:
    if not folded:
        message = "a tag has at least one letter"
        raise ConflictError(message)
    if len(folded) > _LONGEST_TAG or not is_storable(folded):
        message = (
            f"{folded!a} is no tag: it has more than {_LONGEST_TAG} letters, or one that no database keeps"
        )
        raise ConflictError(message)


def untag(row: models.Work, names: Iterable[str]) -> tuple[str, ...]:
    """Take tags from a work; gives those that are left, sorted."""
    unwanted = {" ".join(name.split()).casefold() for name in names}
    row.tags[:] = [each for each in row.tags if each.folded not in unwanted]
    return tuple(sorted(each.name for each in row.tags))
