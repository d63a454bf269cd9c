from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.orm import Session

from dlbib.errors import (
    ConflictError,
    LibraryError,
    LibraryFileError,
    LibraryMissingError,
    SchemaVersionError,
)
from dlbib.store.database import Database, open_database
from dlbib.store.migrating import revisions
from dlbib.store.models import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.postgres import Server

SECRET = "S3CRET"  # noqa: S105  # nobody's


@pytest.fixture
def library(tmp_path: Path, empty_file: Path) -> Path:
    """A new library in a file."""
    return Path(shutil.copy(empty_file, tmp_path / "thesis.db"))


@pytest.fixture
def opened(library: Path) -> Iterator[Database]:
    """A new library in a file, open, that waits for nobody."""
    database = open_database(library, create=False, busy_timeout_s=0)
    yield database
    database.close()


def _add(database: Database, *keys: str, volume: str | None = None) -> None:
    with database.translated_errors(), Session(database.engine) as session:
        session.add_all(Paper(key=key, volume=volume) for key in keys)
        session.commit()


def _keys(database: Database) -> list[str]:
    with database.translated_errors(), Session(database.reader) as session:
        return list(session.scalars(select(Paper.key).order_by(Paper.key)))


def _refusal(path: Path | str, *, create: bool = False) -> str:
    with pytest.raises(LibraryError) as caught:
        open_database(path, create=create)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- creating ---------------------------------------------------------------------------------------


def test_a_library_is_made_where_there_is_none(empty_place: str) -> None:
    open_database(empty_place, create=True).close()
    database = open_database(empty_place, create=False)
    _add(database, "smith2014")
    assert _keys(database) == ["smith2014"]
    database.close()


def test_what_is_in_a_library_stays_when_it_is_opened_to_be_created(library_place: str) -> None:
    for keys in (["a"], ["a", "b"]):
        database = open_database(library_place, create=True)
        _add(database, keys[-1])
        assert _keys(database) == keys
        database.close()


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    open_database(tmp_path / "thesis.db", create=True).close()
    assert (tmp_path / "thesis.db").stat().st_mode & 0o777 == 0o600


def test_nothing_stands_beside_a_new_file(tmp_path: Path) -> None:
    open_database(tmp_path / "thesis.db", create=True).close()
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.db"]


def test_a_link_to_nothing_leads_to_the_new_library(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "thesis.db")
    open_database(tmp_path / "link.db", create=True).close()
    assert (tmp_path / "link.db").is_symlink()
    assert (tmp_path / "thesis.db").stat().st_size > 0


def test_there_is_no_library_in_a_missing_folder(tmp_path: Path) -> None:
    message = _refusal(tmp_path / "none" / "thesis.db", create=True)
    assert f"there is no folder {tmp_path / 'none'}; make it first" in message


def test_there_is_no_library_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "there is no folder" in _refusal(tmp_path / "file" / "thesis.db", create=True)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "too long" in _refusal(tmp_path / ("n" * 300), create=True)


# --- what is no library -----------------------------------------------------------------------------


def test_a_missing_file_is_not_created_by_accident(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissingError) as caught:
        open_database(tmp_path / "thesis.db", create=False)
    missing = "there is no library; run dlbib seed, which creates it"
    assert str(caught.value) == f"{tmp_path / 'thesis.db'}: {missing}"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_not_made_a_library_by_accident(postgresql: Server) -> None:
    name = postgresql.create()
    with pytest.raises(LibraryMissingError, match="there is no library; run dlbib seed"):
        open_database(postgresql.url(name), create=False)


def _folder(path: Path) -> None:
    path.mkdir()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("@article{smith2014, title = {A text}}\n" * 100)


def _zotero(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE items (id INTEGER)")


def _without_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {0x646C6962}")


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("make", "what"),
    [
        (_folder, "is a folder"),
        (_fifo, "is no file"),
        (_empty, "is an empty file"),
        (_text, "is not a dlbib library"),
        (_zotero, "is the database of another program"),
        (_without_tables, "its tables are missing"),
    ],
)
def test_what_is_no_library_is_refused_and_left_as_it_was(
    tmp_path: Path, make: Callable[[Path], None], what: str, *, create: bool
) -> None:
    path = tmp_path / "thesis.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    assert what in _refusal(path, create=create)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_another_programs_database_is_left_alone(postgresql: Server) -> None:
    name = postgresql.create()
    postgresql.execute("CREATE TABLE alembic_version (version_num text)", name)
    postgresql.execute("INSERT INTO alembic_version VALUES ('a1b2c3d4')", name)
    assert "is the database of another program" in _refusal(postgresql.url(name), create=True)


