"""The commands that tell where sources differ: conflicts, drift, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from dlbib.cli.output import print_json, print_table, say
from dlbib.cli.plain import statement_json

if TYPE_CHECKING:
    from dlbib.model.conflicts import Conflict
    from dlbib.model.merging import Statement
    from dlbib.model.versions import Drift, Published


def conflicts(
    query: QueryArgument = None,
    application: ApplicationOption = None,
    library: LibraryOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List what sources contradict each other on: who won, and who says otherwise.

    Not every difference is a contradiction: initials and full names agree, and so do a year and a day of it.
    """
    with existing(library) as opened:
        found = opened.conflicts(query_text(query), application=application)
    if as_json:
        print_json([_conflict_json(each) for each in found])
        return
    print_table(
        ("key", "field", "", "value", "source"),
        (
            (each.key, each.field, "*" if said is each.won else "", said.text or "(none)", said.record.source)
            for each in found
            for said in (each.won, *each.others)
        ),
        whole=3,
    )
    if found:
        say("settle one by saying it yourself: dlbib edit KEY FIELD=VALUE; dlbib why KEY FIELD tells more")


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    def said(statement: Statement) -> dict[str, Any]:
        return {name: value for name, value in statement_json(statement).items() if name != "field"}

    others = [said(each) for each in conflict.others]
    return {"key": conflict.key, "field": conflict.field, "won": said(conflict.won), "others": others}


def drift(
    query: QueryArgument = None,
    application: ApplicationOption = None,
    library: LibraryOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List works that are cited in an older version than the newest one; see also dlbib enrich."""
    with existing(library) as opened:
        found = opened.drift(query_text(query), application=application)
    if as_json:
        print_json([_drift_json(each) for each in found])
        return
    print_table(
        ("key", "cited", "newest", "of", "", "comment"),
        (
            (
                each.key,
                str(each.cited),
                f"v{each.newest}",
                str(each.revised or ""),
                "withdrawn" if each.withdrawn else "",
                each.comment,
            )
            for each in found
        ),
        whole=3,
    )


def _drift_json(found: Drift) -> dict[str, Any]:
    return {
        "key": found.key,
        "cited": str(found.cited),
        "newest": found.newest,
        "revised": None if found.revised is None else str(found.revised),
        "withdrawn": found.withdrawn,
        "comment": found.comment,
    }


def published(
    query: QueryArgument = None,
    application: ApplicationOption = None,
    library: LibraryOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List where preprints were published, as arXiv knows and they don't say themselves yet."""
    with existing(library) as opened:
        found = opened.published(query_text(query), application=application)
    if as_json:
        print_json([_published_json(each) for each in found])
        return
    print_table(
        ("key", "doi", "published in", ""),
        ((each.key, each.doi.value if each.doi else "", each.reference, _known(each)) for each in found),
        whole=2,
    )
    if found:
        say("take one with: dlbib edit KEY doi=DOI")


def _known(offer: Published) -> str:
    if offer.known_as:
        return f"is {offer.known_as} already"
    return f"instead of {offer.instead_of.value}" if offer.instead_of else ""


def _published_json(offer: Published) -> dict[str, Any]:
    return {
        "key": offer.key,
        "doi": offer.doi.value if offer.doi else None,
        "reference": offer.reference,
        "source": offer.source,
        "instead_of": offer.instead_of.value if offer.instead_of else None,
        "known_as": offer.known_as,
    }


COMMANDS = (
    Command("conflicts", ASK, conflicts),
    Command("drift", ASK, drift),
    Command("published", ASK, published),
)
