from __future__ import annotations

import pytest

from dlbib.formats.bibtex.values import (
    read_edition,
    read_pages,
    read_series,
    written_edition,
    written_pages,
    written_series,
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
        ("1\N{EN DASH}\N{EN DASH}\N{EN DASH}2", "1--2"),
        ("1 -\N{EN DASH} - 2", "1--2"),
        ("\N{EN DASH}\N{EN DASH}\N{EN DASH}", "\N{EN DASH}\N{EN DASH}\N{EN DASH}"),
        ("-", "-"),
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


@pytest.mark.parametrize("number", ["1", "2", "3", "11", "12", "22", "101"])
def test_a_numbered_series_of_a_journal_comes_back_from_its_ordinal(number: str) -> None:
    assert written_series(read_series(number)) == number


def test_the_old_and_the_new_series_of_a_journal_have_keys() -> None:
    assert read_series("newseries") == "new series"
    assert written_series("old series") == "oldseries"


@pytest.mark.parametrize("series", ["Series B", "0", "2th series", "3rd Series", "1000"])
def test_a_series_that_has_neither_number_nor_key_stays(series: str) -> None:
    assert read_series(series) == series
    assert written_series(series) is None
