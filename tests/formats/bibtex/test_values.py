from __future__ import annotations

import pytest

from dlbib.formats.bibtex.values import (
    LANGUAGES,
    read_edition,
    read_language,
    read_pages,
    written_edition,
    written_language,
    written_pages,
)


@pytest.mark.parametrize(
    ("pages", "written"),
    [
        ("415-423", "415--423"),
        ("415", "415"),
        ("415 \N{EN DASH} 423", "415--423"),
        ("415--423", "415--423"),
        ("A-1-A-5", "A-1--A-5"),
        ("A-1\N{EN DASH}A-5", "A-1--A-5"),
        ("1-2, 5-6, 9", "1--2, 5--6, 9"),
        ("e12", "e12"),
        ("12-", "12-"),
        ("1-2-3", "1-2-3"),
        ("", ""),
    ],
)
def test_a_range_of_pages_has_two_hyphens(pages: str, written: str) -> None:
    assert written_pages(pages) == written
    assert written_pages(read_pages(written)) == written


@pytest.mark.parametrize("number", ["1", "2", "10", "11", "12", "13", "21", "22", "101", "111", "999"])
def test_an_edition_comes_back_from_its_ordinal(number: str) -> None:
    assert written_edition(number) != number
    assert read_edition(written_edition(number)) == number


@pytest.mark.parametrize("edition", ["revised", "2nd, revised", "0", "02", "1000", "", "\N{SUPERSCRIPT TWO}"])
def test_an_edition_that_is_no_small_number_stays(edition: str) -> None:
    assert written_edition(edition) == edition


def test_ordinals_have_the_endings_that_english_has() -> None:
    written = [written_edition(number) for number in ("2", "11", "12", "13", "21", "22", "23", "24")]
    assert written == ["Second", "11th", "12th", "13th", "21st", "22nd", "23rd", "24th"]


@pytest.mark.parametrize(("name", "tag"), LANGUAGES.items())
def test_every_language_goes_both_ways(name: str, tag: str) -> None:
    assert written_language(tag) == name
    assert read_language(name.upper()) == tag


def test_a_language_that_babel_has_no_name_for_keeps_its_tag() -> None:
    assert written_language("fr-BE") == "fr-BE"
    assert read_language("fr-BE") == "fr-BE"
