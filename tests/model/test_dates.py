from __future__ import annotations

import calendar
import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from dlbib.errors import ParseError
from dlbib.model.dates import Date, Point, date_of_fields, date_of_words
from dlbib.model.entry import Entry
from tests.strategies.dates import dates, edtf_dates, points

if TYPE_CHECKING:
    from pathlib import Path

    from jsonschema.protocols import Validator

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


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("1998/unknown", "1998/"), ("unknown/1998", "/1998"), ("1999/open", "1999/.."), ("18uu", "18XX"),
        ("196u", "196X"), ("1961-uu", "1961-XX"), ("1961-05-uu", "1961-05-XX"), ("y-12000", "Y-12000"), ("1723?~", "1723%"),
    ],
)  # fmt: skip
def test_what_edtf_was_before_it_was_a_standard_is_read_as_what_it_is_now(text: str, now: str) -> None:
    assert str(Date.parse(text)) == now


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
        "2014\n", "2014-02-28/2014-02-30", "-0000", "-000X", "199X-04", "Y1234567890", "Y9E9", "2014-01-XXT10:00:00", "XX-04",
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
        {"year": 1990, "month": 3, "unspecified": 1},
        {"year": 19_990, "unspecified": 1},
        {"year": 1_000_000_000},
        {"open_day": True},
        {"month": 3, "open_month": True},
        {"month": 3, "day": 3, "open_day": True},
        {"season": 1, "open_day": True},
        {"time": "10:00:00"},
        {"month": 3, "day": 3, "time": "25:00:00"},
    ],
)
def test_an_impossible_point_cannot_be_made(parts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"there is no|open|nine digits|no time"):
        Point(**{"year": 2014, **parts})  # type: ignore[arg-type]  # what they are is the test


@pytest.mark.parametrize(
    "parts",
    [
        {"end": Point(2014)},
        {"open_end": True},
        {"is_range": True},
        {"is_range": True, "open_start": True, "open_end": True},
        {"start": Point(2014), "is_range": True, "open_start": True},
        {"start": Point(2014), "literal": "in press"},
        {"end": Point(2014), "is_range": True, "literal": "in press"},
    ],
)
def test_a_date_is_one_thing_only(parts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"literal|range"):
        Date(**parts)  # type: ignore[arg-type]  # what they are is the test


def test_a_year_may_be_written_with_an_exponent() -> None:
    assert Date.parse("Y-17E7").year == -170_000_000


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
    assert sorted([*several[1:], *several[:1]]) == sorted(several)


@given(dates(), dates())
def test_of_two_dates_one_is_less_unless_they_are_equal(one: Date, other: Date) -> None:
    assert (one < other) + (one > other) + (one == other) == 1


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
    ({"date-parts": [[0], [2014]]}, "../2014"),
    ({"date-parts": [[2014, None]]}, "2014"),
    ({"date-parts": [[2014, 21], [2014, 23]]}, "2014-21/2014-23"),
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
        {"date-parts": [[2020, None, 5]]}, {"date-parts": [[0, 5]]}, {"date-parts": [["1_0"]]}, {"date-parts": [[10**10]]},
        {"date-parts": [["9" * 5000]]}, {"date-parts": [[2014, 3]], "season": 1}, {"date-parts": [[2014]], "season": "spring"},
    ],
)  # fmt: skip
def test_what_is_no_csl_date_is_refused(given_object: dict[str, object]) -> None:
    with pytest.raises(ParseError):
        Date.from_csl(given_object)


@given(dates())
def test_a_date_is_exact_in_csl_when_it_comes_back_equal(date: Date) -> None:
    assert date.csl_is_exact == (Date.from_csl(date.to_csl()) == date)


@given(dates())
def test_what_csl_made_of_a_date_it_can_hold(date: Date) -> None:
    assert Date.from_csl(date.to_csl()).csl_is_exact


@given(dates())
def test_csl_dates_are_valid_by_the_schema(shared: Path, date: Date) -> None:
    assert _csl_validator(shared).is_valid(date.to_csl())


@cache
def _csl_validator(shared: Path) -> Validator:
    schema = json.loads((shared / "data/csl/csl-data.json").read_text(encoding="utf-8"))
    return Draft7Validator(schema["definitions"]["date-variable"])


@given(points())
def test_a_csl_date_has_whole_numbers_in_its_parts(point: Point) -> None:
    for parts in Date(point).to_csl().get("date-parts", []):
        assert 1 <= len(parts) <= 3
        assert all(type(part) is int for part in parts)


def test_a_decade_is_no_year_in_csl() -> None:
    assert Date.parse("199X").to_csl() == {"literal": "199X"}


@pytest.mark.parametrize(
    "text", ["2014", "2014-06-02~", "2014/..", "../2014", "-0043", "2014-21", "2014-21/2014-23", "in press"]
)
def test_a_date_that_csl_can_hold_says_so(text: str) -> None:
    assert Date.read(text).csl_is_exact


