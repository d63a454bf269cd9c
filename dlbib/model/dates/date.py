"""Dates and ranges of dates, and the EDTF texts that they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Any, Final

from dlbib.errors import ParseError
from dlbib.model.dates import csl
from dlbib.model.dates.point import Point, parse_point

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST: Final = 100
_DRAFT_ENDS: Final = {"open": "..", "unknown": ""}
"""What the ends of a range that are no dates were called in EDTF's draft of 2012."""
_ENDS: Final = 2
_PLAIN: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Date:
    """A date, a range of dates (open ones too), or a ``literal`` that is no date.

    ``start`` is the date, or the begin of a range; an end of a range that is ``None`` is unknown, or
    open when ``open_start`` or ``open_end`` says so; one of the two is known. ``str()`` gives EDTF, or the
    literal. Dates are ordered by their begin, then by their end; what has none comes last. Raises
    ``ValueError`` for what is more than one of these.

    >>> print(Date.parse("2015-09/2015-10").end)
    2015-10
    >>> str(Date.of(2014, 2))
    '2014-02'
    """

    start: Point | None = None
    end: Point | None = None
    is_range: bool = False
    open_start: bool = False
    open_end: bool = False
    literal: str = ""

    def __post_init__(self) -> None:
        if self.literal or self.is_range or self.end or self.open_start or self.open_end:
            problem = _problem(self)
            if problem:
                raise ValueError(problem)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Date:
        """The date of a year, a month or a day. Raises ``ValueError`` when there is no such day."""
        return cls(Point(year, month, day))

    @classmethod
    def parse(cls, text: str) -> Date:
        """The date that an EDTF text is; never a literal. Raises `ParseError` that says why not.

        Seasons (21 to 24), ranges with open (``..``) and unknown (empty) ends, ``?``, ``~`` and ``%``,
        and unspecified digits (``199X``, ``2004-XX``) are level 1. Both ends of a range must be dates,
        but may stand in either order, as in what is found in files.
        """
        plain = _PLAIN.fullmatch(text)
        if plain is None:
            return _parse(text)
        year, month, day = plain.groups()
        try:
            return cls.of(int(year), int(month) if month else None, int(day) if day else None)
        except ValueError as error:
            raise _unreadable(text, str(error)) from None

    @classmethod
    def read(cls, text: str) -> Date:
        """The date that an EDTF text is; a literal, as written, when it is none. Never raises."""
        try:
            return cls.parse(text.strip())
        except ParseError:
            return cls(literal=" ".join(text.split()))

    @classmethod
    def from_csl(cls, given: Mapping[str, Any]) -> Date:
        """Read a CSL-JSON date object.

        Numbers may be texts; ``raw`` is read as EDTF; a text beside ``date-parts`` is passed over. Raises
        `ParseError` for what is no date, such as an object that says nothing.
        """
        literal, raw = given.get("literal"), given.get("raw")
        try:
            if given.get("date-parts"):
                return cls._of_ends(*csl.read(given))
        except ValueError as error:
            raise _unreadable(str(dict(given)), str(error)) from None
        if raw:
            return cls.read(str(raw))
        if literal:
            return cls(literal=" ".join(str(literal).split()))
        raise _unreadable(str(dict(given)), "it has neither date-parts nor a text")

    @classmethod
    def _of_ends(cls, first: Point | None, *last: Point | None) -> Date:
        if not last:
            return cls(first)
        return cls(first, last[0], is_range=True, open_start=first is None, open_end=last[0] is None)

    def to_csl(self) -> dict[str, Any]:
        """Make a CSL-JSON date object, valid by CSL's schema.

        CSL has no unknown ends, times, open months and days, no "uncertain" apart from "approximate", and
        one ``circa`` for both ends: such dates come back as less than they are (see `csl_is_exact`). A year
        with open digits, which is no year in CSL, is a ``literal``.
        """
        points = (self.start, self.end) if self.is_range else (self.start,)
        if not any(points) or any(point and point.unspecified for point in points):
            return {"literal": str(self)}
        return csl.write(points)

    @property
    def csl_is_exact(self) -> bool:
        """Whether CSL can hold all of this date."""
        if self.start and not self.is_range and self.start.is_plain:
            return True
        try:
            return Date.from_csl(self.to_csl()) == self
        except ParseError:
            return False

    def __str__(self) -> str:
        if not self.is_range:
            return self.literal if self.start is None else str(self.start)
        return (
            f"{_end_text(self.start, is_open=self.open_start)}/{_end_text(self.end, is_open=self.open_end)}"
        )

    def __lt__(self, other: Date) -> bool:
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[object, ...]:
        """What dates are ordered by: the begin, or the end where it isn't known; then the end, then the text."""
        first, last = self.start or self.end, self.end
        return (
            first is None,
            first.sort_key if first else (),
            last.sort_key if last else (),
            str(self),
        )

    @property
    def year(self) -> int | None:
        """The year; of a range its begin's, or its end's when the begin is not known."""
        return _first(self, "year")

    @property
    def month(self) -> int | None:
        """The month, 1 to 12; of a range its begin's."""
        return _first(self, "month")

    @property
    def day(self) -> int | None:
        """The day of the month; of a range its begin's."""
        return _first(self, "day")

    @property
    def circa(self) -> bool:
        """Whether any end is approximate or uncertain."""
        return any(p.approximate or p.uncertain for p in (self.start, self.end) if p)


def _problem(date: Date) -> str:
    """Why there is no such date; empty when there is."""
    if date.literal and (date.start or date.is_range):
        return "a literal is no date as well"
    if not date.is_range:
        return "only a range has an end" if date.end or date.open_start or date.open_end else ""
    if not (date.start or date.end):
        return "a range has two ends, and one of them is known"
    if (date.start and date.open_start) or (date.end and date.open_end):
        return "an end of a range is open or known, not both"
    return ""


def _first(date: Date, part: str) -> int | None:
    point = date.start or date.end
    return getattr(point, part) if point else None


def _end_text(point: Point | None, *, is_open: bool) -> str:
    if point is not None:
        return str(point)
    return ".." if is_open else ""


def _unreadable(text: str, why: str) -> ParseError:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return ParseError(f"{shown!r} is no date: {why}; write 2014, 2014-02, 2014-02-28 or 2014/2016")


def _parse(text: str) -> Date:
    ends = [_DRAFT_ENDS.get(end, end) for end in text.split("/")]
    try:
        if len(ends) == 1:
            return Date(parse_point(text))
        return _range(ends)
    except ValueError as error:
        raise _unreadable(text, str(error)) from None


def _range(ends: list[str]) -> Date:
    if len(ends) > _ENDS or not "".join(ends).strip("."):
        message = "a range has two ends, and one of them is known"
        raise ValueError(message)
    first, last = (None if end in {"", ".."} else parse_point(end) for end in ends)
    return Date(first, last, is_range=True, open_start=ends[0] == "..", open_end=ends[1] == "..")
