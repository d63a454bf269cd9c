from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dlbib.errors import InvalidQueryError, NotFoundError

if TYPE_CHECKING:
    import dlbib

KEY = "karpathy2015deep"
OTHER = "vinyals2014picture"


def codes(found: list[dlbib.Finding], key: str = KEY) -> list[str]:
    return sorted(each.code for each in found if each.key == key)


def test_works_are_checked_as_they_are_merged(library: dlbib.Library) -> None:
    library.edit(KEY, title="Deep visual alignments.", page="900-800")
    assert codes(library.check()) == ["page-range", "title-stop"]


def test_a_query_chooses_what_is_checked(library: dlbib.Library) -> None:
    library.edit(KEY, page="900-800")
    assert codes(library.check("author:karpathy")) == ["page-range"]
    assert codes(library.check("author:hochreiter")) == []


def test_works_are_compared_with_those_that_the_query_leaves_out(library: dlbib.Library) -> None:
    said = library.get(KEY)
    names = {"doi": None, "arxiv": None, "isbn": None, "url": None, "page": said.page}
    library.edit(OTHER, title=said.title, author=said.authors, year=str(said.year), **names)
    library.edit(OTHER, container_title=said.container_title, type=said.type)
    library.tag(OTHER, "twice")

    assert codes(library.check("tag:twice", only=["duplicate-work"]), OTHER) == ["duplicate-work"]


def test_mending_is_the_user_s_own_edit_and_is_undone_as_one(library: dlbib.Library) -> None:
    library.edit(KEY, title="Deep visual alignments.", page="3128\u201337")
    before = library.get(KEY)

    done = library.mend("author:karpathy")

    assert (library.get(KEY).title, library.get(KEY).page) == ("Deep visual alignments", "3128-3137")
    assert {each.code for each in done.mended} == {"title-stop", "page-dash", "page-range"}
    assert library.why(KEY, "page")[0].record.kind == "user"
    library.undo()
    assert library.get(KEY) == before


def test_a_preview_tells_what_mending_would_do_and_does_nothing(library: dlbib.Library) -> None:
    library.edit(KEY, title="Deep visual alignments.")
    planned = library.mend(dry_run=True)

    assert library.get(KEY).title == "Deep visual alignments."
    assert library.mend() == planned
    assert library.mend().mended == ()


def test_a_work_does_not_get_the_identifier_of_another(library: dlbib.Library) -> None:
    other = next(paper for paper in library.papers() if paper.doi and paper.key != KEY)
    library.edit(KEY, doi=None, url=f"https://doi.org/{other.doi}")

    assert library.mend(only=["doi-in-url"]).mended == ()
    assert codes(library.check(only=["doi-in-url"])) == ["doi-in-url"]


def test_a_withdrawn_work_is_told_of(library: dlbib.Library) -> None:
    library.edit(KEY, status="withdrawn")
    assert codes(library.check()) == ["withdrawn-work"]


def test_an_identifier_that_is_none_is_found_where_it_is_kept(library: dlbib.Library) -> None:
    library.edit(KEY, **{"extra:bibtex:isbn": "978-0-262-03561-3 (2nd ed.)", "isbn": None})
    library.mend(only=["isbn-check-digit"])

    work = library.get(KEY)
    assert work.identifier("isbn")
    assert "bibtex:isbn" not in work.extra


def test_what_nobody_understands_is_refused(library: dlbib.Library) -> None:
    with pytest.raises(InvalidQueryError):
        library.check("year:soon")
    with pytest.raises(NotFoundError):
        library.check(skip=["nothing"])
