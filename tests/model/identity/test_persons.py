from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.identity.persons import accord, last_word, look_up_words, person_of
from dlbib.model.names import Name
from tests.strategies.names import names

ORGANISATIONS = (
    *("WHO", "The World Health Organization", "World Health Organisation (WHO)", "W.H.O.", "WHO, Inc."),
    *("NASA", "NASA Ames", "AT&T", "A T and T", "Graves Group", "LeCun", "Le Cun", "Smith"),
)
PEOPLE = (
    *(Name("JA", "Smith"), Name("Smith", "John A."), Name("Smith"), Name("JA", "Le Cun"), Name("Y", "LeCun")),
    *(Name("Le Cun", "Y."), Name("\u674e", "AB"), Name("\u674e"), Name("AB", "\u674e"), Name("!", "Dan B.")),
    *(Name("?", "D"), Name("&"), Name("!"), Name("Gogh", "V.", non_dropping_particle="van"), Name("Vangogh")),
)


def some_names() -> st.SearchStrategy[Name]:
    """Those that are like each other, and any."""
    organisations = st.sampled_from(ORGANISATIONS).map(lambda text: Name(literal=text))
    return st.one_of(st.sampled_from(PEOPLE), organisations, names())


@given(some_names(), some_names())
def test_two_names_accord_alike_from_either_side(one: Name, other: Name) -> None:
    assert accord(person_of(one), person_of(other)) == accord(person_of(other), person_of(one))


@given(some_names(), some_names())
def test_whoever_accords_in_full_is_looked_up_by_a_word_in_common_whoever_it_is(
    one: Name, other: Name
) -> None:
    if accord(person_of(one), person_of(other)) == "full":
        assert {*look_up_words(one)} & {*look_up_words(other)}


@given(some_names())
def test_a_name_accords_with_itself(name: Name) -> None:
    assert accord(person_of(name), person_of(name)) == "full"


@pytest.mark.parametrize("text", ["\u30fb", "\u30a0", "\u3040", "\u4dc0", "<i \u674e>"])
def test_signs_among_ideographs_are_no_word_to_look_up(text: str) -> None:
    assert not last_word(Name(literal=text))
    assert look_up_words(Name(text)) == ("",)


def test_an_organisation_is_filed_under_few_words() -> None:
    assert len(look_up_words(Name(literal="Intergovernmental Panel on the Change of the Climate"))) <= 5


def test_a_name_in_ideographs_and_initials_accords_alike_from_either_side() -> None:
    one, other = person_of(Name("\u674e", "AB")), person_of(Name("\u674e"))
    assert accord(one, other) == accord(other, one) == "none"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("JA", "Smith"), Name("Smith", "J.")),
        (Name("Di Masi", "J."), Name("DiMasi", "Joseph")),
        (Name("Karen", "Simonyan"), Name("Simonyan", "Karen")),
        (Name("Garc\u00eda M\u00e1rquez", "Elena"), Name("M\u00e1rquez", "E. Garc\u00eda")),
        (Name("\u822a", "\u674e"), Name(literal="\u674e\u822a")),
    ],
)
def test_whoever_accords_in_full_is_looked_up_by_a_word_in_common(one: Name, other: Name) -> None:
    assert {*look_up_words(one)} & {*look_up_words(other)}


def test_initials_behind_a_name_are_turned_only_where_they_are_initials() -> None:
    assert person_of(Name("JA", "Smith")).turned.last == "smith"
    assert person_of(Name("Smith", "JA")).turned.last == "smith"
    assert person_of(Name("Li", "Wei")).turned.last == "li"


@pytest.mark.parametrize(
    "name", [Name("ISO"), Name(literal="ISO"), Name("JA", "."), Name("JA", "SMITH"), Name("", "JA")]
)
def test_initials_alone_are_a_name(name: Name) -> None:
    assert person_of(name).turned == person_of(name)
    assert look_up_words(name)
