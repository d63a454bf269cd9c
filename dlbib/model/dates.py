"""Dates as BibLaTeX and CSL use them: EDTF, levels 0 and 1.

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification", levels 0 and 1;
BibLaTeX manual, section 2.3.8; CSL 1.0.2, "Dates".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date: a year, a month or season of it, a day of that month.

    ``year`` is astronomical: 0 is 1 BC. ``month`` is 1 to 12; ``season`` 1 to 4 (spring to winter),
    never beside a month. ``unspecified`` counts the year's last digits that are not known
    (``199X`` is year 1990, 1); month or day unknown within a known year is simply absent.
    ``time`` is kept as written.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    time: str = ""
    unspecified: int = 0
    approximate: bool = False
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """A date, a range of dates (open ones too), or a ``literal`` that is no date.

    ``start`` is the date, or a range's begin; ``None`` there means an unknown or open begin.
    ``is_range`` tells a range; its ``end`` is ``None`` when it is open (``open_end``) or unknown.
    """

    start: Point | None = None
    end: Point | None = None
    is_range: bool = False
    open_start: bool = False
    open_end: bool = False
    literal: str = ""
