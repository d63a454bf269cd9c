"""What has to hold between the parts of a reading list whose parts are all well formed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.model.identity import ONE_WORK
from dlbib.model.markup import fold
from dlbib.model.merging import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dlbib.formats.reading_list.citations import Group
    from dlbib.formats.reading_list.document import Document, Path
    from dlbib.formats.reading_list.shape import FileShape, RecordShape
    from dlbib.model.problems import Problem


def problems_between(shape: FileShape, grouped: Sequence[Group], document: Document) -> Iterator[Problem]:
    """Slugs and sources given twice, refs that clash or lead nowhere, fields both said and not said."""
    if not grouped and not shape.applications:
        yield document.problem("LIST-EMPTY", (), "it lists nothing; give applications, papers or resources")
    yield from _slugs(shape, document)
    for group in grouped:
        yield from _one_work(group, document)
    yield from _refs(shape, grouped, document)
    for ref, records in shape.records.items():
        yield from _records(("records", ref), records, document)
    yield from _identifiers(shape, document)


def _slugs(shape: FileShape, document: Document) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, application in enumerate(shape.applications):
        slug = application.to_slug()
        other = first.setdefault(slug, index)
        if other != index:
            what = f"applications[{other}] has the slug {slug!r} already; give another one"
            yield document.problem("LIST-SLUG", ("applications", index, "slug"), what)


def _one_work(group: Group, document: Document) -> Iterator[Problem]:
    first = group.citations[0]
    line = document.place(first.path)[0]
    for citation in group.citations[1:]:
        path = (*citation.path, "ref")
        if citation.kind != first.kind:
            what = f"{group.source_id!r} is a {first.kind} on line {line}, here a {citation.kind}"
            yield document.problem("LIST-REF", path, f"{what}; list it as one of the two")
        elif citation.item.ref and fold(citation.item.title) != fold(first.item.title):
            what = f"{group.source_id!r} has another title on line {line}"
            yield document.problem("LIST-REF", path, f"{what}; give each work a ref of its own")


def _refs(shape: FileShape, grouped: Sequence[Group], document: Document) -> Iterator[Problem]:
    cited = {group.source_id for group in grouped}
    for ref in shape.records:
        if ref not in cited:
            what = f"no item has the ref {ref!r}; give it to the item, or take the records out"
            yield document.problem("LIST-REF", ("records", ref), what, at_key=True)


def _identifiers(shape: FileShape, document: Document) -> Iterator[Problem]:
    """What names one work, and is said of two; another version of a work may be a work of the list itself."""
    first: dict[tuple[str, str], str] = {}
    said = (
        (ref, index, identifier)
        for ref, records in shape.records.items()
        for index, record in enumerate(records)
        if record.kind == "curated"
        for identifier in record.entry.to_entry().identifiers
        if identifier.scheme in ONE_WORK
    )
    for ref, index, identifier in said:
        owner = first.setdefault((identifier.scheme, identifier.work), ref)
        if owner != ref:
            what = f"{str(identifier)!r} names {owner!r} already; give both items one ref, or mend it"
            path = ("records", ref, index, "entry", identifier.scheme)
            yield document.problem("LIST-IDENTIFIER", path, what)


def _records(path: Path, records: Sequence[RecordShape], document: Document) -> Iterator[Problem]:
    sources: set[str] = set()
    for index, record in enumerate(records):
        source = record.to_source()
        if source in sources:
            what = f"the source {source!r} speaks twice; give each record a source of its own"
            yield document.problem("LIST-SOURCE", (*path, index, "source"), what)
        sources.add(source)
        yield from _fields((*path, index), record, document)


def _fields(path: Path, record: RecordShape, document: Document) -> Iterator[Problem]:
    said = values(record.entry.to_entry())
    for index, field in enumerate(record.single_source):
        if field not in said:
            what = f"the entry has no {field}; single_source names what it has"
            yield document.problem("LIST-FIELD", (*path, "single_source", index), what)
    for index, field in enumerate(record.absent):
        if field in said:
            what = f"the entry has {field}; absent names what the work has none of"
            yield document.problem("LIST-FIELD", (*path, "absent", index), what)
