"""What people type for a field, as the value it is."""

from __future__ import annotations

import re
from typing import Final

from dlbib.errors import ConflictError, ParseError
from dlbib.model.dates import Date
from dlbib.model.entry import DATES, ROLES, TYPES, Entry
from dlbib.model.identifiers import SCHEMES, Identifier
from dlbib.model.merging import People, Value, field_name
from dlbib.model.names import Name, parse_names

Typed = object
"""A text, or the value itself: an ``int`` year, a `Date`, `Name` values, an `Identifier`."""

_LISTS: Final = frozenset({"keywords"})
_UNKEPT: Final = re.compile("[\x00\ud800-\udfff]")


def stated(name: str, typed: Typed | None) -> tuple[str, Value | None]:
    """The field that ``name`` means, and the value that ``typed`` means for it; ``None`` for none.

    Names are given as BibTeX writes them, parted by ``and``; dates as EDTF. Raises `NotFoundError`
    for an unknown field, `InvalidIdentifierError`, or `ConflictError` for what the field can't be.
    """
    field = field_name(name)
    if typed is None or typed == "":
        return field, None
    if isinstance(typed, str) and _UNKEPT.search(typed):
        message = f"{typed!a} has a letter that no database keeps; take it out"
        raise ConflictError(message)
    return field, _value(field, typed)


def _value(field: str, typed: Typed) -> Value:
    if field in ROLES:
        return _people(typed)
    if field in SCHEMES:
        return _identifiers(field, typed)
    if field in DATES:
        return typed if isinstance(typed, Date) else _date(str(typed))
    if field in _LISTS:
        return tuple(typed) if isinstance(typed, (list, tuple)) else _listed(str(typed))
    text = str(typed)
    if field == "type" and text not in TYPES:
        message = f"{text!r} is no type; types are {', '.join(sorted(TYPES))}"
        raise ConflictError(message)
    return str(getattr(Entry.model_validate({field: text}), field))


def _date(text: str) -> Date:
    try:
        return Date.parse(text)
    except ParseError as error:
        raise ConflictError(error.message) from None


def _people(typed: Typed) -> People:
    if isinstance(typed, People):
        return typed
    if isinstance(typed, Name):
        return People((typed,))
    if isinstance(typed, (list, tuple)):
        return People(tuple(each if isinstance(each, Name) else Name.parse(str(each)) for each in typed))
    parsed = parse_names(str(typed))
    if parsed.oddities:
        doubtful = parsed.oddities[0].text
        message = (
            f"{doubtful!r} is read as no name; write Last, First, parted by and; braces hold a name together"
        )
        raise ConflictError(message)
    return People(parsed.names, others=parsed.others)


def _identifiers(scheme: str, typed: Typed) -> tuple[Identifier, ...]:
    given = typed if isinstance(typed, (list, tuple)) else [typed]
    return tuple(each if isinstance(each, Identifier) else Identifier(scheme, str(each)) for each in given)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
