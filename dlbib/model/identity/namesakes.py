"""What identifiers say for and against two entries being one work.

A DOI names one work, and yet files have that of a volume on what stands in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.model.identity import people, titles
from dlbib.model.identity.judgements import Reason, apart, both, differ
from dlbib.model.identity.kinds import PREPRINT_DOI
from dlbib.model.identity.naming import ONE_WORK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.model.identity.traits import Traits

_LABELS: Final[Mapping[str, str]] = {"doi": "DOI", "arxiv": "arXiv id", "pmid": "PMID", "pmcid": "PMCID"}
_SCHEMES: Final = tuple(scheme for scheme in _LABELS if scheme in ONE_WORK)
_VERSION: Final = re.compile(r"[./-]v[0-9]+\Z")
_PARTS: Final = frozenset({"article", "paper", "part"})
_IN_VOLUMES: Final = frozenset({"paper", "part"})
_VOLUMES: Final = frozenset({"book", "issue"})


def shared_names(one: Traits, other: Traits) -> Iterator[Reason]:
    """The identifiers of one work that both have."""
    for scheme in _SCHEMES:
        for value in sorted(one.named(scheme) & other.named(scheme)):
            yield both(f"same-{scheme}", _LABELS[scheme], value)


def unlikeness(one: Traits, other: Traits) -> Iterator[Reason]:
    """Why an identifier that both have may be that of neither, but of what contains them.

    Two of three must say so: the titles, the makers, the pages on which they stand. Where the DOI may be
    that of a volume, titles that aren't nearly alike are enough.
    """
    if titles.relation(one.title, other.title) == "same":
        return
    both_parts = one.kind in _PARTS and other.kind in _PARTS
    signs = (
        not titles.are_alike(one.title, other.title),
        people.relation(one.people, other.people) == "none",
        both_parts and differ(one.page, other.page),
    )
    of_volume = _may_share_a_volume(one, other) and not titles.are_alike(one.title, other.title, nearly=True)
    if sum(signs) > 1 or of_volume:
        yield Reason("unlike", f"{_called(one)} | {_called(other)}")


def _may_share_a_volume(one: Traits, other: Traits) -> bool:
    """Whether a DOI is all that names both, and one at least stands in a volume which it may name."""
    kinds_of_both = {one.kind, other.kind}
    only_doi = not any(one.named(scheme) & other.named(scheme) for scheme in _SCHEMES if scheme != "doi")
    return only_doi and bool(kinds_of_both & _IN_VOLUMES) and kinds_of_both <= _IN_VOLUMES | _VOLUMES


def _called(traits: Traits) -> str:
    return f"{traits.title.text!r} by {traits.people}"


def other_names(one: Traits, other: Traits) -> Iterator[Reason]:
    """The identifiers of one scheme by which both are named apart."""
    for scheme in _SCHEMES:
        ours, theirs = one.named(scheme), other.named(scheme)
        if not ours or not theirs or (scheme != "arxiv" and _names_apart_nothing(scheme, one, other)):
            continue
        yield apart(f"other-{scheme}", _LABELS[scheme], min(ours), min(theirs))


def _names_apart_nothing(scheme: str, one: Traits, other: Traits) -> bool:
    """Whether a preprint and a publication, or the versions of a preprint, have names of their own."""
    if scheme != "doi":
        return one.is_preprint != other.is_preprint
    ours, theirs = min(one.named("doi")), min(other.named("doi"))
    posted = [PREPRINT_DOI.match(each) is not None for each in (ours, theirs)]
    if all(posted) and ours.partition("/")[0] == theirs.partition("/")[0]:
        return _VERSION.sub("", ours) == _VERSION.sub("", theirs)
    return any(posted) or _VERSION.sub("", ours) == _VERSION.sub("", theirs)


def isbns(one: Traits, other: Traits) -> Iterator[Reason]:
    """ISBNs, which name books and what else is published whole."""
    if not (one.is_book and one.kind == other.kind and one.isbns and other.isbns):
        return
    shared = sorted(set(one.isbns) & set(other.isbns))
    if shared:
        yield both("same-isbn", "ISBN", shared[0])
        if not titles.are_alike(one.title, other.title):
            yield Reason("other-title-of-isbn", f"{_called(one)} | {_called(other)}")
    else:
        yield apart("other-isbn", "ISBN", one.isbns[0], other.isbns[0])


def addresses(one: Traits, other: Traits) -> Iterator[Reason]:
    """The same page of the web, or another; a whole site is no page."""
    shared = sorted(each for each in {*one.addresses} & {*other.addresses} if "/" in each)
    if shared:
        yield both("same-address", "address", shared[0])
    elif one.kind == other.kind == "page" and one.addresses and other.addresses:
        yield apart("other-address", "at", one.addresses[0], other.addresses[0])
