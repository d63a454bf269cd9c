from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dlbib.formats import RenderOptions
from dlbib.formats.ris import render
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name

if TYPE_CHECKING:
    from dlbib.model.problems import Problem


def written(entry: Entry) -> tuple[list[str], list[str]]:
    """The lines of the record, and what was reported."""
    problems: list[Problem] = []
    text = "".join(render([entry], RenderOptions(report=problems.append)))
    return text.split("\r\n"), [f"{problem.code} {problem.message}" for problem in problems]


def test_an_article_is_written_tag_by_tag() -> None:
    entry = Entry(
        key="maaten2008visualizing",
        type="article-journal",
        title="Visualizing Data using t-SNE",
        contributors=(
            Contributor("author", Name("Maaten", "Laurens", non_dropping_particle="van der")),
            Contributor("author", Name("Hinton", "Geoffrey")),
        ),
        issued=Date.of(2008, 11),
        container_title="Journal of Machine Learning Research",
        volume="9",
        page="2579-2605",
        identifiers=(Identifier("issn", "1532-4435"), Identifier("url", "https://jmlr.org/papers/v9/")),
        keywords=("embedding", "visualization"),
        note="One.\nTwo.",
    )
    lines, problems = written(entry)
    assert lines == [
        "TY  - JOUR",
        "ID  - maaten2008visualizing",
        "TI  - Visualizing Data using t-SNE",
        "AU  - van der Maaten, Laurens",
        "AU  - Hinton, Geoffrey",
        "PY  - 2008",
        "DA  - 2008/11//",
        "T2  - Journal of Machine Learning Research",
        "VL  - 9",
        "SN  - 1532-4435",
        "SP  - 2579",
        "EP  - 2605",
        "UR  - https://jmlr.org/papers/v9/",
        "KW  - embedding",
        "KW  - visualization",
        "N1  - One.",
        "N1  - Two.",
        "ER  - ",
        "",
        "",
    ]
    assert problems == []


def test_what_ris_has_no_tag_for_is_reported() -> None:
    entry = Entry(key="a", type="book", title="x", chapter_number="3", extra={"bibtex:owner": "me"})
    assert written(entry)[1] == [
        "RIS-LOST RIS can't hold all of: chapter_number, bibtex:owner; left out, or written as near as can be"
    ]


@pytest.mark.parametrize(
    ("type_", "role"), [("song", "author"), ("motion_picture", "author"), ("broadcast", "director")]
)
def test_whoever_made_the_work_is_written_and_the_other_role_reported(type_: str, role: str) -> None:
    entry = Entry(key="a", type=type_, contributors=(Contributor(role, Name("Roe", "A.")),), others=(role,))
    lines, problems = written(entry)
    assert [line for line in lines if line.startswith("AU")] == ["AU  - Roe, A.", "AU  - et al."]
    assert [problem for problem in problems if role in problem]


def test_another_maker_is_no_author_beside_the_author() -> None:
    makers = (Contributor("author", Name("Auth", "A.")), Contributor("director", Name("Dir", "D.")))
    lines, problems = written(Entry(key="a", type="book", contributors=makers))
    assert [line for line in lines if line.startswith("AU")] == ["AU  - Auth, A."]
    assert problems == ["RIS-LOST RIS can't hold all of: director; left out, or written as near as can be"]


def test_a_type_that_ris_has_not_is_reported() -> None:
    lines, problems = written(Entry(key="a", type="article", title="x"))
    assert lines[0] == "TY  - UNPB"
    assert problems == ["RIS-TYPE RIS has no type for article; written as UNPB"]


def test_a_literal_name_with_commas_is_reported() -> None:
    entry = Entry(key="a", contributors=(Contributor("author", Name(literal="Smith, Jones Limited")),))
    assert len(written(entry)[1]) == 1


def test_a_literal_name_that_is_no_person_s_comes_back() -> None:
    entry = Entry(key="a", contributors=(Contributor("author", Name(literal="Smith, Jones and Sons")),))
    assert written(entry)[1] == []


def test_a_second_doi_is_reported() -> None:
    entry = Entry(key="a", identifiers=(Identifier("doi", "10.1000/a"), Identifier("doi", "10.1000/b")))
    assert [problem.split(";")[0] for problem in written(entry)[1]] == [
        "RIS-LOST RIS can't hold all of: identifiers"
    ]


@pytest.mark.parametrize("key", ["42", "007"])
def test_a_key_that_is_a_number_is_a_label(key: str) -> None:
    lines, problems = written(Entry(key=key, title="x"))
    assert (f"LB  - {key}" in lines, problems) == (True, [])


def test_identifiers_without_a_tag_are_accession_numbers() -> None:
    lines, problems = written(
        Entry(key="a", identifiers=(Identifier("arxiv", "1406.2661"), Identifier("pmid", "25017102")))
    )
    assert [line for line in lines if line.startswith("AN")] == [
        "AN  - arXiv:1406.2661",
        "AN  - PMID:25017102",
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("page", "lines"), [("14-25", ["SP  - 14", "EP  - 25"]), ("14", ["SP  - 14", "EP  - 14"])]
)
def test_a_page_of_a_book_is_told_from_its_number_of_pages(page: str, lines: list[str]) -> None:
    found, _ = written(Entry(key="a", type="book", page=page))
    assert [line for line in found if line[:2] in {"SP", "EP"}] == lines


def test_nothing_to_write_is_nothing() -> None:
    assert list(render([], RenderOptions())) == []


def test_that_the_year_0_means_no_date_to_who_reads_it_is_told() -> None:
    lines, problems = written(Entry(key="a", title="x", accessed=Date.of(0)))
    assert "Y2  - 0000" in lines
    assert problems == ["RIS-LOST RIS can't hold all of: accessed; left out, or written as near as can be"]
