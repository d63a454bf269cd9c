"""When two entries are the same work.

A title alone is never enough: deep learning has an article and a book of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.model.markup import fold

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

ONE_WORK: Final = frozenset({"doi", "arxiv", "pmid", "pmcid"})
"""The schemes whose identifiers name one work; an ISBN or ISSN names what contains it."""

_YEARS_APART: Final = 1


def same_work(one: Entry, other: Entry) -> bool:
    """Whether two entries surely speak of one work; symmetric.

    They do when they share an identifier that names one work, or have the same folded title, no
    DOI against it, and either the same address or the same first author in neighbouring years.
    """
    if _share_identifier(one, other):
        return True
    if not one.title or not other.title or fold(one.title) != fold(other.title) or _dois_differ(one, other):
        return False
    same_address = one.url is not None and one.url == other.url
    return same_address or (_same_first_author(one, other) and _years_meet(one, other))


def _share_identifier(one: Entry, other: Entry) -> bool:
    ours, theirs = (
        {(i.scheme, i.work) for i in entry.identifiers if i.scheme in ONE_WORK} for entry in (one, other)
    )
    return bool(ours & theirs)


def _dois_differ(one: Entry, other: Entry) -> bool:
    ours, theirs = one.identifier("doi"), other.identifier("doi")
    return ours is not None and theirs is not None and ours.work != theirs.work


def _same_first_author(one: Entry, other: Entry) -> bool:
    if not one.authors or not other.authors:
        return False
    ours, theirs = (fold(entry.authors[0].family or entry.authors[0].literal) for entry in (one, other))
    return bool(ours) and ours == theirs


def _years_meet(one: Entry, other: Entry) -> bool:
    return one.year is not None and other.year is not None and abs(one.year - other.year) <= _YEARS_APART
