"""What a preprint and its publication have in common, and how to tell one from the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.model.entry import ROLES

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

IN_COMMON: Final = frozenset(
    {"title", "title_short", *ROLES, "abstract", "keywords", "language", "arxiv", "arxiv_category"}
)
"""The fields that say the same of a preprint and of its publication; its date, say, is its own."""

_WHERE: Final = ("container_title", "event_title", "volume", "page")


def is_published(entry: Entry) -> bool:
    """Whether an entry speaks of a publication: it says where, or has a DOI that isn't arXiv's own."""
    if any(getattr(entry, name) for name in _WHERE):
        return True
    return any(i.scheme == "doi" and i.arxiv is None for i in entry.identifiers)
