from __future__ import annotations

import calendar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dlbib.errors import ParseError
from dlbib.model.dates import Date, Point
from dlbib.model.entry import Entry
from tests.strategies.dates import dates, edtf_dates, points

LEVEL_0 = ["1985-04-12", "1985-04", "1985", "0000", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08"]
LEVEL_0_TIMES = [
    "1985-04-12T23:20:30",
    "1985-04-12T23:20:30Z",
    "1985-04-12T23:20:30-04",
    "1985-04-12T23:20:30+04:30",
]
LEVEL_1 = [
    "Y170000002", "Y-170000002", "2001-21", "2003-22", "2000-23", "2010-24", "1984?", "2004-06~", "2004-06-11%",
    "201X", "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX", "1985-04-12/..", "1985/..", "../1985-04-12", "/1985",
    "1985/", "1984~/2004-06", "1984/2004-06~", "-0044", "1984?/2004~",
]  # fmt: skip


@pytest.mark.parametrize("text", LEVEL_0 + LEVEL_0_TIMES + LEVEL_1)
def test_what_edtf_calls_a_date_is_read_and_written_back(text: str) -> None:
    assert str(Date.parse(text)) == text


@given(edtf_dates())
def test_every_date_is_its_text(date: Date) -> None:
    assert Date.parse(str(date)) == date


@given(dates())
def test_reading_never_fails_and_keeps_the_text(date: Date) -> None:
    assert Date.read(str(date)) == date


@given(st.text(max_size=20))
def test_any_text_is_read_as_a_date_or_as_a_literal(text: str) -> None:
    date = Date.read(text)
    assert bool(date.literal) != (date.start is not None or date.end is not None) or not text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "2020-13", "2020-13-45", "2020-02-30", "2019-02-29", "1900-02-29", "2014-00", "2014-01-00", "2014-25", "2014-21-05",
        "1985-XX-10", "2014-1", "14", "199", "1999a", "c. 1900", "in press", "/", "..", "../..", "2014/2015/2016", "",
        " 2014", "\uff12\uff10\uff11\uff14", "2014-01T10:00:00", "2014-01-01T25:00:00", "2014??", "XXXX", "1XXX", "20XX/a", "Y2014",
        "2014\n", "2014-02-28/2014-02-30",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_and_read_as_a_literal(text: str) -> None:
    with pytest.raises(ParseError):
        Date.parse(text)


def test_a_refusal_says_why_and_what_to_write() -> None:
    with pytest.raises(ParseError, match="no day 30 in that month"):
        Date.parse("2020-02-30")


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31))
def test_a_day_is_accepted_when_the_calendar_has_it(year: int, month: int, day: int) -> None:
    assert _is_accepted(year, month, day) == (day <= calendar.monthrange(year, month)[1])


def _is_accepted(year: int, month: int, day: int) -> bool:
    try:
        Point(year, month, day)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "parts",
    [
        {"month": 13},
        {"season": 5},
        {"season": 1, "month": 2},
        {"day": 3},
        {"unspecified": 1},
        {"unspecified": 3},
    ],
)
def test_an_impossible_point_cannot_be_made(parts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="there is no|open digits"):
        Point(2014, **parts)  # type: ignore[arg-type]  # every part is a number here


# --- order -------------------------------------------------------------------------------------------


def test_dates_are_ordered_by_their_begin_and_literals_come_last() -> None:
    texts = [
        "in press",
        "2014-06",
        "2014",
        "2014/2016",
        "2014/2015",
        "-0044",
        "2014-06-02",
        "../2013",
        "2014-21",
    ]
    ordered = [str(date) for date in sorted(map(Date.read, texts))]
    assert ordered == [
        "-0044", "../2013", "2014", "2014/2015", "2014/2016", "2014-21", "2014-06", "2014-06-02", "in press",
    ]  # fmt: skip


@given(st.lists(dates(), max_size=4))
def test_any_dates_can_be_sorted(several: list[Date]) -> None:
    assert sorted(reversed(several)) == sorted(several)


