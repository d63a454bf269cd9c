from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from pytest_alembic.tests import (
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy.orm import Session

from dlbib.store import postgresql, sqlite
from dlbib.store.database import Database, open_database
from dlbib.store.indexing import indexed_together
from dlbib.store.migrating import migrate, one_transaction, revisions
from dlbib.store.models import Base, Contribution, Image, ImportedFile, Job, Key, Operation, Paper
from dlbib.store.places import parse_place
from tests import warm
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [  # pytest-alembic's own tests, run on both databases by the fixtures below
    "test_model_definitions_match_ddl",
    "test_single_head_revision",
    "test_up_down_consistency",
    "test_upgrade",
]

INI = ROOT / "alembic.ini"


@pytest.fixture
def alembic_config() -> Config:
    return Config(INI)


@pytest.fixture
def alembic_engine(empty_place: str) -> Iterator[sa.Engine]:
    engine = _engine(empty_place)
    yield engine
    engine.dispose()


def _engine(given: str) -> sa.Engine:
    place = parse_place(given)
    if place.path is None:
        return postgresql.make_engine(place, busy_timeout_s=5)
    place.path.touch()
    return sqlite.make_engine(place.path, busy_timeout_s=5)


# --- the tables -----------------------------------------------------------------------------------


def _described(engine: sa.Engine) -> dict[str, Any]:
    """Everything an inspector tells of the tables, but for the full-text index."""
    inspector = sa.inspect(engine)
    names = [n for n in inspector.get_table_names() if not n.startswith(("works_fts", "alembic"))]
    described: dict[str, Any] = {}
    for name in names:
        columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)}
        columns.pop("search_vector", None)
        checks = {c["name"]: c["sqltext"] for c in inspector.get_check_constraints(name)}
        foreign = {f["name"]: (f["referred_table"], f["options"]) for f in inspector.get_foreign_keys(name)}
        unique = {u["name"]: u["column_names"] for u in inspector.get_unique_constraints(name)}
        indexes = {
            i["name"]: (i["column_names"], i["unique"], {k: str(v) for k, v in i["dialect_options"].items()})
            for i in inspector.get_indexes(name)
            if i["name"] != "ix_works_search_vector"
        }
        described[name] = (columns, inspector.get_pk_constraint(name), checks, foreign, unique, indexes)
    return described


def test_the_migrations_make_the_tables_that_the_classes_describe(
    empty_place: str, library_place: str
) -> None:
    made, described = _engine(library_place), _engine(empty_place)
    Base.metadata.create_all(described)
    assert _described(made) == _described(described)
    made.dispose()
    described.dispose()


def test_every_constraint_and_index_has_a_name_that_postgresql_keeps_whole() -> None:
    tables = Base.metadata.tables.values()
    constraints = [str(each.name) for table in tables for each in table.constraints]
    indexes = [str(each.name) for table in tables for each in table.indexes]
    assert [name for name in (*constraints, *indexes) if name == "None" or len(name) > 63] == []


def test_the_files_of_migrations_begin_with_their_revisions() -> None:
    walked = ScriptDirectory.from_config(Config(INI)).walk_revisions()
    assert revisions() == tuple(sorted(script.revision for script in walked))


# --- full text ------------------------------------------------------------------------------------


def _found(database: Database, word: str) -> list[int]:
    statement = {
        "sqlite": "SELECT rowid FROM works_fts WHERE works_fts MATCH :word ORDER BY rowid",
        "postgresql": "SELECT id FROM works WHERE search_vector @@ websearch_to_tsquery('simple', :word)",
    }[database.engine.dialect.name]
    with database.reader.connect() as connection:
        return list(connection.scalars(sa.text(statement), {"word": word}))


def _add_paper(database: Database, key: str = "smith2014", **columns: Any) -> int:  # noqa: ANN401  # any column
    with Session(database.engine) as session:
        paper = Paper(key=key, **columns)
        session.add(paper)
        session.commit()
        return paper.id


def test_a_new_work_is_found_by_a_word_of_its_title_and_of_its_text(database: Database) -> None:
    added = _add_paper(database, title_folded="playing atari", search_text="playing atari mnih")
    assert _found(database, "atari") == _found(database, "mnih") == [added]


def test_a_changed_work_is_found_by_its_new_words_alone(database: Database) -> None:
    added = _add_paper(database, title_folded="playing atari", search_text="playing atari")
    with Session(database.engine) as session:
        session.get_one(Paper, added).search_text = "playing chess"
        session.get_one(Paper, added).title_folded = "playing chess"
        session.commit()
    assert (_found(database, "atari"), _found(database, "chess")) == ([], [added])


