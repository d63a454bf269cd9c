from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dlbib.errors import LibraryError, LibraryFileError, LibraryMissingError, SchemaVersionError
from dlbib.store import sqlite
from dlbib.store.copying import back_up
from dlbib.store.database import open_database
from dlbib.store.models import Paper
from dlbib.store.restoring import restore

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.postgres import Server


def _add(path: Path, key: str) -> None:
    with closing(open_database(path, create=False)) as database, Session(database.engine) as session:
        session.add(Paper(key=key, title_folded=key, search_text=key))
        session.commit()


def _keys(path: Path) -> list[str]:
    with closing(open_database(path, create=False)) as database, Session(database.reader) as session:
        return list(session.scalars(select(Paper.key).order_by(Paper.id)))


@pytest.fixture
def backup(thesis: Path, tmp_path: Path) -> Path:
    """The backup of a library that got another paper afterwards."""
    path = tmp_path / "backup.db"
    with closing(open_database(thesis, create=False)) as database:
        back_up(database, path)
    _add(thesis, "later")
    return path


def _everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_library_holds_what_its_backup_does_and_what_it_held_is_kept(thesis: Path, backup: Path) -> None:
    thesis.chmod(0o640)
    kept = restore(backup, thesis)
    assert kept == thesis.with_name("thesis.db.pre-restore.bak")
    assert _keys(thesis) == _keys(backup) == ["smith2014"]
    assert _keys(kept) == ["smith2014", "later"]
    assert [path.stat().st_mode & 0o777 for path in (thesis, kept)] == [0o640, 0o600]


def test_where_there_is_no_library_one_is_made(backup: Path, tmp_path: Path) -> None:
    assert restore(backup, tmp_path / "new.db") is None
    assert _keys(tmp_path / "new.db") == ["smith2014"]
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600


def test_whoever_has_the_library_open_finds_the_other_content(thesis: Path, backup: Path) -> None:
    with closing(open_database(thesis, create=False)) as database:
        with Session(database.reader) as session:
            assert session.scalars(select(Paper.key)).all() == ["smith2014", "later"]
        restore(backup, thesis)
        with Session(database.reader) as session:
            assert session.scalars(select(Paper.key)).all() == ["smith2014"]


def _truncate(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _dangle(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO keys (fingerprint, key, work_id, position) VALUES ('a', 'a', 99, 0)")
        connection.commit()


def _age(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (_truncate, LibraryFileError),
        (_dangle, LibraryFileError),
        (_age, SchemaVersionError),
        (Path.unlink, LibraryMissingError),
        (lambda path: path.write_text("a text"), LibraryFileError),
        (lambda path: path.write_bytes(b""), LibraryFileError),
    ],
    ids=["truncated", "dangling", "newer", "missing", "no library", "empty"],
)
def test_e043_a_backup_that_is_none_is_refused_before_anything_is_touched(
    thesis: Path, backup: Path, damage: Callable[[Path], object], error: type[Exception]
) -> None:
    damage(backup)
    before = _everything(thesis.parent)
    with pytest.raises(error, match=r"backup\.db"):
        restore(backup, thesis)
    assert _everything(thesis.parent) == before


def test_a_library_is_no_backup_of_itself(thesis: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(thesis)
    with pytest.raises(LibraryFileError, match="is the library itself"):
        restore(tmp_path / "link.db", thesis)


@pytest.mark.parametrize("damage", [_truncate, lambda path: path.write_bytes(path.read_bytes()[:100])])
def test_e005_a_damaged_library_gets_another_name(
    thesis: Path, backup: Path, damage: Callable[[Path], object]
) -> None:
    damage(thesis)
    damaged = thesis.read_bytes()
    thesis.with_name("thesis.db-journal").write_bytes(b"of its last writer")
    kept = restore(backup, thesis)
    assert kept is not None
    assert (_keys(thesis), kept.read_bytes()) == (["smith2014"], damaged)
    assert not thesis.with_name("thesis.db-journal").exists()


@pytest.mark.parametrize("content", [b"", b"a text", b"SQLite format 3\0" + bytes(84)])
def test_what_is_no_library_is_not_replaced(backup: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.db").write_bytes(content)
    before = _everything(tmp_path)
    with pytest.raises(LibraryError, match=r"other\.db"):
        restore(backup, tmp_path / "other.db")
    assert _everything(tmp_path) == before


def test_of_another_programs_database_nothing_is_touched(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "zotero.sqlite")) as connection:
        connection.execute("CREATE TABLE items (id)")
    before = _everything(tmp_path)
    with pytest.raises(LibraryFileError, match="of another program"):
        restore(backup, tmp_path / "zotero.sqlite")
    assert _everything(tmp_path) == before


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_library_in_use_is_left_as_it_is(
    thesis: Path, backup: Path, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.1)
    before = _everything(thesis.parent)
    with closing(sqlite3.connect(thesis, isolation_level=None)) as writer:
        writer.execute(f"BEGIN {lock}")
        with pytest.raises(LibraryFileError, match="is locked"):
            restore(backup, thesis)
    assert _everything(thesis.parent) == before


def test_a_library_that_is_read_is_left_as_it_is(
    thesis: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.1)
    before = _everything(thesis.parent)
    with closing(sqlite3.connect(thesis, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM works").fetchone()
        with pytest.raises(LibraryFileError, match="is locked: another program reads or writes it"):
            restore(backup, thesis)
    assert _everything(thesis.parent) == before


@pytest.mark.parametrize(
    "failing",
    [["replace"], ["hardlink_to", "replace"], ["hardlink_to", "rename"]],
    ids=["at the end", "without links, at the end", "without links"],
)
def test_a_damaged_library_that_cannot_be_replaced_stays(
    thesis: Path, backup: Path, failing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _truncate(thesis)
    before = _everything(thesis.parent)

    def fail(*_: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    for call in failing:
        monkeypatch.setattr(Path, call, fail)
    with pytest.raises(LibraryFileError, match=r"thesis\.db: can't be replaced: .*; nothing was changed"):
        restore(backup, thesis)
    assert _everything(thesis.parent) == before


def test_what_somebody_else_puts_there_meanwhile_stays(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite = sqlite.overwrite

    def meanwhile(target: Path, source: Path) -> None:
        overwrite(target, source)
        (tmp_path / "new.db").write_text("another's")

    monkeypatch.setattr(sqlite, "overwrite", meanwhile)
    with pytest.raises(LibraryFileError, match=r"new\.db: somebody else made it meanwhile"):
        restore(backup, tmp_path / "new.db")
    assert (tmp_path / "new.db").read_text() == "another's"


def test_postgresql_is_told_to_restore_itself(postgresql: Server, backup: Path) -> None:
    url = postgresql.url(postgresql.create())
    with pytest.raises(LibraryError, match="psql"):
        restore(backup, url)
