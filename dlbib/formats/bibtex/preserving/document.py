"""A BibTeX file as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dlbib.formats.bibtex.reader import read_blocks
from dlbib.formats.bibtex.splitter import split_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlbib.formats.bibtex.splitter import Block
    from dlbib.formats.fields import Dialect
    from dlbib.model.entry import Entry
    from dlbib.model.problems import Problem


class Part(NamedTuple):
    """A block of a document, the entry that it is, and the problems met on it.

    The entry is ``None`` for what is none: comments, macros, what is broken, what stands twice.
    """

    block: Block
    entry: Entry | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file: its parts in order, whose raw texts together are its text."""

    parts: tuple[Part, ...]

    @classmethod
    def read(cls, text: str, dialect: Dialect, source: str = "") -> Document:
        r"""The document that a text is.

        >>> Document.read("% mine\n@misc{a}", "bibtex").text
        '% mine\n@misc{a}'
        """
        blocks = tuple(split_text(text, source))
        found = read_blocks(blocks, source, dialect)
        # A text without entries is told of by one more than there are blocks.
        parts = [Part(block, each.entry, each.problems) for block, each in zip(blocks, found, strict=False)]
        return cls(tuple(parts))

    @property
    def text(self) -> str:
        """The text, letter by letter."""
        return "".join(part.block.raw for part in self.parts)

    @property
    def newline(self) -> str:
        """What most of the lines end in."""
        text = self.text
        pairs = text.count("\r\n")
        counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
        return max(counts, key=lambda end: counts[end]) if any(counts.values()) else "\n"


def entries_of(texts: Iterable[str], dialect: Dialect) -> dict[str, Entry]:
    """The entries of a text in pieces, by their keys."""
    blocks = split_text("".join(texts))
    return {each.entry.key: each.entry for each in read_blocks(blocks, "", dialect) if each.entry}
