"""Dates: ``YYYY/MM/DD/other information``, and what databases write in its place.

Source: "RIS Format Specifications", Reference Manager 12, "Date fields": all but the year may be
missing, the slashes may not; what other information is, is up to who writes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.model.dates import Date, Point, date_of_fields, date_of_words
from dlbib.model.dates.fields import SEASONS, month_named

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLASHED: Final = re.compile(
    r"(\d{4})(?:\s*/\s*(\d{0,2})\s*(?:/\s*(\d{0,2})\s*(?:/(.*))?)?)?", re.DOTALL | re.ASCII
)
_WORDS: Final = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?(?:\s+(\d{1,2}))?(?:,?\s+(\d{4}))?", re.ASCII)
_SEASON_NAMES: Final = ("Spring", "Summer", "Autumn", "Winter")
_LAST_YEAR: Final = 9999


class Reading(NamedTuple):
    """What a value says; ``is_whole`` tells that nothing of it is left over."""

    date: Date | None
    is_whole: bool = True


class Settled(NamedTuple):
    """The date that several values tell, and of each value what is wrong beside that; mostly nothing."""

    date: Date | None
    complaints: tuple[str, ...]


NO_DATE: Final = Reading(None, is_whole=False)


def read_date(value: str, year: int | None = None) -> Reading:
    """The date in a value, as far as it can be told: in the form of RIS, in words, or in EDTF.

    ``year`` is what a value such as "Aug 3" is of, if another tag of the record tells it.

    >>> str(read_date("2020/02/30/").date), read_date("2020/02/30/").is_whole
    ('2020-02', False)
    """
    if match := _SLASHED.fullmatch(value):
        return _of_numbers(int(match[1]), match[2] or "", match[3] or "", (match[4] or "").strip())
    if match := _WORDS.fullmatch(value):
        return _of_words(match, year)
    date = Date.read(value)
    if date.literal:
        date = date_of_words(value) or date_of_fields(value).date or date
    if date.literal and year and not (found := date_of_fields(str(year), value)).unread and found.date:
        date = found.date
    return NO_DATE if date == Date(literal=date.literal) else Reading(date)


def _of_numbers(year: int, month: str, day: str, rest: str = "") -> Reading:
    if not year:
        return NO_DATE
    said, is_whole = Point(year), True
    for parts in ((int(month or 0) or None, None), (int(month or 0) or None, int(day or 0) or None)):
        try:
            said = Point(year, *parts)
        except ValueError:
            is_whole = False
    return _with_rest(said, rest) if rest and is_whole else Reading(Date(said), is_whole and not rest)


def _with_rest(said: Point, rest: str) -> Reading:
    """A date with other information, of which a season and a time are understood."""
    season = SEASONS.get(rest.lower())
    if season and said.month is None:
        return Reading(Date(Point(said.year, season=season)))
    with_time = Date.read(f"{said}T{rest.removeprefix('T')}")
    return Reading(Date(said), is_whole=False) if with_time.literal else Reading(with_time)


def _of_words(match: re.Match[str], year: int | None) -> Reading:
    """A month or season by its name, with day and year where they are: "3 Aug 2015", "Aug 3", "Spring 1999"."""
    before, word, behind, written = match.groups()
    known = int(written) if written else year
    month = month_named(word.lower())
    if not known or (before and behind):
        return NO_DATE
    if word.lower() in SEASONS and not (before or behind):
        return Reading(Date(Point(known, season=SEASONS[word.lower()])))
    return _of_numbers(known, str(month), before or behind or "") if month else NO_DATE


def settle(values: Sequence[str], weighty: int | None = None) -> Settled:
    """The date that tells most in the year of the ``weighty`` value, else of the first that tells a year."""
    plain = [read_date(value) for value in values]
    by_weight = plain if weighty is None else [plain[weighty], *plain]
    year = next((one.date.year for one in by_weight if one.date), None)
    found = [one if one.date else read_date(value, year) for one, value in zip(plain, values, strict=True)]
    fitting = [one for one in found if one.date and one.date.year == year]
    best = max(fitting, key=_weight, default=NO_DATE)
    return Settled(best.date, tuple("" if _covers(best, one) else _complaint(one) for one in found))


def _weight(one: Reading) -> tuple[bool, int]:
    """How much a date tells, and first of all whether all of it is understood."""
    return one.is_whole, len(str(one.date))


def _covers(more: Reading, less: Reading) -> bool:
    """Tells whether one date says all that another does: a day what its month says, and its year."""
    if more.date == less.date:
        return less.is_whole
    if not (more.date and less.date and less.date.start and less.is_whole):
        return False
    said, plain = more.date.start, less.date.start
    return less.date == Date(plain) and said is not None and str(said).startswith(str(plain))


def _complaint(one: Reading) -> str:
    if one.date is None:
        return "is no date"
    return "is another date" if one.is_whole else "is a date only in part"


def write_date(date: Date) -> tuple[str, str]:
    """Values for ``PY`` and ``DA``, the second perhaps empty, that together are read as ``date``.

    The year stands by itself, because many programs look for nothing else. Ranges and marks are EDTF.
    """
    if date.literal:
        return date.literal, ""
    written = _slashed(date) or str(date)
    if date.start is None or date.start.unspecified or not 0 < date.start.year <= _LAST_YEAR:
        return written, ""
    year = f"{date.start.year:04}"
    is_read = written != year and read_date(written) == Reading(date)
    return (year, written if is_read else "")


def _slashed(date: Date) -> str:
    """``date`` as RIS has it; empty when it has no such date."""
    said = date.start
    if said is None:
        return ""
    if said.season:
        written = f"{said.year:04}///{_SEASON_NAMES[said.season - 1]}"
    elif said.month:
        time = f"T{said.time}" if said.time else ""
        written = f"{said.year:04}/{said.month:02}/{f'{said.day:02}' if said.day else ''}/{time}"
    else:
        return ""
    return written if read_date(written) == Reading(date) else ""
