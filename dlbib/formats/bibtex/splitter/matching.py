"""Where a brace or quotation mark is closed, found in time linear in the text.

A brace that is never closed is looked for up to the end of the window. When the text is read on
behind it, the same would happen for every brace in it that isn't closed either; so one look
remembers them all.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from dlbib.formats.bibtex.splitter.patterns import AFTER_VALUE
from dlbib.formats.bibtex.splitter.starts import is_start, opens_line

if TYPE_CHECKING:
    from dlbib.formats.bibtex.splitter.window import Window

_BRACE = re.compile(r"[{}]")
_PARENTHESIS = re.compile(r"[(){@]")
_QUOTE = re.compile(r'["{}@]')


class Matcher:
    """Finds what closes a delimiter in a window. All results are offsets behind it, or -1."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._never_closed = array("q")
        self._looked_to = 0
        self._quotes_failed_to = 0

    def brace_end(self, at: int) -> int:
        """The end of what the brace at this offset opens."""
        if self._is_never_closed(at):
            return -1
        depth = 0
        for brace in _BRACE.finditer(self._window.text, at):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                return brace.end()
        if self._window.is_complete:
            self._remember(at)
        return -1

    def quote_end(self, at: int) -> int:
        """The end of what the quotation mark at this offset opens: the next one outside braces.

        A value in quotation marks may hold a line that begins like a block, but then a comma or the
        like has to follow it; else two values have lost a quotation mark each.
        """
        text = self._window.text
        may_hold_blocks = self._window.base + at >= self._quotes_failed_to
        holds_blocks = False
        position = at + 1
        while sign := _QUOTE.search(text, position):
            position = sign.end()
            match sign[0]:
                case '"' if self._closes(at, sign.start(), holds_blocks=holds_blocks):
                    return position
                case "{" if (end := self.brace_end(sign.start())) >= 0:
                    position = end
                case "@" if not is_start(text, sign.start()) or not opens_line(text, sign.start()):
                    pass
                case "@" if may_hold_blocks:
                    holds_blocks = True
                case _:
                    break
        if self._window.is_complete:
            self._quotes_failed_to = max(self._quotes_failed_to, self._window.base + position)
        return -1

    def parenthesis_end(self, at: int) -> int:
        """The end of what the parenthesis at this offset opens: text with no block in it."""
        text = self._window.text
        depth = 1
        position = at + 1
        while sign := _PARENTHESIS.search(text, position):
            position = sign.end()
            if sign[0] == "{":
                position = max(position, self.brace_end(sign.start()))
            elif sign[0] == "@":
                if is_start(text, sign.start()) and opens_line(text, sign.start()):
                    break
            else:
                depth += 1 if sign[0] == "(" else -1
                if not depth:
                    return position
        return -1

    def _closes(self, start: int, end: int, *, holds_blocks: bool) -> bool:
        """Whether a quotation mark ends a value, and doesn't begin the next one."""
        text = self._window.text
        if AFTER_VALUE.match(text, end + 1):
            return True
        return not holds_blocks and not text[start + 1 : end].rstrip().endswith("=")

    def _is_never_closed(self, at: int) -> bool:
        absolute = self._window.base + at
        if absolute >= self._looked_to:
            return False
        self._look_on()
        index = bisect_left(self._never_closed, absolute)
        return index < len(self._never_closed) and self._never_closed[index] == absolute

    def _remember(self, at: int) -> None:
        self._never_closed = array("q")
        self._looked_to = self._window.base + at
        self._look_on()

    def _look_on(self) -> None:
        """Keep the braces that are open at the end of the window."""
        base = self._window.base
        for brace in _BRACE.finditer(self._window.text, self._looked_to - base):
            if brace[0] == "{":
                self._never_closed.append(base + brace.start())
            elif self._never_closed:
                self._never_closed.pop()
        self._looked_to = base + len(self._window.text)
