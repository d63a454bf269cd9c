"""Every real file into one library, twice: nothing is lost, the second time changes nothing, and all of it goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.store.database import open_database
from tests import oracles
from tests.dumps import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dlbib.library.importing import ImportReport

    Tables = dict[str, list[tuple[object, ...]]]
    Tool = Callable[[str], str]

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Imported:
    """What came of importing all files, once and again, and the library after each time."""

    folder: Path
    first: ImportReport
    second: ImportReport
    after_first: Tables
    after_second: Tables

    def exported(self, name: str, format_name: str) -> set[str]:
        """All works in a file of the folder; the keys that they have there."""
        with dlbib.open(self.folder / "library.db", create=False) as library:
            return set(library.export_file(self.folder / name, format=format_name).keys)


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
    return Imported(folder, reports[0], reports[1], dumps[0], dumps[1])


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


@pytest.mark.oracle
@pytest.mark.parametrize("format_name", ["bibtex", "biblatex"])
def test_pandoc_reads_an_export_of_everything(imported: Imported, format_name: str) -> None:
    keys = imported.exported("all.bib", format_name)
    text = (imported.folder / "all.bib").read_text(encoding="utf-8")
    assert {item["id"] for item in oracles.pandoc_items(text, format_name)} == keys
    assert len(keys) == len(imported.after_second["works"])


@pytest.mark.oracle
def test_biber_reads_an_export_of_everything(imported: Imported, tool: Tool) -> None:
    imported.exported("everything.bib", "biblatex")
    verdict = oracles.biber(tool("biber"), imported.folder, "everything.bib")
    assert (verdict.code, [line for line in verdict.output.splitlines() if "ERROR" in line]) == (0, [])
