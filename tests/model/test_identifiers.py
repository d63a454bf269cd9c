"""What an identifier is: comparable, sortable, printable, and canonical at once."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.errors import InvalidIdentifierError
from dlbib.model.identifiers import SCHEMES, Identifier, parse_identifier, plain_identifier
from tests.strategies.identifiers import dois, identifiers


def test_an_unknown_scheme_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(InvalidIdentifierError, match="doi, arxiv, isbn, issn, pmid, pmcid, url"):
        Identifier("bibcode", "2016arXiv160308511Z")


def test_the_case_of_a_scheme_does_not_count() -> None:
    assert Identifier("DOI", "10.1000/x").scheme == "doi"


def test_a_refusal_shows_no_more_than_a_line_of_what_it_refuses() -> None:
    with pytest.raises(InvalidIdentifierError) as caught:
        Identifier("doi", "x" * 100_000)
    assert len(str(caught.value)) < 250


def test_dois_that_differ_in_case_alone_are_equal_and_hash_alike() -> None:
    assert {Identifier("doi", "10.1000/ABC"), Identifier("doi", "10.1000/abc")} == {
        Identifier("doi", "10.1000/Abc")
    }


def test_versions_of_an_arxiv_id_differ_but_are_of_one_work() -> None:
    first, second = Identifier("arxiv", "1406.2661v1"), Identifier("arxiv", "1406.2661v2")
    assert first != second
    assert first.work == second.work == "1406.2661"


@pytest.mark.parametrize(
    ("value", "work", "version"),
    [
        ("1406.2661", "1406.2661", None),
        ("1406.2661v12", "1406.2661", 12),
        ("solv-int/9901001v3", "solv-int/9901001", 3),
    ],
)
def test_an_arxiv_id_tells_its_work_and_its_version(value: str, work: str, version: int | None) -> None:
    identifier = Identifier("arxiv", value)
    assert (identifier.work, identifier.version) == (work, version)


def test_only_arxiv_ids_have_versions() -> None:
    assert Identifier("doi", "10.1000/xv2").version is None


def test_equal_values_of_different_schemes_differ() -> None:
    assert Identifier("pmid", "1234567") != Identifier("pmcid", "1234567")
    assert Identifier("pmid", "1234567") != "pmid:1234567"


def test_identifiers_sort_by_scheme_then_value() -> None:
    first, second, third = (
        Identifier("arxiv", "1501.00001"),
        Identifier("doi", "10.1/a"),
        Identifier("doi", "10.1/B"),
    )
    assert sorted([third, second, first]) == [first, second, third]
    assert first <= second < third
    assert third > first


@pytest.mark.parametrize("doi", ["10.48550/arXiv.1406.2661", "10.48550/ARXIV.1406.2661v1"])
def test_the_doi_that_arxiv_registers_names_the_work_of_the_arxiv_id(doi: str) -> None:
    identifier = Identifier("doi", doi)
    assert identifier.scheme == "doi"
    assert identifier.arxiv is not None
    assert identifier.arxiv.work == Identifier("arxiv", "1406.2661v3").work


@pytest.mark.parametrize("doi", ["10.1000/arXiv.1406.2661", "10.48550/arXiv.1413.2661"])
def test_no_other_doi_names_an_arxiv_id(doi: str) -> None:
    assert Identifier("doi", doi).arxiv is None


def test_an_arxiv_id_names_itself() -> None:
    identifier = Identifier("arxiv", "1406.2661v1")
    assert identifier.arxiv == identifier


@pytest.mark.parametrize(
    ("scheme", "value", "url"),
    [
        ("doi", "10.1000/a<b>#c", "https://doi.org/10.1000/a%3Cb%3E%23c"),
        ("arxiv", "math/0309136v1", "https://arxiv.org/abs/math/0309136v1"),
        ("isbn", "9780306406157", None),
        ("issn", "2434-561X", "https://portal.issn.org/resource/ISSN/2434-561X"),
        ("pmid", "25719670", "https://pubmed.ncbi.nlm.nih.gov/25719670/"),
        ("pmcid", "PMC4167101", "https://pmc.ncbi.nlm.nih.gov/articles/PMC4167101/"),
        ("url", "https://example.org/x", "https://example.org/x"),
    ],
)
def test_an_identifier_knows_the_address_that_resolves_it(scheme: str, value: str, url: str | None) -> None:
    assert Identifier(scheme, value).url == url


def test_an_identifier_prints_with_its_scheme() -> None:
    assert str(Identifier("doi", "https://doi.org/10.1000/X")) == "doi:10.1000/X"


@given(identifiers())
def test_canonical_values_stay_as_they_are(identifier: Identifier) -> None:
    again = Identifier(identifier.scheme, identifier.value)
    assert (again.scheme, again.value) == (identifier.scheme, identifier.value)


@given(st.sampled_from(SCHEMES), st.text() | st.from_regex(r"(https?://doi\.org/|doi:)?10\.[0-9]+/.{0,20}"))
def test_whatever_is_accepted_is_canonical_at_once(scheme: str, text: str) -> None:
    try:
        value = Identifier(scheme, text).value
    except InvalidIdentifierError:
        return
    assert Identifier(scheme, value).value == value


@given(identifiers())
def test_what_is_printed_parses_back(identifier: Identifier) -> None:
    assert parse_identifier(str(identifier)) == identifier


@given(identifiers().filter(lambda identifier: identifier.scheme not in {"url", "isbn"}))
def test_the_address_that_resolves_an_identifier_parses_back(identifier: Identifier) -> None:
    assert identifier.url is not None
    assert parse_identifier(identifier.url) == identifier


@given(dois())
def test_the_case_of_a_doi_never_counts(identifier: Identifier) -> None:
    assert Identifier("doi", identifier.value.upper()) == identifier


@given(identifiers())
def test_identifiers_survive_pickling(identifier: Identifier) -> None:
    assert pickle.loads(pickle.dumps(identifier)) == identifier  # noqa: S301  # our own bytes


@given(identifiers())
def test_what_is_plain_is_what_the_constructor_makes_of_it(identifier: Identifier) -> None:
    assert plain_identifier(identifier.scheme, identifier.value) in {None, identifier}


@given(st.sampled_from(SCHEMES), st.from_regex(r"(?:10\.[0-9]{4}|https?://[A-Za-z.-]{1,9})/[\w{}. \\]{0,9}"))
def test_what_is_no_canonical_value_is_not_plain(scheme: str, text: str) -> None:
    plain = plain_identifier(scheme, text)
    assert plain is None or (plain == Identifier(scheme, text) and plain.value == text)


@pytest.mark.parametrize(
    ("scheme", "value"), [("doi", "10.3115/v1/W14-4321"), ("url", "https://aclanthology.org/W14-4321")]
)
def test_most_dois_and_urls_are_plain(scheme: str, value: str) -> None:
    assert plain_identifier(scheme, value) == Identifier(scheme, value)
    assert plain_identifier(scheme, f" {value}") is None