@pytest.mark.parametrize("kept", [0.5, 0.02])
def test_a_truncated_file_is_told_to_be_damaged(library: Path, kept: float) -> None:
    whole = library.read_bytes()
    library.write_bytes(whole[: int(len(whole) * kept)])
    assert "is damaged; put a backup in its place" in _refusal(library)


def test_a_damaged_page_is_told_when_it_is_met(library: Path) -> None:
    database = open_database(library, create=False)
    _add(database, *(f"key{number}" for number in range(1000)))
    database.close()
    content = bytearray(library.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 8] = b"\xff" * 8
    library.write_bytes(content)
    assert "is damaged" in _refusal(library)


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        ("DROP TABLE tags", "is damaged: its table tags is missing; put a backup in its place"),
        ("DROP TABLE works_fts", "is damaged: its table works_fts is missing"),
        ("DELETE FROM alembic_version", "is damaged: the revision of its schema is missing"),
    ],
)
@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_lacks_what_every_library_has_is_damaged(
    library: Path, spoil: str, what: str, *, create: bool
) -> None:
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute(spoil)
    before = library.read_bytes()
    assert what in _refusal(library, create=create)
    assert library.read_bytes() == before


def test_names_of_tables_that_are_no_text_are_damage(library: Path) -> None:
    content = library.read_bytes()
    assert content.count(b"CREATE TABLE tags") == 1
    library.write_bytes(content.replace(b"CREATE TABLE tags", b"CREATE TABLE \xff\xb3gs"))
    assert "is damaged" in _refusal(library)


def test_texts_that_are_none_are_damage(opened: Database, library: Path) -> None:
    _add(opened, "smith")
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE works SET key = CAST(x'ff41' AS TEXT)")
    with pytest.raises(LibraryFileError, match="is damaged; put a backup in its place"):
        _keys(opened)


# --- other schemas ------------------------------------------------------------------------------------


def _from_the_future(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0107'"))
        connection.execute(text("UPDATE meta SET value = '2.3.0'"))
    database.close()


def test_a_library_of_a_newer_dlbib_is_refused_with_both_versions(library_place: str) -> None:
    _from_the_future(open_database(library_place, create=False))
    with pytest.raises(SchemaVersionError) as caught:
        open_database(library_place, create=True)
    expected = (
        "was written by dlbib 2.3.0 (schema 0107), and this one knows schemas up to "
        f"{revisions()[-1]}; upgrade dlbib to 2.3.0"
    )
    assert expected in str(caught.value)


def test_a_library_of_a_newer_dlbib_stays_byte_for_byte(opened: Database, library: Path) -> None:
    _from_the_future(opened)
    before = hashlib.sha256(library.read_bytes()).digest()
    with pytest.raises(SchemaVersionError):
        open_database(library, create=True)
    assert hashlib.sha256(library.read_bytes()).digest() == before


OPEN_QUICKLY = """
import sys
from dlbib.store.database import open_database
open_database(sys.argv[1], create=True).close()
print("alembic" in sys.modules)
"""


def test_opening_a_library_that_is_up_to_date_loads_no_migrations(library: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_QUICKLY, library], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


# --- transactions -------------------------------------------------------------------------------------


def test_no_change_is_lost_when_writers_meet(database: Database) -> None:
    _add(database, "counted", volume="0")

    def count(_: int) -> None:
        with Session(database.engine) as session:
            paper = session.scalars(select(Paper)).one()
            paper.volume = str(int(paper.volume or 0) + 1)
            session.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(40)))
    with Session(database.reader) as session:
        assert session.scalars(select(Paper.volume)).one() == "40"


def test_a_reader_sees_no_change_that_is_not_committed_and_does_not_wait(database: Database) -> None:
    with Session(database.engine) as writer:
        writer.add(Paper(key="a"))
        writer.flush()
        assert _keys(database) == []
        writer.commit()
    assert _keys(database) == ["a"]


def test_a_reader_cannot_write(database: Database) -> None:
    def write() -> None:
        with database.translated_errors(), Session(database.reader) as session:
            session.add(Paper(key="a"))
            session.commit()

    with pytest.raises(LibraryFileError, match="opened for reading only"):
        write()


def test_after_a_reader_the_same_connection_writes_again(database: Database) -> None:
    assert _keys(database) == []
    _add(database, "a")
    assert _keys(database) == ["a"]


def test_changes_of_the_schema_are_rolled_back_too(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.execute(text("CREATE TABLE shelves (id INTEGER)"))
        connection.rollback()
        assert not connection.dialect.has_table(connection, "shelves")


def test_a_savepoint_does_not_outlive_its_transaction(database: Database) -> None:
    with Session(database.engine) as session:
        with session.begin_nested():
            session.add(Paper(key="a"))
        session.rollback()
    assert _keys(database) == []


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("synchronous", 2),
        ("query_only", 1),
    ],
)
def test_a_reader_of_a_file_is_careful(opened: Database, pragma: str, value: int) -> None:
    with opened.reader.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_library_is_one_file_while_nobody_writes(opened: Database, library: Path) -> None:
    _add(opened, "a")
    assert [each.name for each in library.parent.iterdir()] == [library.name]


