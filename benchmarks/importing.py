"""Importing a .bib file into a new library in SQLite, committed and searchable, and importing it again."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dlbib
from benchmarks.samples import loaded, sample
from benchmarks.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    Rows = Mapping[str, list[tuple[Any, ...]]]

FEW, MANY = 20_000, 200_000

_FILL = (
    "INSERT INTO works_fts (rowid, title_folded, search_text) SELECT id, title_folded, search_text FROM works"
)


def _imported(path: Path, library: Path) -> int:
    """Import a file; how many records of it the library then holds, which have to be found by their text too."""
    with dlbib.open(library) as opened:
        report = opened.import_file(path)
    with closing(sqlite3.connect(library)) as connection:
        (found,) = connection.execute(
            "SELECT count(*) FROM works_fts WHERE works_fts MATCH 'a OR the'"
        ).fetchone()
    return report.added + report.merged + report.unchanged if found else 0


def _import(path: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        return _imported(path, Path(folder) / "library.db")


def _ready(path: Path) -> Path:
    """The path, once all that makes a library is loaded: how long that takes is no matter of the file."""
    with tempfile.TemporaryDirectory() as folder, dlbib.open(Path(folder) / "library.db"):
        return loaded(path)


# --- the same rows ---------------------------------------------------------------------------------


def _rows(path: Path) -> tuple[list[str], Rows]:
    """What makes the tables of a library, and the rows that importing the file puts in, table by table."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.db"
        _imported(path, library)
        with closing(sqlite3.connect(library)) as connection:
            schema = connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' "
                "AND name NOT GLOB 'works_fts_*' AND name NOT GLOB 'sqlite_*' ORDER BY type DESC, rowid"
            ).fetchall()
            tables = [name for name, sql in schema if sql.startswith("CREATE TABLE")]
            rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608  # our tables
    return [sql for _, sql in schema], {name: some for name, some in rows.items() if some}


def _insert(made: tuple[list[str], Rows]) -> int:
    """Put rows into new tables with the same indexes and checks, as quickly as the driver alone can."""
    schema, rows = made
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "library.db", isolation_level=None)) as connection,
    ):
        for statement in (
            "PRAGMA foreign_keys = ON",
            "PRAGMA cache_size = -65536",
            *schema,
            "BEGIN IMMEDIATE",
        ):
            connection.execute(statement)
        connection.execute("PRAGMA defer_foreign_keys = ON")  # for tables come in the order of their names
        for name, some in rows.items():
            marks = ", ".join("?" * len(some[0]))
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', some)  # noqa: S608  # our tables
        connection.execute(_FILL)
        connection.execute("COMMIT")
    return len(rows["records"])


def _copied(path: Path) -> tuple[Path, tempfile.TemporaryDirectory[str]]:
    """A file that says the same in another format, and a library that holds the first."""
    _, folder = _library(path)
    copy = Path(folder.name) / "copy.json"
    dlbib.write(dlbib.read(path)[0], copy)
    return copy, folder


def _import_copy(made: tuple[Path, tempfile.TemporaryDirectory[str]]) -> int:
    path, folder = made
    with folder, dlbib.open(Path(folder.name) / "library.db") as opened:
        return opened.import_file(path).merged


# --- again, and ten times as many ------------------------------------------------------------------


def _library(path: Path) -> tuple[Path, tempfile.TemporaryDirectory[str]]:
    folder = tempfile.TemporaryDirectory()
    _imported(path, Path(folder.name) / "library.db")
    return path, folder


def _import_again(made: tuple[Path, tempfile.TemporaryDirectory[str]]) -> int:
    path, folder = made
    with folder, dlbib.open(Path(folder.name) / "library.db") as opened:
        return opened.import_file(path).unchanged


def _made(entries: int, *, of_few_words: bool = False) -> Path:
    """A file of that many entries, whose titles begin with other words, as those of real works do.

    ``of_few_words``: as `sample` makes them, so that many begin alike and some are the same.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".bib", encoding="utf-8", newline="", delete=False) as made:
        for number, entry in enumerate(sample(entries)):
            words = "" if of_few_words else f"{_words(number)} "
            made.write(entry.replace('title = "', f'title = "{words}', 1))
    return _ready(Path(made.name))


def _words(number: int) -> str:
    """Three words of letters that no other number has."""
    letters = [chr(ord("a") + number // 7**place % 7) for place in range(12)]
    return " ".join("".join(letters[start : start + 4]) for start in range(0, 12, 4))


def _import_and_remove(path: Path) -> int:
    try:
        return _import(path)
    finally:
        path.unlink()


TASKS = (
    Task("insert the same rows", _insert, _rows),
    Task(
        "import",
        _import,
        _ready,
        at_most={"bibtexparser.parse_string": 1.5, "insert the same rows": 2.5},
        beside=("read",),
        at_most_mib=250,
    ),
    Task("import again", _import_again, _library, beside=("import",)),
    Task("import a copy", _import_copy, _copied, beside=("import",), at_most_mib=250),
    Task(f"import made {FEW}", _import_and_remove, lambda _: _made(FEW)),
    Task(
        f"import made {FEW}, of few words",
        _import_and_remove,
        lambda _: _made(FEW, of_few_words=True),
        at_most={f"import made {FEW}": 2},
        at_most_mib=250,
    ),
    Task(
        f"import made {MANY}",
        _import_and_remove,
        lambda _: _made(MANY),
        at_most={f"import made {FEW}": 1.2 * MANY / FEW},
        at_most_mib=250,
        once=True,
    ),
)
