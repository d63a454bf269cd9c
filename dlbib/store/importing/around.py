"""What goes with the works of an imported file: the keys they have, applications, tags, and what left the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import func, select

from dlbib.store import edits, models
from dlbib.store.bulk import Bulk, chunks, selected
from dlbib.store.journal import journal_of
from dlbib.store.refreshing import refresh_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

BY_USER: Final = "user"
"""The list of citations that no reading list has, for the user put works under an application."""

_WORKS: Final = cast("Table", models.Work.__table__)
_RECORDS: Final = cast("Table", models.Record.__table__)
_CITATIONS: Final = cast("Table", models.Citation.__table__)
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


def group(session: Session, row: models.Application, works: Sequence[int]) -> None:
    """Group works under an application, behind those that are there, in their order; again changes nothing."""
    asked = select(models.Citation.work_id).where(models.Citation.application_id == row.id)
    there = set(session.scalars(asked))
    last = select(func.max(models.Citation.position)).where(models.Citation.application_id == row.id)
    position = 1 + (session.scalar(last.where(models.Citation.role == _ROLE)) or 0)
    new = [each for each in dict.fromkeys(works) if each not in there]
    if not new:
        return
    session.flush()
    journal_of(session).keep(models.Application, [row.id])
    journal_of(session).keep(models.Work, new)
    called = selected(
        session.connection(), (_WORKS.c.id, _WORKS.c.title, _WORKS.c.issued_year), _WORKS.c.id, new
    )
    said = {work: (title or "", year) for work, title, year in called}
    cited = ((each, row.id, BY_USER, _ROLE, place, *said[each]) for place, each in enumerate(new, position))
    columns = ("work_id", "application_id", "list", "role", "position", "title", "year")
    Bulk(session.connection()).insert(_CITATIONS, columns, cited)
    session.expire_all()


def tag(session: Session, tags: Mapping[int, Collection[str]]) -> None:
    """Put tags on works, by their ids; of several spellings of one tag the first counts."""
    known = edits.tags(session, (name for names in tags.values() for name in sorted(names)))
    session.flush()
    columns = models.work_tags.c
    there = set(selected(session.connection(), (columns.work_id, columns.tag_id), columns.work_id, tags))
    wanted = ((work, known[name].id) for work, names in tags.items() for name in sorted(names))
    new = [pair for pair in dict.fromkeys(wanted) if pair not in there]
    journal_of(session).keep(models.Work, (work for work, _ in new))
    Bulk(session.connection()).insert(models.work_tags, ("work_id", "tag_id"), new)
    session.expire_all()


def leave(session: Session, source: str, there: Collection[str]) -> list[str]:
    """See to the records of a file that are no longer ``there``.

    One whose work another record of the file speaks of now is removed: the file says that instead. The
    others stay, for nothing else is known of their works; what they are called is given.
    """
    asked = select(models.Record.source_id, models.Record.id, models.Record.work_id)
    said = session.execute(asked.where(models.Record.source == source).order_by(models.Record.id)).all()
    spoken_of = {row.work_id for row in said if row.source_id in there}
    gone = [row for row in said if row.source_id not in there]
    replaced = [row for row in gone if row.work_id in spoken_of]
    if replaced:
        works = [row.work_id for row in replaced]
        session.flush()
        journal_of(session).keep(models.Work, works)
        Bulk(session.connection()).delete(_RECORDS.c.id, (row.id for row in replaced))
        refresh_all(session, works)
    return sorted(row.source_id for row in gone if row.work_id not in spoken_of)


def keywords_of(session: Session, works: Sequence[int]) -> dict[int, list[str]]:
    """The keywords of works that have any, by their ids."""
    found: dict[int, list[str]] = {}
    for some in chunks(works):
        asked = select(models.Work.id, models.Work.variables).where(models.Work.id.in_(some))
        found.update((id_, said["keywords"]) for id_, said in session.execute(asked) if said.get("keywords"))
    return found