@pytest.mark.parametrize("text", ["199X", "2004-XX", "1998?", "2014-01-01T10:00:00", "/2014", "2014~/2015"])
def test_a_date_that_csl_cannot_hold_says_so(text: str) -> None:
    assert not Date.parse(text).csl_is_exact


@given(dates())
def test_a_date_survives_json(date: Date) -> None:
    entry = Entry(issued=date)
    assert Entry.model_validate_json(entry.model_dump_json(exclude_defaults=True)) == entry


# --- BibTeX's fields ---------------------------------------------------------------------------------

FIELDS = [
    (("2014",), "2014"),
    (("800",), "0800"),
    (("44 BC",), "-0043"),
    (("2014~",), "2014~"),
    (("2017--2018",), "2017/2018"),
    (("2014", "jan"), "2014-01"),
    (("2014", "January"), "2014-01"),
    (("2014", "6", "3"), "2014-06-03"),
    (("2014", "10~dec"), "2014-12-10"),
    (("2014", "Sept. 1st"), "2014-09-01"),
    (("2014", "jun--jul"), "2014-06/2014-07"),
    (("2014", "June 3--7"), "2014-06-03/2014-06-07"),
    (("2014", "June", "3--5"), "2014-06-03/2014-06-05"),
    (("2014", "June 30--July 2"), "2014-06-30/2014-07-02"),
    (("2017--2018", "dec--jan"), "2017-12/2018-01"),
    (("2014", "Spring"), "2014-21"),
    (("2014", "Juni"), "2014-06"),
    (("2014", "14 juillet"), "2014-07-14"),
    (("2014", "d\u00e9c."), "2014-12"),
    (("2014", "M\u00e4rz--Mai"), "2014-03/2014-05"),
    (("2014", "septiembre"), "2014-09"),
]


@pytest.mark.parametrize(("fields", "text"), FIELDS)
def test_fields_of_bibtex_are_read(fields: tuple[str, ...], text: str) -> None:
    found = date_of_fields(*fields)
    assert (str(found.date), found.unread) == (text, ())


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("May 2014", "2014-05"),
        ("1 May 2014", "2014-05-01"),
        ("May 3rd, 2014", "2014-05-03"),
        ("2014-5-3", "2014-05-03"),
        ("2014/05/03", "2014-05-03"),
        ("2014 May 3", "2014-05-03"),
        ("23--28 June 2014", "2014-06-23/2014-06-28"),
        ("Summer 2014", "2014-22"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, date: str) -> None:
    assert str(date_of_words(text)) == date


@pytest.mark.parametrize(
    "text",
    [
        "2014",
        "5 2014",
        "2014 5",
        "5/3/2014",
        "2014-5-33",
        "in press",
        "in press 2014",
        "May 0000",
        "",
        "x 2014",
    ],
)
def test_any_other_text_is_no_date_in_words(text: str) -> None:
    assert date_of_words(text) is None


@pytest.mark.parametrize(
    "year",
    [
        "in press",
        "c. 1900",
        "1999a",
        "\uff11\uff19\uff19\uff19",
        "98",
        "0 BC",
        "2014--15",
        "2014-140",
        "2014--2010",
        "5 2014",
        "5/3/2014",
        "2014-5-33",
    ],
)
def test_a_year_that_is_none_is_a_literal(year: str) -> None:
    assert date_of_fields(year).date == Date(literal=year)


@pytest.mark.parametrize(
    ("fields", "text", "unread"),
    [
        (("2014", "13"), "2014", ("month",)),
        (("2014", "\u0663"), "2014", ("month",)),
        (("2014", "ju"), "2014", ("month",)),
        (("2014", "jui"), "2014", ("month",)),
        (("2014", "dec--jan"), "2014", ("month",)),
        (("2014", "feb", "30"), "2014-02", ("day",)),
        (("2014", "", "3"), "2014", ("day",)),
        (("2014-06", "jul"), "2014-06", ("month",)),
        (("in press", "jul", "1"), "in press", ("month", "day")),
        (("", "jul"), "None", ("month",)),
    ],
)
def test_a_field_that_cannot_be_understood_is_told(
    fields: tuple[str, ...], text: str, unread: tuple[str, ...]
) -> None:
    found = date_of_fields(*fields)
    assert (str(found.date), found.unread) == (text, unread)


_FIELD_TEXT = st.lists(
    st.sampled_from([*"0123 ~.-/", "jan", "Spring", "2014", "--", "BC", "X", "th", "\u0663"])
).map("".join)


@given(_FIELD_TEXT, _FIELD_TEXT, _FIELD_TEXT)
def test_no_field_is_refused_and_only_a_given_one_is_unread(year: str, month: str, day: str) -> None:
    found = date_of_fields(year, month, day)
    assert (found.date is None) == (not year.strip())
    assert set(found.unread) <= {name for name, text in (("month", month), ("day", day)) if text.strip()}
