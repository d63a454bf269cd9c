"""Dates in parts, ``origyear`` and its like, as BibLaTeX had them before it had ``origdate``.

Source: BibLaTeX manual, version 1.7, section 2.2.2 ("origyear", "urlyear", "eventyear", "endyear").
"""

from __future__ import annotations

from typing import Final

from dlbib.formats.fields import DATE_PARTS
from dlbib.model.dates import Date, date_of_fields

_WHOLE: Final = {"event": "eventdate", "orig": "origdate", "url": "urldate"}
_ENDS: Final = tuple(f"end{part}" for part in DATE_PARTS)
_ANY_END: Final = frozenset(_ENDS)

OLD_PARTS: Final = frozenset(f"{prefix}{part}" for prefix in (*_WHOLE, "end") for part in DATE_PARTS)
"""The fields that this is about."""


def join_old_dates(values: dict[str, str]) -> None:
    """Put the parts of each date together, where they make one; others stay."""
    for prefix, whole in _WHOLE.items():
        names = tuple(f"{prefix}{part}" for part in DATE_PARTS)
        if names[0] in values and whole not in values and (date := _date(values, names)):
            _replace(values, names, whole, date)
    if not _ANY_END.isdisjoint(values) and "date" not in values:
        _join_ends(values)


def _join_ends(values: dict[str, str]) -> None:
    """Make a range of the date and of that of its end, which is in the same year if it names none."""
    first = _date(values, DATE_PARTS)
    last = _date({"endyear": values.get("year", ""), **values}, _ENDS)
    if first and last and not (first.is_range or last.is_range):
        joined = Date(first.start, last.start, is_range=True)
        _replace(values, (*DATE_PARTS, *_ENDS), "date", joined)


def _date(values: dict[str, str], names: tuple[str, ...]) -> Date | None:
    """The date that fields make, if all of them do."""
    found = date_of_fields(*(values.get(name, "").strip() for name in names))
    return None if found.unread or found.date is None or found.date.literal else found.date


def _replace(values: dict[str, str], names: tuple[str, ...], whole: str, date: Date) -> None:
    for name in names:
        values.pop(name, None)
    values[whole] = str(date)
