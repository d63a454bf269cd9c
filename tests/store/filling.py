"""Records put into a library as an import puts them there, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from dlbib.model.citekeys import key_fingerprint
from dlbib.model.merging import Record
from dlbib.store import journal, matching, models, records, reserving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.model.entry import Entry
    from dlbib.store.database import Database


def put(database: Database, *entries: Entry) -> None:
    """Put entries into the library, as one operation, each under its own key."""
    with Session(database.engine) as session, session.begin():
        journal.record(session, "import", "entries")
        found = matching.match(session, [(entry,) for entry in entries])
        for match in found:
            work = None if match.work is None else session.get_one(models.Work, match.work)
            _put(session, work, [entries[place] for place in match.newcomers])


def _put(session: Session, work: models.Work | None, entries: Sequence[Entry]) -> None:
    for entry in entries:
        record = Record("file", "file refs.bib", entry.key, entry)
        if work is None:
            work = models.Paper(key=entry.key, created_at=records.now(), modified_at=records.now())
            session.add(work)
            records.put_records(work, [record])
            reserving.give_key(session, work, entry.key)
        else:
            records.put_records(work, [record])
            session.flush()
            row = next(row for row in work.records if row.source_id == entry.key)
            fingerprint = key_fingerprint(entry.key)
            work.keys.append(
                models.Key(fingerprint=fingerprint, key=entry.key, position=len(work.keys), record=row)
            )
        session.flush()
    if work is not None:
        records.refresh(session, work)


def works(database: Database) -> set[frozenset[str]]:
    """The works, as the keys that their records came with."""
    with Session(database.engine) as session:
        return {
            frozenset(row.source_id for row in work.records) for work in session.scalars(select(models.Work))
        }


def keys(database: Database) -> dict[str, str]:
    """Each key, and the title of the work that it leads to."""
    with Session(database.engine) as session:
        return {
            key.key: (key.work.title or "") if key.work else "" for key in session.scalars(select(models.Key))
        }
