"""Is a library's file sound, and what can be mended in it; copies to keep.

Source: SQLite manual, "PRAGMA integrity_check", "REINDEX", "SQLite FTS5 Extension", sections 6.5 and 6.8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DatabaseError

from dlbib.errors import LibraryError, OutputError
from dlbib.files.paths import reason, shown
from dlbib.store import sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from dlbib.store.database import Database

_MOST: Final = 20


def find_damage(database: Database) -> tuple[str, ...]:
    """What is wrong with a library's file, at most twenty things of a kind; empty when it is sound.

    SQLite keeps no checksums: a text that was altered outside of any index is not noticed. PostgreSQL
    looks after itself, and nothing is ever found there.
    """
    if database.place.path is None:
        return ()
    with database.translated_errors():
        with database.reader.connect() as connection:
            found = [*_broken(connection), *_dangling(connection)]
        with database.engine.connect() as connection:
            return (*found, *_out_of_step(connection))


def _broken(connection: Connection) -> list[str]:
    said = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars()
    return [shown(line) for line in said if line != "ok"]


def _dangling(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MOST)
    return [f"{table}: row {row} refers to a row of {to} that is not there" for table, row, to, _ in rows]


def _out_of_step(connection: Connection) -> list[str]:
    try:
        connection.exec_driver_sql("INSERT INTO works_fts (works_fts, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        return [f"the full-text index does not agree with the works ({error.orig})"]
    return []


def mend_indexes(database: Database) -> None:
    """Make the indexes of a library's file anew out of its tables, which are believed."""
    if database.place.path is None:
        return
    with database.translated_errors(), database.engine.begin() as connection:
        connection.exec_driver_sql("REINDEX")
        connection.exec_driver_sql("INSERT INTO works_fts (works_fts) VALUES ('rebuild')")


def back_up(database: Database, target: Path) -> None:
    """Copy a library's file to ``target``, whoever uses it meanwhile, and check the copy.

    Raises `OutputError` when something stands at ``target`` or it can't be written, `LibraryError` for
    a damaged library and for one in PostgreSQL.
    """
    if database.place.path is None:
        message = f"{database.place}: PostgreSQL copies its databases itself: pg_dump"
        raise LibraryError(message)
    try:
        with database.translated_errors():
            sqlite.copy(database.place.path, target)
    except OSError as error:
        message = f"{shown(target)}: the library can't be copied there: {reason(error)}"
        raise OutputError(message) from error
