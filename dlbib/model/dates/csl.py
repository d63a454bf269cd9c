"""The date objects of CSL-JSON, as points in time and back.

Source: CSL 1.0.2, "Dates"; csl-data.json, "date-variable". What the schema leaves open is as pandoc and
Better BibTeX write it: a year 0 is an end of a range that is open, years before it count from -1
(1 BC), months 13 to 16 and 21 to 24 are seasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dlbib.model.dates.point import MONTHS, SEASON_OFFSET, SEASONS, Point

_ENDS: Final = 2
_PARTS: Final = 3
_OPEN: Final = (0,)
_SHOWN: Final = 20
_NUMBER: Final = re.compile(r"-?\d{1,9}", re.ASCII)


def read(given: Mapping[str, Any]) -> tuple[Point | None, ...]:
    """The one or two ends that ``date-parts``, ``season`` and ``circa`` tell; one that is ``None`` is open.

    Raises ``ValueError`` for what is no date.
    """
    parts = given.get("date-parts")
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not 1 <= len(parts) <= _ENDS:
        message = "date-parts has one or two lists of year, month and day"
        raise ValueError(message)
    points = [_point(each) for each in parts]
    if not any(points):
        message = "no year is given"
        raise ValueError(message)
    circa = given.get("circa") not in (None, False, 0, "", "0", "false")
    season = given.get("season")
    if season not in (None, "") and len(points) == 1 and points[0]:
        points = [replace(points[0], season=_season(season))]
    return tuple(replace(point, approximate=True) if point and circa else point for point in points)


def write(points: Sequence[Point | None]) -> dict[str, Any]:
    """A date object for one or two ends, an open one being ``None``."""
    only = points[0] if len(points) == 1 else None
    written: dict[str, Any] = {
        "date-parts": [_parts(point, beside_season=only is not None) for point in points]
    }
    if only and only.season:
        written["season"] = only.season
    if any(point and (point.approximate or point.uncertain) for point in points):
        written["circa"] = True
    return written


def _parts(point: Point | None, *, beside_season: bool) -> list[int]:
    if point is None:
        return [*_OPEN]
    year = point.year if point.year > 0 else point.year - 1
    if point.season and not beside_season:
        return [year, point.season + SEASON_OFFSET]
    return [year, *(part for part in (point.month, point.day) if part)]


def _point(parts: Any) -> Point | None:  # noqa: ANN401  # JSON as it comes
    if not isinstance(parts, Sequence) or isinstance(parts, str) or len(parts) > _PARTS:
        message = "year, month and day stand in a list"
        raise ValueError(message)
    numbers = [0 if part in (None, "") else _number(part) for part in parts]
    if not any(numbers):
        return None
    year, month, day = (*numbers, 0, 0)[:_PARTS]
    if not year or (day and not month):
        message = "a day has a month, and a month a year"
        raise ValueError(message)
    season = _season_of(month)
    return Point(
        year=year if year > 0 else year + 1,
        month=None if season else month or None,
        day=day or None,
        season=season,
    )


def _season_of(month: int) -> int | None:
    for offset in (MONTHS, SEASON_OFFSET):
        if offset < month <= offset + SEASONS:
            return month - offset
    return None


def _season(given: Any) -> int:  # noqa: ANN401  # JSON as it comes
    number = _number(given)
    return _season_of(number) or number


def _number(given: Any) -> int:  # noqa: ANN401  # JSON as it comes
    is_number = isinstance(given, int) and not isinstance(given, bool)
    if not is_number and not (isinstance(given, str) and _NUMBER.fullmatch(given.strip())):
        message = f"{str(given)[:_SHOWN]!r} is no whole number of at most nine digits"
        raise ValueError(message)
    return int(given)
