"""What is to be asked to enrich works: their identifiers, and beside a version that is cited the newest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dlbib.model.identifiers import Identifier
from dlbib.model.versions import cited_identifiers
from dlbib.store import models, selection
from dlbib.store.jobs import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session


def questions(
    session: Session, query: str, filters: Mapping[str, object], scheme: str, *, search: bool
) -> list[Question]:
    """The questions about the works that ``query`` and ``filters`` choose, in order; see `in_order`.

    Papers without an identifier of ``scheme`` are searched for if ``search``. Raises as `selection.choose`.
    """
    found: list[Question] = []
    for row, said in selection.with_records(session, query, filters):
        cited = cited_identifiers(said, scheme)
        found += (each for identifier in cited for each in about(str(identifier), identifier, row.id))
        if search and not cited and row.kind == "paper" and row.title:
            found.append(Question("search", row.key, work_id=row.id))
    return in_order(found)


def about(asked: str, identifier: Identifier, work_id: int | None = None) -> Iterator[Question]:
    """The questions about an identifier: itself, and the newest version where it names one."""
    yield Question("cited", asked, identifier.value, work_id)
    if identifier.version is not None:
        yield Question("newest", asked, identifier.work, work_id)


def in_order(asked: Iterable[Question]) -> list[Question]:
    """``asked`` with their positions: newest versions after all that is cited, searches last.

    A service may answer only once where an id is asked for both with its newest version and without any.
    """
    rank = {"cited": 0, "newest": 1, "search": 2}
    return [
        Question(each.part, each.asked, each.identifier, each.work_id, position)
        for position, each in enumerate(sorted(asked, key=lambda each: rank[each.part]))
    ]


def known(session: Session, provider: str, scheme: str, asked: Iterable[Question]) -> set[Identifier]:
    """The identifiers of questions that the service had before."""
    had = set(session.scalars(select(models.Record.source_id).where(models.Record.source == provider)))
    return {Identifier(scheme, each.identifier) for each in asked if each.identifier in had}
