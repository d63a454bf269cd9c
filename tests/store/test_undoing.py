"""Whatever is decided or imported, undoing it gives the library that was there before."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from dlbib.errors import ConflictError
from dlbib.model.entry import Entry
from dlbib.model.identifiers import Identifier
from dlbib.store import deciding, edits, journal, models, undoing
from dlbib.store.database import Database, open_database
from tests.dumps import dump
from tests.store.filling import keys, put
from tests.strategies.identity import entries

if TYPE_CHECKING:
    import random
    from pathlib import Path

DECISIONS = {"merge": deciding.merge, "distinct": deciding.distinct}


def _hang_on(session: Session, chance: random.Random) -> None:
    """Put edits, tags, links and citations on works."""
    for place, row in enumerate(session.scalars(select(models.Work).order_by(models.Work.id)).all()):
        if chance.random() < 0.5:
            edits.edit(session, row, {"note": f"Mine {place}", "volume": str(place)})
        edits.tag(session, row, [chance.choice(("read", "cited", "odd"))])
        row.links.append(models.Link(position=1, url=f"https://example.org/{place % 2}", role="code"))
        row.citations.append(models.Citation(list="own", role="paper", position=place, title="As cited"))


def _decide(database: Database, chance: random.Random) -> None:
    known = sorted(keys(database))
    with contextlib.suppress(ConflictError), Session(database.engine) as session, session.begin():
        journal.record(session, "decision", "it")
        DECISIONS[chance.choice(sorted(DECISIONS))](session, chance.choice(known), chance.choice(known))


def _undo_back_to(database: Database, operations: int) -> None:
    with Session(database.engine) as session, session.begin():
        while len(session.scalars(select(models.Operation)).all()) > operations:
            undoing.undo(session)


def _operations(database: Database) -> int:
    with Session(database.engine) as session:
        return len(session.scalars(select(models.Operation)).all())


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=entries(6), chance=st.randoms(use_true_random=False))
def test_decisions_that_are_undone_leave_every_row_as_it_was(
    found: list[Entry], chance: random.Random, empty_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"{chance.random()}.db"
    shutil.copy(empty_file, path)
    database = open_database(path, create=False)
    for each in found:
        put(database, each)
    with Session(database.engine) as session, session.begin():
        journal.record(session, "edit", "it")
        _hang_on(session, chance)
    before, operations = dump(database.engine), _operations(database)
    for _ in range(4):
        _decide(database, chance)
    assert set(keys(database)) == {each.key for each in found}
    assert all(title for title in _led_to(database).values())
    _undo_back_to(database, operations)
    assert dump(database.engine) == before
    database.close()
    path.unlink()


def _led_to(database: Database) -> dict[str, str]:
    """Each key, and the key of the work that it leads to; every key leads to one."""
    with Session(database.engine) as session:
        return {key.key: key.work.key if key.work else "" for key in session.scalars(select(models.Key))}


def test_a_decision_that_takes_the_place_of_others_gives_it_back(database: Database) -> None:
    def decide(verdict: str, one: str, other: str) -> None:
        with Session(database.engine) as session, session.begin():
            journal.record(session, "decision", "it")
            DECISIONS[verdict](session, one, other)

    doi, pmid = Identifier("doi", "10.1/x"), Identifier("pmid", "12")
    other = Entry(key="key0", title="Nothing of the kind", volume="1")
    put(
        database,
        other,
        *(Entry(key=f"key{n}", title="A title", identifiers=(name,)) for n, name in ((1, doi), (2, pmid))),
    )
    decide("distinct", "key0", "key2")
    decide("distinct", "key0", "key1")
    put(database, Entry(key="key3", title="A title", identifiers=(doi, pmid)))
    before, operations = dump(database.engine), _operations(database)
    decide("merge", "key1", "key0")
    assert dump(database.engine) != before
    _undo_back_to(database, operations)
    assert dump(database.engine) == before
