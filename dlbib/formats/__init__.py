"""Text to entries and entries to text, one module per format, found by its file name.

A format is a module (or folder) here that ends in ``FORMATS = (Format(...), ...)``. Adding one
touches nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TextIO

from dlbib.errors import UnknownFormatError, UnsupportedError, quoted

if TYPE_CHECKING:
    import re

    from dlbib.model.entry import Entry
    from dlbib.model.problems import Problem


class Parsed(NamedTuple):
    """One record of an input: its text as it came, and what could be made of it.

    ``entry`` is ``None`` for what is no record (a comment, a macro) and for a record that is set
    aside, whose ``problems`` then hold an error. ``line`` and ``column`` are one-based. ``raw`` is empty for
    formats whose records are not pieces of text of their own.

    ``unkeyed`` is what a record says that is set aside for its key alone, because it has none or that of
    a record before it: by another key it is an entry. ``repeats`` tells that a record, which has no
    ``entry`` then, says what one before it said; ``made_key`` that the entry's key is none of the text's.
    """

    entry: Entry | None
    raw: str = ""
    line: int = 0
    problems: tuple[Problem, ...] = ()
    unkeyed: Entry | None = None
    repeats: bool = False
    made_key: bool = False
    column: int = 1


@dataclass(frozen=True, slots=True)
class Original:
    """The text of a file whose layout is preserved, its byte order mark included, and the file's name.

    ``is_unicode`` tells that its encoding has every letter.
    """

    text: str
    source: str = ""
    is_unicode: bool = True


Keeps = Callable[[Collection[str]], Collection[str]]


class WrittenField(NamedTuple):
    """A field of a record as its text has it.

    ``name`` is in small letters, ``written`` the value with its delimiters, ``text`` what stands between
    them; ``None`` for a value that is put together of several, or of a macro.
    """

    name: str
    written: str
    text: str | None


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to write.

    ``utf8`` asks a format that is plain ASCII by default for UTF-8, ``ascii`` one that is UTF-8 by default
    for plain ASCII, if it has a way to write every letter so. ``report`` is called with every problem met
    while writing (a letter that the target can't hold, a missing field).

    Where the format takes them (`Format.takes`): ``middleware`` are bibtexparser's, run over what is written;
    ``original`` is a text whose layout is preserved, of which those entries stay that
    ``keeps`` gives of the keys of all that aren't written. ``safe`` asks for TeX that does nothing but set text.
    """

    utf8: bool = False
    ascii: bool = False
    report: Callable[[Problem], None] = lambda problem: None  # noqa: ARG005
    middleware: tuple[Any, ...] = ()
    original: Original | None = None
    keeps: Keeps = lambda keys: ()  # noqa: ARG005
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """How the text of one record is changed field by field, in formats whose fields are LaTeX.

    ``type_in(raw)`` gives the entry type in small letters, ``fields_in(raw)`` the fields, the first of each
    name. ``changed(raw, changes)`` gives the text with some fields changed to what they are given as
    written, added, or (``None``) taken out, and all else as it was.
    """

    type_in: Callable[[str], str]
    fields_in: Callable[[str], tuple[WrittenField, ...]]
    changed: Callable[[str, Mapping[str, str | None]], str]


PlaceIn = Callable[[str, str], tuple[int, int]]
Revised = Callable[[str, str, str], str | None]
Parse = Callable[[TextIO, str], Iterator[Parsed]]
ParseThrough = Callable[[TextIO, str, Sequence[Any]], Iterator[Parsed]]
Render = Callable[[Iterable["Entry"], RenderOptions], Iterator[str]]
Ability = Literal["middleware", "preserve"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing entries down.

    ``parse(stream, source)`` gives the records of a text in order, reading no further than it has
    to; ``render(entries, options)`` gives the pieces of a text. Either is absent when the format
    can't be read or written. ``extensions`` carry their dot. ``keeps_aliases`` tells that readers of
    the format find an entry by its aliases too. ``parse_through(stream, source, middleware)`` parses through
    middlewares of bibtexparser, which ``takes`` then names with what else ``render`` can do.

    ``sign`` is found in every text of the format that holds an entry; formats of one module may share
    it. ``kind`` is what a text with the sign looks like, where that is more than the format. ``declared_encoding(head)`` gives the name of the encoding that the beginning of a text, read as
    Latin-1, says it has; empty when it says nothing.

    ``place_in(raw, name)`` tells where in a record's text a field stands: how many lines below the first,
    and the one-based column there (in the first line, from the record's beginning). ``source`` is there
    when fields are LaTeX and can be changed one by one; in other formats ``revised(raw, before, after)`` gives the
    text of a record with what differs between two written forms of it, None where it can't tell.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    parse: Parse | None = None
    render: Render | None = None
    keeps_aliases: bool = False
    parse_through: ParseThrough | None = None
    takes: frozenset[Ability] = frozenset()
    sign: re.Pattern[str] | None = None
    kind: str = ""
    declared_encoding: Callable[[str], str] | None = None
    place_in: PlaceIn | None = None
    source: Source | None = None
    revised: Revised | None = None


@cache
def formats_by_kin() -> tuple[Format, ...]:
    """Every format, by its module, in the order of its module."""
    found: list[Format] = []
    for module in pkgutil.iter_modules(__path__):
        found.extend(getattr(importlib.import_module(f"{__name__}.{module.name}"), "FORMATS", ()))
    return tuple(found)


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, sorted by name."""
    return {each.name: each for each in sorted(formats_by_kin(), key=lambda each: each.name)}


def get_format(name: str) -> Format:
    """The format of that name; raises `UnknownFormatError` naming those there are."""
    try:
        return formats()[name]
    except KeyError:
        message = f"no format {quoted(name)}; there are {', '.join(formats())}"
        raise UnknownFormatError(message) from None


def require(chosen: Format, ability: Ability) -> None:
    """Raise `UnsupportedError`, naming those that can, when a format can't do something."""
    if ability not in chosen.takes:
        able = ", ".join(each.title for each in formats().values() if ability in each.takes)
        what = {"middleware": "takes no middleware", "preserve": "can't preserve the layout of a file"}[
            ability
        ]
        message = f"{chosen.title} {what}; these can: {able}"
        raise UnsupportedError(message)


def format_for(path: str | PurePath) -> Format:
    """The format that a file's extension names; raises `UnknownFormatError`."""
    extension = PurePath(path).suffix.lower()
    for each in formats().values():
        if extension in each.extensions:
            return each
    known = ", ".join(extension for each in formats().values() for extension in each.extensions)
    message = f"no format goes by {extension or 'no extension'!r} ({path}); name one, or use {known}"
    raise UnknownFormatError(message)