# --- locked, full, write-protected ----------------------------------------------------------------------


def test_a_writer_that_has_to_wait_too_long_is_told_why(library_place: str) -> None:
    first = open_database(library_place, create=False)
    second = open_database(library_place, create=False, busy_timeout_s=0.01)
    with (
        first.engine.begin(),
        pytest.raises(LibraryFileError, match="is locked: another program reads or writes it"),
    ):
        _add(second, "a")
    _add(second, "a")
    assert _keys(first) == ["a"]
    first.close()
    second.close()


def test_a_library_that_somebody_else_rewrites_is_locked(library: Path) -> None:
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryFileError, match="is locked"):
            open_database(library, create=False, busy_timeout_s=0)


def _fill(database: Database, session: Session) -> None:
    pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    session.add(Paper(key="big", abstract="word " * 100_000))
    with database.translated_errors():
        session.flush()


def test_when_the_disk_is_full_everything_is_undone(opened: Database) -> None:
    with Session(opened.engine) as session:
        session.add(Paper(key="before"))
        session.flush()
        with pytest.raises(LibraryFileError, match="the disk is full; nothing was changed"):
            _fill(opened, session)
    assert _keys(opened) == []


def test_after_sqlite_rolled_back_by_itself_nothing_more_is_written(opened: Database) -> None:
    with opened.engine.connect() as connection:
        connection.execute(text("INSERT INTO tags (name, folded) VALUES ('before', 'before')"))
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DBAPIError, match="full"):
            connection.execute(text("INSERT INTO tags (folded, name) SELECT 'x', hex(zeroblob(9000000))"))
        with pytest.raises(PendingRollbackError):
            connection.execute(text("INSERT INTO tags (name, folded) VALUES ('after', 'after')"))
    with opened.reader.connect() as connection:
        assert connection.execute(text("SELECT name FROM tags")).all() == []


BREAK_OFF = """
import os, sys
from sqlalchemy.orm import Session
from dlbib.store.database import open_database
from dlbib.store.models import Paper

session = Session(open_database(sys.argv[1], create=False).engine)
session.connection().exec_driver_sql("PRAGMA cache_size = 10")
session.add_all(Paper(key=f"key{number}", abstract="word " * 1000) for number in range(200))
session.flush()
os._exit(1)
"""


