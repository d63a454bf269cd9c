"""Fields for BibTeX's sake that repeat what other fields of the entry say.

BibTeX's standard styles print neither where a preprint is nor on which site a page, and can't sort an
entry without author. So the writer adds what they look for, and the reader, which finds the same
by these rules, drops it again.

Source: Oren Patashnik, "BibTeXing", sections 3.1 ("misc") and 3.2 ("key"); plain.bst.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.model.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.entry import Entry

_SORTED_BY_EDITOR = frozenset({"book", "inbook", "proceedings"})


def implied_fields(entry: Entry, entry_type: str) -> Iterator[tuple[str, str]]:
    """The fields that a BibTeX entry gets besides its own, with their values as plain text.

    >>> from dlbib.model.entry import Entry
    >>> page = Entry(type="webpage", title="Deep Dreams", container_title="Research Blog")
    >>> dict(implied_fields(page, "misc"))
    {'howpublished': 'Research Blog', 'key': 'Deep Dreams'}
    """
    if entry_type == "misc" and not entry.medium and (where := _where(entry)) and "://" not in where:
        yield "howpublished", where
    if not entry.authors and not (entry_type in _SORTED_BY_EDITOR and entry.editors):
        label = entry.title or entry.title_short or entry.publisher or entry.container_title or entry.key
        yield "key", plain(label)


def _where(entry: Entry) -> str:
    arxiv = entry.identifier("arxiv")
    return f"arXiv:{arxiv.value}" if arxiv else entry.container_title or entry.publisher or ""
