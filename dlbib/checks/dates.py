"""Dates: years that are none, days that never were, what hasn't come yet, months that are no macro."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.errors import ParseError
from dlbib.model.dates import Date
from dlbib.model.entry import DATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_PENDING: Final = re.compile(
    r"(?:in press|forthcoming|to appear|submitted|under review|in preparation|accepted)\W*", re.IGNORECASE
)
_ENCLOSED: Final = re.compile(r"[\s([{©c.,]*(\d{4})[\s)\]}.,;]*")
_ABOUT: Final = re.compile(
    r"[\s([{]*(?:c\.|ca\b\.?|circa|about|around|um|vers)[\s~]*(\d{4})[\s)\]}.,;]*", re.IGNORECASE
)
_TRUNCATED: Final = re.compile(r"'?\d{1,3}")
_TAIL: Final = re.compile(r"(\d{4})[a-z]", re.ASCII)
_ISO: Final = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?", re.ASCII)
_PENDING_YEARS: Final = 1
"""How many years ahead a journal may date what it prints."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES: Final = {
    name: macro
    for macro, names in zip(
        _MONTHS,
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        strict=True,
    )
    for name in names.split()
}
_SPAN: Final = re.compile(r"([A-Za-z]+)\.?\s*(--?|/|\u2013)\s*([A-Za-z]+)\.?")
_WITH_DAY: Final = re.compile(
    r"([A-Za-z]+)\.?[\s~]+(\d{1,2}(?:--?\d{1,2})?)|(\d{1,2})\.?[\s~]+([A-Za-z]+)\.?"
)


