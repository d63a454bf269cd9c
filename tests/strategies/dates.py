"""Dates of every kind that EDTF's levels 0 and 1 have."""

from __future__ import annotations

import calendar
from functools import cache

from hypothesis import strategies as st

from dlbib.model.dates import Date, Point
from dlbib.model.dates.point import LAST_YEAR

_YEARS = st.one_of(st.integers(1000, 2100), st.integers(-9999, 9999), st.integers(-LAST_YEAR, LAST_YEAR))
_DECADES = st.integers(-999, 999).map(lambda number: number * 10)
_CENTURIES = st.integers(-99, 99).map(lambda number: number * 100)
_TIMES = st.sampled_from(["", "", "", "10:30", "10:30:00", "23:59:59Z", "00:00:00+01:00"])


_MONTHS = st.integers(1, 12)
_LAST_DAYS = {last: st.integers(1, last) for last in (28, 29, 30, 31)}


@st.composite
def _days(draw: st.DrawFn) -> dict[str, object]:
    year, month = draw(_YEARS), draw(_MONTHS)
    last = calendar.monthrange(2000 + year % 400, month)[1]
    return {"year": year, "month": month, "day": draw(_LAST_DAYS[last]), "time": draw(_TIMES)}


@cache
def points() -> st.SearchStrategy[Point]:
    """Years, months, seasons and days, with every mark and with open parts."""
    shapes = st.one_of(
        st.fixed_dictionaries({"year": _YEARS}),
        st.fixed_dictionaries({"year": _YEARS, "month": st.integers(1, 12)}),
        st.fixed_dictionaries({"year": _YEARS, "season": st.integers(1, 4)}),
        st.fixed_dictionaries({"year": _DECADES, "unspecified": st.just(1)}),
        st.fixed_dictionaries({"year": _CENTURIES, "unspecified": st.just(2)}),
        st.fixed_dictionaries(
            {"year": _YEARS, "open_month": st.sampled_from([True]), "open_day": st.booleans()}
        ),
        st.fixed_dictionaries(
            {"year": _YEARS, "month": st.integers(1, 12), "open_day": st.sampled_from([True])}
        ),
        _days(),
    )
    marks = st.fixed_dictionaries({"approximate": st.booleans(), "uncertain": st.booleans()})
    return st.builds(lambda shape, mark: Point(**shape, **mark), shapes, marks)


@cache
def _ranges() -> st.SearchStrategy[Date]:
    whole = st.builds(lambda first, last: Date(first, last, is_range=True), points(), points())
    to_come = st.builds(
        lambda first, is_open: Date(first, is_range=True, open_end=is_open), points(), st.booleans()
    )
    since = st.builds(
        lambda last, is_open: Date(None, last, is_range=True, open_start=is_open), points(), st.booleans()
    )
    return st.one_of(whole, to_come, since)


@cache
def edtf_dates() -> st.SearchStrategy[Date]:
    """Dates and ranges, no literals."""
    return st.one_of(st.builds(Date, points()), _ranges())


@cache
def dates() -> st.SearchStrategy[Date]:
    """Dates of every kind, literals too."""
    literals = st.sampled_from(["in press", "c. 1900", "Spring 2020", "forthcoming", "1999a"])
    return st.one_of(edtf_dates(), st.builds(lambda text: Date(literal=text), literals))
