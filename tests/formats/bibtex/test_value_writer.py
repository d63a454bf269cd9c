from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.bibtex.reader.kinds import Values
from dlbib.formats.bibtex.value_writer import ValueWriter
from dlbib.model.names import Name, bibtex_names
from dlbib.model.tex.braces import is_balanced
from tests.strategies.names import names

BIBTEX = ValueWriter("bibtex", ascii_only=True)
BIBLATEX = ValueWriter("biblatex", ascii_only=False)
BOTH = pytest.mark.parametrize("writer", [BIBTEX, BIBLATEX], ids=["bibtex", "biblatex"])

WORDS = [
    *("Van", "Der", "De", "La", "Von", "And", "and", "Others", "Foo-Bar", "K.", "J.-P.", "Jr", "Al-Hassan"),
    *("Li", "Fei-Fei", "McX", "A", "III", "et", "Et", "Dr", "O."),
]
WORDY = st.builds(Name, *[st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)] * 2)


@BOTH
@given(drawn=st.lists(names() | WORDY, max_size=3), others=st.booleans())
def test_names_are_written_as_the_model_writes_them(
    *, writer: ValueWriter, drawn: list[Name], others: bool
) -> None:
    expected = bibtex_names(drawn, others=others, dialect=writer.dialect, encode=writer.text)
    assert writer.names(drawn, others=others) == expected


@pytest.mark.parametrize(
    "url", ["https://a.b/c_d%20e~f#x?y=1&z=$2^", "http://a.b/\N{LATIN SMALL LETTER E WITH ACUTE}"]
)
def test_an_address_is_never_escaped(url: str) -> None:
    assert BIBLATEX.address(url) == url


def test_what_can_t_stand_in_a_value_is_percent_encoded_in_an_address() -> None:
    assert BIBLATEX.address("http://a.b/{x}\\ \n") == "http://a.b/%7Bx%7D%5C%20%0A"
    assert BIBTEX.address("http://a.b/\N{LATIN SMALL LETTER E WITH ACUTE}") == "http://a.b/%C3%A9"


@BOTH
@pytest.mark.parametrize("publisher", ["Barnes and Noble", "and", "Others", "X AND Y"])
def test_a_publisher_with_and_in_it_stays_one(writer: ValueWriter, publisher: str) -> None:
    assert writer.value("list", publisher, None) == f"{{{publisher}}}"


@BOTH
def test_a_publisher_without_and_gets_no_braces(writer: ValueWriter) -> None:
    assert writer.value("list", "Sand & Brothers", None) == r"Sand \& Brothers"


def test_an_edition_is_in_words_for_bibtex_alone() -> None:
    assert (BIBTEX.value("edition", "2", None), BIBLATEX.value("edition", "2", None)) == ("Second", "2")
    assert (BIBTEX.value("edition", "2nd", None), BIBLATEX.value("edition", "2nd", None)) == ("Second", "2")


def test_a_keyword_with_a_comma_stays_one_and_an_empty_one_is_none() -> None:
    assert BIBTEX.value("keywords", ("deep", "", "a, b"), None) == "deep, {a, b}"


def test_keys_that_could_be_none_are_left_out() -> None:
    assert BIBLATEX.value("keys", ("old1", "b}ad", "old2"), None) == "old1,old2"


def test_a_german_title_is_protected_for_bibtex_which_knows_no_german() -> None:
    title = "Die Grundlagen der Mathematik"
    assert BIBTEX.value("title", title, "de") == "Die {Grundlagen} der {Mathematik}"
    assert BIBLATEX.value("title", title, "de") == title


def test_latex_is_not_escaped_again() -> None:
    assert BIBTEX.latex(r"G{\"o}del {DNA} $x$ \& 50\%") == r"G{\"o}del {DNA} $x$ \& 50\%"


@BOTH
@given(text=st.text())
def test_whatever_is_written_is_balanced_and_on_one_line(writer: ValueWriter, text: str) -> None:
    for written in (writer.text(text), writer.latex(text), writer.verbatim(text), writer.address(text)):
        assert is_balanced(written)
        assert len(written.splitlines()) <= 1


@BOTH
@pytest.mark.parametrize("page", ["\N{EN DASH}" * 3, "\N{EN DASH}", "-", "--", "---", "- \N{EN DASH}"])
def test_dashes_for_a_page_come_back_as_they_were(writer: ValueWriter, page: str) -> None:
    assert Values(writer.dialect).pages(writer.pages(page)) == page
