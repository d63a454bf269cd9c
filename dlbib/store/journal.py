"""The journal: what was done, how the library was before, and how it comes back to that.

Whatever is changed through the ORM is kept by itself, the moment before it is written. What is written
by other means (in bulk) must be told before: `Journal.keep` what is there, `Journal.created` what is
new. What an operation didn't change is not in the journal; one that changed nothing is not either.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import ColumnElement, delete, event, func, inspect, select

from dlbib.model.identity import ONE_WORK
from dlbib.store import models
from dlbib.store.bulk import Bulk
from dlbib.store.migrating import revisions
from dlbib.store.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

Row = dict[str, Any]

KEPT: Final = 100
"""How many operations the journal keeps; older ones can't be undone any more."""

_AT_ONCE: Final = 500
_IMAGE: Final = ("operation_id", "root", "root_id", "end_id", "rows")
_KEY: Final = "dlbib journal"
_INSTANT: Final = "dlbib:instant"


# --- what belongs together ---------------------------------------------------------------------------


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


WORKS: Final = "works"
OWN: Final[Mapping[str, tuple[tuple[Table, str], ...]]] = {
    WORKS: (
        (_table(models.Record), "work_id"),
        (_table(models.Contribution), "work_id"),
        (_table(models.Identifier), "work_id"),
        (_table(models.Citation), "work_id"),
        (_table(models.Link), "work_id"),
        (models.work_tags, "work_id"),
        (_table(models.Key), "work_id"),
    ),
    "applications": ((_table(models.Link), "application_id"),),
    "imported_files": ((_table(models.SetAside), "file_id"),),
    "decisions": (),
    "tags": (),
}
"""What is kept whole, by its table, and the tables whose rows belong to it, by the column that says so."""

_OF_RECORDS: Final = (_table(models.BoundRecord),)
"""The tables whose rows belong to a record and are kept; under what it is filed follows from what it says."""


# --- keeping ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """What a journal had noted at some moment."""

    operation_id: int | None
    kept: int
    spans: tuple[tuple[str, range], ...]


@dataclass(slots=True)
class Journal:
    """What is being done in a session. ``operation_id`` is known once anything has changed.

    ``named`` are the identifiers that each named one of the works which were kept, by scheme and value.
    """

    session: Session
    kind: str
    what: str
    operation_id: int | None = None
    named: set[tuple[str, str]] = field(default_factory=set)
    _kept: dict[tuple[str, int], None] = field(default_factory=dict)
    _spans: list[tuple[str, range]] = field(default_factory=list)  # of what is new, many at once

    def keep(self, model: type[Base], ids: Iterable[int]) -> None:
        """Keep how works or other things are now; call it before they are changed or removed."""
        root = model.__tablename__
        new = sorted({each for each in ids if not self._is_kept(root, each)})
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            rows = images(self.session, root, some)
            self.named.update(_named(rows.values()))
            self._put(root, {each: json.dumps(rows[each], default=_plain) for each in some if each in rows})

    def created(self, model: type[Base], ids: Iterable[int]) -> None:
        """Note that works or other things are new; undoing removes them."""
        root = model.__tablename__
        self._put(root, dict.fromkeys((each for each in ids if not self._is_kept(root, each)), None))

    def created_span(self, model: type[Base], ids: range) -> None:
        """`created`, for ids that follow each other."""
        root = model.__tablename__
        if any(self._is_kept(root, each) for each in ids):  # SQLite gives the ids of what was removed again
            self.created(model, ids)
            return
        if not ids:
            return
        self._write([(root, ids.start, ids.stop, None)])
        if self._spans and self._spans[-1] == (root, range(self._spans[-1][1].start, ids.start)):
            ids = range(self._spans.pop()[1].start, ids.stop)
        self._spans.append((root, ids))

    def note(self, spans: Iterable[tuple[str, range]]) -> None:
        """Know of images that an operation which goes on has already, by the ids that each speaks of."""
        for root, ids in spans:
            if len(ids) == 1:
                self._kept[root, ids.start] = None
            else:
                self._spans.append((root, ids))

    def _is_kept(self, root: str, each: int) -> bool:
        return (root, each) in self._kept or any(name == root and each in ids for name, ids in self._spans)

    def mark(self) -> Mark:
        """Where the journal is now, to come `back_to` when a savepoint is rolled back."""
        return Mark(self.operation_id, len(self._kept), tuple(self._spans))

    def back_to(self, mark: Mark) -> None:
        """Forget what was noted since, for it was rolled back."""
        self.operation_id = mark.operation_id
        self._spans[:] = mark.spans
        while len(self._kept) > mark.kept:
            self._kept.popitem()

    def _put(self, root: str, kept: Mapping[int, str | None]) -> None:
        if kept:
            self._write([(root, each, each + 1, rows) for each, rows in kept.items()])
            self._kept.update(dict.fromkeys((root, each) for each in kept))

    def _write(self, said: Iterable[tuple[str, int, int, str | None]]) -> None:
        """Write images, each given as an `Image` is but for its operation."""
        operation = self._operation()
        rows = ((operation, *each) for each in said)
        Bulk(self.session.connection()).insert(_table(models.Image), _IMAGE, rows)

    def _operation(self) -> int:
        if self.operation_id is None:
            operations = _table(models.Operation)
            said = {"kind": self.kind, "what": self.what, "revision": revisions()[-1]}
            done = self.session.connection().execute(operations.insert().values(said))
            self.operation_id = int(done.inserted_primary_key[0])  # type: ignore[index]  # a row was inserted
            old = self.operation_id - KEPT
            self.session.connection().execute(delete(operations).where(operations.c.id <= old))
        return self.operation_id


