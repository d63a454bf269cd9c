from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import LibraryError
from dlbib.store.checking import find_broken, find_damage, mend_indexes
from dlbib.store.database import Database, open_database

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import Server


def _meddle(path: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_sound_library_has_no_damage(opened_thesis: Database) -> None:
    assert find_damage(opened_thesis) == ()


def test_postgresql_looks_after_itself(postgresql: Server, postgresql_library: str) -> None:
    with contextlib.closing(
        open_database(postgresql.url(postgresql.create(postgresql_library)), create=False)
    ) as database:
        for look in (find_damage, mend_indexes):
            with pytest.raises(LibraryError, match="pg_amcheck"):
                look(database)


def test_a_row_that_refers_to_nothing_is_found(opened_thesis: Database, thesis: Path) -> None:
    _meddle(thesis, "INSERT INTO keys (fingerprint, key, work_id, position) VALUES ('a', 'a', 99, 0)")
    assert find_damage(opened_thesis) == ("keys: row 1 refers to a row of works that is not there",)


def test_a_full_text_index_that_does_not_agree_is_found_and_mended(
    opened_thesis: Database, thesis: Path
) -> None:
    _meddle(thesis, "INSERT INTO works_fts (works_fts) VALUES ('delete-all')")
    assert ["full-text index" in each for each in find_damage(opened_thesis)] == [True]
    mend_indexes(opened_thesis)
    assert find_damage(opened_thesis) == ()


def test_an_index_that_does_not_agree_is_found_and_mended(opened_thesis: Database, thesis: Path) -> None:
    _empty_an_index(thesis)
    assert any("missing from index" in each for each in find_damage(opened_thesis))
    mend_indexes(opened_thesis)
    assert find_damage(opened_thesis) == ()


def _empty_an_index(path: Path) -> None:
    """Make the first page of an index an empty one, behind SQLite's back."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_works_kind'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    start = (page - 1) * size
    content[start : start + 8] = bytes([10, 0, 0, 0, 0, *size.to_bytes(2), 0])
    path.write_bytes(content)


def test_the_tables_alone_can_be_looked_at(opened_thesis: Database, thesis: Path) -> None:
    _meddle(thesis, "INSERT INTO works_fts (works_fts) VALUES ('delete-all')")
    assert find_broken(opened_thesis) == ()
    _meddle(thesis, "INSERT INTO keys (fingerprint, key, work_id, position) VALUES ('a', 'a', 99, 0)")
    assert find_broken(opened_thesis) == ("keys: row 1 refers to a row of works that is not there",)
