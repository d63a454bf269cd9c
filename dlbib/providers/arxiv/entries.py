r"""From a result of the arXiv API to an entry and the facts beyond it.

A preprint is CSL's ``article`` of the genre ``preprint`` that arXiv publishes. Its id, with the version, is
its number too, and formats that have no other place for it write it as that. ``issued`` is the day of the first version: that is when
the work appeared, and by which it is cited (docs/decisions/arxiv-entries.md). What arXiv knows of the
published version (its DOI, a journal reference) is none of the preprint's and stands among the facts.

Titles and abstracts are TeX as typed: accents are read as Unicode, math stays ``$...$``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.errors import InvalidIdentifierError
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.facts import Facts
from dlbib.model.identifiers import Identifier, find_identifiers
from dlbib.model.tex.decode import decode
from dlbib.model.works import Link
from dlbib.providers.arxiv.names import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import arxiv

PUBLISHER: Final = "arXiv"
GENRE: Final = "preprint"

_WITHDRAWN: Final = re.compile(
    r"\A\W{0,4}(?:withdrawn|retracted)\b"
    r"|\b(?:paper|article|submission|manuscript|preprint|version|work|note|letter|thesis|it)\b[^.;]{0,60}?"
    r"\b(?:is|was|been|being|be)\s(?:\w+\s){0,2}(?:withdrawn|retracted)\b"
    r"|\A\W{0,4}(?:the\s)?authors?\b[^.;]{0,40}?\b(?:withdr[ae]w|withdrawn|retract(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""What says of this very paper that it is withdrawn."""

_MENTIONED: Final = re.compile(r"\b(?:withdrawn|retracted)\b", re.IGNORECASE)
"""What may say so of another, unless its PDF is gone too."""


def entry_of(identifier: Identifier, result: arxiv.Result) -> Entry:
    """The preprint that a result describes; ``identifier`` is its id with its version."""
    return Entry(
        type="article",
        title=decode(result.title, protect=False),
        contributors=tuple(Contributor("author", name_of(author.name)) for author in result.authors),
        issued=_date(result.published),
        identifiers=(identifier, *_urls(identifier)),
        arxiv_category=result.primary_category or None,
        publisher=PUBLISHER,
        genre=GENRE,
        abstract=decode(result.summary, protect=False) or None,
    )


def facts_of(identifier: Identifier, result: arxiv.Result, *, is_latest: bool) -> Facts:
    """What a result says beyond the entry; it is of the latest version if that was asked for."""
    return Facts(
        version=identifier.version,
        latest=identifier.version if is_latest else None,
        submitted=_date(result.published),
        revised=_date(result.updated),
        withdrawn=is_withdrawn(result),
        comment=decode(result.comment or "", protect=False),
        categories=tuple(dict.fromkeys(result.categories)),
        links=tuple(_links(result)),
        published_doi=_doi(result.doi or ""),
        published_in=decode(result.journal_ref or "", protect=False),
    )


def is_withdrawn(result: arxiv.Result) -> bool:
    """Whether the version is withdrawn: its comment or abstract says so, or hints at it and the PDF is gone."""
    said = (result.comment or "", result.summary)
    if any(_WITHDRAWN.search(text) for text in said):
        return True
    return result.pdf_url is None and bool(_MENTIONED.search(said[0]))


def _urls(identifier: Identifier) -> Iterator[Identifier]:
    yield Identifier("url", f"https://arxiv.org/abs/{identifier.value}")


def _date(at: datetime) -> Date:
    return Date.parse(at.strftime("%Y-%m-%d"))


def _doi(text: str) -> Identifier | None:
    """The DOI of the published version; of several, the first. arXiv's own is of the preprint."""
    found = (each for each in find_identifiers(text) if each.scheme == "doi" and each.arxiv is None)
    return next(found, None)


def _links(result: arxiv.Result) -> Iterator[Link]:
    for link in result.links:
        try:
            address = Identifier("url", link.href).value
        except InvalidIdentifierError:
            continue
        yield Link(address, _ROLES.get(link.title or link.rel, link.title or link.rel or "related"))


_ROLES: Final = {"alternate": "webpage", "doi": "published version", "pdf": "pdf"}
