"""A BibTeX text and the light blocks it is made of.

`split` reads a stream; the blocks' ``raw`` texts, put together, are the text again. Entries that are
written as nearly all are take one regular expression each (``patterns``); all others are read sign by
sign (``scanner``). Where a block begins is judged in ``starts``, what closes a brace in ``matching``.
"""

from __future__ import annotations

from dlbib.formats.bibtex.splitter.blocks import (
    Block,
    CommentBlock,
    EntryBlock,
    FailedBlock,
    Field,
    PreambleBlock,
    StringBlock,
    is_set_aside,
)
from dlbib.formats.bibtex.splitter.splitting import LIMIT, field_places, split, split_text

__all__ = [
    "LIMIT",
    "Block",
    "CommentBlock",
    "EntryBlock",
    "FailedBlock",
    "Field",
    "PreambleBlock",
    "StringBlock",
    "field_places",
    "is_set_aside",
    "split",
    "split_text",
]
