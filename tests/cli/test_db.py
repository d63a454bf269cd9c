"""Commands that look after a library's database: db info, check, backup, restore, upgrade."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def library(tmp_path: Path, seeded: Path) -> Path:
    return Path(shutil.copy(seeded, tmp_path / "library.db"))


@pytest.fixture(scope="module")
def of_the_first_dlbib(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the schema that there was first."""
    path = tmp_path_factory.mktemp("older") / "library.db"
    command = ["-m", "alembic", "-x", f"library={path}", "upgrade", "0001"]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    return path


@pytest.fixture
def older(tmp_path: Path, of_the_first_dlbib: Path) -> Path:
    return Path(shutil.copy(of_the_first_dlbib, tmp_path / "older.db"))


def _meddle(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_library_tells_what_it_is(dlbib: Run, library: Path) -> None:
    told = json.loads(dlbib("db", "info", "--library", str(library), "--json").stdout)
    assert told["location"] == str(library)
    assert (told["papers"], told["resources"], told["applications"]) == (27, 23, 14)
    assert (told["bytes"], told["set_aside"], told["can_be_undone"]) == (library.stat().st_size, 0, 1)
    rows = dict(line.split("\t") for line in dlbib("db", "info", "-L", str(library)).stdout.splitlines())
    assert rows == {name.replace("_", " "): str(value) for name, value in told.items()} | {
        "written by": f"dlbib {told['written_by']}"
    }


def test_a_sound_library_is_told_to_be_so(dlbib: Run, library: Path) -> None:
    done = dlbib("db", "check", "-L", str(library))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{library}: is sound\n"


def test_e008_an_index_that_does_not_agree_is_told_and_made_anew(dlbib: Run, library: Path) -> None:
    _meddle(library, "INSERT INTO works_fts (works_fts) VALUES ('delete-all')")
    told = dlbib("db", "check", "-L", str(library))
    assert (told.returncode, "full-text index" in told.stdout) == (4, True)
    assert "mend it with --fix" in told.stderr
    assert len(json.loads(dlbib("db", "check", "-L", str(library), "--json").stdout)) == 1
    fixed = dlbib("db", "check", "-L", str(library), "--fix")
    assert (fixed.returncode, fixed.stdout) == (0, "")
    assert fixed.stderr.splitlines() == [
        f"{library}: copied to {library}.pre-mending.bak, and its indexes were made anew",
        f"{library}: is sound",
    ]
    assert dlbib("papers", "-L", str(library), "image").stdout


def test_what_indexes_do_not_mend_needs_a_backup(dlbib: Run, library: Path) -> None:
    _meddle(library, "INSERT INTO keys (fingerprint, key, work_id, position) VALUES ('a', 'a', 999, 0)")
    fixed = dlbib("db", "check", "-L", str(library), "--fix")
    assert fixed.returncode == 4
    assert fixed.stderr.endswith(
        "1 thing is wrong; put a backup in its place: dlbib db restore BACKUP --library FILE\n"
    )


def test_e042_a_backup_replaces_nothing(dlbib: Run, library: Path, tmp_path: Path) -> None:
    assert dlbib("db", "backup", "backup.db", "-L", str(library)).returncode == 0
    before = (tmp_path / "backup.db").read_bytes()
    for target in ("backup.db", str(library), "none/backup.db"):
        done = dlbib("db", "backup", target, "-L", str(library))
        assert (done.returncode, done.stdout) == (6, "")
        assert "name another file" in done.stderr
    assert (tmp_path / "backup.db").read_bytes() == before


def test_what_was_backed_up_is_put_back(dlbib: Run, library: Path) -> None:
    backup = dlbib("db", "backup", "a backup.db", "-L", str(library))
    dlbib("remove", "--yes", "karpathy2015deep", "-L", str(library))
    assert dlbib("show", "karpathy2015deep", "-L", str(library)).returncode == 1
    (advice,) = re.findall(r"copied to a backup.db; dlbib (.*) puts it back", backup.stderr)
    done = dlbib(*shlex.split(advice), "--yes")
    assert done.stderr == (
        f"{library}: holds what a backup.db holds; what it held before is in {library}.pre-restore.bak\n"
    )
    assert dlbib("show", "karpathy2015deep", "-L", str(library)).returncode == 0


def test_a_library_is_not_replaced_without_a_yes(dlbib: Run, library: Path) -> None:
    dlbib("db", "backup", "backup.db", "-L", str(library))
    done = dlbib("db", "restore", "backup.db", "-L", str(library))
    assert (done.returncode, "--yes" in done.stderr) == (2, True)


def test_a_backup_becomes_a_library_where_there_is_none(dlbib: Run, library: Path) -> None:
    dlbib("db", "backup", "backup.db", "-L", str(library))
    done = dlbib("db", "restore", "backup.db", "--yes", "-L", "new.db")
    assert (done.returncode, done.stderr) == (0, "new.db: holds what backup.db holds\n")


def test_e043_a_damaged_backup_changes_nothing(dlbib: Run, library: Path, tmp_path: Path) -> None:
    (tmp_path / "backup.db").write_bytes(library.read_bytes()[:9000])
    before = library.read_bytes()
    done = dlbib("db", "restore", "backup.db", "--yes", "-L", str(library))
    assert (done.returncode, library.read_bytes()) == (4, before)
    assert done.stderr.count("\n") == 1


def test_a_library_that_is_up_to_date_is_told_to_be_so(dlbib: Run, library: Path) -> None:
    done = dlbib("db", "upgrade", "-L", str(library))
    assert (done.returncode, "is up to date (schema " in done.stderr) == (0, True)


@pytest.mark.parametrize("command", [["db", "upgrade"], ["applications"], ["seed"]], ids=" ".join)
def test_e024_a_library_of_an_older_dlbib_is_copied_and_its_user_told(
    dlbib: Run, older: Path, command: list[str]
) -> None:
    done = dlbib(*command, "-L", str(older))
    assert done.returncode == 0
    newest = json.loads(dlbib("db", "info", "--json", "-L", str(older)).stdout)["schema"]
    assert (
        f"{older}: brought from schema 0001 to {newest}; as it was before, it is in {older}.pre-{newest}.bak\n"
        in (done.stderr)
    )


@pytest.mark.parametrize("command", ["info", "check", "upgrade"])
def test_where_there_is_no_library_none_is_made(dlbib: Run, tmp_path: Path, command: str) -> None:
    done = dlbib("db", command, "-L", "none.db")
    assert (done.returncode, "there is no library" in done.stderr) == (4, True)
    assert not (tmp_path / "none.db").exists()


def test_a_command_is_asked_for(dlbib: Run) -> None:
    done = dlbib("db")
    assert (done.returncode, done.stderr) == (2, "dlbib db: error: Missing command. Try 'dlbib db --help'.\n")
    assert "restore" in dlbib("db", "--help").stdout
