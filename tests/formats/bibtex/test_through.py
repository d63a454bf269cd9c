"""Middlewares of bibtexparser, and one's own, plugged into `dlbib.read`, `dlbib.write` and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bibtexparser.middlewares import (
    BlockMiddleware,
    LatexDecodingMiddleware,
    LatexEncodingMiddleware,
    LibraryMiddleware,
    MergeCoAuthors,
    MergeNameParts,
    MonthAbbreviationMiddleware,
    MonthIntMiddleware,
    MonthLongStringMiddleware,
    NormalizeFieldKeys,
    ResolveStringReferencesMiddleware,
    SeparateCoAuthors,
    SortBlocksByTypeAndKeyMiddleware,
    SortFieldsAlphabeticallyMiddleware,
    SortFieldsCustomMiddleware,
    SplitNameParts,
)

import dlbib
from dlbib.errors import UnsupportedError
from dlbib.model.names import Name

if TYPE_CHECKING:
    from pathlib import Path

    from bibtexparser.library import Library
    from bibtexparser.model import Entry as TheirEntry

BIB = """@string{acm = "ACM"}
@article{b, title = {On {DNA}}, author = {Ann van Smith and {Barnes and Noble}}, month = feb, year = 2014, publisher = acm}
@misc{a, Title = {Something}, note = {R\\&D}}
"""

STACKS: dict[str, list[Any]] = {
    "names": [SeparateCoAuthors(), SplitNameParts(), MergeNameParts(), MergeCoAuthors()],
    "names that stay split": [SeparateCoAuthors(), SplitNameParts()],
    "months as words": [MonthLongStringMiddleware()],
    "months as macros": [MonthAbbreviationMiddleware()],
    "months as numbers": [MonthIntMiddleware()],
    "names of fields": [NormalizeFieldKeys()],
    "macros": [ResolveStringReferencesMiddleware()],
    "fields by name": [SortFieldsAlphabeticallyMiddleware()],
    "fields in an order": [SortFieldsCustomMiddleware(order=("year", "title"))],
}
"""What changes how an entry is written and not what it says."""


class Noting(BlockMiddleware):
    """Puts a note into every entry."""

    def transform_entry(self, entry: TheirEntry, library: Library) -> TheirEntry:
        assert library.entries
        entry["note"] = "seen"
        return entry


class Failing(LibraryMiddleware):
    def transform(self, library: Library) -> Library:
        message = f"{len(library.entries)} are too many"
        raise RuntimeError(message)


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


@pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS.keys())
def test_a_file_says_the_same_through_middlewares_that_change_its_layout(stack: list[Any], bib: Path) -> None:
    assert dlbib.read(bib, middleware=stack) == dlbib.read(bib)


@pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS.keys())
def test_a_file_that_was_written_through_them_says_the_same(stack: list[Any], bib: Path) -> None:
    entries, _ = dlbib.read(bib)
    assert [p.code for p in dlbib.write(entries, bib, middleware=stack) if p.severity == "error"] == []
    assert dlbib.read(bib)[0] == entries


def test_entries_are_sorted_by_a_middleware_when_they_are_read_and_when_they_are_written(bib: Path) -> None:
    sorting = [SortBlocksByTypeAndKeyMiddleware(block_type_order=())]
    entries, _ = dlbib.read(bib)
    assert [entry.key for entry in entries] == ["b", "a"]
    assert [entry.key for entry in dlbib.read(bib, middleware=sorting)[0]] == ["a", "b"]
    dlbib.write(entries, bib, middleware=sorting)
    assert [entry.key for entry in dlbib.read(bib)[0]] == ["a", "b"]


def test_letters_are_decoded_when_they_are_read_and_encoded_when_they_are_written(bib: Path) -> None:
    bib.write_text('@misc{a, title = {G{\\"o}del}}', encoding="utf-8")
    entries, problems = dlbib.read(bib, middleware=[LatexDecodingMiddleware()])
    assert (entries[0].title, problems) == ("G\u00f6del", [])
    dlbib.write(entries, bib, utf8=True, middleware=[LatexEncodingMiddleware()])
    assert 'title = {G\\"odel}' in bib.read_text(encoding="utf-8")


@pytest.mark.parametrize("extension", [".bib", ".biblatex"])
def test_a_middleware_of_ones_own_changes_what_is_read_and_what_is_written(
    extension: str, bib: Path, tmp_path: Path
) -> None:
    path = bib.rename(tmp_path / f"refs{extension}")
    assert {entry.note for entry in dlbib.read(path, middleware=[Noting()])[0]} == {"seen"}
    dlbib.write(dlbib.read(path)[0], path, middleware=[Noting()])
    assert {entry.note for entry in dlbib.read(path)[0]} == {"seen"}


def test_a_middleware_that_fails_is_a_problem_with_the_file_s_name_and_the_rest_is_read(bib: Path) -> None:
    entries, problems = dlbib.read(bib, middleware=[Failing(), Noting()])
    assert {entry.note for entry in entries} == {"seen"}
    (problem,) = [each for each in problems if each.code == "BIB-MIDDLEWARE"]
    assert (problem.severity, problem.source) == ("warning", str(bib))
    assert "Failing failed (RuntimeError: 2 are too many)" in problem.message


def test_a_middleware_that_fails_while_writing_is_a_problem_and_the_file_is_written(bib: Path) -> None:
    entries, _ = dlbib.read(bib)
    problems = dlbib.write(entries, bib, middleware=[Failing(), Noting()])
    assert "BIB-MIDDLEWARE" in {problem.code for problem in problems}
    assert {entry.note for entry in dlbib.read(bib)[0]} == {"seen"}


def test_a_name_that_a_middleware_fails_on_leaves_its_entry_as_it_is(bib: Path) -> None:
    bib.write_text("@misc{a, author = {A, B, C, D}, title = {T}}\n@misc{b, title = {U}}", encoding="utf-8")
    entries, problems = dlbib.read(bib, middleware=STACKS["names"])
    assert [entry.key for entry in entries] == ["a", "b"]
    assert [(p.code, p.key, p.line) for p in problems] == [
        ("BIB-MIDDLEWARE", "a", 1),
        ("NAME-COMMAS", "a", 1),
    ]


def test_no_middleware_breaks_out_of_a_value(bib: Path) -> None:
    class Injecting(BlockMiddleware):
        def transform_entry(self, entry: TheirEntry, library: Library) -> TheirEntry:
            assert library.entries
            entry["note"] = "x}}\n@misc{evil, title = {y"
            return entry

    entries, _ = dlbib.read(bib)
    problems = dlbib.write(entries, bib, middleware=[Injecting()])
    assert [problem.severity for problem in problems if problem.code == "BIB-UNWRITABLE"] == ["warning"] * 2
    assert dlbib.read(bib)[0] == entries


@pytest.mark.parametrize(("extension", "title"), [(".json", "CSL-JSON"), (".ris", "RIS")])
def test_a_format_that_is_no_bibtex_takes_no_middleware(extension: str, title: str, tmp_path: Path) -> None:
    path = tmp_path / f"refs{extension}"
    entries = [dlbib.Entry(key="a", type="book", title="T")]
    dlbib.write(entries, path)
    message = f"{title} takes no middleware; these can: BibLaTeX, BibTeX"
    with pytest.raises(UnsupportedError, match=message):
        dlbib.read(path, middleware=[Noting()])
    with pytest.raises(UnsupportedError, match=message):
        dlbib.write(entries, path, middleware=[Noting()])


def test_a_library_is_exported_through_middlewares(seeded_file: Path, tmp_path: Path) -> None:
    with dlbib.open(seeded_file, create=False) as library:
        report = library.export_file(tmp_path / "refs.bib", keys=["mnih2015human"], middleware=[Noting()])
    assert report.keys == ("mnih2015human",)
    (entry,), _ = dlbib.read(tmp_path / "refs.bib")
    assert (entry.note, entry.authors[0]) == ("seen", Name("Mnih", "Volodymyr"))
