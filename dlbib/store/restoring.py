"""A backup put in the place of a library."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dlbib.errors import LibraryDamagedError, LibraryFileError, LibraryMissingError
from dlbib.files.paths import shown
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
        with sqlite.creating(path) as temporary, translated_errors(Place(path)):
            sqlite.overwrite(temporary, backup)
        return None
    if path.samefile(backup):
        message = f"{shown(backup)}: is the library itself; name a backup of it"
        raise LibraryFileError(message)
    try:
        with (
            closing(open_database(path, create=False, migrate=False)) as database,
            database.translated_errors(),
        ):
            kept = keep_beside(path, "restore")
            sqlite.overwrite(path, backup)
    except LibraryDamagedError:
        return _exchanged(Path(os.path.realpath(path)), backup)
    return kept


def _exchanged(path: Path, backup: Path) -> Path:
    """Put a copy of a backup in the place of a damaged library, which gets another name, with the journal of its last writer."""
    kept = free_beside(path, "restore")
    copied = kept.with_suffix(".new")
    with translated_errors(Place(backup)):
        sqlite.copy(backup, copied)
    journal = path.with_name(f"{path.name}-journal")
    with suppress(FileNotFoundError):
        journal.rename(kept.with_name(f"{kept.name}-journal"))
    path.rename(kept)
    copied.rename(path)
    return kept


def _refuse_unsound(backup: Path) -> None:
    if sqlite.is_missing(backup):
        message = f"{shown(backup)}: there is no such file; name a backup, as dlbib db backup makes them"
        raise LibraryMissingError(message)
    with closing(open_database(backup, create=False, migrate=False)) as database:
        broken = find_broken(database)
    if broken:
        message = f"{shown(backup)}: is damaged ({broken[0]}); nothing was changed; choose another backup"
        raise LibraryFileError(message)
