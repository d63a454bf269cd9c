"""What goes wrong with an import is the matter of what is wrong, and of nothing else."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

import dlbib
from dlbib.errors import InputError, ParseError
from dlbib.store.database import open_database
from tests.library.importing.test_files import counts

if TYPE_CHECKING:
    from dlbib.library.importing import FileReport
    from dlbib.model.problems import Problem
    from dlbib.progress import Progress
    from tests.library.importing.conftest import Tables, Write


def entries(count: int) -> str:
    """A file of that many works."""
    return "".join(f"@book{{k{n}, title = {{Book Number {n}}}, year = {1000 + n}}}\n" for n in range(count))


# --- the database ----------------------------------------------------------------------------------------


def test_e021_of_two_imports_at_once_the_second_finds_everything_unchanged(
    library_place: str, write: Write
) -> None:
    path = write(entries(300))
    both = Barrier(2, timeout=30)
    reports: list[FileReport] = []

    def bring() -> None:
        with dlbib.open(library_place, create=False) as library:
            both.wait()
            reports.append(library.import_file(path))

    threads = [Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(counts, reports)) == [(300, 0, 0, 300, 0), (300, 300, 0, 0, 0)]
    with dlbib.open(library_place, create=False) as library:
        assert sorted(work.key for work in library.works()) == sorted(f"k{n}" for n in range(300))


REFUSALS = {
    "sqlite": "CREATE TRIGGER refusal BEFORE INSERT ON records WHEN new.source_id = 'k56' "
    "BEGIN SELECT RAISE(ABORT, 'refusal'); END",
    "postgresql": "ALTER TABLE records ADD CONSTRAINT refusal CHECK (source_id <> 'k56')",
}


def test_e035_what_the_database_refuses_is_set_aside_alone(
    library: dlbib.Library, library_place: str, backend: str, write: Write
) -> None:
    database = open_database(library_place, create=False)
    with database.engine.begin() as connection:
        connection.execute(text(REFUSALS[backend]))
    database.close()
    report = library.import_file(write(entries(100)))
    assert counts(report) == (100, 99, 0, 0, 1)
    (problem,) = report.problems
    assert (problem.code, problem.line, problem.key, problem.severity) == ("DB-REFUSED", 57, "k56", "error")
    assert "refusal" in problem.message
    assert sorted(work.key for work in library.works()) == sorted({f"k{n}" for n in range(100)} - {"k56"})


UNKEPT = {
    "e033 NUL": '"title": "x\\u0000"',
    "e033 half a letter": '"title": "\\ud800"',
    "e033 NUL in a name": '"DOI": "10.1000/x\\u0000"',
    "e033 NUL in something else": '"custom": {"x": ["\\u0000"]}',
    "e033 key": f'"id": "{"k" * 501}"',
    "e033 identifier": f'"DOI": "10.1000/{"x" * 600}"',
}
KEPT = {
    "e033 ten megabytes": f'"title": "{"x " * 5_000_000}"',
    "e033 volume of 2^63": f'"volume": {1 << 63}',
    "e033 year of 2^63": f'"issued": {{"date-parts": [[{1 << 63}]]}}',
    "e033 number": f'"ISBN": "{"9" * 5000}"',
    "e033 name": f'"author": [{{"family": "{"x" * 50_000}", "given": "J"}}]',
    "e033 venue": f'"container-title": "{"x" * 50_000}"',
}


@pytest.mark.parametrize("said", UNKEPT)
def test_what_no_database_keeps_is_set_aside_before_one_is_asked(
    library: dlbib.Library, write: Write, said: str
) -> None:
    (problem,) = _beside_another(library, write, UNKEPT[said])
    assert problem.line == 1


@pytest.mark.parametrize("said", KEPT)
def test_what_is_very_long_or_large_is_kept(library: dlbib.Library, write: Write, said: str) -> None:
    assert _beside_another(library, write, KEPT[said]) == []


@pytest.mark.parametrize("name", ["\u30fb", "\u30a0", "\u3040", "<i \u674e>", "&"])
def test_a_work_by_a_name_without_letters_is_kept(library: dlbib.Library, write: Write, name: str) -> None:
    assert _beside_another(library, write, f'"title": "Signs", "author": [{{"literal": "{name}"}}]') == []
    assert [str(author) for author in library.get("a").authors] == [name]


def _beside_another(library: dlbib.Library, write: Write, said: str) -> list[Problem]:
    """The errors of a record that says something odd, which are no matter of the one beside it."""
    text = f'[{{"id": "a", "type": "book", {said}}},\n{{"id": "b", "type": "book", "title": "On Words"}}]'
    report = library.import_file(write(text, "a.json"))
    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert counts(report) == (2, 2 - len(errors), 0, 0, len(errors))
    assert "DB-REFUSED" not in {problem.code for problem in errors}
    assert library.get("b").title == "On Words"
    return errors


def test_e033_a_number_that_is_none_is_no_json(library: dlbib.Library, write: Write, tables: Tables) -> None:
    before = tables()
    with pytest.raises(ParseError, match="JSON has no NaN"):
        library.import_file(write('[{"id": "a", "type": "book", "volume": NaN}]', "a.json"))
    assert tables() == before


def test_e034_a_key_that_comes_often_at_once_is_given_once(library: dlbib.Library, write: Write) -> None:
    text = (
        "@book{a, title = {One Thing}, ids = {b, c}}\n"
        "@book{B, title = {Another Thing}, ids = {a, c}}\n"
        "@book{A, title = {A Third Thing}, ids = {b, b}}\n"
    )
    report = library.import_file(write(text))
    assert (report.read, report.added, report.set_aside) == (3, 3, 0)
    works = {work.title: (work.key, *work.aliases) for work in library.works()}
    given = [key.lower() for keys in works.values() for key in keys]
    assert sorted(given) == sorted(set(given))
    assert works["One Thing"] == ("a", "b", "c")


# --- the file ------------------------------------------------------------------------------------------------


def test_a090_a_file_that_changes_while_it_is_imported_is_refused_whole(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    path = write(entries(500))
    before = tables()

    def grow(_: Progress) -> None:
        with path.open("a", encoding="utf-8") as stream:
            stream.write("@book{late, title = {A Late Book}}\n")

    with pytest.raises(InputError, match="changed while it was read"):
        library.import_file(path, progress=grow)
    assert tables() == before


def test_a064_a_file_of_two_gigabytes_is_refused_unread(
    library: dlbib.Library, write: Write, tables: Tables
) -> None:
    path = write(entries(1))
    with path.open("r+b") as stream:
        stream.truncate(2 << 30)
    before = tables()
    with pytest.raises(InputError, match=rf"it has {2 << 30} bytes, and {1 << 30} are allowed"):
        library.import_file(path)
    assert tables() == before
