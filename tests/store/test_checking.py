from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dlbib.errors import LibraryError, LibraryFileError, OutputError
from dlbib.store.checking import back_up, find_damage, mend_indexes
from dlbib.store.database import Database, open_database
from dlbib.store.models import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server


@pytest.fixture
def library(tmp_path: Path, empty_file: Path) -> Path:
    """A library with one paper, in a file."""
    path = Path(shutil.copy(empty_file, tmp_path / "thesis.db"))
    database = open_database(path, create=False)
    with Session(database.engine) as session:
        session.add(Paper(key="smith2014", title_folded="atari", search_text="atari"))
        session.commit()
    database.close()
    return path


@pytest.fixture
def opened(library: Path) -> Iterator[Database]:
    database = open_database(library, create=False)
    yield database
    database.close()


def _meddle(path: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_sound_library_has_no_damage(database: Database) -> None:
    assert find_damage(database) == ()


def test_a_row_that_refers_to_nothing_is_found(opened: Database, library: Path) -> None:
    _meddle(library, "INSERT INTO keys (fingerprint, key, work_id, position) VALUES ('a', 'a', 99, 0)")
    assert find_damage(opened) == ("keys: row 1 refers to a row of works that is not there",)


def test_a_full_text_index_that_does_not_agree_is_found_and_mended(opened: Database, library: Path) -> None:
    _meddle(library, "INSERT INTO works_fts (works_fts) VALUES ('delete-all')")
    assert ["full-text index" in each for each in find_damage(opened)] == [True]
    mend_indexes(opened)
    assert find_damage(opened) == ()


def test_an_index_that_does_not_agree_is_found_and_mended(opened: Database, library: Path) -> None:
    _empty_an_index(library)
    assert any("missing from index" in each for each in find_damage(opened))
    mend_indexes(opened)
    assert find_damage(opened) == ()


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


def test_a_backup_holds_what_the_library_holds(opened: Database, tmp_path: Path) -> None:
    back_up(opened, tmp_path / "copy.db")
    copy = open_database(tmp_path / "copy.db", create=False)
    with Session(copy.reader) as session:
        assert session.scalars(select(Paper.key)).all() == ["smith2014"]
    copy.close()


def test_a_backup_is_made_while_somebody_writes(opened: Database, tmp_path: Path) -> None:
    with Session(opened.engine) as session:
        session.add(Paper(key="uncommitted"))
        session.flush()
        back_up(opened, tmp_path / "copy.db")
    copy = open_database(tmp_path / "copy.db", create=False)
    with Session(copy.reader) as session:
        assert session.scalars(select(Paper.key)).all() == ["smith2014"]
    copy.close()


@pytest.mark.parametrize("name", ["thesis.db", "other.txt", "none/copy.db"])
def test_a_backup_replaces_nothing(opened: Database, tmp_path: Path, name: str) -> None:
    (tmp_path / "other.txt").write_text("precious")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(OutputError, match="can't be copied there"):
        back_up(opened, tmp_path / name)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_of_a_damaged_library_no_backup_is_kept(opened: Database, library: Path, tmp_path: Path) -> None:
    content = bytearray(library.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 8] = b"\xff" * 8
    library.write_bytes(content)
    with pytest.raises(LibraryFileError, match="is damaged"):
        back_up(opened, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_postgresql_is_told_to_copy_itself(
    postgresql: Server, postgresql_library: str, tmp_path: Path
) -> None:
    database = open_database(postgresql.url(postgresql.create(postgresql_library)), create=False)
    with pytest.raises(LibraryError, match="pg_dump"):
        back_up(database, tmp_path / "copy.db")
    database.close()
