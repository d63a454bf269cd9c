from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dlbib.errors import LibraryDamagedError, LibraryError, OutputError
from dlbib.store import sqlite
from dlbib.store.copying import back_up, keep_beside
from dlbib.store.database import Database, open_database
from dlbib.store.models import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import Server


def test_a_backup_holds_what_the_library_holds(opened_thesis: Database, tmp_path: Path) -> None:
    back_up(opened_thesis, tmp_path / "copy.db")
    copy = open_database(tmp_path / "copy.db", create=False)
    with Session(copy.reader) as session:
        assert session.scalars(select(Paper.key)).all() == ["smith2014"]
    copy.close()


def test_a_backup_is_made_while_somebody_writes(opened_thesis: Database, tmp_path: Path) -> None:
    with Session(opened_thesis.engine) as session:
        session.add(Paper(key="uncommitted"))
        session.flush()
        back_up(opened_thesis, tmp_path / "copy.db")
    copy = open_database(tmp_path / "copy.db", create=False)
    with Session(copy.reader) as session:
        assert session.scalars(select(Paper.key)).all() == ["smith2014"]
    copy.close()


@pytest.mark.parametrize("name", ["thesis.db", "other.txt", "none/copy.db"])
def test_a_backup_replaces_nothing(opened_thesis: Database, tmp_path: Path, name: str) -> None:
    (tmp_path / "other.txt").write_text("precious")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(OutputError, match="can't be copied there"):
        back_up(opened_thesis, tmp_path / name)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_of_a_damaged_library_no_backup_is_kept(
    opened_thesis: Database, thesis: Path, tmp_path: Path
) -> None:
    content = bytearray(thesis.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 8] = b"\xff" * 8
    thesis.write_bytes(content)
    with pytest.raises(LibraryDamagedError, match="is damaged"):
        back_up(opened_thesis, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_postgresql_is_told_to_copy_itself(
    postgresql: Server, postgresql_library: str, tmp_path: Path
) -> None:
    database = open_database(postgresql.url(postgresql.create(postgresql_library)), create=False)
    with pytest.raises(LibraryError, match="pg_dump"):
        back_up(database, tmp_path / "copy.db")
    database.close()


def test_copies_beside_a_library_have_names_of_their_own(thesis: Path) -> None:
    names = [keep_beside(thesis, "mending").name for _ in range(3)]
    assert names == [f"thesis.db.pre-mending{number}.bak" for number in ("", ".1", ".2")]


def test_a_library_that_somebody_writes_without_end_is_no_longer_waited_for(
    thesis: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.1)
    with closing(sqlite3.connect(thesis, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="is locked"):
            sqlite.copy(thesis, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
