"""From a text to its blocks, one after another."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TextIO

from dlbib.formats.bibtex.splitter.blocks import (
    Block,
    CommentBlock,
    EntryBlock,
    FailedBlock,
    PreambleBlock,
    StringBlock,
    advance,
)
from dlbib.formats.bibtex.splitter.doubts import doubts_about
from dlbib.formats.bibtex.splitter.faults import BrokenBlockError, Fault, with_problems
from dlbib.formats.bibtex.splitter.matching import Matcher
from dlbib.formats.bibtex.splitter.patterns import ENTRY, FIELD
from dlbib.formats.bibtex.splitter.scanner import Scanner
from dlbib.formats.bibtex.splitter.starts import LOOKAHEAD, find_start
from dlbib.formats.bibtex.splitter.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.formats.bibtex.splitter.blocks import Field
    from dlbib.formats.bibtex.splitter.scanner import Draft

LIMIT = 1 << 23
"""How long a block may be, in characters, unless another limit is given."""


def split(stream: TextIO, source: str = "", limit: int = LIMIT) -> Iterator[Block]:
    """Split a BibTeX text into its blocks, in order, reading no further than it has to.

    The ``raw`` texts of all blocks, put together, are the text, letter by letter, if the stream was
    opened with ``newline=""``. Takes time linear in the text, whatever it holds, and memory for two
    blocks of the longest kind. A block of more than ``limit`` characters, or with a brace or
    parenthesis that stays open for that long, is set aside. ``source`` is named in problems.

    Nothing raises. What is wrong is told by the blocks' ``problems``; a block with an error has to be
    set aside (`is_set_aside`). Keys, macros, names and dates aren't looked into.
    """
    return iter(_Splitter(stream, source, limit))


def split_text(text: str, source: str = "", limit: int = LIMIT) -> Iterator[Block]:
    r"""`split` for a text that is in memory.

    >>> [type(block).__name__ for block in split_text("% mine\n@misc{a, year = 2014}")]
    ['CommentBlock', 'EntryBlock']
    """
    return split(io.StringIO(text, newline=""), source, limit)


def field_places(block: EntryBlock | StringBlock) -> list[tuple[int, int]]:
    """The one-based line and column of each of a block's fields, in the text it came from.

    Places are looked up when they are needed, because few fields have a problem.
    """
    window = Window(io.StringIO(block.raw, newline=""), len(block.raw) + 1)
    while not window.ended:
        window.grow()
    scanner = Scanner(window, Matcher(window))
    scanner.read()
    places = []
    line, column, told = block.line, block.column, 0
    for field in scanner.draft.fields:
        line, column = advance(line, column, block.raw[told : field.at])
        told = field.at
        places.append((line, column))
    return places


class _Splitter:
    """Splits one stream. ``_line`` and ``_column`` are the place of the window's position."""

    def __init__(self, stream: TextIO, source: str, limit: int) -> None:
        self._window = Window(stream, limit)
        self._matcher = Matcher(self._window)
        self._source = source
        self._line = 1
        self._column = 1
        self._last: Block | None = None
        self._long_entry_ended_on = 0

    def __iter__(self) -> Iterator[Block]:
        while not self._window.is_spent:
            yield from self._ordinary_blocks()
            yield from self._odd_block()

    def _ordinary_blocks(self) -> Iterator[Block]:
        """The blank texts and entries that two regular expressions read through, as they do nearly all."""
        window = self._window
        text, begin, field_at = window.text, ENTRY.match, FIELD.match
        while begun := begin(text, window.position):
            blank, kind, key = begun.groups()
            end = begun.end()
            fields: list[Field] = []
            while field := field_at(text, end):
                fields.append((field[1], field[2]))
                end = field.end()
            if not text.startswith("}", end):
                return
            if blank:
                yield self._pass(CommentBlock(blank, self._line, self._column, blank))
            raw = text[window.position : end + 1]
            block: Block = EntryBlock(raw, self._line, self._column, kind, key, tuple(fields))
            if self._column > 1 or raw.find("@", 1) > 0:
                block = self._judged(block, [], key)
            yield self._pass(block)

    def _odd_block(self) -> Iterator[Block]:
        """The text or block at the window's position; none, but more text, if it may go on behind it."""
        window = self._window
        start = find_start(window.text, window.position, window.position)
        if start == window.position:
            yield from self._scanned_block()
        elif not window.is_complete and (start < 0 or len(window.text) - start < LOOKAHEAD):
            window.grow()
        elif start > 0:
            yield self._pass(self._comment(start))
        elif not window.is_spent:
            yield self._pass(self._comment(self._comment_end()))

    def _scanned_block(self) -> Iterator[Block]:
        """The block at the window's position; none, but more text, if it isn't closed in the window."""
        window = self._window
        scanner = Scanner(window, self._matcher)
        draft = scanner.draft
        try:
            scanner.read()
        except BrokenBlockError as broken:
            if not window.is_complete:
                window.grow()
                return
            draft.faults.append(broken.fault)
            raw = window.text[window.position : scanner.broken_end(broken)]
            block: Block = FailedBlock(raw, self._line, self._column, draft.type, draft.key, ())
        else:
            block = self._finished(draft, window.text[window.position : scanner.end])
        yield self._pass(self._judged(block, draft.faults, draft.key))

    def _finished(self, draft: Draft, raw: str) -> Block:
        fields = tuple((name, value) for name, value, _ in draft.fields)
        match draft.type.lower():
            case "comment":
                return CommentBlock(raw, self._line, self._column, draft.text, explicit=True)
            case "preamble":
                return PreambleBlock(raw, self._line, self._column, draft.text)
            case "string":
                return StringBlock(raw, self._line, self._column, fields)
            case _:
                return EntryBlock(raw, self._line, self._column, draft.type, draft.key, fields)

    def _comment(self, end: int) -> Block:
        """The text between blocks, from the window's position on."""
        raw = self._window.text[self._window.position : end]
        block = CommentBlock(raw, self._line, self._column, raw)
        if raw.isspace():
            return block
        return self._judged(block, [], self._last.key if isinstance(self._last, EntryBlock) else "")

    def _comment_end(self) -> int:
        """Where text is cut that goes on behind the window: rather not where a block may begin."""
        text, position = self._window.text, self._window.position
        line = max(text.rfind("\n", position), text.rfind("\r", position, -1)) + 1
        cuts = (line, text.rfind("@", position)) if not self._window.ended else ()
        return next((cut for cut in cuts if cut > position), len(text))

    def _pass(self, block: Block) -> Block:
        """Go on behind a block."""
        raw = block.raw
        line, self._column = advance(self._line, self._column, raw)
        if line > self._line and isinstance(block, EntryBlock):
            self._long_entry_ended_on = line
        self._line = line
        self._last = block
        self._window.position += len(raw)
        return block

    def _judged(self, block: Block, faults: list[Fault], key: str) -> Block:
        """The block at the window's position with its faults told, and what is doubtful about it."""
        shares_line = self._line == self._long_entry_ended_on
        doubts = doubts_about(block, self._last, shares_line=shares_line)
        return with_problems(block, faults + doubts, self._source, key)
