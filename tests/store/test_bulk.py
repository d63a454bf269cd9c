from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from dlbib.store import models
from dlbib.store.bulk import Bulk, chunks

if TYPE_CHECKING:
    from dlbib.store.database import Database

FILES = cast("Table", models.ImportedFile.__table__)
ASIDE = cast("Table", models.SetAside.__table__)
COLUMNS = ("source", "layout", "path", "format", "encoding", "digest", "imported_at", "id")
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def _file(number: int) -> tuple[Any, ...]:
    return (f"file {number}", "[]", "a.bib", "bibtex", "utf-8", "0", NOW, number)


def test_rows_come_back_as_they_were_whatever_the_order_of_their_columns(database: Database) -> None:
    with database.engine.begin() as connection:
        bulk = Bulk(connection)
        bulk.insert(FILES, COLUMNS, [_file(1), _file(2)])
        bulk.insert(
            ASIDE,
            ("problems", "position", "file_id", "raw"),
            [([], 0, 1, "@a"), ([{"line": 1}], 1, 1, "@b"), ([], 2, 1, "@c")],
        )
    with Session(database.reader) as session:
        first, second = session.scalars(select(models.ImportedFile).order_by(models.ImportedFile.id))
        assert (first.source, first.imported_at, second.id) == ("file 1", NOW, 2)
        assert [each.problems for each in first.set_aside] == [[], [{"line": 1}], []]


def test_rows_are_changed_by_their_ids(database: Database) -> None:
    with database.engine.begin() as connection:
        bulk = Bulk(connection)
        bulk.insert(FILES, COLUMNS, [_file(1), _file(2)])
        bulk.update(FILES, ("layout", "source", "id"), [('["a"]', "file b", 2)])
        found = connection.execute(select(FILES.c.id, FILES.c.source, FILES.c.layout).order_by(FILES.c.id))
        assert [tuple(row) for row in found] == [(1, "file 1", "[]"), (2, "file b", '["a"]')]


def test_rows_are_removed_by_the_values_of_a_column(database: Database) -> None:
    with database.engine.begin() as connection:
        bulk = Bulk(connection)
        bulk.insert(FILES, COLUMNS, [_file(1), _file(2), _file(3)])
        bulk.delete(FILES.c.source, ["file 1", "file 3", "file 9"])
        assert connection.scalars(select(FILES.c.id)).all() == [2]


def test_ids_are_nobodys(database: Database) -> None:
    with database.engine.begin() as connection:
        bulk = Bulk(connection)
        given = bulk.ids(FILES, 2)
        bulk.insert(FILES, COLUMNS, [_file(number) for number in given])
        more = bulk.ids(FILES, 3)
        assert (len(given), len(more), len({*given, *more}), list(bulk.ids(FILES, 0))) == (2, 3, 5, [])


def test_a_column_that_nobody_gives_a_value_is_a_mistake(database: Database) -> None:
    with database.engine.begin() as connection, pytest.raises(ValueError, match="imported_at"):
        Bulk(connection).insert(FILES, COLUMNS[:-2], [_file(1)[:-2]])


def test_many_values_are_asked_for_in_parts() -> None:
    assert [list(chunks(range(5), 2)), list(chunks([]))] == [[[0, 1], [2, 3], [4]], []]
