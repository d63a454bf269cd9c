"""Many records of one work, and the one view that follows from them.

The table of precedence stands here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dlbib.model.entry import Entry

SourceKind = Literal["user", "curated", "publisher", "file", "arxiv", "reading_list", "version"]

PRECEDENCE: Final[tuple[SourceKind, ...]] = (
    "user",
    "curated",
    "publisher",
    "file",
    "arxiv",
    "reading_list",
    "version",
)
"""Whose word counts, first to last.

``curated`` is metadata read off the publication and checked by hand; ``version`` is what is said of
another version of the work (its extended journal article, a registry's other byline), which counts
only where nobody speaks of the work itself.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What one source said about one work, kept whole.

    ``source`` names the source (``user``, ``curated``, ``reading list inspirational-applications``),
    ``source_id`` the work there; together they are unique. ``retrieved`` is an ISO 8601 instant in
    UTC, empty when unknown. ``single_source`` names the fields of ``entry`` that no second source confirms.
    ``raw`` is the text as it came.
    """

    kind: SourceKind
    source: str
    source_id: str
    entry: Entry
    note: str = ""
    retrieved: str = ""
    raw: str = ""
    single_source: tuple[str, ...] = ()
