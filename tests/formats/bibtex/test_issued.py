from __future__ import annotations

import pytest
from hypothesis import given

from dlbib.formats.bibtex.issued import MONTHS, bibtex_date
from dlbib.model.dates import Date, Point
from tests.strategies.dates import edtf_dates


@pytest.mark.parametrize(
    ("edtf", "fields"),
    [
        ("2013", {"year": "{2013}"}),
        ("2013-08", {"year": "{2013}", "month": "aug"}),
        ("2013-08-04", {"year": "{2013}", "month": "aug", "day": "{4}"}),
        ("2015-09/2015-10", {"year": "{2015}", "month": 'sep # "--" # oct'}),
        ("0476", {"year": "{476}"}),
    ],
)
def test_what_a_year_and_a_month_can_say_is_said_whole(edtf: str, fields: dict[str, str]) -> None:
    assert bibtex_date(Date.parse(edtf)) == (fields, True)


@pytest.mark.parametrize(
    ("edtf", "fields"),
    [
        ("2014/2016", {"year": "{2014}"}),
        ("2015-12-07/2015-12-13", {"year": "{2015}", "month": "dec"}),
        ("2014-11/2015-02", {"year": "{2014}"}),
        ("2014/..", {"year": "{2014}"}),
        ("/2014", {"year": "{2014}"}),
        ("2014~", {"year": "{2014}"}),
        ("2014-05?", {"year": "{2014}", "month": "may"}),
        ("2014-21", {"year": "{2014}"}),
        ("199X", {"year": "{1990}"}),
        ("2014-XX", {"year": "{2014}"}),
        ("-0043", {"year": "{44 BC}"}),
        ("0044", {"year": "{44}"}),
        ("Y28358", {"year": "{28358}"}),
    ],
)
def test_of_any_other_date_the_nearest_is_said(edtf: str, fields: dict[str, str]) -> None:
    assert bibtex_date(Date.parse(edtf)) == (fields, False)


@given(edtf_dates())
def test_two_dates_that_are_said_whole_and_alike_are_one(date: Date) -> None:
    fields, is_whole = bibtex_date(date)
    if is_whole:
        year, day = int(fields["year"][1:-1]), int(fields.get("day", "{0}")[1:-1])
        months = [MONTHS.index(month) + 1 for month in fields.get("month", "").split(' # "--" # ') if month]
        points = [Point(year, month or None, day or None) for month in months or [0]]
        is_range = len(points) > 1
        assert date == Date(points[0], points[1] if is_range else None, is_range=is_range)
