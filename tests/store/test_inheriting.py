from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

import dlbib
from dlbib.store import models, rows
from tests.dumps import dump

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def chapter(number: int, *lines: str) -> str:
    fields = (f"title = {{The {number}. chapter of a long book}}", f"author = {{Doe{number}, Jane}}", *lines)
    return f"@incollection{{chapter{number},\n{''.join(f'  {line},{chr(10)}' for line in fields)}}}\n"


def in_the_book(number: int, *lines: str) -> str:
    pages = f"pages = {{{number}1--{number}9}}"
    return chapter(number, "booktitle = {A long book}", "year = 2014", pages, "doi = {10.1/book}", *lines)


CHAPTERS = "".join(map(in_the_book, range(3)))
FURTHER = in_the_book(3, "csl-doi = {10.1/further}")


@pytest.fixture
def chapters(library_place: str, tmp_path: Path) -> Iterator[dlbib.Library]:
    """A library with three chapters of a book, which all have its DOI; the first has it in its row."""
    with dlbib.open(library_place) as opened:
        put(opened, tmp_path / "book.bib", CHAPTERS)
        assert found(opened) == ["chapter0"]
        yield opened


def put(library: dlbib.Library, path: Path, text: str) -> None:
    path.write_text(text)
    library.import_file(path)


def found(library: dlbib.Library, doi: str = "10.1/book") -> list[str]:
    return [work.key for work in library.papers(f"doi:{doi}")]


def state(library: dlbib.Library) -> dict[str, list[tuple[str, ...]]]:
    with library.session() as session:
        return dump(session.get_bind(), without=("operations", "images"))  # type: ignore[arg-type]  # it is an engine


def edit_away(library: dlbib.Library) -> None:
    library.edit("chapter0", doi=None)


def edit_otherwise(library: dlbib.Library) -> None:
    library.edit("chapter0", doi="10.1/chapter")


def remove(library: dlbib.Library) -> None:
    library.remove("chapter0")


def delete_row(library: dlbib.Library) -> None:
    with library.session() as session:
        row = session.scalars(select(models.Identifier).join(models.Identifier.work)).one()
        row.work.identifiers.remove(row)


@pytest.mark.parametrize("let_go", [edit_away, edit_otherwise, remove, delete_row])
def test_the_next_work_is_found_by_an_identifier_that_the_first_lets_go(
    let_go: Callable[[dlbib.Library], None], chapters: dlbib.Library
) -> None:
    let_go(chapters)
    assert found(chapters) == ["chapter1"]
    assert chapters.get("chapter2").doi == "10.1/book"
    chapters.remove("chapter1")
    assert found(chapters) == ["chapter2"]


@pytest.mark.parametrize("let_go", [edit_away, remove, delete_row])
def test_who_let_an_identifier_go_has_it_again_when_that_is_undone(
    let_go: Callable[[dlbib.Library], None], chapters: dlbib.Library
) -> None:
    before = state(chapters)
    let_go(chapters)
    chapters.undo()
    assert state(chapters) == before
    assert found(chapters) == ["chapter0"]


def test_a_file_that_says_otherwise_now_lets_an_identifier_go(
    chapters: dlbib.Library, tmp_path: Path
) -> None:
    put(chapters, tmp_path / "book.bib", CHAPTERS.replace("10.1/book", "10.1/other", 1))
    assert found(chapters) == ["chapter1"]
    assert found(chapters, "10.1/other") == ["chapter0"]


def test_works_that_go_together_leave_an_identifier_to_the_one_that_stays(chapters: dlbib.Library) -> None:
    chapters.remove("chapter0", "chapter1")
    assert found(chapters) == ["chapter2"]


def test_what_a_merged_work_has_is_nobody_elses(chapters: dlbib.Library) -> None:
    chapters.merge("chapter2", "chapter0")
    assert found(chapters) == ["chapter2"]
    chapters.distinct("chapter2", "chapter0")
    assert len(found(chapters)) == 1
    assert all(chapters.get(f"chapter{number}").doi == "10.1/book" for number in range(3))


def test_two_versions_of_one_arxiv_id_are_one_identifier_with_both_kept(
    library_place: str, tmp_path: Path
) -> None:
    versions = ("eprint = {1706.03762v1}", "archiveprefix = {arXiv}", "csl-arxiv = {1706.03762v5}")
    with dlbib.open(library_place) as library:
        put(library, tmp_path / "one.bib", chapter(1, *versions))
        work = library.get("chapter1")
        assert [str(each) for each in work.identifiers] == ["arxiv:1706.03762v1", "arxiv:1706.03762v5"]
        assert found(library, "10.1/none") == []
        assert [each.key for each in library.papers("arxiv:1706.03762")] == ["chapter1"]
        assert "csl-arxiv = {1706.03762v5}" in library.export()[0]


def test_identifiers_stand_in_their_order_whoever_has_their_rows(
    chapters: dlbib.Library, tmp_path: Path
) -> None:
    put(chapters, tmp_path / "further.bib", FURTHER)
    order = ["doi:10.1/book", "doi:10.1/further"]
    assert [str(each) for each in chapters.get("chapter3").identifiers] == order
    with chapters.session() as session:
        row = session.scalars(select(models.Work).where(models.Work.key == "chapter3")).one()
        assert [each.place for each in rows.lent_in(row.variables)] == [0]
        row.volume = "7"
    assert [str(each) for each in chapters.get("chapter3").identifiers] == order
    assert [each.value for each in chapters.why("chapter3", "doi") if each.record.kind == "user"] == []
