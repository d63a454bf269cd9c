"""What people type for a field, as the value it is."""

from __future__ import annotations

import re
from typing import Final

from dlbib.errors import ConflictError, ParseError
from dlbib.model.dates import Date
from dlbib.model.entry import DATES, ROLES, TYPES, Entry
from dlbib.model.identifiers import SCHEMES, Identifier
from dlbib.model.merging import People, Value, field_name, text_of
from dlbib.model.names import Name, parse_names
from dlbib.model.storable import is_storable

Typed = object
"""A text, or the value itself: an ``int`` year, a `Date`, `Name` values, an `Identifier`."""

_LISTS: Final = frozenset({"keywords"})
_NOTHING: Final = ((), People(()))
_EXTRA_NAME: Final = re.compile(r"""extra:[a-z]+:[^\s"#%'(),={}~\\\x00-\x1f\x7f\ud800-\udfff]+""")
"""What a format calls a field that no variable holds: nothing that ends a name in BibTeX."""


def stated(name: str, typed: Typed | None) -> tuple[str, Value | None]:
    """The field that ``name`` means, and the value that ``typed`` means for it; ``None`` for none.

    Names are given as BibTeX writes them, parted by ``and``; dates as EDTF. Raises `NotFoundError`
    for an unknown field, `InvalidIdentifierError`, or `ConflictError` for what the field can't be.
    """
    field = field_name(name)
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return field, None
    value = _value(field, typed)
    refuse_unstorable(field, value)
    return field, None if value in _NOTHING else value


def refuse_unstorable(field: str, value: Value) -> None:
    """Raise `ConflictError` for a value that no database can hold."""
    if not is_storable(text_of(value)):
        message = f"{field} {text_of(value)!a} has a letter that no database keeps; take it out"
        raise ConflictError(message)


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
    if field.startswith("extra:"):
        return _extra(field, text)
    if field == "type" and text not in TYPES:
        message = f"{text!r} is no type; types are {', '.join(sorted(TYPES))}"
        raise ConflictError(message)
    return str(getattr(Entry.model_validate({field: text}), field))


def _extra(field: str, text: str) -> str:
    if not _EXTRA_NAME.fullmatch(field):
        message = f"{field!a} is no field; write extra:bibtex:NAME, with a name that BibTeX can read"
        raise ConflictError(message)
    return text


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
    if parsed.oddities or not (parsed.names or parsed.others):
        doubtful = parsed.oddities[0].text if parsed.oddities else str(typed)
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