def test_a_removed_work_is_not_found(database: Database) -> None:
    added = _add_paper(database, title_folded="playing atari", search_text="playing atari")
    with Session(database.engine) as session:
        session.delete(session.get_one(Paper, added))
        session.commit()
    assert _found(database, "atari") == []


def test_a_text_longer_than_a_tsvector_may_be_is_kept_and_found(database: Database) -> None:
    letters = (chr(0x20000 + n) for n in range(40_000))
    text = "atari " + " ".join(f"{letter}{n}" for n, letter in enumerate(letters)) * 5
    added = _add_paper(database, title_folded=text, search_text=text)
    assert _found(database, "atari") == [added]


def test_the_index_of_a_file_agrees_with_its_works(sqlite_database: Database) -> None:
    _add_paper(sqlite_database, title_folded="playing atari", search_text="playing atari")
    _check_index(sqlite_database)


def _check_index(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO works_fts (works_fts, rank) VALUES ('integrity-check', 1)")


def _found_after(database: Database, *steps: str) -> list[int]:
    """What of ``atari`` is found, where three works came at once and ``steps`` happened among them."""
    _add_paper(database, "before", search_text="atari")
    with database.engine.begin() as connection, indexed_together(connection):
        session = Session(connection)
        session.add_all(Paper(key=f"new{number}", search_text="atari") for number in range(3))
        session.flush()
        for step in steps:
            session.execute(sa.text(step))
    return _found(database, "atari")


def test_works_that_come_together_are_found_afterwards(database: Database) -> None:
    assert _found_after(database) == [1, 2, 3, 4]


@pytest.mark.parametrize("key", ["before", "new1"])
def test_what_changes_while_works_come_together_is_found_as_it_is(database: Database, key: str) -> None:
    changed = {"before": 1, "new1": 3}[key]
    found = _found_after(database, f"UPDATE works SET search_text = 'chess' WHERE key = '{key}'")  # noqa: S608  # a key of ours
    assert found == [each for each in (1, 2, 3, 4) if each != changed]
    assert _found(database, "chess") == [changed]


@pytest.mark.parametrize("key", ["before", "new1", "new2"])
def test_what_is_removed_while_works_come_together_is_not_found(database: Database, key: str) -> None:
    removed = {"before": 1, "new1": 3, "new2": 4}[key]
    found = _found_after(database, f"DELETE FROM works WHERE key = '{key}'")  # noqa: S608  # a key of ours
    assert found == [each for each in (1, 2, 3, 4) if each != removed]


def test_after_works_that_came_together_the_index_is_sound(sqlite_database: Database) -> None:
    _found_after(sqlite_database, "UPDATE works SET search_text = 'chess'", "DELETE FROM works WHERE id = 2")
    _add_paper(sqlite_database, "after", search_text="atari")
    _check_index(sqlite_database)
    assert _found(sqlite_database, "atari") == [5]


def test_works_that_came_before_a_failure_are_found_if_they_stay(sqlite_database: Database) -> None:
    def fail(connection: sa.Connection) -> None:
        with indexed_together(connection):
            with Session(connection, join_transaction_mode="create_savepoint") as session:
                session.add(Paper(key="a", search_text="atari"))
                session.commit()
            raise ZeroDivisionError

    with sqlite_database.engine.begin() as connection, contextlib.suppress(ZeroDivisionError):
        fail(connection)
    _add_paper(sqlite_database, "b", search_text="atari")
    assert _found(sqlite_database, "atari") == [1, 2]


# --- back again -----------------------------------------------------------------------------------


def _alembic(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return warm.run(
        ["-c", str(INI), *arguments], ROOT, {"PATH": "/usr/bin:/bin", **variables}, module="alembic"
    )


def test_alembic_makes_a_library_where_it_is_told_to(empty_place: str) -> None:
    done = _alembic("-x", f"library={empty_place}", "upgrade", "head")
    assert done.returncode == 0, done.stderr
    open_database(empty_place, create=False).close()


def test_alembic_takes_the_library_from_the_environment(tmp_path: Path) -> None:
    place = tmp_path / "thesis.db"
    done = _alembic("upgrade", "head", DLBIB_LIBRARY=str(place))
    assert done.returncode == 0, done.stderr
    assert place.exists()


def test_alembic_leaves_the_file_of_another_program_alone(tmp_path: Path) -> None:
    place = tmp_path / "zotero.sqlite"
    with contextlib.closing(sqlite3.connect(place)) as connection:
        connection.execute("CREATE TABLE items (id INTEGER)")
    before = place.read_bytes()
    done = _alembic("-x", f"library={place}", "upgrade", "head")
    assert "another program" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert place.read_bytes() == before


def test_alembic_writes_no_sql_that_it_could_not_check() -> None:
    done = _alembic("upgrade", "head", "--sql")
    assert (done.returncode, "Traceback" in done.stderr) == (255, False)


def test_an_emptied_schema_is_filled_again_on_opening(library_place: str) -> None:
    assert _alembic("-x", f"library={library_place}", "downgrade", "base").returncode == 0
    database = open_database(library_place, create=False)
    assert _add_paper(database) == 1
    database.close()


def test_a_library_that_holds_works_is_not_emptied(library_place: str) -> None:
    database = open_database(library_place, create=False)
    _add_paper(database)
    database.close()
    done = _alembic("-x", f"library={library_place}", "downgrade", "base")
    assert "works holds rows" in done.stderr
    open_database(library_place, create=False).close()


def test_a_library_that_tells_of_imported_files_is_not_emptied(library_place: str) -> None:
    database = open_database(library_place, create=False)
    with Session(database.engine) as session:
        session.add(
            ImportedFile(
                source="file a", path="a", format="bibtex", encoding="utf-8", digest="0", layout="[]"
            )
        )
        session.commit()
    database.close()
    assert (
        "imported_files holds rows" in _alembic("-x", f"library={library_place}", "downgrade", "0001").stderr
    )
    open_database(library_place, create=False).close()


def test_a_library_that_has_jobs_is_not_emptied(library_place: str) -> None:
    database = open_database(library_place, create=False)
    with Session(database.engine) as session:
        session.add(Job(kind="enrich", provider="arxiv"))
        session.commit()
    database.close()
    assert (
        "jobs holds what this would delete"
        in _alembic("-x", f"library={library_place}", "downgrade", "0002").stderr
    )
    open_database(library_place, create=False).close()


def test_a_library_of_an_older_schema_keeps_its_works(library_place: str) -> None:
    assert _alembic("-x", f"library={library_place}", "downgrade", "0001").returncode == 0
    older = open_database(library_place, create=False, migrate=False)
    _add_paper(older, search_text="atari")
    older.close()
    newest = open_database(library_place, create=False)
    assert newest.migration is not None
    assert (newest.migration.before, _found(newest, "atari")) == ("0001", [1])
    newest.close()


def test_what_the_journal_kept_of_single_things_speaks_of_them_still(library_place: str) -> None:
    assert _alembic("-x", f"library={library_place}", "downgrade", "0004").returncode == 0
    older = open_database(library_place, create=False, migrate=False)
    with older.engine.begin() as connection:
        said = {"kind": "import", "what": "it", "revision": "0004", "done_at": datetime.now(UTC)}
        connection.execute(sa.insert(Operation).values(id=1, **said))
        connection.execute(sa.text("INSERT INTO images (operation_id, root, root_id) VALUES (1, 'works', 7)"))
    older.close()
    newest = open_database(library_place, create=False)
    with Session(newest.reader) as session:
        image = session.scalars(sa.select(Image)).one()
        assert (image.root_id, image.end_id) == (7, 8)
    newest.close()


def test_a_journal_that_speaks_of_many_things_at_once_is_not_cut(library_place: str) -> None:
    database = open_database(library_place, create=False)
    with Session(database.engine) as session:
        images = [Image(root="works", root_id=1, end_id=3)]
        session.add(Operation(kind="import", revision="0005", images=images))
        session.commit()
    database.close()
    done = _alembic("-x", f"library={library_place}", "downgrade", "0004")
    assert "speak of many things" in done.stderr
    open_database(library_place, create=False).close()


# --- from one schema to the next --------------------------------------------------------------------

LATER = '''
"""Rebuild the table of works, as SQLite does to change one."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None

def upgrade():
    op.create_table("shelves", sa.Column("id", sa.Integer(), primary_key=True))
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("works", recreate=recreate) as table:
        table.add_column(sa.Column("shelf", sa.Text()))
    {then}

def downgrade():
    raise NotImplementedError
'''


@pytest.fixture
def later(tmp_path: Path) -> Path:
    return _later(tmp_path / "later", "pass")


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    return _later(tmp_path / "failing", "raise RuntimeError('in the midst of it')")


def _later(folder: Path, then: str) -> Path:
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((ROOT / "migrations/env.py").read_text())
    for script in (ROOT / "migrations/versions").glob("*.py"):
        (folder / "versions" / script.name).write_text(script.read_text())
    (folder / "versions" / "9999_later.py").write_text(LATER.format(newest=revisions()[-1], then=then))
    return folder


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "library.db", create=True)
    yield opened
    opened.close()


def test_a_rebuilt_table_loses_no_row_that_refers_to_it(sqlite_database: Database, later: Path) -> None:
    _add_paper(sqlite_database, contributions=[Contribution(role="author", position=0, family="Graves")])
    migrate(sqlite_database.place, sqlite_database.engine, later)
    with Session(sqlite_database.reader) as session:
        assert [each.family for each in session.scalars(sa.select(Contribution))] == ["Graves"]


def test_foreign_keys_hold_again_after_a_migration(sqlite_database: Database, later: Path) -> None:
    migrate(sqlite_database.place, sqlite_database.engine, later)
    with sqlite_database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_library_is_copied_before_it_is_migrated(sqlite_database: Database, later: Path) -> None:
    _add_paper(sqlite_database)
    done = migrate(sqlite_database.place, sqlite_database.engine, later)
    assert done.backup is not None
    assert done.backup.name == "library.db.pre-9999.bak"
    assert done.backup.stat().st_mode & 0o777 == 0o600
    copy = open_database(done.backup, create=False)
    with Session(copy.reader) as session:
        assert session.scalars(sa.select(Paper.key)).all() == ["smith2014"]
    copy.close()


def test_an_older_backup_is_never_overwritten(sqlite_database: Database, later: Path, tmp_path: Path) -> None:
    older = tmp_path / "library.db.pre-9999.bak"
    older.write_text("precious")
    done = migrate(sqlite_database.place, sqlite_database.engine, later)
    assert done.backup == tmp_path / "library.db.pre-9999.1.bak"
    assert older.read_text() == "precious"


def test_a_library_that_is_up_to_date_is_not_copied(sqlite_database: Database, tmp_path: Path) -> None:
    done = migrate(sqlite_database.place, sqlite_database.engine)
    newest = revisions()[-1]
    assert (done.before, done.after, done.backup) == (newest, newest, None)
    assert not list(tmp_path.glob("*.bak"))


def test_a_failing_migration_leaves_a_file_as_it_was(sqlite_database: Database, failing: Path) -> None:
    _add_paper(sqlite_database)
    path = sqlite_database.place.path
    assert path is not None
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="in the midst"):
        migrate(sqlite_database.place, sqlite_database.engine, failing)
    sqlite_database.close()
    assert path.read_bytes() == before


