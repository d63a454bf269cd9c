"""What the fake arXiv understands of the query API, and what it has for it.

Source: arXiv API User's Manual, sections 3.1 ("Calling the API") and 5.1 ("Details of query construction").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dlbib.model.markup import fold
from tests.fake_arxiv import feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.fake_arxiv.papers import Paper

_ID = re.compile(r"(?P<work>[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v(?P<version>[0-9]+))?")
_TERM = re.compile(r'(?P<field>[a-z]+):(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
_LONGEST_LIST = 2000


class RefusedError(ValueError):
    """A request that the service answers with an error feed."""


def answer(papers: Mapping[str, Paper], asked: Mapping[str, str]) -> str:
    """The feed for the parameters of a request. Raises `RefusedError`."""
    start, most = _number(asked, "start", 0), _number(asked, "max_results", 10)
    found = _by_id(papers, asked["id_list"]) if asked.get("id_list") else _found(papers, asked)
    found = _sorted(found, asked)
    entries = (feed.entry(paper, number) for paper, number in found[start : start + min(most, _LONGEST_LIST)])
    return feed.feed(entries, len(found), asked)


def _number(asked: Mapping[str, str], name: str, default: int) -> int:
    text = asked.get(name) or str(default)
    if not text.isdigit():
        message = f"{name} must be an integer"
        raise RefusedError(message)
    return int(text)


def _by_id(papers: Mapping[str, Paper], id_list: str) -> list[tuple[Paper, int]]:
    found: dict[tuple[str, int], tuple[Paper, int]] = {}
    for name in id_list.split(","):
        match = _ID.fullmatch(name)
        if not match:
            message = f"incorrect id format for {name}"
            raise RefusedError(message)
        paper = papers.get(match["work"])
        number = int(match["version"] or 0) or (len(paper.versions) if paper else 0)
        if paper and number <= len(paper.versions):
            found[paper.id, number] = (paper, number)
    return list(found.values())


def _found(papers: Mapping[str, Paper], asked: Mapping[str, str]) -> list[tuple[Paper, int]]:
    terms = [
        (m["field"], m["phrase"] or m["word"] or "") for m in _TERM.finditer(asked.get("search_query", ""))
    ]
    return [(p, len(p.versions)) for p in papers.values() if terms and all(_has(p, *term) for term in terms)]


def _has(paper: Paper, field: str, text: str) -> bool:
    texts: Iterable[str] = {"ti": [paper.title], "au": paper.authors, "abs": [paper.abstract]}.get(
        field, [paper.title, *paper.authors, paper.abstract]
    )
    return any(fold(text) in fold(each) for each in texts)


def _sorted(found: list[tuple[Paper, int]], asked: Mapping[str, str]) -> list[tuple[Paper, int]]:
    is_descending = asked.get("sortOrder") != "ascending"
    if asked.get("sortBy") == "submittedDate":
        return sorted(found, key=lambda each: each[0].published, reverse=is_descending)
    if asked.get("sortBy") == "lastUpdatedDate":
        return sorted(found, key=lambda each: each[0].versions[each[1] - 1].updated, reverse=is_descending)
    return found
