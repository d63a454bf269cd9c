"""From the shape of a reading list to its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.model.dates import Date, Point
from dlbib.model.entry import Entry
from dlbib.model.merging import Record
from dlbib.model.reading_lists import ListedWork, ReadingList
from dlbib.model.works import Application, Aspect, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dlbib.formats.reading_list.citations import Group
    from dlbib.formats.reading_list.shape import (
        ApplicationShape,
        FileShape,
        ItemShape,
        LinkShape,
        RecordShape,
    )


def to_reading_list(shape: FileShape, grouped: Sequence[Group]) -> ReadingList:
    """The list as a value; ``grouped`` are its citations by work."""
    about = shape.list
    return ReadingList(
        slug=about.slug,
        title=about.title,
        applications=tuple(_application(each, n) for n, each in enumerate(shape.applications, start=1)),
        works=tuple(_work(group, about.slug, shape.records.get(group.source_id, ())) for group in grouped),
        author=about.author,
        date=about.date,
        url=about.url,
    )


def _application(shape: ApplicationShape, position: int) -> Application:
    return Application(
        slug=shape.to_slug(),
        name=shape.name,
        heading=shape.heading or shape.name,
        section=shape.section,
        position=position,
        description=shape.description,
        aspects=tuple(Aspect(each.name, each.items) for each in shape.aspects),
        links=tuple(map(_link, shape.links)),
        papers=len(shape.papers),
        resources=len(shape.resources),
    )


def _link(shape: LinkShape) -> Link:
    return Link(shape.url, shape.role, shape.text, shape.status, shape.successor)


def _work(group: Group, slug: str, known: Iterable[RecordShape]) -> ListedWork:
    source_id = group.source_id
    return ListedWork(
        kind=group.citations[0].kind,
        records=(_citation(group, slug), *(_record(each, f"{slug}/{source_id}") for each in known)),
        cited=tuple(citation.cited for citation in group.citations),
        links=tuple(dict.fromkeys(link for c in group.citations for link in _links(c.item))),
    )


def _citation(group: Group, slug: str) -> Record:
    """What the list itself says of a work: title and year as first cited, and every address."""
    first = group.citations[0]
    identifiers = tuple(i for citation in group.citations for i in citation.identifiers)
    year = first.item.year
    entry = Entry(
        type="webpage" if first.kind == "resource" and first.item.url else "document",
        title=first.item.title,
        issued=None if year is None else Date(Point(year)),
        identifiers=identifiers,
    )
    notes = dict.fromkeys(citation.item.note for citation in group.citations if citation.item.note)
    return Record("reading_list", f"reading list {slug}", group.source_id, entry, note="; ".join(notes))


def _record(shape: RecordShape, source_id: str) -> Record:
    return Record(
        kind=shape.kind,
        source=shape.to_source(),
        source_id=source_id,
        entry=shape.entry.to_entry(),
        note=shape.note,
        single_source=shape.single_source,
        absent=shape.absent,
    )


def _links(item: ItemShape) -> Iterator[Link]:
    if item.url:
        yield Link(item.url, "cited", status=item.status, successor=item.successor)
    yield from map(_link, item.links)
