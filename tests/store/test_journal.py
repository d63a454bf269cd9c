from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dlbib.errors import ConflictError
from dlbib.model.entry import Contributor, Entry
from dlbib.model.merging import Record
from dlbib.model.names import Name
from dlbib.store import edits, journal, models, records, reserving, selection, undoing
from tests.dumps import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlbib.model.operations import Undone
    from dlbib.store.database import Database

KEYS = ("keys", "reserved_keys")
"""The tables that tell of keys, which stay given after all else is undone."""


def _record(title: str, source_id: str = "a", **said: object) -> Record:
    author = Contributor("author", Name("Graves", "Alex"))
    return Record("file", "file refs.bib", source_id, Entry(title=title, contributors=(author,), **said))


def _do(database: Database, kind: str, done: Callable[[Session], object]) -> None:
    with Session(database.engine) as session, session.begin():
        journal.record(session, kind, "it")
        done(session)


def _undo(database: Database) -> Undone:
    with Session(database.engine) as session, session.begin():
        return undoing.undo(session)


@pytest.fixture
def filled(database: Database) -> Database:
    _do(database, "import", lambda session: records.add_work(session, "paper", [_record("On Words")]))
    return database


def _row(session: Session) -> models.Work:
    return session.scalars(select(models.Work)).one()


def _link(row: models.Work) -> None:
    row.links.append(models.Link(position=1, url="https://example.org/code", role="code"))


