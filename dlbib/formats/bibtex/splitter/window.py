"""The part of a text that is held in memory while its blocks are found."""

from __future__ import annotations

from typing import TextIO

CHUNK = 1 << 16
"""How many characters are read at a time: few, because one odd letter makes all of them wide, and slow to look at."""


class Window:
    """A text that moves over a stream: what is read is dropped, what is needed is added.

    ``text[position:]`` isn't split yet. ``base`` is where ``text`` begins in the stream, counted in
    characters. Reading takes time linear in the stream, because no small piece is added to a large one.
    """

    __slots__ = ("_limit", "_stream", "base", "ended", "position", "text")

    def __init__(self, stream: TextIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self.text = ""
        self.base = 0
        self.position = 0
        self.ended = False

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.ended and self.position == len(self.text)

    @property
    def is_complete(self) -> bool:
        """Whether no more text will be added for the sake of the block at ``position``."""
        return self.ended or len(self.text) - self.position >= self._limit

    def grow(self) -> None:
        """Drop what is read and add at least as much as is left, or a good part of the limit."""
        rest = self.text[self.position :]
        self.text = ""
        self.base += self.position
        self.position = 0
        added = self._stream.read(max(min(CHUNK, self._limit), min(len(rest), self._limit // 4)))
        self.ended = not added
        self.text = rest + added
