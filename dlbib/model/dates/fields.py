"""A date from BibTeX's fields ``year``, ``month`` and ``day``.

Source: Oren Patashnik, "BibTeXing", sections 2.2 and 3.2, for what the fields are meant to hold.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.model.dates.date import Date
from dlbib.model.dates.point import Point

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ELSEWHERE: Final = (
    "januar januari jaenner janner janvier janeiro enero gener gennaio",
    "februar februari feber fevrier fevereiro febrero febrer febbraio",
    "marz maerz mrz maart mars marts marzo marco marc",
    "april aprile abril avril",
    "mai maj mei maio maig mayo maggio",
    "juni juin junho junio juny giugno",
    "juli juillet julho julio juliol luglio",
    "august augusti augustus agosto agost aout",
    "september septembre septiembre setembre setembro settembre",
    "oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "dezember desember decembre dezembro desembre diciembre dicembre",
)
"""The months in languages written in Latin letters, without their accents: Germanic and Romance ones."""

SEASONS: Final[Mapping[str, int]] = MappingProxyType(
    {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
)
"""The seasons by their names in small letters."""

_COMMON: Final = {
    "": None,
    **{spelling: at for at, name in enumerate(_MONTHS, 1) for spelling in (name, name[:3], str(at))},
}
"""The month, if any, of nearly every entry, by what its field says."""

_DASH: Final = re.compile(r" ?(?:-{1,3}|[\u2013\u2014/]) ?")
_FILLING: Final = re.compile(r"[~.,\s]+")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_SIDE: Final = re.compile(r"(?:([0-9]{1,2}) )?([^\W\d_]{3,10})(?: ([0-9]{1,2}))?|([0-9]{1,2})")
_YEAR: Final = re.compile(r"([1-9]\d{2}|\d{4})|([1-9]\d{0,3}) ?BCE?", re.ASCII)
_NUMBERS: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_WORDS: Final = re.compile(r"(.{3,30}?),? (\d{4})|(\d{4}) (.{3,30})", re.ASCII)
_DIGITS: Final = 4
_ENDS: Final = 2
_LONGEST: Final = 60


class FieldDate(NamedTuple):
    """The date that the fields tell, ``None`` without a year; and the fields that say more than it does."""

    date: Date | None
    unread: tuple[str, ...] = ()


class _Side(NamedTuple):
    """What one end of ``month`` names."""

    month: int | None = None
    season: int | None = None
    day: int | None = None


def date_of_fields(year: str, month: str = "", day: str = "") -> FieldDate:
    """The date that the fields tell, as far as they can be understood. Never raises.

    The texts are plain: TeX decoded, strings put together. ``year`` is an EDTF text, a year of three or
    four digits, one "BC", or two years; anything else is a literal. ``month`` is a name, an abbreviation
    of three letters or more, a number or a season, perhaps with a day or a second end.

    >>> [str(date_of_fields("2014", month).date) for month in ("10~dec", "June 3--7", "jun--jul")]
    ['2014-12-10', '2014-06-03/2014-06-07', '2014-06/2014-07']
    >>> date_of_fields("2014", "13").unread
    ('month',)
    """
    if not day and len(year) == _DIGITS and year.isascii() and year.isdecimal() and month.lower() in _COMMON:
        return FieldDate(Date.of(int(year), _COMMON[month.lower()]))
    named = tuple(name for name, text in (("month", month), ("day", day)) if text.strip())
    if not year.strip():
        return FieldDate(None, named)
    date = _of_year(year)
    for months, days, unread in ((month, day, ()), (month, "", named[1:])):
        refined = _refined(date, _sides(months, days)) if months.strip() else None
        if refined:
            return FieldDate(refined, unread)
    return FieldDate(date, named)


def _of_year(text: str) -> Date:
    spaced = " ".join(text[:_LONGEST].split())
    ends = [_year(end) for end in _DASH.split(spaced)] if len(text) < _LONGEST else []
    points = [Point(end) for end in ends if end is not None]
    is_date = 0 < len(points) == len(ends) <= _ENDS and points == sorted(points)
    return _of_ends(points) if is_date else Date.read(text)


def date_of_words(text: str) -> Date | None:
    """The date that a text is as people write one: its year at one end, or its numbers from the year down.

    ``None`` for any other text. Never raises.

    >>> [str(date_of_words(text)) for text in ("June 3, 2014", "2014/6/3", "Spring 2014", "2014")]
    ['2014-06-03', '2014-06-03', '2014-21', 'None']
    """
    if numbers := _NUMBERS.fullmatch(text):
        year, month, day = numbers[1], numbers[3], numbers[4]
    elif words := _WORDS.fullmatch(text):
        year, month, day = words[2] or words[3], words[1] or words[4], ""
    else:
        return None
    if month.isdecimal() != bool(numbers) or not int(year):
        return None
    return _refined(Date.of(int(year)), _sides(month, day))


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(text)
    if match is None:
        return None
    return int(match[1]) if match[1] else 1 - int(match[2])


def _of_ends(points: list[Point]) -> Date:
    return Date(points[0]) if len(points) == 1 else Date(points[0], points[1], is_range=True)


def _refined(date: Date, sides: list[_Side]) -> Date | None:
    """A year, or two, with the months and days that ``sides`` name; ``None`` when they can't have them."""
    years = [point.year for point in (date.start, date.end) if point and point == Point(point.year)]
    if not years or len(years) != 1 + date.is_range or not len(years) <= len(sides) <= _ENDS:
        return None
    try:
        points = [
            Point(years[min(at, len(years) - 1)], side.month, side.day, side.season)
            for at, side in enumerate(sides)
        ]
    except ValueError:
        return None
    return _of_ends(points) if points == sorted(points) else None


def _sides(month: str, day: str) -> list[_Side]:
    """The ends that ``month`` and ``day`` name together; none when they can't be understood."""
    if len(month) + len(day) > _LONGEST:
        return []
    text = _plain(month)
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(_MONTHS):
        text = _MONTHS[int(text) - 1]
    sides = [_side(each) for each in _DASH.split(f"{text} {_plain(day)}".strip())]
    found = [side for side in sides if side]
    named = next((side.month for side in found if side.month), None)
    whole = [side if side.month or side.season else side._replace(month=named) for side in found]
    return whole if len(whole) == len(sides) else []


def _plain(text: str) -> str:
    return _ORDINAL.sub("", _FILLING.sub(" ", text.lower()).strip())


def _side(text: str) -> _Side | None:
    match = _SIDE.fullmatch(text)
    if match is None or (match[1] and match[3]):
        return None
    before, word, behind, alone = match.groups()
    number = before or behind or alone
    day = int(number) if number else None
    if not word:
        return _Side(day=day)
    if word in SEASONS:
        return _Side(season=SEASONS[word], day=day)
    month = month_named(word)
    return _Side(month, day=day) if month else None


def month_named(word: str) -> int | None:
    """The month, 1 to 12, whose name a word is, or begins: an English one, else the only one of all the others.

    The word is in small letters.

    >>> month_named("sept"), month_named("juin"), month_named("jui")
    (9, 6, None)
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    english = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(plain)), None)
    found = [at for at, names in enumerate(_ELSEWHERE, 1) if f" {plain}" in f" {names}"]
    return english or (found[0] if len(found) == 1 else None)
