"""What holds of every library, whatever was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dlbib.model.entry import Entry
from dlbib.model.identity import blocks
from dlbib.store import journal, models, rows
from dlbib.store.refreshing import refresh_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def unsound(session: Session) -> list[str]:
    """What does not hold; the session is rolled back."""
    works = session.scalars(select(models.Work).order_by(models.Work.id)).all()
    found = [*_lent_by_nobody(session, works)]
    for work in works:
        found += [f"{work.key}: {what}" for what in (*_keys(work), *_records(work))]
    return [*found, *_views(session)]


def _lent_by_nobody(session: Session, works: Any) -> Iterator[str]:  # noqa: ANN401  # rows of works
    columns = select(models.Identifier.scheme, models.Identifier.work_value)
    owned = {(scheme, value) for scheme, value in session.execute(columns)}
    for work in works:
        for each, _ in rows.lent_in(work.variables):
            if (each.scheme, each.work) not in owned:
                yield f"{work.key}: {each} is found nowhere"


def _keys(work: models.Work) -> Iterator[str]:
    in_order = sorted(work.keys, key=lambda key: key.position)
    if [key.key for key in in_order][:1] != [work.key]:
        yield "its first key is another one"
    if len({key.position for key in in_order}) < len(in_order):
        yield "two keys have one place"


def _records(work: models.Work) -> Iterator[str]:
    if not work.records:
        yield "nobody says anything of it"
    for record in work.records:
        said = blocks(Entry.model_validate_json(record.entry)) if record.kind != "version" else ()
        if {filing.block for filing in record.filings} != set(said):
            yield f"{record.source} is filed by something else than it says"


def _views(session: Session) -> list[str]:
    journal.record(session, "rehearsal", "")
    before = _view(session)
    refresh_all(session, before)
    after = _view(session)
    session.rollback()
    return [f"{key}: is another thing than its records say" for key in before if before[key] != after[key]]


def _view(session: Session) -> dict[int, list[Any]]:
    return {
        work.id: [
            *(getattr(work, name) for name in rows.VIEW),
            [[getattr(each, name) for name in rows.CONTRIBUTION] for each in work.contributions],
            [[getattr(each, name) for name in rows.IDENTIFIER] for each in work.identifiers],
        ]
        for work in session.scalars(select(models.Work).order_by(models.Work.id))
    }