def record(session: Session, kind: str, what: str, goes_on: int | None = None) -> Journal:
    """From now on, keep what the session changes, as one operation of a ``kind`` such as "import".

    It is a part of the operation ``goes_on``, if nothing else was done since.
    """
    journal = Journal(session, kind, what)
    if goes_on is not None and goes_on == session.scalar(select(func.max(models.Operation.id))):
        asked = select(models.Image.root, models.Image.root_id, models.Image.end_id)
        noted = session.execute(asked.where(models.Image.operation_id == goes_on)).all()
        journal = Journal(session, kind, what, goes_on)
        journal.note((root, range(first, end)) for root, first, end in noted)
    session.info[_KEY] = journal
    event.listen(session, "before_flush", _before_flush)
    event.listen(session, "after_flush", _after_flush)
    return journal


@contextlib.contextmanager
def attempt(session: Session) -> Iterator[None]:
    """A part of an operation that is taken back, in the journal too, when the block raises."""
    journal = journal_of(session)
    mark = journal.mark()
    try:
        with session.begin_nested():
            yield
    except BaseException:
        journal.back_to(mark)
        raise


def journal_of(session: Session) -> Journal:
    """The journal of a session that `record` was called with."""
    return cast("Journal", session.info[_KEY])


def _before_flush(session: Session, context: object, instances: object) -> None:  # noqa: ARG001  # SQLAlchemy's arguments
    changed: dict[type[Base], set[int]] = {}
    for row in (*session.dirty, *session.deleted, *session.new):
        for model, row_id in _roots(row):
            changed.setdefault(model, set()).add(row_id)
    for model, ids in changed.items():
        journal_of(session).keep(model, ids)


def _after_flush(session: Session, context: object) -> None:  # noqa: ARG001  # SQLAlchemy's arguments
    for model in _MODELS:
        new = [row.id for row in session.new if isinstance(row, model)]
        journal_of(session).created(model, new)


_MODELS: Final[tuple[type[Any], ...]] = (
    models.Work,
    models.Application,
    models.ImportedFile,
    models.Decision,
    models.Tag,
)
_OWNERS: Final[Mapping[str, type[Base]]] = {
    "work_id": models.Work,
    "application_id": models.Application,
    "file_id": models.ImportedFile,
}


def _roots(row: Any) -> Iterator[tuple[type[Base], int]]:  # noqa: ANN401  # any row
    """The things that a row is or belongs to, now and before it was changed."""
    state = inspect(row)
    for model in _MODELS:
        if isinstance(row, model):
            if state.persistent:
                yield model, row.id
            return
    for column, model in _OWNERS.items():
        if column in state.mapper.columns:
            history = state.attrs[column].history
            yield from ((model, each) for each in (*history.sum(),) if each is not None)


# --- images ----------------------------------------------------------------------------------------


def images(session: Session, root: str, ids: Sequence[int]) -> dict[int, dict[str, list[Row]]]:
    """The rows that things consist of, by table; what isn't there has none."""
    table = Base.metadata.tables[root]
    found = {row["id"]: {root: [row]} for row in _rows(session, table, table.c.id.in_(ids))}
    for own, column in OWN[root]:
        for row in _rows(session, own, own.c[column].in_(ids)):
            found[row[column]].setdefault(own.name, []).append(row)
    if root == WORKS:
        _add_rows_of_records(session, found)
    return found


def _add_rows_of_records(session: Session, found: dict[int, dict[str, list[Row]]]) -> None:
    owners = {row["id"]: work for work, rows in found.items() for row in rows.get("records", ())}
    ids = list(owners)
    for table in _OF_RECORDS:
        for start in range(0, len(ids), _AT_ONCE):
            some = table.c.record_id.in_(ids[start : start + _AT_ONCE])
            for row in _rows(session, table, some):
                found[owners[row["record_id"]]].setdefault(table.name, []).append(row)


def _rows(session: Session, table: Table, condition: ColumnElement[bool]) -> list[Row]:
    primary = list(table.primary_key)
    return [
        dict(row)
        for row in session.connection().execute(select(table).where(condition).order_by(*primary)).mappings()
    ]


def _named(kept: Iterable[Mapping[str, Sequence[Row]]]) -> Iterator[tuple[str, str]]:
    """The identifiers in images that name one work."""
    for image in kept:
        for row in image.get("identifiers", ()):
            if row["scheme"] in ONE_WORK:
                yield row["scheme"], row["work_value"]


def _plain(value: object) -> object:
    """What JSON has no form for; only instants are."""
    if isinstance(value, datetime):
        return {_INSTANT: value.isoformat()}
    message = f"{type(value).__name__} can't be kept in an image"
    raise TypeError(message)


def revived(said: dict[str, Any]) -> object:
    """The inverse of what `Journal.keep` writes, for ``json.loads``."""
    if said.keys() == {_INSTANT}:
        return datetime.fromisoformat(said[_INSTANT])
    return said
