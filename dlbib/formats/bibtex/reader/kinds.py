"""How each kind of value is read: the way back from `value_writer`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.languages import read_language
from dlbib.formats.bibtex.values import read_edition, read_pages, read_series
from dlbib.formats.genres import read_genre
from dlbib.model.markup import NOCASE_OPEN, SPAN_CLOSE
from dlbib.model.names import split_names
from dlbib.model.names.words import is_braced
from dlbib.model.tex.commands import SPELLED
from dlbib.model.tex.decode import decode
from dlbib.model.tex.terms import COUNTRIES, STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dlbib.formats.fields import Dialect, Kind

_MANY: Final = 1 << 12
_DEEPEST: Final = 32  # programs that export add a pair or two, each time
_SIMPLE_PAGES: Final = re.compile(r"[0-9A-Za-z]+(?:--[0-9A-Za-z]+)?")
_WHOLLY_PROTECTED: Final = re.compile(rf"\A{NOCASE_OPEN}((?:(?!</?span).)*+){SPAN_CLOSE}\Z", re.DOTALL)
_COMMA: Final = re.compile(r"[{},]")


class Values:
    """Reads values that are text or a list of texts; what may well come again is not read again.

    ``of_kind`` has a function for each kind of value that is read by itself.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.plain = lru_cache(maxsize=_MANY)(_plain)
        self.of_kind: Mapping[Kind, Callable[[str], object]] = {
            **{kind: lru_cache(maxsize=_MANY)(partial(read, self)) for kind, read in _READ.items()},
            "pages": self.pages,
            "title": self.title,
        }

    @staticmethod
    def title(text: str) -> str:
        """A text in which braces protect words from a change of case, even when they hold all of it."""
        return composed(decode(text))

    def text(self, text: str) -> str:
        """The same, but for braces around all of it, which only group, and a command for case likewise.

        The group is kept that tells a letter which only math has from math.
        """
        is_grouped = text.startswith("{") and text.strip() not in SPELLED
        found = composed(decode(unwrapped(text) if is_grouped else text))
        return _WHOLLY_PROTECTED.sub(r"\1", found) if found.startswith(NOCASE_OPEN) else found

    def literal_list(self, text: str) -> str:
        """The items of a literal list, which only BibLaTeX has, parted by semicolons."""
        if self._dialect == "bibtex" or "and" not in text:
            return self.plain(text)
        split = split_names(text)
        items = [*split.texts, *(["others"] if split.others else [])]
        return "; ".join(filter(None, map(self.plain, items))) or self.plain(text)

    def pages(self, text: str) -> str:
        """Pages, with one hyphen in a range."""
        if _SIMPLE_PAGES.fullmatch(text):
            return text.replace("--", "-")
        return read_pages(self.plain(text))

    def edition(self, text: str) -> str:
        """An edition, by its number if it is an ordinal."""
        return read_edition(self.plain(text))

    def language(self, text: str) -> str:
        """A language by its tag, if babel knows it."""
        return read_language(self.plain(text))

    def genre(self, text: str, entry_type: str) -> str | None:
        """A genre, unless the entry type says it all."""
        return read_genre(self.text(text), entry_type)

    def series(self, text: str) -> str:
        """The series of a journal, which a number or a key may stand for."""
        found = read_series(text)
        return self.text(text) if found == text else found

    def state(self, text: str) -> str:
        """How far a work is on its way to being published, which a key may stand for."""
        return STATES.get(text.strip().lower()) or self.text(text)

    def countries(self, text: str) -> str:
        """Where a patent holds: a literal list, in which keys may stand."""
        items = split_names(text).texts
        if COUNTRIES.keys().isdisjoint(map(str.lower, items)):
            return self.literal_list(text)
        return "; ".join(COUNTRIES.get(item.lower()) or self.plain(item) for item in items)

    def keywords(self, text: str) -> tuple[str, ...]:
        """Keywords between commas; between semicolons if there is no comma."""
        parts = _parts(text)
        if len(parts) == 1 and "; " in text:
            parts = unwrapped(text).split("; ")
        return tuple(filter(None, map(self.plain, parts)))


def _plain(text: str) -> str:
    """A text in which braces only group."""
    return composed(decode(text, protect=False))


def composed(text: str) -> str:
    """A text in Unicode's form NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unwrapped(text: str) -> str:
    """A text without the braces around all of it.

    >>> unwrapped(" {{a}} "), unwrapped("{a} {b}")
    ('a', '{a} {b}')
    """
    text = text.strip()
    for _ in range(_DEEPEST):
        if not (text.startswith("{") and text.endswith("}") and is_braced(text)):
            break
        text = text[1:-1].strip()
    return text


def keys_in(text: str) -> tuple[str, ...]:
    """The citation keys in a list."""
    return tuple(filter(None, (each.strip() for each in text.split(","))))


def _parts(text: str) -> list[str]:
    """The pieces of a text between commas outside braces."""
    if "{" not in text:
        return text.split(",")
    parts: list[str] = []
    depth, start = 0, 0
    for mark in _COMMA.finditer(text):
        if mark.group() == "," and not depth:
            parts.append(text[start : mark.start()])
            start = mark.end()
        elif mark.group() != ",":
            depth += 1 if mark.group() == "{" else -1
    return [*parts, text[start:]]


_READ: Final[Mapping[Kind, Callable[[Values, str], object]]] = {
    "countries": Values.countries,
    "edition": Values.edition,
    "keywords": Values.keywords,
    "language": Values.language,
    "list": Values.literal_list,
    "series": Values.series,
    "state": Values.state,
    "text": Values.text,
}
