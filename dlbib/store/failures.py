"""What a database says went wrong, as errors of dlbib: one border for both databases.

Source: SQLite manual, "Result and Error Codes"; PostgreSQL manual, "PostgreSQL Error Codes".
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from dlbib.errors import RESTORE, ConflictError, LibraryDamagedError, LibraryError, LibraryFileError
from dlbib.files.paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.store.places import Place

_LOCKED: Final = "is locked: another program reads or writes it; try again when it is done"
_READ_ONLY: Final = "can't be changed: it is write-protected, or opened for reading only"
_DAMAGED: Final = f"is damaged; {RESTORE}"
_FULL: Final = "can't be written: the disk is full; nothing was changed"
_MEDIUM: Final = "can't be read or written: the disk or its connection fails; nothing was changed"
_FOLDER: Final = "can't be opened: its folder must allow files beside it"
_NO_SCHEMA: Final = "no schema of the search_path exists; create one, or set search_path"

_BY_CODE: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: "is not a dlbib library, or its beginning is damaged; give another path",
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _MEDIUM,
    sqlite3.SQLITE_CANTOPEN: _FOLDER,
}
_BY_WORDS: Final[Mapping[str, str]] = {
    # Who only reads is not let near what triggers write, before it is seen that they'd write.
    "unsafe use of virtual table": _READ_ONLY,
    "Could not decode to UTF-8": _DAMAGED,
}
"""What has no code of its own."""
_BY_STATE: Final[Mapping[str, str]] = {
    "25006": _READ_ONLY,
    "3F000": _NO_SCHEMA,
    "53100": _FULL,
    "55P03": _LOCKED,
}
_DENIED: Final = "42501"
_STOPPED: Final = "57014"


class DamagedError(Exception):
    """What the database keeps is nothing that dlbib wrote; `translated_errors` adds the place."""


@contextlib.contextmanager
def translated_errors(place: Place) -> Iterator[None]:
    """Raise what the database of ``place`` says went wrong as one line that tells how to mend it.

    Raises `LibraryDamagedError` for a damaged file, `LibraryFileError` for one that is locked or can't be
    written, `ConflictError` where something would no longer be unique, `LibraryError` for the rest.
    """
    try:
        yield
    except DamagedError as error:
        message = f"{place}: {error}"
        raise LibraryDamagedError(message) from error
    except DBAPIError as error:
        raise _translated(place, error) from _cause(place, error)
    except sqlite3.Error as error:
        raise _of_sqlite(place, error) from error
    except PoolTimeoutError as error:
        message = f"{place}: all connections are in use; close sessions that are no longer needed"
        raise LibraryError(message) from error


def _cause(place: Place, error: DBAPIError) -> DBAPIError | None:
    """The error to be shown as the cause; none when it would show a secret."""
    return None if place.redacted(str(error)) != str(error) else error


def _translated(place: Place, error: DBAPIError) -> LibraryError | ConflictError:
    if isinstance(error, IntegrityError):
        return ConflictError(f"{place}: {_first_line(place, error.orig)}")
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(place, error.orig)
    return _of_postgresql(place, error)


def _of_sqlite(place: Place, error: sqlite3.Error) -> LibraryError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    what = next((said for words, said in _BY_WORDS.items() if words in str(error)), _BY_CODE.get(code))
    if what is not None:
        kind = LibraryDamagedError if what is _DAMAGED else LibraryFileError
        return kind(f"{place}: {what} ({error})")
    return LibraryError(f"{place}: {_first_line(place, error)}")


def _of_postgresql(place: Place, error: DBAPIError) -> LibraryError:
    state, said = getattr(error.orig, "sqlstate", None), _first_line(place, error.orig)
    if state is not None and state in _BY_STATE:
        return LibraryFileError(f"{place}: {_BY_STATE[state]} ({said})")
    if state == _DENIED:
        return LibraryError(f"{place}: {said}; ask the database's owner to grant it")
    if state == _STOPPED:
        return LibraryError(f"{place}: {said}; raise statement_timeout, or try again")
    if state is None and isinstance(error, OperationalError):
        return LibraryError(f"{place}: can't be reached: {said}")
    return LibraryError(f"{place}: {said}")


def _first_line(place: Place, error: BaseException | None) -> str:
    return shown(place.redacted(str(error).strip().partition("\n")[0]))
