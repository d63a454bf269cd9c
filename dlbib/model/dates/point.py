"""Points in time: a year, a month, a season or a day, as EDTF has them.

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification" (2019), levels 0 and 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SEASON_OFFSET: Final = 20
"""EDTF numbers the seasons 21 to 24; CSL 1 to 4, from spring."""
MONTHS: Final = 12
SEASONS: Final = 4
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_POINT: Final = re.compile(
    r"(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX)|Y-?\d{5,9})"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:T(?P<time>"
    r"(?:[01]\d|2[0-4]):[0-5]\d:[0-6]\d(?:Z|[+-][01]\d(?::?[0-5]\d)?)?))?)?)?"
    r"(?P<mark>[?~%]?)",
    re.ASCII,
)
_MARKS: Final = {(False, False): "", (False, True): "?", (True, False): "~", (True, True): "%"}


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
        if self.month is None and self.day is None and self.season is None and not self.unspecified:
            return
        problem = _problem(self)
        if problem:
            raise ValueError(problem)

    def __str__(self) -> str:
        return f"{_year_text(self)}{_month_text(self)}{f'T{self.time}' if self.time else ''}{_mark(self)}"

    def __lt__(self, other: Point) -> bool:
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """What dates are ordered by: year, month (of a season, its first), day, time."""
        month = self.month or (self.season * 3 if self.season else 0)
        return self.year, month, self.day or 0, self.time


def parse_point(text: str) -> Point:
    """The point that an EDTF text is. Raises ``ValueError`` that says why it is none."""
    match = _POINT.fullmatch(text)
    if match is None:
        message = "it is not of the form YYYY-MM-DD"
        raise ValueError(message)
    month, day, mark = match["month"], match["day"], match["mark"]
    number = int(month) if month and month != "XX" else None
    season = number - SEASON_OFFSET if number and number > SEASON_OFFSET else None
    return Point(
        year=int(match["year"].lstrip("Y").replace("X", "0")),
        month=None if season else number,
        day=int(day) if day and day != "XX" else None,
        season=season,
        time=match["time"] or "",
        unspecified=match["year"].count("X"),
        approximate=mark in {"~", "%"},
        uncertain=mark in {"?", "%"},
        open_month=month == "XX",
        open_day=day == "XX",
    )


def _problem(point: Point) -> str:
    """Why there is no such date; empty when there is."""
    if point.month is not None and not 1 <= point.month <= MONTHS:
        return f"there is no month {point.month}"
    if point.season is not None and (not 1 <= point.season <= SEASONS or point.month is not None):
        return f"there is no season {point.season}, or it stands beside a month"
    if point.day is not None and (
        point.month is None or not 1 <= point.day <= _days(point.year, point.month)
    ):
        return f"there is no day {point.day} in that month"
    if point.unspecified and (point.unspecified not in {1, 2} or abs(point.year) % 10**point.unspecified):
        return f"a year with {point.unspecified} open digits ends in as many zeros"
    return ""


def _days(year: int, month: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not is_leap else _DAYS[month - 1]  # noqa: PLR2004  # February


def _year_text(point: Point) -> str:
    sign = "-" if point.year < 0 else ""
    digits = f"{abs(point.year):04d}"
    if len(digits) > 4:  # noqa: PLR2004  # EDTF marks years of more than four digits
        return f"Y{sign}{digits}"
    return f"{sign}{digits[: 4 - point.unspecified]}{'X' * point.unspecified}"


def _month_text(point: Point) -> str:
    if point.season:
        return f"-{point.season + SEASON_OFFSET}"
    if point.month is None:
        return f"{'-XX' if point.open_month else ''}{'-XX' if point.open_month and point.open_day else ''}"
    day = f"-{point.day:02d}" if point.day else "-XX" if point.open_day else ""
    return f"-{point.month:02d}{day}"


def _mark(point: Point) -> str:
    return {(False, True): "?", (True, False): "~", (True, True): "%"}.get(
        (point.approximate, point.uncertain), ""
    )
