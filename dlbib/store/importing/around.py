"""What goes with the works of an imported file: the keys they have, applications, tags, and what left the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from dlbib.errors import NotFoundError
from dlbib.store import edits, models, records
from dlbib.store.bulk import chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

BY_USER: Final = "user"
"""The list of citations that no reading list has, for the user put works under an application."""

_ROLE: Final = "paper"
_AT_ONCE: Final = 1000


def works_of(session: Session, source: str, there: Iterable[str]) -> list[int]:
    """The ids of the works that the records of a file speak of, in the order of the records that are ``there``."""
    asked = select(models.Record.source_id, models.Record.work_id).where(models.Record.source == source)
    works = {said.source_id: said.work_id for said in session.execute(asked)}
    return [works[each] for each in there if each in works]


def keys_of(session: Session, source: str, there: Iterable[str]) -> dict[str, str]:
    """The key of the work that each record speaks of which is ``there``, in that order."""
    asked = select(models.Record.source_id, models.Work.key).join(models.Record.work)
    found = session.execute(asked.where(models.Record.source == source).execution_options(yield_per=_AT_ONCE))
    keys = dict.fromkeys(there, "")
    for source_id, key in found:
        if source_id in keys:
            keys[source_id] = key
    return {source_id: key for source_id, key in keys.items() if key}


def application(session: Session, slug: str) -> models.Application:
    """The application with that slug. Raises `NotFoundError`."""
    row = session.scalar(select(models.Application).where(models.Application.slug == slug.lower()))
    if row is None:
        what = "application"
        raise NotFoundError.among(what, slug, session.scalars(select(models.Application.slug)))
    return row


def group(session: Session, row: models.Application, works: Sequence[int]) -> None:
    """Group works under an application, behind those that are there, in their order; again changes nothing."""
    asked = select(models.Citation.work_id).where(models.Citation.application_id == row.id)
    there = set(session.scalars(asked))
    last = select(func.max(models.Citation.position)).where(models.Citation.application_id == row.id)
    position = session.scalar(last.where(models.Citation.role == _ROLE)) or 0
    for some in chunks(each for each in dict.fromkeys(works) if each not in there):
        in_order = {each: place for place, each in enumerate(some, position + 1)}
        position += len(some)
        for work in session.scalars(select(models.Work).where(models.Work.id.in_(some))):
            where = {"list": BY_USER, "role": _ROLE, "position": in_order[work.id]}
            citation = models.Citation(**where, title=work.title or "", year=work.issued_year)
            citation.application, citation.work = row, work
            session.add(citation)
        session.flush()


def tag(session: Session, tags: Mapping[int, Collection[str]]) -> None:
    """Put tags on works, by their ids."""
    for some in chunks(each for each, names in tags.items() if names):
        for work in session.scalars(select(models.Work).where(models.Work.id.in_(some))):
            edits.tag(session, work, sorted(tags[work.id]))
        session.flush()


def leave(session: Session, source: str, there: Collection[str]) -> list[str]:
    """See to the records of a file that are no longer ``there``.

    One whose work another record of the file speaks of now is removed: the file says that instead. The
    others stay, for nothing else is known of their works; what they are called is given.
    """
    asked = select(models.Record.source_id, models.Record.id, models.Record.work_id)
    said = session.execute(asked.where(models.Record.source == source)).all()
    spoken_of = {row.work_id for row in said if row.source_id in there}
    left = []
    for row in said:
        if row.source_id in there:
            continue
        if row.work_id not in spoken_of:
            left.append(row.source_id)
            continue
        work = session.get_one(models.Work, row.work_id)
        session.delete(session.get_one(models.Record, row.id))
        session.flush()
        session.expire(work)
        records.refresh(session, work)
        session.flush()
    return sorted(left)


def keywords_of(session: Session, works: Sequence[int]) -> dict[int, list[str]]:
    """The keywords of works that have any, by their ids."""
    found: dict[int, list[str]] = {}
    for some in chunks(works):
        asked = select(models.Work.id, models.Work.variables).where(models.Work.id.in_(some))
        found.update((id_, said["keywords"]) for id_, said in session.execute(asked) if said.get("keywords"))
    return found
