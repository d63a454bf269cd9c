"""Where a block begins: telling ``@article{`` from the @ of an e-mail address.

BibTeX itself takes every @ outside an entry for the begin of one. Real files hold addresses and
remarks between their entries, so an @ that opens no line has to look like an entry up to its comma.
"""

from __future__ import annotations

import re

from dlbib.formats.bibtex.splitter.patterns import ENTRY_HEAD, HEAD

LOOKAHEAD = 2000
"""How many characters behind an @ may be needed to judge it."""

_BLANK = re.compile(r"[^\S\r\n]|\ufeff")
_WORD = re.compile(r"[\w.+-]")
_COMMENTED_HEAD = re.compile(r"[^\r\n]{0,1000}+(?:\r\n?|\n)[ \t]*+%")
"""A line, as long as the first line of an entry may be, and a commented line."""


def find_start(text: str, position: int, floor: int = 0) -> int:
    """The offset of the next block's @ from ``position`` on, -1 if there is none.

    At ``floor``, where a block ended or the text began, a block begins as freely as on a new line.
    """
    at = text.find("@", position)
    while at >= 0 and not is_start(text, at, floor):
        at = text.find("@", at + 1)
    return at


def is_start(text: str, at: int, floor: int = 0) -> bool:
    """Whether the @ at this offset begins a block."""
    if opens_line(text, at, floor):
        return HEAD.match(text, at) is not None
    return (
        ENTRY_HEAD.match(text, at) is not None
        and not _WORD.match(text, at - 1)
        and not _is_commented_out(text, at)
    )


def opens_line(text: str, at: int, floor: int = 0) -> bool:
    """Whether nothing but blanks stands before the offset on its line, or behind ``floor``."""
    before = _before_blanks(text, at, floor)
    return before < floor or text[before] in "\r\n"


def follows_percent(text: str, at: int, floor: int = 0) -> bool:
    """Whether a % stands before the offset, with nothing but blanks between."""
    before = _before_blanks(text, at, floor)
    return before >= floor and text[before] == "%"


def _before_blanks(text: str, at: int, floor: int) -> int:
    """The offset of the last sign before ``at`` that is no blank, less than ``floor`` if there is none."""
    before = at - 1
    while before >= floor and _BLANK.match(text, before):
        before -= 1
    return before


def _is_commented_out(text: str, at: int) -> bool:
    """Whether every line of an entry is commented out, and not its first alone."""
    head = _COMMENTED_HEAD.match(text, at)
    return (
        head is not None
        and follows_percent(text, at)
        and (head[0].count("{") > head[0].count("}") or head[0].count("(") > head[0].count(")"))
    )
