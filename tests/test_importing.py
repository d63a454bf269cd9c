"""Every real file into one library, twice: nothing is lost, and the second time changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.store.database import open_database
from tests.dumps import dump

if TYPE_CHECKING:
    from pathlib import Path

    from dlbib.library.importing import ImportReport

    Tables = dict[str, list[tuple[object, ...]]]

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Imported:
    """What came of importing all files, once and again, and the library after each time."""

    first: ImportReport
    second: ImportReport
    after_first: Tables
    after_second: Tables


@pytest.fixture(scope="module")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = tmp_path_factory.mktemp("all")
    files = [
        path for path in sorted((shared / "data").rglob("*")) if path.suffix in {".bib", ".json", ".ris"}
    ]
    reports, dumps = [], []
    for _ in range(2):
        with dlbib.open(folder / "library.db") as library:
            reports.append(library.import_files(files))
        database = open_database(folder / "library.db", create=False)
        dumps.append(dump(database.reader))
        database.close()
    return Imported(reports[0], reports[1], dumps[0], dumps[1])


def test_the_counts_of_every_file_add_up(imported: Imported) -> None:
    for report in (*imported.first.files, *imported.second.files):
        counted = report.added + report.merged + report.unchanged + report.set_aside
        assert (report.path, report.read) == (report.path, counted)
    assert imported.first.added > 4000


def test_the_second_time_everything_is_unchanged(imported: Imported) -> None:
    assert (imported.second.added, imported.second.merged) == (0, 0)
    assert (
        imported.second.unchanged + imported.second.set_aside == imported.second.read == imported.first.read
    )
    assert imported.second.set_aside == imported.first.set_aside


def test_the_second_time_no_key_changes_and_the_library_is_the_same_row_by_row(imported: Imported) -> None:
    assert imported.second.keys == imported.first.keys
    assert imported.after_second == imported.after_first


def test_every_problem_names_a_file_and_a_line(imported: Imported) -> None:
    problems = (*imported.first.problems, *imported.second.problems)
    assert [str(each) for each in problems if not (each.source and each.line > 0)] == []
    assert problems
