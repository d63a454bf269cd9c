from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event, select
from sqlalchemy.orm import Session

import dlbib
from dlbib.model.merging import Record
from dlbib.model.renaming import Renaming
from dlbib.store import journal, models, records
from dlbib.store.renaming import rename
from tests.store.filling import put

if TYPE_CHECKING:
    from dlbib.store.database import Database


def entry(key: str) -> dlbib.Entry:
    return dlbib.Entry(key=key, title=f"The one and only telling title of {key}")


def renamed(database: Database, *pairs: tuple[str, str]) -> int:
    """Rename works; how many statements that took."""
    statements: list[str] = []
    with Session(database.engine) as session, session.begin():
        journal.record(session, "rename", "all works")
        event.listen(database.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
        rename(session, [Renaming(*pair) for pair in pairs])
    return len(statements)


def keys_of(database: Database, key: str) -> list[tuple[str, int, str | None]]:
    """The keys of a work, each with its place and what the record that it came with is called."""
    with Session(database.engine) as session:
        work = session.scalars(select(models.Work).where(models.Work.key == key)).one()
        return [
            (each.key, each.position, each.record.source_id if each.record else None) for each in work.keys
        ]


def test_a_new_key_comes_before_the_others_and_with_their_record(database: Database) -> None:
    put(database, entry("old"))
    renamed(database, ("old", "new"))
    assert keys_of(database, "new") == [("new", 0, "old"), ("old", 1, "old")]


def test_a_key_that_was_the_works_own_comes_back_as_it_is_written_now(database: Database) -> None:
    put(database, entry("old"), entry("another"))
    renamed(database, ("old", "new"))
    renamed(database, ("new", "OLD"))
    assert [key for key, _, _ in keys_of(database, "OLD")] == ["OLD", "new"]
    assert keys_of(database, "another") == [("another", 0, "another")]


def test_a_work_is_found_by_the_words_of_its_new_key(database: Database) -> None:
    put(database, entry("old"))
    renamed(database, ("old", "fresh2014"))
    with Session(database.engine) as session:
        assert session.scalars(select(models.Work.search_text)).one() == "fresh2014"


def test_the_first_of_renamed_works_has_the_identifier_that_both_say_and_nobody_has(
    database: Database,
) -> None:
    put(database, entry("second"), entry("first"))
    with Session(database.engine) as session, session.begin():
        journal.record(session, "import", "what both say")
        for work in session.scalars(select(models.Work)):
            said = entry(work.key).replace(identifiers=[dlbib.Identifier("pmid", "12")])
            records.put_records(work, [Record("file", "file refs.bib", work.key, said)])
    renamed(database, ("first", "new1"), ("second", "new2"))
    with Session(database.engine) as session:
        assert session.scalars(select(models.Identifier)).one().work.key == "new2"


def test_many_works_are_renamed_by_as_many_statements_as_few(database: Database) -> None:
    put(database, *(entry(f"old{n}") for n in range(60)))
    few = renamed(database, *((f"old{n}", f"new{n}") for n in range(20)))
    many = renamed(database, *((f"old{n}", f"new{n}") for n in range(20, 60)))
    assert many <= few
