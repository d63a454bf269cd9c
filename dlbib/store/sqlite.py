"""SQLite: how a library's file is opened, created and copied.

Every transaction is begun by us, for what writes at once as a writer: Python's own way of beginning
them loses updates, and leaves half a migration behind. The journal is a rollback journal, so that a
library is one file that can be copied, synchronised and put on any medium.

Source: SQLite manual, "PRAGMA Statements", "Isolation In SQLite", "Database File Format" 1.3,
"URI Filenames"; Python manual, ``sqlite3``, "Transaction control".
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import sqlite3
import stat
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import URL, create_engine, event

from dlbib.errors import RESTORE, LibraryError, LibraryFileError, LibraryMissingError
from dlbib.files.paths import reason, shown
from dlbib.store.failures import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import ExceptionContext
    from sqlalchemy.pool import ConnectionPoolEntry

APPLICATION_ID: Final = 0x646C6962
"""What tells a library from other programs' SQLite files: the letters ``dlib``."""

READING: Final = "dlbib_reading"
"""The execution option of transactions that only read."""

_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
_ID: Final = slice(68, 72)
_OLDEST: Final = (3, 35, 0)
_WRITE_PROTECTED: Final = "dlbib_write_protected"

_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = FULL",
    # Of a new library: rows are long, and fewer of them are parted than on pages half as large.
    "PRAGMA page_size = 8192",
    # In KiB: a transaction that outgrows the cache locks readers out before it is committed.
    "PRAGMA cache_size = -16384",
)

BUSY_TIMEOUT_S: Final = 10.0
"""How long somebody else who reads or writes a library is waited for, unless another time is asked for."""

_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PAUSE_S: Final = 0.05

_MAY_ROLL_BACK: Final = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_INTERRUPT,
    }
)


def make_engine(path: Path, *, busy_timeout_s: float) -> Engine:
    """The engine of the file at ``path``, which must exist; nothing is opened yet.

    Its transactions write, and wait up to ``busy_timeout_s`` for who else writes; those with the
    execution option `READING` only read. Raises `LibraryError` where SQLite is too old.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        message = f"SQLite {sqlite3.sqlite_version} is too old; use a Python with SQLite 3.35 or newer"
        raise LibraryError(message)
    engine = create_engine(
        URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"}),
        connect_args={"isolation_level": None, "timeout": busy_timeout_s},
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
        json_deserializer=_from_json,
    )

    def prepare(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        entry.info[_WRITE_PROTECTED] = not os.access(path, os.W_OK)
        _prepare(connection)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _give_up)
    event.listen(engine, "handle_error", _refuse_garbled)
    return engine


def _from_json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        message = f"is damaged: what should be JSON in it is none; {RESTORE}"
        raise DamagedError(message) from error


def _prepare(connection: sqlite3.Connection) -> None:
    with _undamaged():
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    # SQLite's own knows the letters of ASCII alone.
    connection.create_function("lower", 1, _lower, deterministic=True)
    if connection.execute("PRAGMA foreign_keys").fetchone() != (1,):
        message = "this Python's SQLite was built without foreign keys; use another Python"
        raise LibraryError(message)


@contextlib.contextmanager
def _undamaged() -> Iterator[None]:
    """Raise `DamagedError` where SQLite's own message can't be read: it tells what it found in the file."""
    try:
        yield
    except UnicodeDecodeError as error:
        message = f"is damaged: names in it are no text; {RESTORE}"
        raise DamagedError(message) from error


def _refuse_garbled(context: ExceptionContext) -> None:
    with _undamaged():
        if isinstance(context.original_exception, UnicodeDecodeError):
            raise context.original_exception


def _lower(text: str | float | bytes | None) -> str | float | bytes | None:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: Connection) -> None:
    reads = bool(connection.get_execution_options().get(READING))
    driver = _driver(connection)
    with _undamaged():
        driver.execute(f"PRAGMA query_only = {int(reads)}")
        # Triggers keep the full-text index in step, which older SQLite allows in trusted schemas alone.
        driver.execute(f"PRAGMA trusted_schema = {int(not reads)}")
    # Of a write-protected file a transaction that might write can still read.
    reads = reads or bool(connection.info.get(_WRITE_PROTECTED))
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def _give_up(context: ExceptionContext) -> None:
    """Forbid to go on after an error at which SQLite may roll back by itself.

    What is executed after that would be committed at once, statement by statement.
    """
    code = getattr(context.original_exception, "sqlite_errorcode", 0) & 0xFF
    if code not in _MAY_ROLL_BACK:
        return
    if context.connection is not None:
        # Nothing tells when a connection that is let go of is closed, and until then its locks are kept.
        with contextlib.suppress(sqlite3.Error):
            _driver(context.connection).rollback()
    context.is_disconnect = True
    context.invalidate_pool_on_disconnect = False


@contextlib.contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Foreign keys unchecked and without effect; to be entered before a transaction begins.

    Rebuilding a table drops the old one, at which rows that refer to it would be deleted.
    """
    driver = _driver(connection)
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def refuse_dangling(connection: Connection) -> None:
    """Raise `LibraryFileError` when a row refers to one that isn't there."""
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if dangling is not None:
        message = f"table {dangling[0]} would refer to rows of {dangling[2]} that are not there"
        raise LibraryFileError(message)


