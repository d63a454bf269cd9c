"""A library's database: opened, created and migrated; never created by accident."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Engine, select, text

from dlbib.errors import (
    RESTORE,
    LibraryDamagedError,
    LibraryFileError,
    LibraryMissingError,
    SchemaVersionError,
)
from dlbib.store import migrating, postgresql, sqlite
from dlbib.store.failures import translated_errors
from dlbib.store.migrating import Migration, revision_of, revisions
from dlbib.store.models import Base, Operation
from dlbib.store.places import Place, parse_place
from dlbib.store.search import FULL_TEXT
from dlbib.store.sqlite import BUSY_TIMEOUT_S

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Database:
    """A library's database: ``engine`` makes transactions that write, ``reader`` such that only read.

    Writers take turns. A reader sees one state of the library, from its first question to its end.
    ``migration`` tells how opening it changed a library of an older dlbib; ``is_new`` that opening it made its file.
    """

    place: Place
    engine: Engine
    reader: Engine
    migration: Migration | None = None
    is_new: bool = False

    def translated_errors(self) -> AbstractContextManager[None]:
        """See `dlbib.store.failures.translated_errors`."""
        return translated_errors(self.place)

    def close(self) -> None:
        """Close every connection; what was not committed is lost."""
        self.engine.dispose()

    def drop_unused(self) -> None:
        """Remove the file if opening it made it and nothing was done since: whoever else has it open is told by SQLite."""
        if not self.is_new or self.place.path is None:
            return
        with self.translated_errors(), self.engine.begin() as connection:
            if connection.scalar(select(Operation.id).limit(1)) is None:
                sqlite.remove(self.place.path)


def open_database(
    given: str | os.PathLike[str],
    *,
    create: bool,
    migrate: bool = True,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
) -> Database:
    """The database of the library at ``given``.

    ``given`` is a path, ``sqlite:///PATH`` or ``postgresql://USER:PASSWORD@HOST/DATABASE``. Where
    there is no library, one is made if ``create``; one of an older dlbib is brought to the newest
    schema unless ``migrate`` is false. Raises `LibraryMissingError`, `LibraryFileError` for what is no
    library, is damaged, locked or can't be read, `SchemaVersionError` for one of a newer dlbib, and
    `LibraryError` for a malformed URL or a server out of reach.
    """
    place = parse_place(given)
    is_new = place.path is not None and create and sqlite.is_missing(place.path)
    if is_new and place.path is not None:
        _create(place.path, busy_timeout_s)
    database = replace(_connect(place, busy_timeout_s), is_new=is_new)
    try:
        with translated_errors(place):
            revision = _revision(database, create=create)
            if migrate and revision != revisions()[-1]:
                migration = migrating.migrate(place, database.engine)
                return replace(database, migration=migration if migration.before else None)
    except BaseException:
        database.close()
        raise
    return database


def _connect(place: Place, busy_timeout_s: float) -> Database:
    if place.path is None:
        engine = postgresql.make_engine(place, busy_timeout_s=busy_timeout_s)
        options = {postgresql.READING: True, "isolation_level": "REPEATABLE READ"}
        return Database(place, engine, engine.execution_options(**options))
    sqlite.check_file(place.path)
    engine = sqlite.make_engine(place.path, busy_timeout_s=busy_timeout_s)
    return Database(place, engine, engine.execution_options(**{sqlite.READING: True}))


def _create(path: Path, busy_timeout_s: float) -> None:
    with _new_engine(path, busy_timeout_s) as engine:
        migrating.migrate(Place(path), engine)


@contextmanager
def _new_engine(path: Path, busy_timeout_s: float) -> Iterator[Engine]:
    with sqlite.creating(path) as temporary:
        engine = sqlite.make_engine(temporary, busy_timeout_s=busy_timeout_s)
        try:
            with translated_errors(Place(path)):
                yield engine
        finally:
            engine.dispose()


@contextmanager
def connection_to_migrate(given: str | os.PathLike[str]) -> Iterator[Connection]:
    """A connection for migrations, in their transaction; a file that is missing is made by them.

    Raises what `open_database` does.
    """
    path = parse_place(given).path
    if path is not None and sqlite.is_missing(path):
        with _new_engine(path, BUSY_TIMEOUT_S) as engine, migrating.one_transaction(engine) as connection:
            yield connection
        return
    database = open_database(given, create=True, migrate=False)
    try:
        with database.translated_errors(), migrating.one_transaction(database.engine) as connection:
            yield connection
    finally:
        database.close()


def _revision(database: Database, *, create: bool) -> str | None:
    with database.reader.connect() as connection:
        revision = check_schema(database.place, connection)
    if revision is None and not create:
        message = f"{database.place}: there is no library; run dlbib seed, which creates it"
        raise LibraryMissingError(message)
    return revision


def check_schema(place: Place, connection: Connection) -> str | None:
    """The revision of the schema, which this dlbib knows; ``None`` for an empty PostgreSQL database.

    Raises `LibraryFileError` for another program's file, `SchemaVersionError` for a library that a
    newer dlbib wrote.
    """
    is_file = connection.dialect.name == "sqlite"
    if is_file and connection.exec_driver_sql("PRAGMA application_id").scalar() != sqlite.APPLICATION_ID:
        raise LibraryFileError(_foreign(place))
    revision = revision_of(connection)
    if is_file:
        _refuse_damaged(place, connection, revision)
    if not revision or revision in revisions():
        return revision
    if not connection.dialect.has_table(connection, "meta"):
        raise LibraryFileError(_foreign(place))
    raise SchemaVersionError(_newer(place, connection, revision))


def _refuse_damaged(place: Place, connection: Connection, revision: str | None) -> None:
    """Raise `LibraryDamagedError` for a file in which tables are missing, or which schema they are of."""
    if revision is None:
        message = (
            f"{place}: is damaged: its tables are missing; perhaps it was copied while in use; copy it again"
        )
        raise LibraryDamagedError(message)
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    lacking = "the revision of its schema" if not revision and Operation.__tablename__ in there else ""
    if revision == revisions()[-1] and (missing := sorted({*Base.metadata.tables, FULL_TEXT} - there)):
        lacking = f"its table {missing[0]}"
    if lacking:
        message = f"{place}: is damaged: {lacking} is missing; {RESTORE}"
        raise LibraryDamagedError(message)


def _foreign(place: Place) -> str:
    return f"{place}: is the database of another program, not a dlbib library; give another place"


def _newer(place: Place, connection: Connection, revision: str) -> str:
    said: dict[str, str] = dict(connection.execute(text("SELECT name, value FROM meta")).all())
    return (
        f"{place}: was written by dlbib {said.get('written_by')} (schema {revision}), and this one knows "
        f"schemas up to {revisions()[-1]}; upgrade dlbib to {said.get('min_reader')} or newer: "
        "pip install --upgrade dlbib"
    )