# --- parts -------------------------------------------------------------------------------------------


def test_the_parts_of_a_range_are_those_of_its_begin() -> None:
    date = Date.parse("2015-09/2016-02-03")
    assert (date.year, date.month, date.day) == (2015, 9, None)


def test_the_year_of_a_range_whose_begin_is_unknown_is_that_of_its_end() -> None:
    assert Date.parse("/2020").year == 2020


def test_a_literal_has_no_year() -> None:
    assert Date.read("in press").year is None


@pytest.mark.parametrize(
    ("text", "circa"), [("2014", False), ("2014~", True), ("2014?", True), ("2014/2015~", True)]
)
def test_a_date_is_circa_when_an_end_of_it_is(text: str, *, circa: bool) -> None:
    assert Date.parse(text).circa is circa


# --- CSL ---------------------------------------------------------------------------------------------

CSL = [
    ({"date-parts": [[2014]]}, "2014"),
    ({"date-parts": [["2020", "1"]]}, "2020-01"),
    ({"date-parts": [[2014, 2, 3], [2015]]}, "2014-02-03/2015"),
    ({"date-parts": [[2014], [0]]}, "2014/.."),
    ({"date-parts": [[2014], [""]]}, "2014/.."),
    ({"date-parts": [[2014]], "season": 1}, "2014-21"),
    ({"date-parts": [[2014]], "season": "2"}, "2014-22"),
    ({"date-parts": [[2014, 13]]}, "2014-21"),
    ({"date-parts": [[2014, 24]]}, "2014-24"),
    ({"date-parts": [[-45]]}, "-0044"),
    ({"date-parts": [[-1]]}, "0000"),
    ({"date-parts": [[2014]], "circa": 1}, "2014~"),
    ({"date-parts": [[2014]], "circa": False}, "2014"),
    ({"raw": "2014-05"}, "2014-05"),
    ({"raw": "Spring 2020"}, "Spring 2020"),
    ({"literal": "in press"}, "in press"),
    ({"date-parts": [[2014]], "literal": "2014, reprinted"}, "2014"),
]


@pytest.mark.parametrize(("given_object", "text"), CSL)
def test_csl_dates_are_read(given_object: dict[str, object], text: str) -> None:
    assert str(Date.from_csl(given_object)) == text


@pytest.mark.parametrize(
    "given_object",
    [
        {}, {"date-parts": [[]]}, {"date-parts": [[None]]}, {"date-parts": [[2020, 13, 45]]}, {"date-parts": [[2020.5]]},
        {"date-parts": [[2020], [2021], [2022]]}, {"date-parts": [2020]}, {"date-parts": "2020"}, {"date-parts": [["x"]]},
        {"date-parts": [[True]]}, {"date-parts": [[2020, 2, 30]]}, {"season": 1},
    ],
)  # fmt: skip
def test_what_is_no_csl_date_is_refused(given_object: dict[str, object]) -> None:
    with pytest.raises(ParseError):
        Date.from_csl(given_object)


@given(dates())
def test_what_csl_can_hold_comes_back(date: Date) -> None:
    assume(date.csl_is_exact)
    assert Date.from_csl(date.to_csl()) == date


@given(points())
def test_a_csl_date_has_whole_numbers_in_its_parts(point: Point) -> None:
    (parts,) = Date(point).to_csl()["date-parts"]
    assert 1 <= len(parts) <= 3
    assert all(type(part) is int for part in parts)


@pytest.mark.parametrize("text", ["199X", "2004-XX", "1998?", "2014-01-01T10:00:00", "/2014", "2014~/2015"])
def test_a_date_that_csl_cannot_hold_says_so(text: str) -> None:
    assert not Date.parse(text).csl_is_exact


@given(dates())
def test_a_date_survives_json(date: Date) -> None:
    entry = Entry(issued=date)
    assert Entry.model_validate_json(entry.model_dump_json(exclude_defaults=True)) == entry
