"""What belongs to a work goes to another: its records, keys, citations, links and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, insert, select, update

from dlbib.model.merging import Record, assemble, values
from dlbib.store import models, records, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_LONGEST_SOURCE_ID: Final = 600


def move_record(session: Session, record_id: int, work: int) -> None:
    """Move a record to a work; where its source spoke of that already, both of its words are kept.

    Of a user's two edits one is made, in which the work's own comes first.
    """
    row = session.get_one(models.Record, record_id)
    wanted = (models.Record.work_id == work, models.Record.source == row.source)
    there = session.scalar(select(models.Record).where(*wanted, models.Record.source_id == row.source_id))
    if there is None:
        _set_work(session, record_id, work)
    elif row.kind == "user":
        _combine(session, there, row)
    else:
        suffix = f" #{record_id}"
        source_id = f"{row.source_id[: _LONGEST_SOURCE_ID - len(suffix)]}{suffix}"
        session.execute(
            update(models.Record).where(models.Record.id == record_id).values(source_id=source_id)
        )
        _set_work(session, record_id, work)


def _set_work(session: Session, record_id: int, work: int) -> None:
    session.execute(update(models.Record).where(models.Record.id == record_id).values(work_id=work))


def _combine(session: Session, first: models.Record, second: models.Record) -> None:
    """Put what the second record says into the first where that is silent, and remove it."""
    ours, theirs = records.to_record(first), records.to_record(second)
    said = values(ours.entry)
    silent = {field for field in values(theirs.entry) if field not in said and field not in ours.absent}
    entry = assemble({**said, **{f: v for f, v in values(theirs.entry).items() if f in silent}})
    absent = tuple(dict.fromkeys((*ours.absent, *(f for f in theirs.absent if f not in values(entry)))))
    both = Record(
        ours.kind,
        ours.source,
        ours.source_id,
        entry,
        retrieved=max(ours.retrieved, theirs.retrieved),
        absent=absent,
    )
    for column, value in zip(rows.RECORD, rows.record(both), strict=True):
        setattr(first, column, value)
    session.execute(delete(models.Filing).where(models.Filing.record_id == first.id))
    filed = [{"record_id": first.id, "block": block} for block in rows.filings(both)]
    if filed:
        session.execute(insert(models.Filing), filed)
    session.execute(update(models.Key).where(models.Key.record_id == second.id).values(record_id=first.id))
    session.execute(delete(models.Record).where(models.Record.id == second.id))
    session.flush()


def move_keys(session: Session, fingerprints: Sequence[str], work: int) -> None:
    """Give a work keys of another, behind its own."""
    for fingerprint in fingerprints:
        key = session.get_one(models.Key, fingerprint)
        if key.work_id == work:
            continue
        last = session.scalar(select(func.max(models.Key.position)).where(models.Key.work_id == work))
        position = 0 if last is None else last + 1
        moved = {"work_id": work, "position": position}
        session.execute(update(models.Key).where(models.Key.fingerprint == fingerprint).values(moved))


def move_the_rest(session: Session, before: int, now: int) -> None:
    """Move what hangs on a work and on no record of it to the work that takes its place."""
    _move_citations(session, before, now)
    _move_links(session, before, now)
    tags = models.work_tags
    have = select(tags.c.tag_id).where(tags.c.work_id == now).scalar_subquery()
    new = update(tags).where(tags.c.work_id == before, tags.c.tag_id.not_in(have)).values(work_id=now)
    session.execute(new)
    left = select(models.Key.fingerprint).where(models.Key.work_id == before).order_by(models.Key.position)
    move_keys(session, list(session.scalars(left)), now)
    versions = select(models.Record.id).where(
        models.Record.work_id == before, models.Record.kind == "version"
    )
    for record_id in list(session.scalars(versions)):
        move_record(session, record_id, now)
    _become_paper(session, before, now)


def _move_citations(session: Session, before: int, now: int) -> None:
    places = {_place(each) for each in _citations(session, now)}
    for citation in _citations(session, before):
        if _place(citation) not in places:
            moved = update(models.Citation).where(models.Citation.id == citation.id)
            session.execute(moved.values(work_id=now))


def _citations(session: Session, work: int) -> list[models.Citation]:
    of_work = select(models.Citation).where(models.Citation.work_id == work)
    return list(session.scalars(of_work.order_by(models.Citation.id)))


def _links(session: Session, work: int) -> list[models.Link]:
    of_work = select(models.Link).where(models.Link.work_id == work)
    return list(session.scalars(of_work.order_by(models.Link.position, models.Link.id)))


def _place(citation: models.Citation) -> tuple[object, ...]:
    return (citation.application_id, citation.list, citation.role, citation.position)


def _move_links(session: Session, before: int, now: int) -> None:
    there = _links(session, now)
    known = {(link.url, link.role) for link in there}
    position = max((link.position for link in there), default=0)
    for link in _links(session, before):
        if (link.url, link.role) not in known:
            position += 1
            moved = {"work_id": now, "position": position}
            session.execute(update(models.Link).where(models.Link.id == link.id).values(moved))


def _become_paper(session: Session, before: int, now: int) -> None:
    """A work that is a paper to anyone is a paper."""
    kinds = select(models.Work.kind).where(models.Work.id.in_((before, now)))
    if set(session.scalars(kinds)) == {"paper", "resource"}:
        session.execute(update(models.Work).where(models.Work.id == now).values(kind="paper"))
        session.expunge(session.get_one(models.Work, now))  # its class is another one now
