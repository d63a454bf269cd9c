"""Macros, and the values that are put together of them.

A macro holds from where it is defined on, whatever its case; one that was not defined yet is its own
name. What values may grow to by macros is limited, because eight lines could fill any memory.

Source: Oren Patashnik, "BibTeXing", section 2.1, and ``bibtex.web``, "Scan a field token".
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from dlbib.errors import ParseError

LONGEST: Final = 1 << 20
"""How many characters one value may have by macros."""

MOST: Final = 1 << 26
"""How many characters all values of a file may have by macros."""

MONTHS: Final = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
"""The macros that every style defines."""

_MARK: Final = re.compile(r'[{}"#]')


class Value(NamedTuple):
    """A value put together, and the macros in it that were not defined."""

    text: str
    undefined: tuple[str, ...] = ()


class Macros:
    """The macros that are defined so far in one file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._texts = dict(MONTHS)
        self._made = 0
        self._used_early: dict[str, int] = {}

    def define(self, name: str, text: str) -> int:
        """Define a macro; gives the line where it was used before, or 0."""
        self._texts[name.lower()] = text
        return self._used_early.pop(name.lower(), 0)

    def value(self, written: str, line: int, *, of_month: bool = False) -> Value:
        """The value that is ``written`` in an entry at ``line``.

        Raises `ParseError` when it, or all of a file, grow beyond the limits.
        """
        pieces: list[str] = []
        undefined: list[str] = []
        size = 0
        for piece in _pieces(written):
            if piece[0] in '{"' or piece.isdigit():
                pieces.append(piece[1:-1] if piece[0] in '{"' else piece)
                continue
            text = self._text(piece, of_month=of_month)
            if text is None:
                undefined.append(piece)
                self._used_early.setdefault(piece.lower(), line)
            pieces.append(piece if text is None else text)
            size += len(pieces[-1])
            self._grow(len(pieces[-1]), size, line)
        return Value("".join(pieces), tuple(undefined))

    def _text(self, name: str, *, of_month: bool) -> str | None:
        name = name.lower()
        return MONTHS[name] if of_month and name in MONTHS else self._texts.get(name)

    def _grow(self, more: int, size: int, line: int) -> None:
        self._made += more
        if size > LONGEST or self._made > MOST:
            message = (
                "LIMIT-EXPANSION: macros make a value, or all values, longer than can be read; the file was "
                "refused; look at its @string blocks"
            )
            raise ParseError(message, self._source, line)


def _pieces(written: str) -> list[str]:
    """The pieces of a well-formed value between the ``#`` that join them."""
    if "#" not in written:
        return [written]
    pieces: list[str] = []
    depth, start, is_quoted = 0, 0, False
    for mark in _MARK.finditer(written):
        match mark.group():
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case '"' if not depth:
                is_quoted = not is_quoted
            case "#" if not depth and not is_quoted:
                pieces.append(written[start : mark.start()].strip())
                start = mark.end()
    return [*pieces, written[start:].strip()]
