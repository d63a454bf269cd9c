"""Files to entries and entries to files, without a library."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING

from dlbib.errors import UnknownFormatError
from dlbib.files import write_atomically
from dlbib.formats import Format, RenderOptions, format_for, get_format
from dlbib.formats.opening import open_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.model.entry import Entry
    from dlbib.model.problems import Problem


def read(
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the word people look for
    encoding: str | None = None,
) -> tuple[list[Entry], list[Problem]]:
    """The entries of a file, in its order, and the problems met; an ``error`` set its record aside.

    The format is the one that is given, else the one of the file's extension, else the one its text
    shows. The encoding is the one that is given, else what a byte order mark or a BibTeX file's own
    declaration says, else UTF-8. Raises `InputError`, `ParseError` for a text that is nothing of the
    format or looks like something else, `UnknownFormatError`.
    """
    with open_entries(path, format=format, encoding=encoding) as opened:
        parse = opened.format.parse
        if parse is None:
            message = f"{opened.format.title} can be written, not read"
            raise UnknownFormatError(message)
        entries: list[Entry] = []
        problems = [*opened.problems]
        for parsed in parse(opened.stream, fspath(path)):
            problems.extend(parsed.problems)
            if parsed.entry is not None:
                entries.append(parsed.entry)
    return entries, problems


def write(
    entries: Iterable[Entry],
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the word people look for
    utf8: bool = False,
) -> list[Problem]:
    """Write entries to a file, whole or not at all; gives the problems met, such as a missing field.

    The format is the one that is given, else the one of the file's extension; ``utf8`` asks one that is plain ASCII by default for letters as
    they are. Raises `OutputError`, `UnknownFormatError`.
    """
    chosen = _chosen(path, format)
    if chosen.render is None:
        message = f"{chosen.title} can be read, not written"
        raise UnknownFormatError(message)
    problems: list[Problem] = []
    options = RenderOptions(utf8=utf8, report=problems.append)
    write_atomically(path, chosen.render(entries, options))
    return problems


def _chosen(path: str | PathLike[str], name: str | None) -> Format:
    return get_format(name) if name else format_for(fspath(path))
