"""Files to entries and entries to files, without a library."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Unpack

from dlbib.errors import UnknownFormatError
from dlbib.files import write_atomically
from dlbib.files.collecting import seldom_collected
from dlbib.formats import format_for, get_format, require
from dlbib.formats.opening import open_entries
from dlbib.formats.writing import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dlbib.formats import Parsed
    from dlbib.formats.opening import Opened
    from dlbib.formats.writing import How
    from dlbib.model.entry import Entry
    from dlbib.model.problems import Problem


def read(
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the word people look for
    encoding: str | None = None,
    middleware: Sequence[Any] = (),
) -> tuple[list[Entry], list[Problem]]:
    """The entries of a file, in its order, and the problems met; an ``error`` set its record aside.

    The format is the one that is given, else the one of the file's extension, else the one its text
    shows. The encoding is the one that is given, else what a byte order mark or a BibTeX file's own
    declaration says, else UTF-8. A BibTeX file is read through ``middleware``, bibtexparser's or written for
    it; what one fails on is a problem. Raises `InputError`, `ParseError` for a text that is nothing of the
    format or looks like something else, `UnknownFormatError`, `UnsupportedError`.
    """
    entries: list[Entry] = []
    with open_entries(path, format=format, encoding=encoding) as opened, seldom_collected():
        problems = [*opened.problems]
        for parsed in _parsed(opened, fspath(path), middleware):
            problems.extend(parsed.problems)
            if parsed.entry is not None:
                entries.append(parsed.entry)
    return entries, problems


def _parsed(opened: Opened, source: str, middleware: Sequence[Any]) -> Iterator[Parsed]:
    chosen = opened.format
    if middleware:
        require(chosen, "middleware")
        if chosen.parse_through is not None:
            return chosen.parse_through(opened.stream, source, middleware)
    if chosen.parse is None:
        message = f"{chosen.title} can be written, not read"
        raise UnknownFormatError(message)
    return chosen.parse(opened.stream, source)


def write(
    entries: Iterable[Entry],
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the word people look for
    **how: Unpack[How],
) -> list[Problem]:
    """Write entries to a file, whole or not at all; gives the problems met, such as a missing field.

    The format is the one that is given, else the one of the file's extension; ``how`` it is written is
    told by `How`. Raises `OutputError`, `UnknownFormatError`, `UnsupportedError`, and `StrictError` when
    ``strict`` is asked for and there is anything to warn of.
    """
    chosen = get_format(format) if format else format_for(fspath(path))
    text = written(entries, chosen, how)
    with seldom_collected():
        write_atomically(path, text.pieces, encoding=text.encoding)
    return text.problems
