"""Every place where a reading list cites a work, and which of them cite the same one."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.model.identifiers import Identifier, find_identifiers
from dlbib.model.markup import fold
from dlbib.model.works import Cited, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib.formats.reading_list.document import Path
    from dlbib.formats.reading_list.shape import FileShape, ItemShape, ResourceShape

_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Citation:
    """One item of the list, where it stands in the file, and as what it is cited there."""

    path: Path
    kind: Kind
    item: ItemShape
    cited: Cited

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What the cited address tells of the work: a DOI, an arXiv id with its version, …; and itself."""
        url = self.item.url
        if not url:
            return ()
        found = (i for i in find_identifiers(url) if i.scheme != "url")
        return (*found, Identifier("url", url))


@dataclass(frozen=True, slots=True)
class Group:
    """The citations of one work, in the order of the list; ``source_id`` names it there."""

    source_id: str
    citations: tuple[Citation, ...]


def citations(shape: FileShape) -> Iterator[Citation]:
    """Every citation in the order of the list: by application, and what stands under none at the end."""
    for index, application in enumerate(shape.applications):
        path, slug = ("applications", index), application.to_slug()
        yield from _papers((*path, "papers"), application.papers, shape.list.slug, slug)
        yield from _resources((*path, "resources"), application.resources, shape.list.slug, slug)
    yield from _papers(("papers",), shape.papers, shape.list.slug)
    yield from _resources(("resources",), shape.resources, shape.list.slug)


def _papers(path: Path, items: Iterable[ItemShape], slug: str, application: str = "") -> Iterator[Citation]:
    for index, item in enumerate(items):
        cited = Cited(slug, application, "paper", index + 1, item.title, item.url, item.year)
        yield Citation((*path, index), "paper", item, cited)


def _resources(
    path: Path, items: Iterable[ResourceShape], slug: str, application: str = ""
) -> Iterator[Citation]:
    places: Counter[str] = Counter()
    for index, item in enumerate(items):
        role = item.role or ("further reading" if application else "more resources")
        places[role] += 1
        cited = Cited(slug, application, role, places[role], item.title, item.url, item.year)
        yield Citation((*path, index), "resource", item, cited)


def groups(found: Iterable[Citation]) -> tuple[Group, ...]:
    """The citations by the work they cite, works in the order of their first citation.

    Items with the same ``ref`` cite the same work. Those without are told apart by the identifiers in
    their address, whatever the version, else by title and year as cited.
    """
    members: dict[str, list[Citation]] = {}
    known: dict[str, str] = {}
    for citation in found:
        by_identifier, by_title = _identified(citation), _entitled(citation)
        names = (citation.item.ref,) if citation.item.ref else by_identifier or (by_title,)
        source_id = next((known[name] for name in names if name in known), names[0])
        members.setdefault(source_id, []).append(citation)
        for name in (*names, *by_identifier, by_title):
            known.setdefault(name, source_id)
    return tuple(Group(source_id, tuple(each)) for source_id, each in members.items())


def _identified(citation: Citation) -> tuple[str, ...]:
    strong = (i for i in citation.identifiers if i.scheme != "url")
    return tuple(f"{citation.kind} {i.scheme}:{i.work}" for i in strong)


def _entitled(citation: Citation) -> str:
    title = fold(citation.item.title) or citation.item.title
    if len(title) > _LONGEST_TITLE:
        title = f"{title[:_LONGEST_TITLE]} {hashlib.sha256(title.encode()).hexdigest()}"
    return f"{citation.kind} title:{title} {citation.item.year or ''}".rstrip()
