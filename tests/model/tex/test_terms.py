from __future__ import annotations

from dlbib.model.tex.terms import COUNTRIES, KINDS, SERIES, STATES, TERMS, key_of


def test_the_keys_of_fields_are_terms_as_well() -> None:
    for terms in (STATES, SERIES, COUNTRIES, KINDS):
        assert terms.items() <= TERMS.items()


def test_keys_are_in_small_letters() -> None:
    assert [key for key in TERMS if key != key.lower()] == []


def test_a_state_a_series_and_a_country_have_their_keys() -> None:
    keys = [key_of(text) for text in ("in press", "old series", "France", "somewhere")]
    assert keys == ["inpress", "oldseries", "countryfr", None]


def test_of_two_keys_for_one_country_the_usual_one_is_written() -> None:
    assert key_of("European Union") == "countryeu"
