"""What a preprint and its publication have in common, and how to tell one from the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.model.entry import ROLES
from dlbib.model.identity.kinds import kind_of
from dlbib.model.identity.naming import names_of
from dlbib.model.identity.traits import is_posted

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

IN_COMMON: Final = frozenset(
    {"title", "title_short", *ROLES, "abstract", "keywords", "language", "arxiv", "arxiv_category"}
)
"""The fields that say the same of a preprint and of its publication; its date, say, is its own."""

OF_POSTING: Final = frozenset({"container_title", "genre", "medium", "number", "publisher", "status", "type"})
"""The fields that say where and as what a preprint was posted; of its publication they would be wrong."""

_WHERE: Final = ("container_title", "event_title", "volume", "page")


def is_published(entry: Entry) -> bool:
    """Whether an entry speaks of a publication: it says where, or has a DOI that isn't arXiv's own."""
    if any(getattr(entry, name) for name in _WHERE):
        return True
    return any(i.scheme == "doi" and i.arxiv is None for i in entry.identifiers)


def is_preprint(entry: Entry) -> bool:
    """Whether an entry speaks of what was posted: a preprint server is where it says, or nothing else is."""
    return kind_of(entry, is_posted=is_posted(names_of(entry))) == "preprint"
