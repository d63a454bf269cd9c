"""Outputs: a file is replaced whole or stays as it was.

Source: POSIX.1-2017, ``rename()``, ``fsync()``, ``open()``; Linux manual, ``flock(2)``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dlbib.errors import OutputError
from dlbib.files.paths import reason, shown

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

_UNTOUCHED: Final = "nothing was changed there"
_PARTLY: Final = "a part may have been written"
_UNSYNCED: Final = "it holds the new text, which a power cut may undo"

_AT_ONCE: Final = 1 << 16
"""How many letters are written at once."""

_LEFTOVER: Final = re.compile(r"\.dlbib-[0-9a-f]{16}\.tmp")
_OPEN_STREAM: Final = re.compile(r"/dev/(?:fd/(?P<number>\d+)|(?P<name>stdout|stderr))")
_FOLDERS_NOT_SYNCED: Final = frozenset({errno.EINVAL, errno.ENOTSUP})


def write_atomically(path: str | os.PathLike[str], chunks: Iterable[str], *, encoding: str = "utf-8") -> None:
    """Make the file ``path`` hold ``chunks``, or leave it as it was.

    Line ends are written as given. An existing file keeps its mode, and its owner where that is
    allowed; a new one follows the umask; a symbolic link stays, and the file it leads to is replaced.
    Pipes and devices (``/dev/stdout``, ``/dev/null``) are written to directly. Raises `OutputError`;
    what ``chunks`` raises passes through, and so does `BrokenPipeError`.
    """
    status = _status(path)
    if status and _is_stream(path, status):
        _write_directly(path, chunks, encoding)
    else:
        _replace(path, status, chunks, encoding)


@contextlib.contextmanager
def _writing(path: str | os.PathLike[str], outcome: str = _UNTOUCHED) -> Iterator[None]:
    """Tell of what fails here as `OutputError`, which what fails in the caller's ``chunks`` is not."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError, LookupError) as error:  # a path with NUL, a letter the encoding lacks
        message = f"{shown(path)}: can't be written: {_why(path, error)}; {outcome}"
        raise OutputError(message) from error


def _why(path: str | os.PathLike[str], error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):
        return f"U+{ord(error.object[error.start]):04X} can't be written in {error.encoding}"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"there is no folder {shown(Path(os.path.realpath(path)).parent)}; make it first"
    return reason(error)


def _status(path: str | os.PathLike[str]) -> os.stat_result | None:
    with _writing(path):
        try:
            status = Path(path).stat()
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # Replacing needs no leave of the file's own, but who made it read-only meant to keep it.
        if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return status


def _is_stream(path: str | os.PathLike[str], status: os.stat_result) -> bool:
    # Redirected, /dev/stdout is a regular file; to replace it would cut off all who write to it.
    return not stat.S_ISREG(status.st_mode) or _open_descriptor(path) is not None


def _open_descriptor(path: str | os.PathLike[str]) -> int | None:
    """The open file that ``path`` is a name of; opened again by that name it would begin anew."""
    match = _OPEN_STREAM.fullmatch(os.fspath(path))
    if match is None:
        return None
    return int(match["number"]) if match["number"] else ("stdout", "stderr").index(match["name"]) + 1


def _write_directly(path: str | os.PathLike[str], chunks: Iterable[str], encoding: str) -> None:
    descriptor = _open_descriptor(path)
    with _writing(path, _PARTLY):
        stream = open(  # noqa: SIM115, PTH123  # _pour closes it; pathlib opens no descriptors
            path if descriptor is None else os.dup(descriptor), "a", encoding=encoding, newline=""
        )
    _pour(stream, chunks, path, _PARTLY)


def _pour(
    stream: TextIO, chunks: Iterable[str], path: str | os.PathLike[str], outcome: str = _UNTOUCHED
) -> None:
    try:
        for chunk in _gathered(chunks):
            with _writing(path, outcome):
                stream.write(chunk)
        with _writing(path, outcome):
            stream.flush()
    finally:
        _close(stream)


def _gathered(chunks: Iterable[str]) -> Iterator[str]:
    """The same text in fewer pieces, of some thousand letters each."""
    held: list[str] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _AT_ONCE:
            yield "".join(held)
            held.clear()
            size = 0
    yield "".join(held)


def _close(stream: TextIO) -> None:
    with contextlib.suppress(OSError):  # what could not be flushed, which was told already
        stream.close()


def _replace(
    path: str | os.PathLike[str], status: os.stat_result | None, chunks: Iterable[str], encoding: str
) -> None:
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".dlbib-{secrets.token_hex(8)}.tmp")
    _remove_leftovers(target.parent)
    try:
        with contextlib.ExitStack() as until_replaced:
            with _writing(path):
                descriptor = _create(temporary)
                until_replaced.callback(_close_descriptor, descriptor)
                _adopt(descriptor, status)
            _fill(path, descriptor, chunks, encoding)
            if sys.platform == "win32":
                until_replaced.close()  # there an open file can't be renamed
            with _writing(path):
                temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    with _writing(path, _UNSYNCED):
        _sync_folder(target.parent)


def _create(temporary: Path) -> int:
    """An open and locked new file; the lock tells that its writer lives."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        descriptor = os.open(temporary, flags, 0o666)
        try:
            _lock(descriptor)
            if os.fstat(descriptor).st_nlink:
                return descriptor
        except BaseException:
            _close_descriptor(descriptor)
            raise
        _close_descriptor(descriptor)  # somebody else tidied it away before it was locked


def _close_descriptor(descriptor: int) -> None:
    with contextlib.suppress(OSError):  # all that matters was synced before
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # a file system without locks: leftovers then stay
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def _adopt(descriptor: int, status: os.stat_result | None) -> None:
    """Give the new file the owner and the mode of the one that it replaces."""
    if status is None or sys.platform == "win32":
        return
    with contextlib.suppress(PermissionError):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def _fill(path: str | os.PathLike[str], descriptor: int, chunks: Iterable[str], encoding: str) -> None:
    with _writing(path):
        stream = open(descriptor, "w", encoding=encoding, newline="", closefd=False)  # noqa: SIM115  # _pour closes it
    _pour(stream, chunks, path)
    with _writing(path):
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _FOLDERS_NOT_SYNCED:
            raise
    finally:
        _close_descriptor(descriptor)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left; a file that is still being written is locked."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError), os.scandir(folder) as names:
        for entry in names:
            if _LEFTOVER.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _remove_if_abandoned(entry.path)


def _remove_if_abandoned(path: str) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.unlink(path)  # noqa: PTH108  # scandir gives strings
        finally:
            _close_descriptor(descriptor)
