"""Markers for the title, the date, the pages and the rest of an entry.

Source: JabRef documentation, "Customize the citation key generator", "Title-related field markers"
and "Other field markers".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.model.key_words import is_function_word, latin, weighty_words, words

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

_SHORT: Final = 3
_IN_PRESS: Final = "IP"
_NUMBER = re.compile(r"[0-9]{1,18}")
_PREFIX = re.compile(r"\s*([A-Za-z]+)[0-9]")


def _capitalized(word: str) -> str:
    return word[0].upper() + word[1:]


def full_title(entry: Entry) -> str:
    """The title as it is written."""
    return " ".join(words(entry.title or ""))


def title(entry: Entry) -> str:
    """The title, its words of weight with a capital."""
    return " ".join(
        word if place and is_function_word(word) else _capitalized(word)
        for place, word in enumerate(words(entry.title or ""))
    )


def camel(entry: Entry) -> str:
    """The title, every word with a capital."""
    return " ".join(map(_capitalized, words(entry.title or "")))


def camel_words(number: int, entry: Entry) -> str:
    """The first words of the title, every one with a capital."""
    return " ".join(map(_capitalized, words(entry.title or "")[:number]))


def short_title(entry: Entry) -> str:
    """The first three words of weight in the title."""
    return " ".join(map(_capitalized, weighty_words(entry.title or "")[:_SHORT]))


def short_title_initials(entry: Entry) -> str:
    """The first letters of the first three words of weight in the title."""
    return "".join(word[0] for word in weighty_words(entry.title or "")[:_SHORT])


def very_short_title(entry: Entry) -> str:
    """The first word of weight in the title."""
    return " ".join(map(_capitalized, weighty_words(entry.title or "")[:1]))


def year(entry: Entry) -> str:
    """The year of issue."""
    return "" if entry.year is None else str(entry.year)


def short_year(entry: Entry) -> str:
    """The last two digits of the year; ``IP`` for what is in press."""
    if entry.year is None:
        return _IN_PRESS if "press" in (entry.status or "") else ""
    return f"{abs(entry.year) % 100:02}"


def month(entry: Entry) -> str:
    """The number of the month of issue."""
    return str(entry.issued.month) if entry.issued and entry.issued.month else ""


def day(entry: Entry) -> str:
    """The number of the day of issue."""
    return str(entry.issued.day) if entry.issued and entry.issued.day else ""


def entry_type(entry: Entry) -> str:
    """The CSL type."""
    return entry.type


def first_page(entry: Entry) -> str:
    """The lowest number among the pages."""
    return min(_NUMBER.findall(entry.page or ""), key=int, default="")


def last_page(entry: Entry) -> str:
    """The highest number among the pages."""
    return max(_NUMBER.findall(entry.page or ""), key=int, default="")


def page_prefix(entry: Entry) -> str:
    """The letters before the first page: ``L`` of ``L7``."""
    match = _PREFIX.match(entry.page or "")
    return match.group(1) if match else ""


def keyword(number: int, entry: Entry) -> str:
    """The keyword with that number, one-based."""
    return latin(entry.keywords[number - 1]) if 0 < number <= len(entry.keywords) else ""


def keywords(number: int, entry: Entry) -> str:
    """The first keywords, at most so many."""
    return latin("".join(entry.keywords[:number]))