def _find_year(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text.strip()
    if field.attribute == "issued" and not (subject.entry.issued and subject.entry.issued.literal):
        return
    if not text or (field.attribute == "year" and _is_year(subject, text)) or _ISO.fullmatch(text):
        return
    if about := _ABOUT.fullmatch(text):
        wanted = (
            f"date = {{{about[1]}~}}, which BibLaTeX prints as circa" if subject.is_latex else f"{about[1]}~"
        )
        yield Found(f"{text!r} is about a year; it can't be sorted by; write {wanted}", field.name)
    elif enclosed := _ENCLOSED.fullmatch(text):
        message = f"{text!r} has more than a year; styles sort and print it so; write {enclosed[1]}"
        yield Found(message, field.name, field.with_text(enclosed[1]))
    elif _PENDING.match(text):
        how = (
            "say pubstate = {inpress} and the year that you expect"
            if subject.is_latex
            else "say so in status"
        )
        yield Found(f"{text!r} is no year; what is cited by year has none; {how}", field.name)
    elif tail := _TAIL.fullmatch(text):
        message = f"{text!r} is a year with a letter; styles give letters themselves; write {tail[1]}"
        yield Found(message, field.name, field.with_text(tail[1]))
    elif _TRUNCATED.fullmatch(text):
        yield Found(
            f"{text!r} has fewer digits than a year; it is sorted before all others; write all four",
            field.name,
        )
    else:
        yield Found(
            f"{text!r} is no date; it can't be sorted by; write 2014, 2014-02 or 2014-02-28", field.name
        )


def _is_year(subject: Subject, text: str) -> bool:
    issued = subject.entry.issued
    return issued is not None and not issued.literal and not _TRUNCATED.fullmatch(text)


def _find_impossible(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as every check is asked
    text = field.text.strip()
    if field.attribute in {"month", "day"}:
        if not _counts(field, text):
            yield Found(
                f"{text!r} is no {field.attribute}; it is printed as it stands; look it up", field.name
            )
        return
    if _ISO.fullmatch(text):
        try:
            Date.parse(text)
        except ParseError as error:
            why = error.message.partition(": ")[2].partition(";")[0]
            yield Found(f"{text!r} never was: {why}; it can't be sorted by; look it up", field.name)


def _counts(field: FieldText, text: str) -> bool:
    """Whether a number may be a month or a day."""
    most = 12 if field.attribute == "month" else 31
    return not text.isdecimal() or 1 <= int(text[:9]) <= most


def _find_future(subject: Subject) -> Iterator[Found]:
    today = subject.origin.today
    for attribute in DATES:
        date = getattr(subject.entry, attribute)
        field = subject.of(attribute) or (subject.fields.get("year") if attribute == "issued" else None)
        if date is None or date.year is None or field is None:
            continue
        if attribute == "accessed":
            is_ahead = (date.year, date.month or 0, date.day or 0) > (today.year, today.month, today.day)
        else:
            is_ahead = attribute == "issued" and date.year > today.year + _PENDING_YEARS
        if is_ahead:
            yield Found(f"{date} has not come yet; a digit may be wrong; look it up", field.name)


def _find_month(subject: Subject, field: FieldText) -> Iterator[Found]:
    if not subject.is_latex or not field.text:
        return
    macro = _macro(field.text.strip().strip("{}").strip())
    if macro:
        message = f"{field.written} is no macro; no style can translate or abbreviate it; write {macro}"
        yield Found(message, field.name, {field.name: macro})


def _macro(text: str) -> str:
    """A month as BibTeX's styles know it; empty for a text that is none."""
    if text.isdecimal() and len(text) < 3:  # noqa: PLR2004  # a month has two digits
        return _MONTHS[int(text) - 1] if 1 <= int(text) <= len(_MONTHS) else ""
    name = _MONTH_NAMES.get(text.rstrip(".").lower(), "")
    if name:
        return name
    if span := _SPAN.fullmatch(text):
        ends = [_MONTH_NAMES.get(end.lower(), "") for end in (span[1], span[3])]
        sign = "/" if span[2] == "/" else "--"
        return f'{ends[0]} # "{sign}" # {ends[1]}' if all(ends) else ""
    if dated := _WITH_DAY.fullmatch(text):
        day, month = (dated[2], dated[1]) if dated[1] else (dated[3], dated[4])
        name = _MONTH_NAMES.get(month.lower(), "")
        return f'{name} # "~{day}"' if name else ""
    return ""


CHECKS = (
    Check(
        "year-form",
        "years that are none",
        "A year has four digits. With 'in press', '2014a' or '14' in its place an entry is sorted wrongly and cited "
        "without year. A letter behind the year, and what stands around it, are taken out: styles give letters to tell "
        "works of one year apart themselves. For what isn't out yet BibLaTeX has pubstate.",
        wrong="@misc{a, title = {A title}, year = {2014a}}",
        right="@misc{a, title = {A title}, year = {2014}}",
        in_field=_find_year,
        attributes=("year", "issued"),
        instead_of=("BIB-DATE", "RIS-DATE"),
    ),
    Check(
        "impossible-date",
        "days and months that never were",
        "There is no 30 February and no month 13. Such a date is mistyped, or has day and month exchanged; only a look at "
        "the work tells.",
        wrong="@misc{a, title = {A title}, date = {2014-02-30}}",
        right="@misc{a, title = {A title}, date = {2014-02-03}}",
        in_field=_find_impossible,
        attributes=("month", "day", *DATES),
        instead_of=("BIB-DATE", "RIS-DATE"),
    ),
    Check(
        "future-date",
        "dates that have not come yet",
        "What is cited has appeared, or will within the year; what was looked up was so before today. A later date has a "
        "wrong digit.",
        wrong="@misc{a, title = {A title}, year = {9014}}",
        right="@misc{a, title = {A title}, year = {2014}}",
        in_entry=_find_future,
    ),
    Check(
        "month-macro",
        "months that are no macro",
        "month = jan, without braces, is a macro that every style spells in its own way and language, and BibLaTeX reads as "
        "a number. month = {January} is printed as it stands, and month = {1} by BibTeX as the number. "
        'Ranges and days are joined to the macro: jun # "--" # jul.',
        wrong="@misc{a, title = {A title}, month = {January}, year = 2014}",
        right="@misc{a, title = {A title}, month = jan, year = 2014}",
        in_field=_find_month,
        attributes=("month",),
    ),
)
