"""Works that are added by hand, put under an application and tagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from dlbib.errors import NotFoundError
from dlbib.store import edits, models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

BY_HAND: Final = "added"
"""The list, as it were, of what a user put under an application."""


def application(session: Session, slug: str) -> models.Application:
    """The application of that slug; raises `NotFoundError` with the nearest."""
    row = session.scalar(select(models.Application).where(models.Application.slug == slug.lower()))
    if row is None:
        what = "application"
        raise NotFoundError.among(what, slug, session.scalars(select(models.Application.slug)))
    return row


def check(session: Session, settings: Mapping[str, Any]) -> None:
    """Raise `NotFoundError` or `ConflictError` where ``settings`` name an application or tags that can't be."""
    edits.check_tags(settings.get("tags", ()))
    if slug := settings.get("application"):
        application(session, slug)


def link(session: Session, row: models.Work, settings: Mapping[str, Any]) -> bool:
    """Put a work under the application, and the tags on it, that ``settings`` name. True when any is new."""
    before = {tag.folded for tag in row.tags}
    edits.tag(session, row, settings.get("tags", ()))
    slug = settings.get("application")
    cited = _cite(session, row, application(session, slug)) if slug else False
    return cited or before != {tag.folded for tag in row.tags}


def _cite(session: Session, row: models.Work, under: models.Application) -> bool:
    if any(citation.application_id == under.id for citation in row.citations):
        return False
    places = select(func.max(models.Citation.position)).where(
        models.Citation.application_id == under.id, models.Citation.role == row.kind
    )
    position = (session.scalar(places) or 0) + 1
    row.citations.append(
        models.Citation(
            application=under,
            list=BY_HAND,
            role=row.kind,
            position=position,
            title=row.title or row.key,
            year=row.issued_year,
        )
    )
    return True
