"""Where in the text of a block its fields stand."""

from __future__ import annotations

import io
from typing import NamedTuple

from dlbib.formats.bibtex.splitter.matching import Matcher
from dlbib.formats.bibtex.splitter.patterns import FIELD_NAME
from dlbib.formats.bibtex.splitter.scanner import Scanner
from dlbib.formats.bibtex.splitter.window import Window


class Span(NamedTuple):
    """A field: its name as written, and the offsets of that, of its value, and behind that."""

    name: str
    at: int
    value_at: int
    end: int


def spans_of(raw: str) -> list[Span]:
    """The fields of a block that can be read to its end, in order.

    >>> spans_of("@misc{a, title = {T}}")
    [Span(name='title', at=9, value_at=17, end=20)]
    """
    window = Window(io.StringIO(raw, newline=""), len(raw) + 1)
    while not window.ended:
        window.grow()
    scanner = Scanner(window, Matcher(window))
    scanner.read()
    found = []
    for field in scanner.draft.fields:
        named = FIELD_NAME.match(raw, field.at)
        value_at = named.end() if named else raw.index(field.value, field.at)
        found.append(Span(field.name, field.at, value_at, value_at + len(field.value)))
    return found


def pieces_of(written: str) -> list[tuple[int, int]]:
    """The offsets of the pieces of a value that stand between ``#``, each with its delimiters.

    >>> pieces_of('"x" # {y # z}')
    [(0, 3), (6, 13)]
    """
    if "#" not in written:
        return [(0, len(written))]
    found: list[tuple[int, int]] = []
    depth, start, is_quoted = 0, 0, False
    for at, sign in enumerate(written):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
        elif sign == "#" and not depth and not is_quoted:
            found.append(_stripped(written, start, at))
            start = at + 1
    return [*found, _stripped(written, start, len(written))]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
