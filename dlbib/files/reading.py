"""Inputs: regular files only, of a bounded size, in the encoding they are said to have."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import re
import stat
from typing import TYPE_CHECKING, Final

from dlbib.errors import InputError, quoted
from dlbib.files.paths import reason, shown
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, TextIO

    Report = Callable[[Problem], None]

MAX_BYTES: Final = 1 << 30
"""The largest input that is read unless a caller allows more: one gibibyte."""

_BLOCK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_NO_FILES: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
"""What Python takes for encodings of texts, but no file is written in."""

_CONTROLS: Final = re.compile("[\x80-\x9f]")
# A letter or a quotation mark that Latin-1 has not, and none of the bytes that Windows-1252 leaves empty.
_CP1252: Final = re.compile(b"(?=.*[\x80-\x9f])[^\x81\x8d\x8f\x90\x9d]*\\Z", re.DOTALL)
_PROBABLY_WINDOWS: Final = "has control characters among its letters; was read as told; try --encoding cp1252"


@contextlib.contextmanager
def open_bytes(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Iterator[BinaryIO]:
    """A regular file, open for reading bytes.

    Raises `InputError` when there is none, when it is a folder, a pipe or a device (without waiting
    for one), can't be read, is larger than ``max_bytes``, or changes while it is open.
    """
    # Opening a pipe waits for a writer unless told not to; for a regular file it makes no difference.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:  # a path with NUL is a ValueError
        raise _unreadable(path, reason(error)) from error
    with _buffered(path, descriptor, max_bytes) as stream:
        before = os.fstat(descriptor)
        yield stream
        after = os.fstat(descriptor) if not stream.closed else before
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _unreadable(path, "it changed while it was read; try again when nobody writes to it")


def _buffered(path: str | os.PathLike[str], descriptor: int, max_bytes: int) -> BinaryIO:
    try:
        _check(path, os.fstat(descriptor), max_bytes)
        return open(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _check(path: str | os.PathLike[str], status: os.stat_result, max_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _unreadable(path, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise _unreadable(path, "it is a pipe or a device; copy what it gives into a file")
    if status.st_size > max_bytes:
        raise _unreadable(path, f"it has {status.st_size} bytes, and {max_bytes} are allowed")


@contextlib.contextmanager
def open_text(
    path: str | os.PathLike[str],
    encoding: str | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    report: Report | None = None,
) -> Iterator[TextIO]:
    """A regular file, open for reading text; see `open_bytes` and `as_text`."""
    with open_bytes(path, max_bytes=max_bytes) as stream:
        try:
            text = as_text(stream, shown(path), encoding, report=report)
        except InputError:
            raise
        except OSError as error:
            raise _unreadable(path, reason(error)) from error
        yield text


def as_text(
    stream: BinaryIO, source: str, encoding: str | None = None, *, report: Report | None = None
) -> TextIO:
    """The text in a seekable ``stream``, checked to its end and given from its beginning.

    Without ``encoding`` a byte order mark decides, else UTF-8 is meant; nothing is guessed. The mark
    is no part of the text; ``.encoding`` of the result tells of it (``utf-8-sig``, ``utf-16``,
    ``utf-32``). Line ends are given as they are. Raises `InputError` for an unknown encoding, and for
    bytes that aren't of it: line, offset, byte, and what to try. ``report`` is called with a warning
    when a text is read as Latin-1 but probably is Windows-1252.
    """
    stream.seek(0)
    marked = marked_encoding(stream.read(4))
    chosen = encoding_of_files(marked or "utf-8" if encoding is None else encoding)
    if chosen is None:
        message = (
            f"{source}: there is no encoding {quoted(str(encoding))} of files; try utf-8, latin-1 or cp1252"
        )
        raise InputError(message)
    if chosen == "utf-8" and marked == "utf-8-sig":
        chosen = marked
    text = io.TextIOWrapper(stream, encoding=chosen, newline="")
    if _has_controls(stream, source, chosen) and report is not None:
        report(Problem("ENC-CONTROLS", _PROBABLY_WINDOWS, "warning", source))
    text.seek(0)
    return text


def marked_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning of a file tells of; ``None`` without one."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def encoding_of_files(name: str) -> str | None:
    """Python's name of the encoding that is called ``name``; ``None`` if it is none in which texts are written.

    >>> encoding_of_files("Latin-1"), encoding_of_files("rot13"), encoding_of_files("idna")
    ('iso8859-1', None, None)
    """
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=name)  # knows what makes other things than text
        found = codecs.lookup(name).name
    except (LookupError, ValueError):  # a name with NUL
        return None
    return None if found in _OF_NO_FILES else found


def _has_controls(stream: BinaryIO, source: str, encoding: str) -> bool:
    """Decode all of ``stream``, strictly; tells of controls that Windows-1252 would have as letters."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    read, found = 0, False
    while True:
        block = stream.read(_BLOCK)
        read += len(block)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            # What the decoder was given ends where we have read to, whatever it held back before.
            offset = read - len(error.object) + error.start
            raise InputError(_undecodable(stream, source, encoding, offset)) from error
        except UnicodeError as error:
            message = f"{source}: is not text in {encoding}: {error}"
            raise InputError(message) from error
        found = found or (encoding == "iso8859-1" and _CONTROLS.search(text) is not None)
        if not block:
            return found


def _undecodable(stream: BinaryIO, source: str, encoding: str, offset: int) -> str:
    where = f"{source}:{_line_at(stream, encoding, offset)}"
    stream.seek(offset)
    rest = stream.read(80)
    what = f"byte 0x{rest[0]:02X} at offset {offset}"
    if not encoding.startswith("utf-8"):
        return f"{where}: is not text in {encoding}: {what}"
    if _is_cut_letter(rest):
        return f"{where}: is not whole: it ends within a letter, {what}; get the file again"
    other = "cp1252" if _CP1252.match(rest.splitlines()[0]) else "latin-1"
    return f"{where}: is not UTF-8: {what}; for an older text say --encoding {other}"


def _is_cut_letter(rest: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return decoder.decode(rest) == ""
    except UnicodeDecodeError:
        return False


def _line_at(stream: BinaryIO, encoding: str, offset: int) -> int:
    stream.seek(0)
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    line = 1
    while offset > 0 and (block := stream.read(min(offset, _BLOCK))):
        offset -= len(block)
        with contextlib.suppress(UnicodeError):  # a codec that can't tell a part of a text
            line += decoder.decode(block).count("\n")
    return line


def _unreadable(path: str | os.PathLike[str], why: str) -> InputError:
    return InputError(f"{shown(path)}: can't be read: {why}")
