"""The identifiers that name one work, wherever an entry says them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dlbib.errors import InvalidIdentifierError
from dlbib.model.identifiers import Identifier
from dlbib.model.identifiers.addresses import named_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.entry import Entry

ONE_WORK: Final = frozenset({"doi", "arxiv", "pmid", "pmcid"})
"""The schemes whose identifiers name one work; an ISBN or ISSN names what contains it."""

_REMEMBERED: Final = 1 << 10
"""How many venues are remembered; most come again and again."""

_ARXIV_DOI: Final = "10.48550/"
_ARXIV_NAME: Final = re.compile("arxiv|corr", re.IGNORECASE)
_ARXIV_TEXT: Final = re.compile(
    r"(?:arxiv|corr|abs/).{0,40}?(?P<id>(?<![0-9.])[0-9]{4}\.[0-9]{4,5}(?![0-9])|[a-z-]{2,10}(?:\.[a-z]{2})?/[0-9]{7}(?![0-9]))",
    re.IGNORECASE,
)
_ONLY_ARXIV: Final = re.compile(
    r"\W*(?:arxiv(?: e-?prints?| preprint)?[:\s]*)+(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z-]{2,10}(?:\.[a-z]{2})?/[0-9]{7})"
    r"(?:v[0-9]+)?(?:\s*\[[\w.-]+\])?\W*\Z",
    re.IGNORECASE,
)


def names_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The identifiers that name the work of ``entry``, as (scheme, value), each once, in order.

    arXiv's own DOIs are arXiv ids; what an address or the name of a "journal" holds counts too.
    """
    found = [(each.scheme, each.work) for each in _found(entry)]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _found(entry: Entry) -> Iterator[Identifier]:
    for identifier in entry.identifiers:
        if identifier.scheme == "doi":
            yield (identifier.arxiv or identifier) if identifier.value.startswith(_ARXIV_DOI) else identifier
        elif identifier.scheme in ONE_WORK:
            yield identifier
        elif identifier.scheme == "url" and (named := named_by(identifier)) and named.scheme in ONE_WORK:
            yield named.arxiv or named
    yield from _said_of_arxiv(entry)


def _said_of_arxiv(entry: Entry) -> Iterator[Identifier]:
    """The arXiv id in ``arXiv preprint arXiv:1409.1556`` and the like, where others have a journal."""
    venue = entry.container_title or entry.publisher or ""
    if _names_arxiv(venue):
        yield from _arxiv_in(
            _ARXIV_TEXT, f"{venue} {entry.volume or ''} {entry.number or ''} {entry.page or ''}"
        )
    for text in (entry.medium, entry.note, entry.number):
        if text and _names_arxiv(text):
            yield from _arxiv_in(_ONLY_ARXIV, text)


@lru_cache(_REMEMBERED)
def _names_arxiv(text: str) -> bool:
    return _ARXIV_NAME.search(text) is not None


def _arxiv_in(pattern: re.Pattern[str], text: str) -> Iterator[Identifier]:
    if found := pattern.search(text):
        try:
            yield Identifier("arxiv", found["id"])
        except InvalidIdentifierError:
            return
