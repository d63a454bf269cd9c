"""A file written anew of which everything stays as it was but for what changed since.

`document` is the file as a value: its blocks, and the entries that are read from them. `rewriting`
finds what changed and proves that the new text says it; `changes` tells which fields of an entry are meant,
and `editing` changes them in its text.
"""

from __future__ import annotations

from dlbib.formats.bibtex.preserving.document import Document
from dlbib.formats.bibtex.preserving.rewriting import rewritten

__all__ = ["Document", "rewritten"]
