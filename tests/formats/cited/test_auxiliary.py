from __future__ import annotations

import pytest

from dlbib.formats.cited.auxiliary import scan
from dlbib.formats.cited.findings import Everything, Key, Nested
from tests.growth import in_proportion, taken


def test_the_keys_of_a_citation_come_with_line_and_column() -> None:
    assert list(scan("\\relax \n\\citation{a,b}\n")) == [Key("a", 2, 11), Key("b", 2, 13)]


@pytest.mark.parametrize("line", [r"\abx@aux@cite{0}{a}", r"\abx@aux@cite{12}{a}", r"\abx@aux@cite{a}"])
def test_both_forms_of_biblatex_are_read(line: str) -> None:
    assert [found.key for found in scan(line) if isinstance(found, Key)] == ["a"]


@pytest.mark.parametrize("line", [r"\citation{*}", r"\abx@aux@cite{0}{*}", r"\abx@aux@nociteall"])
def test_everything_is_read_in_every_form(line: str) -> None:
    assert list(scan(line)) == [Everything()]


def test_two_citations_need_two_lines_as_for_bibtex() -> None:
    assert list(scan("x \\citation{a}\n\\citation{b}")) == [Key("b", 2, 11)]


def test_empty_keys_and_white_space_are_dropped() -> None:
    assert [found.key for found in scan("\\citation{a,,b ,c}") if isinstance(found, Key)] == ["a", "b", "c"]


def test_nested_files_are_named_in_their_place() -> None:
    found = list(scan("\\citation{a}\n\\@input{chapters/one.aux}\n\\citation{b}\n"))
    assert found == [Key("a", 1, 11), Nested("chapters/one.aux", 2, 1), Key("b", 3, 11)]


@pytest.mark.parametrize("line", [r"\bibcite{a}{1}", r"\newlabel{a}{{1}{2}}", r"\abx@aux@segm{0}{0}{a}", ""])
def test_other_lines_cite_nothing(line: str) -> None:
    assert list(scan(line)) == []


@pytest.mark.parametrize("piece", ["\\citation{", "\\citation{a}\n", "\n", "\\citation{,\n", "\\@input{\n"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        return taken(lambda: list(scan(text)))

    assert in_proportion(seconds, 40_000, least_s=0.16)
