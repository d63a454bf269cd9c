"""Reading lists to rows; seeding again changes nothing, and what a user edited stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dlbib.store import matching, models, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from dlbib.model.merging import Record
    from dlbib.model.reading_lists import ListedWork, ReadingList
    from dlbib.model.works import Application, Cited, Link

_NEEDED = (models.Work.records, models.Work.citations, models.Work.links)

Outcome = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What seeding a list did: how many applications, papers, resources it added, changed or left."""

    slug: str
    counts: dict[str, Counter[Outcome]] = field(
        default_factory=lambda: {what: Counter() for what in ("applications", "papers", "resources")}
    )

    @property
    def changed(self) -> bool:
        """Whether anything was added or changed."""
        return any(count["added"] or count["changed"] for count in self.counts.values())


def seed(session: Session, reading_list: ReadingList) -> SeedReport:
    """Put ``reading_list`` into the library.

    Works that the list tells apart but that are one become one, cited in every place. Raises
    `ConflictError` when the list gives a work what names another one.
    """
    report = SeedReport(reading_list.slug)
    applications: dict[str, models.Application] = {}
    for application in reading_list.applications:
        row, outcome = _application(session, reading_list.slug, application)
        applications[application.slug] = row
        report.counts["applications"][outcome] += 1
    outcomes = _put(session, reading_list)
    works = _seeded(session, reading_list)  # once all are there, for later ones may join or part earlier ones
    places: dict[models.Work, list[Cited]] = {}
    for listed in reading_list.works:
        places.setdefault(works[_source(listed.records[0])], []).extend(listed.cited)
    moved = {work for work, cited in places.items() if _cite(work, cited, applications)}
    for listed, outcome in zip(reading_list.works, outcomes, strict=True):
        is_moved = outcome == "unchanged" and works[_source(listed.records[0])] in moved
        report.counts[f"{listed.kind}s"]["changed" if is_moved else outcome] += 1
    return report


def _put(session: Session, reading_list: ReadingList) -> list[Outcome]:
    """Put the works of a list into the library, each where it belongs."""
    seeded = _seeded(session, reading_list)
    outcomes = []
    for listed in reading_list.works:
        known = next((seeded[said] for record in listed.records if (said := _source(record)) in seeded), None)
        outcomes.append(_work(session, listed, known or _identical(session, listed.records)))
    return outcomes


def _source(record: Record) -> tuple[str, str]:
    return record.source, record.source_id


def _seeded(session: Session, reading_list: ReadingList) -> dict[tuple[str, str], models.Work]:
    """The works that came with the records of this list before, by source and its own id."""
    sources = {record.source for listed in reading_list.works for record in listed.records}
    work = joinedload(models.Record.work)
    rows = session.scalars(
        select(models.Record)
        .where(models.Record.source.in_(sources))
        .options(*(work.selectinload(each) for each in _NEEDED))
    )
    return {(row.source, row.source_id): row.work for row in rows}


# --- applications ----------------------------------------------------------------------------------

_SAID = ("name", "heading", "section", "position", "description", "aspects")


def _application(session: Session, slug: str, listed: Application) -> tuple[models.Application, Outcome]:
    row = session.scalar(select(models.Application).where(models.Application.slug == listed.slug))
    said = _said(listed)
    if row is None:
        row = models.Application(list=slug, slug=listed.slug, listed=said, **{n: said[n] for n in _SAID})
        row.links.extend(_link_rows(listed.links))
        session.add(row)
        session.flush()
        return row, "added"
    if row.list != slug or row.listed == said:
        return row, "unchanged"
    _follow(row, said)
    _link(row, listed.links)
    return row, "changed"


def _said(listed: Application) -> dict[str, Any]:
    """What the list says of an application, as JSON gives it back."""
    said = asdict(listed)
    said["aspects"] = [{"name": a.name, "items": list(a.items)} for a in listed.aspects]
    said["links"] = [asdict(link) for link in listed.links]
    return {name: said[name] for name in (*_SAID, "links")}


def _follow(row: models.Application, said: dict[str, Any]) -> None:
    """Take over what the list says now, but for what a user changed since the list said it."""
    for name in _SAID:
        if getattr(row, name) == row.listed.get(name):
            setattr(row, name, said[name])
    row.listed = said


# --- works -----------------------------------------------------------------------------------------


def _work(session: Session, listed: ListedWork, row: models.Work | None) -> Outcome:
    if row is None:
        row = records.add_work(session, listed.kind, listed.records)
        _link(row, listed.links)
        return "added"
    changed = records.put_records(row, listed.records)
    if changed:
        records.refresh(session, row)
        session.flush()
        records.bind(session, row, listed.records)
    changed = _link(row, listed.links) or changed
    return "changed" if changed else "unchanged"


def _identical(session: Session, said: Sequence[Record]) -> models.Work | None:
    """The work that is there already of which the records of a listed one speak."""
    session.flush()
    (found,) = matching.match(session, [tuple(each.entry for each in said if each.kind != "version")])
    return session.get(models.Work, found.work) if found.work is not None else None


# --- citations and links -----------------------------------------------------------------------------


def _cite(row: models.Work, cited: Sequence[Cited], applications: Mapping[str, models.Application]) -> bool:
    """Cite ``row`` as its list does now, and no longer as it did. True when anything is new.

    A place that was cited keeps its row: no two may have the same one, not even between two updates.
    """
    lists = {each.list for each in cited}
    known = {_place(citation): citation for citation in row.citations if citation.list in lists}
    now = {(each.list, each.application, each.role, each.position): each for each in cited}
    free = [citation for place, citation in known.items() if place not in now]
    before = {place: _words(citation) for place, citation in known.items()}
    for place, each in now.items():
        citation = known.get(place) or (free.pop() if free else None)
        if citation is None:
            citation = models.Citation()
            row.citations.append(citation)
        citation.application = applications.get(each.application)
        citation.list, citation.role, citation.position = each.list, each.role, each.position
        citation.title, citation.url, citation.year = each.title, each.url or None, each.year
    for citation in free:
        row.citations.remove(citation)
    return before != {_place(c): _words(c) for c in row.citations if c.list in lists}


def _place(citation: models.Citation) -> tuple[str, str, str, int]:
    slug = citation.application.slug if citation.application else ""
    return (citation.list, slug, citation.role, citation.position)


def _words(citation: models.Citation) -> tuple[object, ...]:
    return (citation.title, citation.url, citation.year)


def _link(row: models.Work | models.Application, links: Iterable[Link]) -> bool:
    """Add the links that are not there yet, and what is not known yet of those that are. True when new."""
    known = {(link.url, link.role): link for link in row.links}
    new = [link for link in links if (link.url, link.role) not in known]
    row.links.extend(_link_rows(new, start=len(row.links)))
    return any([bool(new), *(_learn(known[link.url, link.role], link) for link in links if link not in new)])


def _learn(row: models.Link, link: Link) -> bool:
    learnt = (row.status == "unknown" != link.status) or (not row.successor and bool(link.successor))
    if row.status == "unknown":
        row.status = link.status
    row.successor = row.successor or link.successor
    return learnt


def _link_rows(links: Iterable[Link], start: int = 0) -> list[models.Link]:
    return [models.Link(position=position, **asdict(link)) for position, link in enumerate(links, start)]
