"""When a work appeared, from ``date``, or from ``year``, ``month`` and ``day``.

Source: BibLaTeX manual, sections 2.3.8 and 2.3.9; Oren Patashnik, "BibTeXing", section 3.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.bibtex.issued import bibtex_date
from dlbib.formats.bibtex.reader.kinds import composed
from dlbib.formats.fields import DATE_PARTS, PREFIX
from dlbib.model.dates import Date, date_of_fields, date_of_words
from dlbib.model.tex.decode import decode

if TYPE_CHECKING:
    from dlbib.formats.bibtex.reader.records import Record

_ENCLOSING: Final = re.compile(r'[{}"# ]')
_MONTH: Final = re.compile(r"([a-z]{3})[a-z]+")
_SORTED: Final = re.compile(
    r"[{\s]*\\(?:noopsort|sortnoop|noop)\s*\{([^{}]*)\}[}\s]*+(.*[^}\s])[}\s]*", re.IGNORECASE | re.DOTALL
)
_LITERAL: Final = "is no date that can be understood; it was kept as it is; write 2014, 2014-02 or 2014-02-28"
_UNREAD: Final = "does not go with the year as a month or day; it was kept as it is; mend it"
_BESIDE: Final = "says other than 'date', which was read; it was kept as it is; take one of them out"
_AS_YEAR: Final = "is no date, and 'year' was read; it was kept as it is; mend it"
_NOTHING: Final = Date()


class Issued(NamedTuple):
    """A date, and what to say of which fields: those that it doesn't tell are to be kept."""

    date: Date | None
    kept: tuple[tuple[str, str], ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()


def read_date(record: Record, name: str, text: str) -> Date | None:
    """The date in a field; a literal, and a warning, when it is none; nothing, and a warning, when it sets nothing."""
    date = _date(text)
    if date == _NOTHING:
        record.warn("BIB-DATE", f"{text.strip()!r} {_LITERAL}", name)
        return None
    if date.literal and not name.startswith(PREFIX):  # where the writer puts what is no date
        date = date_of_words(date.literal) or date
    if date.literal:
        record.warn("BIB-DATE", f"{date.literal!r} {_LITERAL}", name)
    return date


def without_sort_key(year: str) -> tuple[str, str]:
    r"""A year, and what it is sorted by when a command says so that prints nothing, as in BibTeX's own examples.

    >>> without_sort_key(r"{\noopsort{1973b}}1973")
    ('1973', '1973b')
    """
    found = _SORTED.fullmatch(year)
    return (found[2], found[1]) if found else (year, "")


def issued_of(date: str, year: str, month: str, day: str) -> Issued:
    """What the four fields, empty where there is none, tell together."""
    plain = [composed(decode(part, protect=False)) for part in (year, month, day)]
    given = zip(DATE_PARTS, (year, month, day), plain, strict=True)
    silent = [name for name, written, said in given if written.strip() and not said.strip()]
    found = _date(date)
    if date.strip() and found == _NOTHING:
        silent.append("date")
    issued = _of_parts(*plain) if found == _NOTHING else _beside_parts(found, plain)
    told = dict(issued.kept)
    return issued._replace(kept=(*issued.kept, *((name, _LITERAL) for name in silent if name not in told)))


def _beside_parts(found: Date, plain: list[str]) -> Issued:
    """What ``date`` tells, and what the others say besides."""
    if found.literal and (as_year := date_of_fields(found.literal).date):
        found = date_of_words(found.literal) or as_year
    if found.literal and plain[0]:
        issued = _of_parts(*plain)
        return issued._replace(kept=(*issued.kept, ("date", _AS_YEAR)))
    if found.literal:
        return Issued(found, remarks=(("date", _LITERAL),))
    return Issued(found, tuple((name, _BESIDE) for name in _contradicting(found, *plain)))


def _date(text: str) -> Date:
    date = Date.read(text)
    return Date.read(composed(decode(text, protect=False))) if date.literal else date


def _of_parts(year: str, month: str, day: str) -> Issued:
    date, unread = date_of_fields(year, month, day)
    kept = tuple((name, _UNREAD) for name in unread)
    is_literal = date is not None and date.literal
    return Issued(date, kept, (("year", _LITERAL),) if is_literal else ())


def _contradicting(date: Date, year: str, month: str, day: str) -> list[str]:
    """The fields that say something that the date doesn't."""
    written, _ = bibtex_date(date)
    given = zip(DATE_PARTS, (year, month, day), strict=True)
    said = {name for name, text in given if text and _reduced(text) != _reduced(written.get(name, ""))}
    if not said:
        return []
    other = date_of_fields(year or str(date.year), month, day)
    if other.date is None or other.date.year != date.year:
        return [name for name in DATE_PARTS if name in said]
    differing = set(other.unread)
    if other.date.month and date.month and other.date.month != date.month:
        differing.add("month")
    if other.date.day and date.day and other.date.day != date.day:
        differing.add("day")
    return [name for name in DATE_PARTS if name in differing & said]


def _reduced(text: str) -> str:
    """A part of a date without what encloses it, its months by three letters, for comparing."""
    return _MONTH.sub(r"\1", _ENCLOSING.sub("", text.lower()).replace("\N{EN DASH}", "--"))
