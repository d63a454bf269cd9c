"""Copies of a library's file: to keep, and to put back.

Source: SQLite manual, "SQLite Backup API".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.errors import LibraryError, LibraryFileError, OutputError
from dlbib.files.paths import reason, shown
from dlbib.store import sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from dlbib.store.database import Database
    from dlbib.store.places import Place

_MOST: Final = 1000


def back_up(database: Database, target: Path) -> None:
    """Copy a library's file to ``target``, whoever uses it meanwhile, and check the copy.

    Raises `OutputError` when something stands at ``target`` or it can't be written, `LibraryError` for
    a damaged library and for one in PostgreSQL.
    """
    path = file_of(database.place)
    try:
        with database.translated_errors():
            sqlite.copy(path, target)
    except OSError as error:
        message = f"{shown(target)}: the library can't be copied there: {reason(error)}; name another file"
        raise OutputError(message) from error


def file_of(place: Place) -> Path:
    """The file that a library is. Raises `LibraryError` for one in PostgreSQL."""
    if place.path is None:
        message = f"{place}: PostgreSQL checks and copies its databases itself: pg_amcheck, pg_dump, psql"
        raise LibraryError(message)
    return place.path


def keep_beside(path: Path, occasion: str) -> Path:
    """Copy a library's file before something is done to it; gives the copy, ``NAME.pre-OCCASION.bak`` beside it.

    Raises `LibraryFileError` when it can't be made, `LibraryError` when there are a thousand already.
    """
    target = free_beside(path, occasion)
    try:
        sqlite.copy(path, target)
    except OSError as error:
        message = f"{shown(target)}: the library can't be copied before it is changed: {reason(error)}; nothing was changed"
        raise LibraryFileError(message) from error
    return target


def free_beside(path: Path, occasion: str) -> Path:
    """A name for what a library's file was before something is done to it. Raises `LibraryError` when a thousand are taken."""
    for number in range(_MOST):
        suffix = f".{number}" if number else ""
        target = path.with_name(f"{path.name}.pre-{occasion}{suffix}.bak")
        if not target.exists():
            return target
    message = f"{shown(path)}: there are too many backups beside it; remove old ones"
    raise LibraryError(message)
