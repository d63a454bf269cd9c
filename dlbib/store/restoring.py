"""A backup put in the place of a library."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from dlbib.errors import LibraryDamagedError, LibraryFileError, LibraryMissingError
from dlbib.files.paths import reason, shown
from dlbib.store import sqlite
from dlbib.store.checking import find_broken
from dlbib.store.copying import file_of, free_beside, keep_beside
from dlbib.store.database import open_database
from dlbib.store.failures import translated_errors
from dlbib.store.places import Place, parse_place

if TYPE_CHECKING:
    from os import PathLike


def restore(backup: Path, given: str | PathLike[str]) -> Path | None:
    """Make the library at ``given`` hold what a backup does; gives the copy of what it held, ``None`` if it is new.

    It happens wholly or not at all. Who has the library open finds the other content from then on; what somebody
    writes while it is done may be in neither. Raises `LibraryMissingError`, `LibraryFileError` for a backup that
    is damaged or no library and for what is no library or in use, `SchemaVersionError` for the backup of a
    newer dlbib, `LibraryError` for PostgreSQL.
    """
    path = file_of(parse_place(given))
    _refuse_unsound(backup)
    if sqlite.is_missing(path):
        _create(path, backup)
        return None
    if path.samefile(backup):
        message = f"{shown(backup)}: is the library itself; name a backup of it"
        raise LibraryFileError(message)
    path = Path(os.path.realpath(path))
    _refuse_other(path)
    try:
        return _overwrite(path, backup)
    except LibraryDamagedError:
        return _exchange(path, backup)


def _refuse_unsound(backup: Path) -> None:
    if sqlite.is_missing(backup):
        message = f"{shown(backup)}: there is no such file; name a backup, as dlbib db backup makes them"
        raise LibraryMissingError(message)
    with closing(open_database(backup, create=False, migrate=False)) as database:
        broken = find_broken(database)
    if broken:
        message = f"{shown(backup)}: is damaged ({broken[0]}); nothing was changed; choose another backup"
        raise LibraryFileError(message)


def _refuse_other(path: Path) -> None:
    try:
        sqlite.check_file(path)
    except LibraryFileError as error:
        message = f"{error}, or move it away, and restore again"
        raise LibraryFileError(message) from error


def _create(path: Path, backup: Path) -> None:
    with sqlite.creating(path) as temporary:
        with translated_errors(Place(path)):
            sqlite.overwrite(temporary, backup)
        made = temporary.stat().st_ino
    if path.stat().st_ino != made:
        message = f"{shown(path)}: somebody else made it meanwhile; nothing was changed; restore it again"
        raise LibraryFileError(message)


def _overwrite(path: Path, backup: Path) -> Path:
    with closing(open_database(path, create=False, migrate=False)) as database, database.translated_errors():
        kept = keep_beside(path, "restore")
        try:
            sqlite.overwrite(path, backup)
        except BaseException:
            kept.unlink()
            raise
    return kept


def _exchange(path: Path, backup: Path) -> Path:
    """Put a copy of a backup in the place of a library that can't be read, which gets another name."""
    kept = free_beside(path, "restore")
    try:
        with translated_errors(Place(backup)):
            sqlite.exchange(path, backup, kept)
    except OSError as error:
        message = f"{shown(path)}: can't be replaced: {reason(error)}; nothing was changed"
        raise LibraryFileError(message) from error
    return kept
