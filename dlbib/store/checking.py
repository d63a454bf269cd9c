"""Is a library's file sound, and what can be mended in it.

Source: SQLite manual, "PRAGMA integrity_check", "REINDEX", "SQLite FTS5 Extension", sections 6.5 and 6.8.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DatabaseError

from dlbib.files.paths import shown
from dlbib.store.copying import file_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dlbib.store.database import Database

_MOST: Final = 20


def find_damage(database: Database) -> tuple[str, ...]:
    """What is wrong with a library's file, at most twenty things of a kind; empty when it is sound.

    SQLite keeps no checksums: a text that was altered outside of any index is not noticed. Raises `LibraryError`
    for PostgreSQL, which looks after itself.
    """
    file_of(database.place)
    found = find_broken(database)
    with database.translated_errors(), database.engine.connect() as connection:
        return (*found, *_out_of_step(connection))


def find_broken(database: Database) -> tuple[str, ...]:
    """What is wrong with the tables of a library's file and their indexes, as `find_damage`; it may be write-protected."""
    with database.translated_errors(), database.reader.connect() as connection:
        return (*_broken(connection), *_dangling(connection))


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
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return [f"the full-text index does not agree with the works ({error.orig})"]
    return []


def mend_indexes(database: Database) -> None:
    """Make the indexes of a library's file anew out of its tables, which are believed. Raises as `find_damage`."""
    file_of(database.place)
    with database.translated_errors(), database.engine.begin() as connection:
        connection.exec_driver_sql("REINDEX")
        connection.exec_driver_sql("INSERT INTO works_fts (works_fts) VALUES ('rebuild')")