def is_missing(path: Path) -> bool:
    """Whether nothing stands at ``path``, nor anything behind a link there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def check_file(path: Path) -> None:
    """Look at what stands at ``path``, without changing anything.

    Raises `LibraryMissingError` when nothing does, `LibraryFileError` for what is no SQLite file.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no file"
            raise _unfit(path, f"is {what}; give the path of a library's file")
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"{shown(path)}: there is no library; run dlbib seed, which creates it"
        raise LibraryMissingError(message) from error
    except OSError as error:
        raise _unfit(path, f"can't be read: {reason(error)}") from error
    if not head:
        raise _unfit(path, "is an empty file, not a dlbib library; remove it or give another path")
    if head != _MAGIC:
        raise _unfit(path, "is not a dlbib library, or its beginning is damaged; give another path")


def _unfit(path: Path, what: str) -> LibraryFileError:
    return LibraryFileError(f"{shown(path)}: {what}")


@contextlib.contextmanager
def creating(path: Path) -> Iterator[Path]:
    """A new empty file of a passing name, which gets the name ``path`` when the block made a library of it.

    Only its owner may read it. What somebody else put at ``path`` meanwhile stays, and the new file
    is dropped. Raises `LibraryFileError` when there is no such folder or nothing can be written there.
    """
    target = Path(os.path.realpath(path))
    with _passing(target) as temporary:
        with _creation(path, target):
            _create(temporary)
        yield temporary
        with _creation(path, target):
            if _is_library(temporary):
                _give_name(temporary, target)


@contextlib.contextmanager
def _passing(path: Path) -> Iterator[Path]:
    """A name beside ``path``; a file that still has it at the end is gone."""
    temporary = path.with_name(f".dlbib-{secrets.token_hex(8)}.new")
    try:
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


@contextlib.contextmanager
def _creation(path: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        what = f"can't be created: there is no folder {shown(target.parent)}; make it first"
        raise _unfit(path, what) from error
    except OSError as error:
        raise _unfit(path, f"can't be created: {reason(error)}") from error


def _is_library(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(_HEADER)[_ID] == APPLICATION_ID.to_bytes(4)


def _create(path: Path) -> None:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _give_name(temporary: Path, target: Path) -> None:
    with contextlib.suppress(FileExistsError):
        _link(temporary, target)
    _sync(target.parent)


def _link(path: Path, name: Path) -> None:
    """Give a file a further name. Raises ``FileExistsError`` where it is taken."""
    try:
        name.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError as error:  # a file system without links
        if name.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(name)) from error
        path.rename(name)


def exchange(path: Path, source: Path, kept: Path) -> None:
    """Put a copy of ``source`` in the place of a library that can't be read, which gets the name ``kept``.

    So does its journal, which SQLite would play back into whatever stands there. One of both is always at ``path``, where
    the file system has links. Raises ``OSError`` when that can't be done, and what `copy` raises.
    """
    journal, kept_journal = (each.with_name(f"{each.name}-journal") for each in (path, kept))
    with _passing(path) as temporary:
        copy(source, temporary)
        _link(path, kept)
        if journal.exists():
            journal.rename(kept_journal)
        try:
            temporary.replace(path)
        except BaseException:
            if path.exists():
                kept.unlink()
            else:
                kept.rename(path)
            if kept_journal.exists():
                kept_journal.rename(journal)
            raise
    _sync(path.parent)


def remove(path: Path) -> None:
    """Remove a library's file, where that is allowed."""
    with contextlib.suppress(OSError):
        Path(os.path.realpath(path)).unlink()


def _sync(path: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy(source: Path, target: Path) -> None:
    """Copy a library that may be in use to ``target``, which must not exist, and check the copy.

    Raises ``OSError`` when ``target`` can't be made, ``sqlite3.Error`` when ``source`` can't be read, also
    where somebody writes it without end.
    """
    _create(target)
    try:
        _copy(source, target)
    except BaseException:
        target.unlink()
        raise
    _sync(target)
    _sync(target.parent)


def _copy(source: Path, target: Path) -> None:
    with _opened(source) as original, _opened(target) as duplicate:
        _take_over(original, duplicate)
        if duplicate.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise _error(sqlite3.DatabaseError("the copy is damaged"), sqlite3.SQLITE_CORRUPT)


def overwrite(target: Path, source: Path) -> None:
    """Make the library at ``target`` hold what the one at ``source`` does, in one transaction of ``target``.

    Whoever has it open finds the other content from then on. Raises ``sqlite3.Error``, also where somebody
    reads or writes it without end; nothing is changed then.
    """
    with _opened(source) as original, _opened(target) as replaced:
        _take_over(original, replaced)


def _take_over(original: sqlite3.Connection, replaced: sqlite3.Connection) -> None:
    give_up = time.monotonic() + BUSY_TIMEOUT_S

    def stop_waiting(status: int, remaining: int, total: int) -> None:  # noqa: ARG001  # sqlite3's arguments
        if status in _BUSY and time.monotonic() > give_up:
            raise _error(sqlite3.OperationalError("database is locked"), status)

    original.backup(replaced, progress=stop_waiting, sleep=_PAUSE_S)


def _error(error: sqlite3.Error, code: int) -> sqlite3.Error:
    error.sqlite_errorcode = code
    return error


def _opened(path: Path) -> contextlib.closing[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return contextlib.closing(sqlite3.connect(uri, uri=True, timeout=0))
