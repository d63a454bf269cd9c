"""How pages, editions and series are written in a field, and read from one.

Source: BibLaTeX manual, sections 2.3.7, 2.3.10 and 3.15.2.1; Oren Patashnik, "BibTeXing", section 3.2.
"""

from __future__ import annotations

import re
from typing import Final

from dlbib.model.tex.terms import SERIES, key_of

_PAGE_DASH: Final = re.compile(
    r"(?<!\s)\s*(?:-+\s*[\u2012-\u2015]|--+|[\u2012-\u2015])(?:\s*[-\u2012-\u2015])*\s*"
)
_NO_PAGE: Final = re.compile(r"[-\u2012-\u2015\s]*")
_HYPHEN: Final = re.compile(r"(?<=\w)\s*-\s*(?=\w)")

_ORDINALS: Final = (
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
)
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
_NUMBER: Final = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_NUMBERED_SERIES: Final = re.compile(r"([1-9]\d{0,2})(?:st|nd|rd|th) series", re.ASCII)
_ORDINAL: Final = re.compile(r"([1-9]\d{0,2})(?:st|nd|rd|th)", re.ASCII | re.IGNORECASE)


def written_pages(pages: str) -> str:
    """Page ranges with the two hyphens that BibTeX's styles look for.

    >>> written_pages("415-423"), written_pages("A-1-A-5"), written_pages("e12, 3-4")
    ('415--423', 'A-1--A-5', 'e12, 3--4')
    """
    return ", ".join(_page_range(part.strip()) for part in pages.split(","))


def _page_range(part: str) -> str:
    dashed = _one_dash("--", part)
    if dashed != part or "-" not in part:
        return dashed
    hyphens = list(_HYPHEN.finditer(part))
    if len(hyphens) % 2 == 0:
        return part
    # Of three hyphens the middle one parts two pages that are numbered with a hyphen.
    middle = hyphens[len(hyphens) // 2]
    return f"{part[: middle.start()]}--{part[middle.end() :]}"


def is_no_page(text: str) -> bool:
    """Whether there is nothing but dashes, which are a text as any other, and no range."""
    return _NO_PAGE.fullmatch(text) is not None


def _one_dash(dash: str, part: str) -> str:
    """Pages with ``dash`` for each run of dashes."""
    return part if is_no_page(part) else _PAGE_DASH.sub(dash, part)


def read_pages(text: str) -> str:
    """Page ranges as CSL has them, with one hyphen.

    >>> read_pages("415--423,  7 --- 9")
    '415-423, 7-9'
    """
    return ", ".join(_one_dash("-", part.strip()) for part in text.split(","))


def written_edition(edition: str) -> str:
    """An edition as BibTeX wants it: an ordinal in words, or a text.

    >>> written_edition("2"), written_edition("21"), written_edition("revised")
    ('Second', '21st', 'revised')
    """
    if not _NUMBER.fullmatch(edition):
        return edition
    number = int(edition)
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else ordinal(number)


def ordinal(number: int) -> str:
    """The English ordinal of a number, in digits.

    >>> ordinal(3), ordinal(12)
    ('3rd', '12th')
    """
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


def written_series(series: str) -> str | None:
    """The number or key by which BibLaTeX prints a series of a journal; None where it prints the text.

    >>> written_series("3rd series"), written_series("new series"), written_series("Series B")
    ('3', 'newseries', None)
    """
    found = _NUMBERED_SERIES.fullmatch(series)
    if found and read_series(found.group(1)) == series:
        return found.group(1)
    return key_of(series)


def read_series(text: str) -> str:
    """The series of a journal that a number or a key stands for, else the text.

    >>> read_series("3"), read_series("newseries"), read_series("Series B")
    ('3rd series', 'new series', 'Series B')
    """
    return f"{ordinal(int(text))} series" if _NUMBER.fullmatch(text) else SERIES.get(text.lower(), text)


def read_edition(text: str) -> str:
    """The edition's number where a text is an ordinal, else the text.

    >>> read_edition("Second"), read_edition("21st"), read_edition("revised")
    ('2', '21', 'revised')
    """
    if text.capitalize() in _ORDINALS:
        return str(_ORDINALS.index(text.capitalize()) + 1)
    found = _ORDINAL.fullmatch(text)
    return found.group(1) if found else text
