"""Standard output and standard error, as pipes, full disks and closed descriptors leave them.

Python tells of a standard output that can't be written as late as at its exit, and of a closed one never.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, cast

from dlbib.errors import OutputError
from dlbib.files.paths import reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from _typeshed import ReadableBuffer

    Fail = Callable[[OSError], None]


class _Guarded(io.RawIOBase):
    """The bytes of a standard stream; after the first failure what is written is dropped.

    ``fail`` is told of that failure, and may raise what the program is to know of it.
    """

    def __init__(self, raw: io.RawIOBase | None, fail: Fail) -> None:
        self._raw = raw
        self._fail = fail
        self._failed = False

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._raw is not None and self._raw.isatty()

    def fileno(self) -> int:
        return super().fileno() if self._raw is None else self._raw.fileno()

    def write(self, data: ReadableBuffer) -> int | None:
        if not self._failed:
            try:
                return _write(self._raw, data)
            except OSError as error:
                self._failed = True
                self._fail(error)
        return memoryview(data).nbytes


def _write(raw: io.RawIOBase | None, data: ReadableBuffer) -> int | None:
    if raw is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return raw.write(data)


def guard_streams() -> None:
    """From now on standard output raises `OutputError` when it can't be written, a closed one too.

    `BrokenPipeError` stays what it is. Standard error fails without a word, for there is nobody to tell.
    Letters that an encoding lacks are written as escapes.
    """
    sys.stdout = _guarded(sys.stdout, _tell)
    sys.stderr = _guarded(sys.stderr, lambda error: None)  # noqa: ARG005  # nobody to tell


def _guarded(stream: TextIO | None, fail: Fail) -> TextIO:
    buffer = None if stream is None else stream.buffer
    raw = cast("io.RawIOBase | None", getattr(buffer, "raw", buffer))  # unbuffered, it is raw itself
    return io.TextIOWrapper(
        io.BufferedWriter(_Guarded(raw, fail)),
        encoding=stream.encoding if stream else "utf-8",
        errors="backslashreplace",
        line_buffering=stream is None or bool(stream.line_buffering),
    )


def _tell(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        raise error
    message = f"standard output can't be written: {reason(error)}"
    raise OutputError(message) from error
