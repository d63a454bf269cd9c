"""From a title and authors to the papers that arXiv finds for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import arxiv

from dlbib.model.markup import fold, plain
from dlbib.providers.arxiv.asked import Asked
from dlbib.providers.arxiv.client import PoliteClient, RefusedError
from dlbib.providers.arxiv.keeping import found
from dlbib.providers.transport import DAY_S

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.providers.outcomes import Outcome
    from dlbib.providers.transport import Transport

MOST: Final = 10
"""How many candidates are asked for."""

_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 20
_OPERATORS: Final = frozenset({"and", "andnot", "or"})


def search(entry: Entry, transport: Transport) -> tuple[Outcome, ...]:
    """The candidates for an entry; see `dlbib.providers.Search`.

    Those with its very title come first, then in the service's order. An entry without title has none.
    """
    query = query_for(entry)
    if not query:
        return ()
    client = PoliteClient(transport, page_size=MOST)
    answer = client.page(arxiv.Search(query, max_results=MOST), lifetime_s=DAY_S)
    if answer.value.refusal:
        message = f"arXiv refuses the search: {answer.value.refusal}"
        raise RefusedError(message)
    candidates = [
        found(Asked(item.identifier.value, item.identifier), item, answer.received_at)
        for item in answer.value.feed.items
        if item.identifier is not None and item.result is not None
    ]
    return tuple(sorted(candidates, key=lambda each: not _has_title(each.entry, entry)))


def query_for(entry: Entry) -> str:
    """The query for the title's words and the first author's family name.

    >>> from dlbib.model.entry import Entry
    >>> query_for(Entry(title="Attention Is All You Need"))
    'ti:"Attention Is All You Need"'
    """
    words = _words(entry.title or "")
    if not words:
        return ""
    terms = [f'ti:"{" ".join(words)}"']
    if entry.authors:
        first = entry.authors[0]
        family = _words(first.family or first.literal)
        terms += [f'au:"{" ".join(family)}"'] if family else []
    return " AND ".join(terms)


def _words(text: str) -> list[str]:
    """The words of a text that a query can hold: what else stands in it would be an operator there."""
    return _WORD.findall(_without_math(plain(text)))[:_MOST_WORDS]


def _without_math(text: str) -> str:
    return re.sub(r"\$[^$]*\$", " ", text)


def _has_title(one: Entry | None, other: Entry) -> bool:
    return one is not None and fold(one.title or "") == fold(other.title or "")