def test_what_a_killed_process_had_begun_is_undone(library: Path) -> None:
    subprocess.run([sys.executable, "-c", BREAK_OFF, library], check=False)
    assert library.with_name("thesis.db-journal").exists()
    database = open_database(library, create=False)
    assert _keys(database) == []
    database.close()


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user can reach; pytest's own is closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def _anybody() -> Iterator[None]:
    """Be somebody whom the modes of files bind, which they don't root."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.parametrize("mode", [0o444, 0o666], ids=["its mode", "its folder's mode"])
def test_a_write_protected_file_is_read_but_not_written(
    public_folder: Path, empty_file: Path, mode: int
) -> None:
    path = Path(shutil.copy(empty_file, public_folder / "thesis.db"))
    database = open_database(path, create=False)
    _add(database, "a")
    database.close()
    path.chmod(mode)
    public_folder.chmod(0o555)
    with _anybody():
        database = open_database(path, create=True)
        with Session(database.engine) as session:
            assert session.scalars(select(Paper.key)).all() == ["a"]
        with pytest.raises(LibraryFileError, match="can't be changed: it is write-protected"):
            _add(database, "b")
        assert _keys(database) == ["a"]
        database.close()


def test_a_library_cannot_be_made_where_nothing_may_be_written(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    with _anybody():
        assert "can't be created: Permission denied" in _refusal(public_folder / "thesis.db", create=True)


def test_a_file_that_may_not_be_read_is_refused(public_folder: Path, empty_file: Path) -> None:
    path = Path(shutil.copy(empty_file, public_folder / "thesis.db"))
    path.chmod(0)
    with _anybody():
        assert "can't be read: Permission denied" in _refusal(path)


# --- errors -------------------------------------------------------------------------------------------


def test_a_key_given_twice_is_a_conflict(database: Database) -> None:
    _add(database, "a")
    with pytest.raises(ConflictError, match="works"):
        _add(database, "a")


def test_an_error_does_not_tell_what_was_to_be_stored(database: Database) -> None:
    _add(database, "a")
    with pytest.raises(ConflictError) as caught:
        _add(database, "a", volume=SECRET)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_value_that_postgresql_cannot_hold_is_told(postgresql: Server, postgresql_library: str) -> None:
    database = open_database(postgresql.url(postgresql.create(postgresql_library)), create=False)
    with pytest.raises(LibraryError, match="cannot contain NUL") as caught:
        _add(database, "a", volume="1\0")
    assert "reached" not in str(caught.value)
    database.close()


def test_what_is_no_fault_of_the_database_passes_through(opened: Database) -> None:
    with pytest.raises(ZeroDivisionError), opened.translated_errors():
        _ = 1 / 0


# --- PostgreSQL -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{SECRET}@127.0.0.1:1/thesis",
        f"postgresql://127.0.0.1:1/thesis?user=me&password={SECRET}",
        f"postgresql://me@127.0.0.1:1/thesis?sslpassword={SECRET}",
        f"postgresql://me@127.0.0.1:1/thesis?options={SECRET}",
    ],
)
def test_a_server_out_of_reach_is_told_without_the_password(url: str) -> None:
    with pytest.raises(LibraryError) as caught:
        open_database(url, create=True)
    assert "can't be reached" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_an_unknown_parameter_of_a_url_is_named() -> None:
    message = _refusal(f"postgresql://me:{SECRET}@127.0.0.1:1/thesis?colour=red")
    assert message == (
        'postgresql://me:***@127.0.0.1:1/thesis?colour=red: invalid connection option "colour"'
    )


def test_a_database_that_does_not_exist_is_named(postgresql: Server) -> None:
    assert '"nowhere" does not exist' in _refusal(postgresql.url("nowhere"), create=True)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_letter_is_refused(postgresql: Server, encoding: str) -> None:
    name = postgresql.create(options=f"ENCODING '{encoding}' LOCALE 'C'")
    message = _refusal(postgresql.url(name), create=True)
    assert f"encoding is {encoding}" in message
    assert "createdb --encoding UTF8" in message


def test_a_role_that_may_not_create_tables_is_told_so(postgresql: Server) -> None:
    name = postgresql.create()
    postgresql.execute("CREATE ROLE guest LOGIN", name)
    assert "permission denied for schema public" in _refusal(postgresql.url(name, "guest"), create=True)


def test_a_search_path_that_leads_nowhere_is_told(postgresql: Server) -> None:
    name = postgresql.create()
    postgresql.execute(f"ALTER DATABASE {name} SET search_path = nowhere")
    assert "no schema of the search_path exists" in _refusal(postgresql.url(name), create=True)


def test_a_role_that_may_only_read_is_told_so(postgresql: Server, postgresql_library: str) -> None:
    name = postgresql.create(postgresql_library)
    postgresql.execute(
        "CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", name
    )
    database = open_database(postgresql.url(name, "reader"), create=False)
    with pytest.raises(LibraryError, match="permission denied for table works"):
        _add(database, "a")
    database.close()


def test_a_statement_that_takes_too_long_is_told(postgresql: Server, postgresql_library: str) -> None:
    database = open_database(postgresql.url(postgresql.create(postgresql_library)), create=False)

    def dawdle() -> None:
        with database.translated_errors(), database.engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 1"))
            connection.execute(select(func.pg_sleep(10)))

    with pytest.raises(LibraryError, match="statement_timeout"):
        dawdle()
    database.close()


def test_a_connection_that_was_cut_is_made_again(postgresql: Server, postgresql_library: str) -> None:
    name = postgresql.create(postgresql_library)
    database = open_database(postgresql.url(name), create=False)
    _add(database, "a")
    postgresql.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608  # a name of ours
    assert _keys(database) == ["a"]
    database.close()


def test_a_reader_sees_one_state_from_beginning_to_end(postgresql: Server, postgresql_library: str) -> None:
    database = open_database(postgresql.url(postgresql.create(postgresql_library)), create=False)
    _add(database, "a", volume="1")
    with Session(database.reader) as reader:
        assert reader.scalar(select(Paper.volume)) == "1"
        with Session(database.engine) as writer:
            writer.execute(update(Paper).values(volume="2"))
            writer.commit()
        assert reader.scalar(select(Paper.volume)) == "1"
    database.close()


WITHOUT_DRIVER = """
import sys
sys.modules["psycopg"] = None
from dlbib.errors import LibraryError
from dlbib.store.database import open_database
try:
    open_database("postgresql://me:S3CRET@127.0.0.1:1/thesis", create=True)
except LibraryError as error:
    print(error)
"""


def test_a_missing_driver_is_told_with_the_command_that_installs_it() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_DRIVER], capture_output=True, text=True, check=True)
    assert "pip install 'dlbib[postgres]'" in done.stdout
    assert SECRET not in done.stdout
