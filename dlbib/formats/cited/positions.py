"""Lines and columns of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

_NEWLINE: Final = re.compile("\n")


class Positions:
    r"""Tells the line and column, both one-based, of an offset into a text whose lines end in ``\n``."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """The line and the column of ``offset``."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
