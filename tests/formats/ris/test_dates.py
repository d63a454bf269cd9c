from __future__ import annotations

import pytest
from hypothesis import given

from dlbib.formats.ris.dates import read_date, settle, write_date
from dlbib.model.dates import Date
from tests.strategies.dates import dates


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("1999", "1999"),
        ("1999/", "1999"),
        ("1999/12", "1999-12"),
        ("1999/12/31", "1999-12-31"),
        ("1999 / 12 / 31 /", "1999-12-31"),
        ("2019/03/12/T20:12:22Z", "2019-03-12T20:12:22Z"),
        ("2019/03/12/20:12:22", "2019-03-12T20:12:22"),
        ("1999///fall", "1999-23"),
        ("Winter 1999", "1999-24"),
        ("December 31, 1999", "1999-12-31"),
        ("31 Dec 1999", "1999-12-31"),
        ("1999-12-31", "1999-12-31"),
        ("1999-6-1", "1999-06-01"),
        ("1999 Jun", "1999-06"),
        ("3 Juni 1999", "1999-06-03"),
        ("Mai 3, 1999", "1999-05-03"),
        ("1999 Jun 3", "1999-06-03"),
        ("23-28 June 1999", "1999-06-23/1999-06-28"),
        ("May-Jun 1999", "1999-05/1999-06"),
        ("1998~", "1998~"),
        ("1998-1999", "1998/1999"),
        ("44 BC", "-0043"),
        ("2015/2016", "2015/2016"),
        ("2015-06/2016-03", "2015-06/2016-03"),
    ],
)
def test_a_date_is_read_in_every_form(value: str, date: str) -> None:
    reading = read_date(value)
    assert (str(reading.date), reading.is_whole) == (date, True)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("1999/13/01", "1999"),
        ("1999/02/29", "1999-02"),
        ("1999//31", "1999"),
        ("1999/02/03/online", "1999-02-03"),
        ("Feb 31 1999", "1999-02"),
    ],
)
def test_what_is_no_date_of_a_date_is_left_over(value: str, date: str) -> None:
    reading = read_date(value)
    assert (str(reading.date), reading.is_whole) == (date, False)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "in press",
        "0000",
        "0000//",
        "Date of Code",
        "1 Jan 2 1999",
        "12",
        "\uff12\uff10\uff12\uff10",
        "Aug 3",
    ],
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert read_date(value).date is None


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("Aug 3", "1999-08-03"),
        ("3 August", "1999-08-03"),
        ("Sept", "1999-09"),
        ("Jan-Feb", "1999-01/1999-02"),
    ],
)
def test_a_month_without_year_is_of_the_year_that_is_told(value: str, date: str) -> None:
    assert str(read_date(value, 1999).date) == date


def test_a_value_that_says_less_of_the_same_date_is_no_complaint() -> None:
    assert settle(["1999", "1999/12/31", "1999/12//", "Dec 31"]).complaints == ("", "", "", "")


def test_the_year_is_that_of_the_weighty_value() -> None:
    settled = settle(["1998/01/02", "1999", "1999/05"], weighty=1)
    assert (str(settled.date), settled.complaints) == ("1999-05", ("is another date", "", ""))


def test_a_date_that_is_whole_counts_more_than_one_in_part() -> None:
    settled = settle(["1999", "1999/05/06/received"])
    assert (str(settled.date), settled.complaints) == ("1999", ("", "is a date only in part"))


def test_values_without_any_date_settle_nothing() -> None:
    assert settle(["soon", "later"]) == (None, ("is no date", "is no date"))


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("1999", ("1999", "")),
        ("1999-12", ("1999", "1999/12//")),
        ("1999-12-31", ("1999", "1999/12/31/")),
        ("1999-21", ("1999", "1999///Spring")),
        ("1999-12-31T10:30:00", ("1999", "1999/12/31/T10:30:00")),
        ("1999~", ("1999", "1999~")),
        ("1999/2000", ("1999", "1999/2000")),
        ("-0043", ("-0043", "")),
        ("199X", ("199X", "")),
        ("1999/", ("1999", "")),
        ("../1999", ("../1999", "")),
    ],
)
def test_a_date_is_written_with_its_year_by_itself(date: str, written: tuple[str, str]) -> None:
    assert write_date(Date.parse(date)) == written


def test_a_literal_is_written_as_it_is() -> None:
    assert write_date(Date(literal="in press")) == ("in press", "")


@given(dates())
def test_what_is_written_is_read_as_the_same_date(date: Date) -> None:
    values = [value for value in write_date(date) if value]
    # RIS reads a year with a slash behind it as that year, which EDTF reads as a range; a word for a
    # season with a year behind it is one, whoever wrote it as a literal.
    is_year_with_slash = date.is_range and date.end is None and not date.open_end
    settled = settle(values)
    if not is_year_with_slash and date.literal != "Spring 2020":
        assert settled == (
            None if date.literal else date,
            tuple("is no date" if date.literal else "" for _ in values),
        )