def test_after_a_failing_migration_a_good_one_succeeds(
    database: Database, failing: Path, later: Path
) -> None:
    with pytest.raises(RuntimeError, match="in the midst"):
        migrate(database.place, database.engine, failing)
    assert migrate(database.place, database.engine, later).after == "9999"


def test_a_migration_that_would_leave_rows_dangling_is_undone(sqlite_database: Database) -> None:
    dangling = "INSERT INTO keys (fingerprint, key, work_id, position) VALUES ('a', 'a', 99, 0)"
    with (
        pytest.raises(Exception, match="table keys would refer to rows of works"),
        one_transaction(sqlite_database.engine) as connection,
    ):
        connection.exec_driver_sql(dangling)
    with Session(sqlite_database.reader) as session:
        assert session.scalars(sa.select(Key)).all() == []


OPEN = """
import sys
from dlbib.store.database import open_database
open_database(sys.argv[1], create=True).close()
"""


def test_two_processes_that_create_one_library_both_have_it(empty_place: str) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", OPEN, empty_place], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [(process.communicate()[1], process.returncode) for process in both] == [("", 0), ("", 0)]
    open_database(empty_place, create=False).close()


def test_a_migration_tells_which_dlbib_made_the_schema(database: Database) -> None:
    with database.reader.connect() as connection:
        said: dict[str, str] = dict(connection.execute(sa.text("SELECT name, value FROM meta")).all())
    assert said.keys() == {"written_by", "min_reader"}


def test_a_file_tells_its_program_and_schema_in_its_header(empty_file: Path) -> None:
    header = empty_file.read_bytes()[:100]
    assert (header[68:72], int.from_bytes(header[60:64])) == (b"dlib", int(revisions()[-1]))


def test_a_path_may_hold_what_urls_and_settings_give_a_meaning_to(tmp_path: Path) -> None:
    path = tmp_path / "100% mine" / "thesis #1?.db"
    path.parent.mkdir()
    open_database(path, create=True).close()
    assert [each.name for each in path.parent.iterdir()] == ["thesis #1?.db"]


def test_alembic_makes_no_file_to_tell_its_revision(tmp_path: Path) -> None:
    assert _alembic("-x", f"library={tmp_path / 'none.db'}", "current").returncode == 0
    assert list(tmp_path.iterdir()) == []
