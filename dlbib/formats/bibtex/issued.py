"""When a work appeared, in BibTeX's fields ``year``, ``month`` and ``day``, and BibLaTeX's ``date``.

BibTeX knows a year and a month. What doesn't fit them (a range over years, a season, an approximate
date) stands whole in ``date``, which BibTeX passes over, beside the year that comes nearest.

Source: Oren Patashnik, "BibTeXing", section 3.2; BibLaTeX manual, section 2.3.8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dlbib.model.dates import Date, Point

_FIRST_YEAR: Final = 100
_LAST_YEAR: Final = 9999
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every style defines; a month's is at its number less one."""

_PLAIN_YEARS: Final = range(100, 10_000)  # a number of fewer or more digits is not read as a year


def bibtex_date(date: Date) -> tuple[dict[str, str], bool]:
    """The fields for a date that is no literal, with their values as source text, and whether they say it all.

    >>> from dlbib.model.dates import Date, Point
    >>> bibtex_date(Date(Point(2013, 8, 4)))
    ({'year': '{2013}', 'month': 'aug', 'day': '{4}'}, True)
    """
    point = date.start or date.end
    if point is None:
        return {}, False
    fields = {"year": f"{{{_year(point.year)}}}"}
    if point.month:
        _add_month(fields, date, point)
    if point.day and not date.is_range:
        fields["day"] = f"{{{point.day}}}"
    return fields, _is_whole(date)


def _year(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BC"


def _add_month(fields: dict[str, str], date: Date, point: Point) -> None:
    first = MONTHS[(point.month or 1) - 1]
    last = date.end if date.is_range else point
    if last is None or last.year != point.year or not last.month:
        return
    fields["month"] = first if last.month == point.month else f'{first} # "--" # {MONTHS[last.month - 1]}'


def _is_whole(date: Date) -> bool:
    """Whether a year, one or two months and a day say all of ``date``."""
    if not date.is_range:
        return date.start is not None and _is_simple(date.start)
    if date.start is None or date.end is None:
        return False
    first, last = date.start, date.end
    months = first.month and last.month and not (first.day or last.day) and first.month != last.month
    return bool(months) and first.year == last.year and _is_simple(first) and _is_simple(last)


def _is_simple(point: Point) -> bool:
    """Whether a year of ours, a month and a day say all of ``point``."""
    return point.year in _PLAIN_YEARS and point.is_plain and not point.season
