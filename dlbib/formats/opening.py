"""A file of entries, opened: in which format it is, and in which encoding.

The format is the one that is named, else the one of the file's extension, else the one that its text
shows. A file that shows to be something else is refused as what it is: nothing is guessed silently.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass
from os import PathLike, fspath
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from dlbib.errors import ParseError, UnknownFormatError
from dlbib.files import MAX_BYTES, as_text, encoding_of_files, marked_encoding, open_bytes
from dlbib.files.paths import shown
from dlbib.formats import Format, format_for, get_format
from dlbib.formats.recognition import HEAD, binary_sign, text_sign
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_DECLARED: Final = (
    "the text says that it is written in {0}, and was read so; save it in UTF-8 and take the line out"
)
_DOUBTED: Final = (
    "the text says that it is written in {0}, and was read so, though it is UTF-8 by the look of it; if letters are "
    "wrong, say --encoding utf-8"
)
_UNKNOWN: Final = (
    "the text says that it is written in {0}, which is no encoding; it was read as UTF-8; mend the line"
)
_SAFE: Final = frozenset({"ascii", "utf-8"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A text to be parsed: its format, its stream, and what there is to say of it before it is read."""

    format: Format
    stream: TextIO
    problems: tuple[Problem, ...] = ()


@contextlib.contextmanager
def open_entries(
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the word people look for
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Opened]:
    """A file of entries, open for its format's ``parse``.

    The encoding is the one that is given, else what a byte order mark says, else what the text itself
    declares (with a warning), else UTF-8. Raises `InputError` for a file that can't be opened or
    isn't of its encoding, `ParseError` for one that looks like something else, `UnknownFormatError`
    where neither its name nor its text tells what it is.
    """
    with open_bytes(path, max_bytes=max_bytes) as stream:
        yield entries_in(stream, path, format=format, encoding=encoding)


def entries_in(
    stream: BinaryIO,
    name: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # as above
    encoding: str | None = None,
) -> Opened:
    """The same for a seekable stream that is open already and called ``name``."""
    named = get_format(format) if format else None
    stream.seek(0)
    head = stream.read(HEAD)
    chosen = named or _by_extension(name) or _by_text(name, _text(head, encoding))
    declared = _declared(head, shown(name), chosen) if encoding is None else _Declared(encoding)
    _refuse_binary(name, head, declared.encoding)
    _refuse_other(name, chosen, _text(head, declared.encoding), is_named=named is not None)
    problems = [*declared.problems]
    read = as_text(stream, shown(name), declared.encoding, report=problems.append)
    return Opened(chosen, read, tuple(problems))


def _refuse_binary(path: str | PathLike[str], head: bytes, encoding: str | None) -> None:
    sign = binary_sign(head)
    if sign is None or (encoding is not None and sign.is_wide):
        return
    message = f"looks like {sign.what}; nothing was read; {sign.advice}"
    raise ParseError(message, shown(path))


def _text(head: bytes, encoding: str | None) -> str:
    """The beginning of a text, its letters beyond ASCII right or not: signs are ASCII."""
    try:
        return head.decode(encoding or marked_encoding(head) or "latin-1", "replace")
    except (LookupError, ValueError):  # no encoding, or one that can't tell a part of a text
        return head.decode("latin-1")


def _by_extension(path: str | PathLike[str]) -> Format | None:
    try:
        return format_for(fspath(path))
    except UnknownFormatError:
        return None


def _by_text(path: str | PathLike[str], head: str) -> Format:
    sign = text_sign(head)
    if sign is None:
        return format_for(fspath(path))
    if sign.format is None:
        raise _refusal(path, head, f"looks like {sign.what}; nothing was read; {sign.advice}", sign.at)
    return sign.format


def _refuse_other(path: str | PathLike[str], chosen: Format, head: str, *, is_named: bool) -> None:
    """Refuse a text that shows to be of another format than the one it should be."""
    sign = text_sign(head)
    if sign is None or chosen.sign is None or (sign.format and sign.format.sign == chosen.sign):
        return
    if is_named and sign.format and chosen.sign.search(head):
        return
    message = f"looks like {sign.what}, not {chosen.title}; nothing was read; {sign.advice}"
    if sign.format and chosen.sign.search(head):
        message += f", or {chosen.name} if it is that after all"
    raise _refusal(path, head, message, sign.at)


def _refusal(path: str | PathLike[str], head: str, message: str, at: int) -> ParseError:
    lines = len(re.findall(r"\r\n?|\n", head[:at]))
    return ParseError(message, shown(path), lines + 1, 1)


class _Declared(NamedTuple):
    """The encoding that a text says it has, if it has to be told apart from UTF-8, and what to say of it."""

    encoding: str | None = None
    problems: tuple[Problem, ...] = ()


def _declared(head: bytes, source: str, chosen: Format) -> _Declared:
    if chosen.declared_encoding is None or marked_encoding(head):
        return _Declared()
    declared = chosen.declared_encoding(head.decode("latin-1"))
    if not declared:
        return _Declared()
    name = encoding_of_files(declared)
    if name is None:
        return _Declared(None, (_remark("ENC-UNKNOWN", _UNKNOWN, declared, source),))
    if name in _SAFE:
        return _Declared()
    doubt = not head.isascii() and _is_utf8(head)
    return _Declared(name, (_remark("ENC-DECLARED", _DOUBTED if doubt else _DECLARED, declared, source),))


def _is_utf8(head: bytes) -> bool:
    """Whether bytes, which may end within a letter, are UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _remark(code: str, message: str, name: str, source: str) -> Problem:
    return Problem(code, message.format(repr(name)), "warning", source, 1, 1)
