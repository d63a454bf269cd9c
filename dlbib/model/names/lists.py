"""Lists of names in BibTeX's syntax."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.model.names.interpretation import interpret, ungrouped
from dlbib.model.names.name import Name, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.names.grammar import Dialect
    from dlbib.model.names.interpretation import Decode, OddityCode

# The program takes an "and" at either end for a name; lower-case, it is a separator with nothing beside it.
# The pattern starts with its letters, and looks behind afterwards, because that is found twice as fast.
_AND: Final = r"[Aa][Nn][Dd](?:(?<=\s...)(?=\s)|(?<=\s(?:and|AND))\Z|(?<=\A(?:and|AND))(?=\s|\Z))"
_SEPARATOR: Final = re.compile(_AND, re.ASCII)
_SEPARATOR_OR_BRACE: Final = re.compile(rf"[{{}}]|{_AND}", re.ASCII)
_SOLID: Final = r"\{[^{}\s]*+(?:\{[^{}\s]*+\}[^{}\s]*+)*+\}"
_HIDES_NOTHING: Final = re.compile(rf"[^{{}}]*+(?:{_SOLID}[^{{}}]*+)*+")
"""A list whose braces hold no white space, and so no separator: nearly every one."""
_WHITE: Final = " \t\n\r\f\v"

OTHERS: Final = "others"
"""What stands for the names that are left out, as the last of a list."""


class Oddity(NamedTuple):
    """Something odd in a list of names; ``text`` is the name, or the list, as written.

    - ``NAME-BRACES``: braces without partner; the name is kept as a literal.
    - ``NAME-COMMAS``: more than two commas, or nothing before the first, and the name is kept as a
      literal; or nothing beside another comma, and the name is read as BibTeX does.
    - ``NAME-EMPTY``: nothing beside an "and"; it is left out.
    - ``NAME-OPTIONS``: keys in a name by ``key=value`` that are not kept.
    - ``NAME-SUSPECT``: several names that are not parted by "and" (kept as one literal), or
      "others" before the end (read as if it were there).
    """

    code: OddityCode
    text: str


class SplitNames(NamedTuple):
    """The names in a list, each as written and never empty, and whether there are ``others``."""

    texts: tuple[str, ...]
    others: bool = False
    oddities: tuple[Oddity, ...] = ()


class NameList(NamedTuple):
    """The names in a list, in order, and whether there are ``others``."""

    names: tuple[Name, ...]
    others: bool = False
    oddities: tuple[Oddity, ...] = ()


def split_names(text: str) -> SplitNames:
    """The names in a list parted by "and", in whatever case, outside braces. Never raises.

    White space is ASCII's: a no-break space beside an "and" keeps it from separating. An empty
    list has no names and nothing odd.

    >>> split_names("Ian Goodfellow AND {Barnes and Noble} and others")
    SplitNames(texts=('Ian Goodfellow', '{Barnes and Noble}'), others=True, oddities=())
    """
    text = text.strip(_WHITE)
    if not text:
        return SplitNames(())
    hides_nothing = "{" not in text or _HIDES_NOTHING.fullmatch(text)
    pieces = [
        piece.strip(_WHITE) for piece in (_SEPARATOR.split(text) if hides_nothing else _outside_braces(text))
    ]
    if all(pieces) and OTHERS not in pieces:
        return SplitNames(tuple(pieces))
    texts = tuple(piece for piece in pieces if piece and piece != OTHERS)
    oddities: list[Oddity] = []
    if not all(pieces):
        oddities.append(Oddity("NAME-EMPTY", text))
    if OTHERS in pieces[:-1]:
        oddities.append(Oddity("NAME-SUSPECT", text))
    return SplitNames(texts, OTHERS in pieces, tuple(oddities))


def _outside_braces(text: str) -> Iterator[str]:
    """The pieces between separators outside braces; a closing brace without partner is passed over."""
    depth, start = 0, 0
    for match in _SEPARATOR_OR_BRACE.finditer(text):
        if match.group() in {"{", "}"}:
            depth = max(depth + (1 if match.group() == "{" else -1), 0)
        elif depth == 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def parse_names(
    text: str, *, dialect: Dialect = "bibtex", decode: Decode = ungrouped, useprefix: bool = True
) -> NameList:
    """The names in a list, as `split_names` and `Name.parse` read them, with what is odd. Never raises.

    ``decode`` makes Unicode of a part of a name that may hold TeX, its braces included; names of
    plain letters don't pass through it. ``useprefix`` is BibLaTeX's option: without it a particle
    is a dropping one, where a name says nothing of its own.
    """
    split = split_names(text)
    names: list[Name] = []
    oddities: list[Oddity] = list(split.oddities)
    for each in split.texts:
        plain = plain_name(each, decode)
        if plain is not None:
            names.append(plain)
            continue
        said = interpret(each, dialect, decode, useprefix=useprefix)
        name = Name(*said[:-1])
        if name != _NOBODY:
            names.append(name)
        elif said.oddity is None:
            oddities.append(Oddity("NAME-EMPTY", each))
        if said.oddity is not None:
            oddities.append(Oddity(said.oddity, each))
    return NameList(tuple(names), split.others, tuple(oddities))


_NOBODY: Final = Name()
