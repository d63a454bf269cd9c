"""The days that a date may be, and whether two dates can be of one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.model.markup import fold

if TYPE_CHECKING:
    from dlbib.model.dates import Date
    from dlbib.model.dates.point import Point

_Day = tuple[int, int, int]
_BEGIN: Final[_Day] = (-(10**10), 1, 1)
_END: Final[_Day] = (10**10, 12, 31)


def meet(one: Date, other: Date) -> bool:
    """Whether one of two dates lies within the other; what is approximate or uncertain may be a year off.

    >>> from dlbib.model.dates import Date
    >>> meet(Date.of(2014), Date.of(2014, 6, 23)), meet(Date.of(2013), Date.of(2014))
    (True, False)
    """
    if one.literal or other.literal:
        return _texts_meet(one, other)
    ours, theirs = _days(one), _days(other)
    return _holds(ours, theirs) or _holds(theirs, ours)


def _texts_meet(one: Date, other: Date) -> bool:
    """Whether two texts are alike, or the year of a date stands in the text that is none."""
    ours, theirs = fold(str(one)).split(), fold(str(other)).split()
    return ours == theirs or str(one.year) in theirs or str(other.year) in ours


def _holds(outer: tuple[_Day, _Day], inner: tuple[_Day, _Day]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _days(date: Date) -> tuple[_Day, _Day]:
    """The first and the last day that a date may be, or that a range has."""
    slack = 1 if date.circa else 0
    start, end = date.start or date.end, date.end or date.start
    first = _BEGIN if date.open_start or start is None else _first(start, slack)
    last = _END if date.open_end or end is None else _last(end, slack)
    return first, last


def _first(point: Point, slack: int) -> _Day:
    return (point.year - slack, point.month or 1, point.day or 1)


def _last(point: Point, slack: int) -> _Day:
    """The last day; a season is as good as its year."""
    year = point.year + (10**point.unspecified - 1) + slack
    return (year, point.month or 12, point.day or 31)
