"""Points in time: a year, a month, a season or a day, as EDTF has them.

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification" (2019), levels 0 and 1; its draft of
2012, which BibLaTeX read before version 3.11, for what the same was called then.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Final

SEASON_OFFSET: Final = 20
"""EDTF numbers the seasons 21 to 24; CSL 1 to 4, from spring."""
MONTHS: Final = 12
SEASONS: Final = 4
LAST_YEAR: Final = 999_999_999
"""The last year that is read, and with a minus the first; more digits are a mistake."""

_FOUR_DIGITS: Final = 9999
_SHORTEST_MONTH: Final = 28
_TIME: Final = r"(?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d)?(?:Z|[+-][01]\d(?::?[0-5]\d)?)?"
_IS_TIME: Final = re.compile(_TIME, re.ASCII)
_POINT: Final = re.compile(
    r"(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX)|Y-?(?:\d{5,9}|\d{1,9}E\d))"
    rf"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:T(?P<time>{_TIME}))?)?)?(?P<mark>[?~%]?)",
    re.ASCII,
)
_DRAFT: Final = str.maketrans({"u": "X", "y": "Y"})
_MARKS: Final = {"": (False, False), "?": (False, True), "~": (True, False), "%": (True, True)}
_MARK_OF: Final = {flags: mark for mark, flags in _MARKS.items()}


@total_ordering
@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date: a year, a month or season of it, a day of that month.

    ``year`` is astronomical: 0 is 1 BC. ``month`` is 1 to 12; ``season`` 1 to 4 (spring to winter),
    never beside a month. ``unspecified`` counts the last digits of the year that are left open (of
    ``199X`` it is 1, and the year 1990); ``open_month`` and ``open_day`` say that there is one but not
    which (``2004-XX``). ``time`` is kept as written. Raises ``ValueError`` for what is no date.

    >>> str(Point(2004, 2, 29, approximate=True))
    '2004-02-29~'
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    time: str = ""
    unspecified: int = 0
    approximate: bool = False
    uncertain: bool = False
    open_month: bool = False
    open_day: bool = False

    def __post_init__(self) -> None:
        problem = _problem(self)
        if problem:
            raise ValueError(problem)

    def __str__(self) -> str:
        time = f"T{self.time}" if self.time else ""
        return f"{_year_text(self)}{_month_text(self)}{time}{_MARK_OF[self.approximate, self.uncertain]}"

    def __lt__(self, other: Point) -> bool:
        return self.sort_key < other.sort_key

    @property
    def is_plain(self) -> bool:
        """Whether year, month or season, and day are all that it says."""
        is_open = self.unspecified or self.open_month or self.open_day
        return not (is_open or self.time or self.approximate or self.uncertain)

    @property
    def sort_key(self) -> tuple[int, int, int, str, str]:
        """What dates are ordered by: year, month (of a season, its first), day, time; then all as written."""
        month = self.month or (self.season * 3 if self.season else 0)
        return self.year, month, self.day or 0, self.time, str(self)


def parse_point(text: str) -> Point:
    """The point that an EDTF text is. Raises ``ValueError`` that says why it is none.

    >>> str(parse_point("199u")), str(parse_point("y-17000"))
    ('199X', 'Y-17000')
    """
    match = _POINT.fullmatch(text) or _POINT.fullmatch(text.translate(_DRAFT).replace("?~", "%"))
    if match is None:
        message = "it is not of the form YYYY-MM-DD"
        raise ValueError(message)
    month, day, mark = match["month"], match["day"], match["mark"]
    number = int(month) if month and month != "XX" else None
    season = number - SEASON_OFFSET if number and number > SEASON_OFFSET else None
    approximate, uncertain = _MARKS[mark]
    return Point(
        year=_year(match["year"]),
        month=None if season else number,
        day=int(day) if day and day != "XX" else None,
        season=season,
        time=match["time"] or "",
        unspecified=match["year"].count("X"),
        approximate=approximate,
        uncertain=uncertain,
        open_month=month == "XX",
        open_day=day == "XX",
    )


def _year(text: str) -> int:
    digits, _, exponent = text.removeprefix("Y").replace("X", "0").partition("E")
    year = int(digits + "0" * int(exponent or 0))
    if year == 0 and digits.startswith("-"):
        message = "there is no year -0"
        raise ValueError(message)
    return year


def _problem(point: Point) -> str:
    """Why there is no such date; empty when there is."""
    if not -LAST_YEAR <= point.year <= LAST_YEAR:
        return "a year has at most nine digits"
    if point.month is not None and not 1 <= point.month <= MONTHS:
        return f"there is no month {point.month}"
    if point.season is not None and (not 1 <= point.season <= SEASONS or point.month is not None):
        return f"there is no season {point.season}, or it stands beside a month"
    if point.day is not None and not _has_day(point, point.day):
        return f"there is no day {point.day} in that month"
    if point.time and (point.day is None or not _IS_TIME.fullmatch(point.time)):
        return f"{point.time!r} is no time of a day"
    return _problem_of_open_parts(point) if point.unspecified or point.open_month or point.open_day else ""


def _has_day(point: Point, day: int) -> bool:
    if point.month is None:
        return False
    return (
        1 <= day <= _SHORTEST_MONTH
        or _SHORTEST_MONTH < day <= calendar.monthrange(point.year, point.month)[1]
    )


def _problem_of_open_parts(point: Point) -> str:
    """Why a part can't be left open: what is smaller than an open part isn't known either."""
    if point.open_month and (point.month or point.season):
        return "a month is left open or named, not both"
    if point.open_day and (point.day or not (point.month or point.open_month)):
        return "a day is left open or named, not both, and only beside a month"
    if not point.unspecified:
        return ""
    if point.month or point.season or point.open_month:
        return "a year with open digits has neither month nor season"
    if (
        point.unspecified not in {1, 2}
        or point.year % 10**point.unspecified
        or abs(point.year) > _FOUR_DIGITS
    ):
        return "a year ends in one or two open digits, and has four"
    return ""


def _year_text(point: Point) -> str:
    sign = "-" if point.year < 0 else ""
    digits = f"{abs(point.year):04d}"
    if abs(point.year) > _FOUR_DIGITS:
        return f"Y{sign}{digits}"
    return f"{sign}{digits[: len(digits) - point.unspecified]}{'X' * point.unspecified}"


def _month_text(point: Point) -> str:
    if point.season:
        return f"-{point.season + SEASON_OFFSET}"
    month = f"-{point.month:02d}" if point.month else "-XX" if point.open_month else ""
    day = f"-{point.day:02d}" if point.day else "-XX" if point.open_day else ""
    return f"{month}{day}"