CHANGES: dict[str, Callable[[Session], object]] = {
    "edit": lambda session: edits.edit(session, _row(session), {"title": "On Letters"}),
    "tag": lambda session: edits.tag(session, _row(session), ["read"]),
    "another record": lambda session: (
        records.put_records(_row(session), [_record("On Words!", "b", page="7")]),
        records.refresh(session, _row(session)),
    ),
    "a changed record": lambda session: (
        records.put_records(_row(session), [_record("Of Words")]),
        records.refresh(session, _row(session)),
    ),
    "a link": lambda session: _link(_row(session)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_an_operation_changed_is_as_it_was_when_it_is_undone(filled: Database, change: str) -> None:
    before = dump(filled.engine)
    _do(filled, "edit", CHANGES[change])
    assert dump(filled.engine) != before
    _undo(filled)
    assert dump(filled.engine) == before


def test_what_an_operation_removed_is_there_again_when_it_is_undone(filled: Database) -> None:
    before = dump(filled.engine)
    _do(filled, "remove", lambda session: session.delete(_row(session)))
    assert dump(filled.engine)["works"] == []
    _undo(filled)
    assert dump(filled.engine) == before


def test_what_an_operation_made_is_gone_when_it_is_undone_but_for_its_keys(database: Database) -> None:
    before = dump(database.engine, KEYS)
    _do(database, "import", lambda session: records.add_work(session, "paper", [_record("On Words")]))
    undone = _undo(database)
    assert (undone.kind, undone.what, undone.works) == ("import", "it", 1)
    assert dump(database.engine, KEYS) == before
    with Session(database.engine) as session:
        key = session.scalars(select(models.Key)).one()
        assert (key.key, key.work_id) == ("graveswords", None)


def test_operations_are_undone_from_the_last_to_the_first(filled: Database) -> None:
    for change in ("edit", "tag", "another record"):
        _do(filled, change, CHANGES[change])
    assert [_undo(filled).kind for _ in range(4)] == ["another record", "tag", "edit", "import"]
    with pytest.raises(ConflictError, match="nothing to undo"):
        _undo(filled)


def test_what_changes_nothing_is_no_operation(filled: Database) -> None:
    _do(filled, "edit", lambda session: _row(session).title)
    _do(filled, "edit", lambda session: records.put_records(_row(session), [_record("On Words")]))
    with Session(filled.engine) as session:
        assert [each.kind for each in session.scalars(select(models.Operation))] == ["import"]


def test_what_failed_is_no_operation(filled: Database) -> None:
    def fail(session: Session) -> None:
        edits.tag(session, _row(session), ["read"])
        session.flush()
        raise ZeroDivisionError

    before = dump(filled.engine)
    with pytest.raises(ZeroDivisionError):
        _do(filled, "tag", fail)
    assert dump(filled.engine) == before


def test_an_operation_of_another_schema_is_not_undone(filled: Database) -> None:
    with Session(filled.engine) as session, session.begin():
        session.scalars(select(models.Operation)).one().revision = "0000"
    with pytest.raises(ConflictError, match="older dlbib"):
        _undo(filled)


def _in_bulk(session: Session, ids: range) -> None:
    """Write works past the ORM, untold."""
    now = records.now()
    said = {"kind": "paper", "created_at": now, "modified_at": now}
    session.connection().execute(insert(models.Work), [{"id": n, "key": f"key{n}", **said} for n in ids])


def _span(session: Session, ids: range) -> None:
    _in_bulk(session, ids)
    journal.journal_of(session).created_span(models.Work, ids)


def _attempt_in_vain(session: Session, ids: range) -> None:
    with journal.attempt(session):
        _span(session, ids)
        raise ZeroDivisionError


def _images(database: Database) -> list[tuple[int, str | None]]:
    with Session(database.engine) as session:
        images = session.scalars(select(models.Image).order_by(models.Image.root_id))
        return [(each, image.rows) for image in images for each in range(image.root_id, image.end_id)]


def test_works_that_are_written_in_bulk_are_gone_when_that_is_undone(database: Database) -> None:
    def in_bulk(session: Session) -> None:
        _in_bulk(session, range(1, 1500))
        journal.journal_of(session).created(models.Work, range(1, 1500))

    before = dump(database.engine)
    _do(database, "import", in_bulk)
    assert _undo(database).works == 1499
    assert dump(database.engine) == before


def test_works_of_spans_are_gone_when_that_is_undone(database: Database) -> None:
    def in_spans(session: Session) -> None:
        for ids in (range(1, 1000), range(1000, 1200), range(1300, 1400)):
            _span(session, ids)

    before = dump(database.engine)
    _do(database, "import", in_spans)
    assert _undo(database).works == 1299
    assert dump(database.engine) == before


def test_works_of_a_span_that_change_later_were_new_all_the_same(database: Database) -> None:
    def in_a_span(session: Session) -> None:
        _span(session, range(1, 4))
        _span(session, range(4, 6))
        session.get_one(models.Work, 1).title = "On Words"
        session.get_one(models.Work, 5).title = "On Letters"
        session.flush()
        journal.journal_of(session).created(models.Work, [2, 4])

    _do(database, "import", in_a_span)
    assert _images(database) == [(n, None) for n in range(1, 6)]


def test_a_span_that_was_taken_back_is_told_anew(database: Database) -> None:
    def after_a_failure(session: Session) -> None:
        _span(session, range(1, 3))
        with pytest.raises(ZeroDivisionError):
            _attempt_in_vain(session, range(3, 6))
        _in_bulk(session, range(3, 5))
        journal.journal_of(session).created(models.Work, [3, 4])

    _do(database, "import", after_a_failure)
    assert _images(database) == [(n, None) for n in range(1, 5)]


def test_a_span_is_one_row_however_many_works_are_in_it(database: Database) -> None:
    _do(database, "import", lambda session: _span(session, range(1, 1000)))
    with Session(database.engine) as session:
        image = session.scalars(select(models.Image)).one()
        assert (image.root_id, image.end_id) == (1, 1000)
        last = undoing.last_operation(session)
        assert last is not None
        assert last.works == 999


def test_an_operation_that_goes_on_knows_its_spans(database: Database) -> None:
    before = dump(database.engine)
    _do(database, "import", lambda session: _span(session, range(1, 4)))
    with Session(database.engine) as session, session.begin():
        journal.record(session, "import", "it", goes_on=1)
        session.get_one(models.Work, 2).title = "On Words"
        session.flush()
        journal.journal_of(session).created(models.Work, [1, 3])
    assert _images(database) == [(n, None) for n in range(1, 4)]
    assert _undo(database).works == 3
    assert dump(database.engine) == before


def test_a_span_may_hold_the_id_of_what_was_removed(filled: Database) -> None:
    def done(session: Session) -> None:
        row = _row(session)
        removed = row.id
        reserving.remove(session, [row])
        session.flush()
        _span(session, range(removed, removed + 2))

    before = dump(filled.engine, KEYS)
    _do(filled, "import", done)
    _undo(filled)
    assert dump(filled.engine, KEYS) == before


def test_a_span_of_nothing_is_no_operation(database: Database) -> None:
    _do(
        database, "import", lambda session: journal.journal_of(session).created_span(models.Work, range(5, 5))
    )
    with pytest.raises(ConflictError, match="nothing to undo"):
        _undo(database)


def test_the_journal_keeps_only_so_many_operations(filled: Database) -> None:
    for number in range(journal.KEPT + 3):
        changes = {"title": f"No. {number}"}
        with Session(filled.engine) as session, session.begin():
            journal.record(session, "edit", "it")
            edits.edit(session, _row(session), changes)
    with Session(filled.engine) as session:
        assert len(session.scalars(select(models.Operation)).all()) == journal.KEPT


# --- keys ------------------------------------------------------------------------------------------


def _may_have_its_key(database: Database, entry: Entry) -> bool:
    with Session(database.engine) as session:
        return reserving.is_reserved_for(session, "graveswords", [entry])


def test_a_key_is_given_back_to_the_work_that_had_it_and_to_no_other(filled: Database) -> None:
    _undo(filled)
    same = _record("On Words").entry
    assert _may_have_its_key(filled, same)
    assert _may_have_its_key(filled, same.replace(key="other"))
    assert not _may_have_its_key(filled, _record("On Letters").entry)


def test_a_work_that_comes_again_has_its_key_again(filled: Database) -> None:
    _undo(filled)
    _do(filled, "import", lambda session: records.add_work(session, "paper", [_record("On Letters")]))
    _do(filled, "import", lambda session: records.add_work(session, "paper", [_record("On Words")]))
    with Session(filled.engine) as session:
        works = {work.title: work.key for work in session.scalars(select(models.Work))}
        assert works["On Words"] == "graveswords"
        assert selection.get_row(session, "graveswords").title == "On Words"
        assert session.scalars(select(models.ReservedKey)).all() == []
