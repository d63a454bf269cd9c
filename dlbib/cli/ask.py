"""Commands that ask: applications, papers, resources, show, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from dlbib.cli.commands import (
    ASK,
    ApplicationOption,
    Command,
    JsonOption,
    LibraryOption,
    QueryArgument,
    existing,
    query_text,
)
from dlbib.cli.output import print_json, print_table
from dlbib.cli.plain import application_json, statement_json, told_json, work_json
from dlbib.model.markup import plain

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.model.merging import Record, Statement
    from dlbib.model.works import Work

KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help="The citation key, or an older one.", show_default=False)
]


def applications(library: LibraryOption = None, *, as_json: JsonOption = False) -> None:
    """List the applications, in the order of their list, and how much each groups."""
    with existing(library) as opened:
        found = opened.applications()
    if as_json:
        print_json([application_json(each) for each in found])
        return
    print_table(
        ("slug", "application", "papers", "resources"),
        ((each.slug, each.name, str(each.papers), str(each.resources)) for each in found),
    )


def papers(
    query: QueryArgument = None,
    application: ApplicationOption = None,
    library: LibraryOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the papers that a query finds; all of them without one."""
    with existing(library) as opened:
        found = opened.papers(query_text(query), application=application)
    _list_works(found, as_json=as_json)


def resources(
    query: QueryArgument = None,
    application: ApplicationOption = None,
    library: LibraryOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the resources that a query finds: pages, demos, talks, code, lists."""
    with existing(library) as opened:
        found = opened.resources(query_text(query), application=application)
    _list_works(found, as_json=as_json)


def show(key: KeyArgument, library: LibraryOption = None, *, as_json: JsonOption = False) -> None:
    """Show all there is about one work."""
    from dlbib.model.versions import is_told

    with existing(library) as opened:
        work, told = opened.get(key), [each for each in opened.records(key) if is_told(each)]
    if as_json:
        print_json({**work_json(work), "told": [told_json(each) for each in told]})
        return
    rows = [("key", work.key), ("kind", work.kind), *_facts(work), *chain.from_iterable(map(_told, told))]
    print_table(("field", "value"), rows)


def why(
    key: KeyArgument,
    field: Annotated[
        str | None,
        typer.Argument(
            metavar="[FIELD]",
            help="As CSL or BibTeX names it: title, year, author, doi …",
            show_default=False,
        ),
    ] = None,
    library: LibraryOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show what every source says of a field (or of all fields), and which of them won."""
    with existing(library) as opened:
        statements = opened.why(key, field)
    if as_json:
        print_json([statement_json(each) for each in statements])
        return
    print_table(
        ("field", "", "value", "source", "why"),
        ((s.field, "*" if s.won else "", s.text, _source(s), s.reason) for s in statements),
        whole=2,
    )


def _source(statement: Statement) -> str:
    once = " (one source only)" if statement.single_source else ""
    return f"{statement.record.source}{once}"


def _list_works(found: Sequence[Work], *, as_json: bool) -> None:
    if as_json:
        print_json([work_json(each) for each in found])
        return
    print_table(
        ("key", "year", "authors", "title"),
        ((w.key, str(w.year or ""), _authors(w), plain(w.title or "")) for w in found),
        whole=2,
    )


def _authors(entry: Entry) -> str:
    names = [name.family or name.literal or name.given for name in entry.authors]
    return ", ".join(names) if len(names) <= 3 else f"{names[0]} et al."  # noqa: PLR2004  # as styles abbreviate


def _facts(work: Work) -> Iterator[tuple[str, str]]:
    """What ``show`` prints below the key, a line each."""
    from dlbib.model.merging import text_of, values

    for name, value in values(work).items():
        yield name, text_of(value)
    for cited in work.cited:
        year = f" ({cited.year})" if cited.year else ""
        yield (
            "cited",
            f"{cited.title}{year}, {cited.role} {cited.position} of {cited.application or cited.list}",
        )
    for link in work.links:
        moved = f" (now {link.successor})" if link.successor else ""
        yield link.role, f"{link.url}{moved}"
    if work.tags:
        yield "tags", ", ".join(work.tags)
    if work.aliases:
        yield "older keys", ", ".join(work.aliases)


def _told(record: Record) -> Iterator[tuple[str, str]]:
    """What a service knows of a version beside its entry, a line each."""
    facts = record.facts
    gone = "; withdrawn" if facts.withdrawn else ""
    first = f", first submitted {facts.submitted}" if facts.submitted else ""
    yield record.source, f"{record.source_id}: version {facts.version} of {facts.revised}{first}{gone}"
    if facts.comment:
        yield "", facts.comment
    if len(facts.categories) > 1:
        yield "", f"categories {', '.join(facts.categories)}"
    where = [str(facts.published_doi or ""), facts.published_in]
    if any(where):
        yield "", f"published: {', '.join(each for each in where if each)}"


COMMANDS = (
    Command("applications", ASK, applications),
    Command("papers", ASK, papers),
    Command("resources", ASK, resources),
    Command("show", ASK, show),
    Command("why", ASK, why),
)
