"""What CSL can't hold of an entry, as the member ``custom.dlbib`` of its item, and back.

``custom.dlbib`` is an object of attributes of `Entry`, by their names, with their exact values. Only what
the item's variables can't say, or would say differently, stands there:

``key``
    an empty text, for an entry without a key, whose ``id`` is then made up;
``aliases``, ``keywords``, ``others``
    lists of texts;
``arxiv_category``, ``number``
    texts;
``contributors``
    a list of names as CSL has them, each with its ``role``, in order;
``identifiers``
    a list of texts ``scheme:value``, in order;
``issued`` and the other dates
    an EDTF text, or an object of the attributes of `Date`;
``extra``
    an object of texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from dlbib.formats.csl_json.members import (
    held_contributors,
    held_identifiers,
    is_mistakable,
    name_members,
)
from dlbib.formats.csl_json.readings import NAME_PARTS, holds_date, read_edtf, split_keywords
from dlbib.formats.csl_json.values import Json, encode
from dlbib.model.dates import Date
from dlbib.model.entry import DATES, ROLES, Contributor
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlbib.model.entry import Entry

_DATE: Final = TypeAdapter(Date)

MEMBER: Final = "dlbib"
"""The member of ``custom`` that is ours."""


def to_custom(entry: Entry, extra: dict[str, str]) -> dict[str, Json]:
    """The exact values that CSL can't hold, in a fixed order; ``extra`` is what has no place of its own."""
    given = vars(entry)
    exact: dict[str, Json] = {
        "key": None if entry.key.strip() else entry.key,
        "aliases": list(entry.aliases) or None,
        "contributors": _exact_contributors(entry),
        "others": list(entry.others) or None,
        **{attribute: _exact_date(date) for attribute in DATES if (date := given[attribute]) is not None},
        "identifiers": _exact_identifiers(entry),
        "arxiv_category": entry.arxiv_category,
        "number": entry.number if is_mistakable(given) else None,
        "keywords": _exact_keywords(entry),
        "extra": dict(extra) or None,
    }
    return {attribute: value for attribute, value in exact.items() if value is not None}


def read_custom(exact: dict[str, Json]) -> tuple[dict[str, Any], dict[str, Json]]:
    """The values of attributes that `to_custom` wrote, and the members that it can't have written."""
    values: dict[str, Any] = {}
    rest: dict[str, Json] = {}
    for attribute, value in exact.items():
        try:
            values[attribute] = _READERS[attribute](value)
        except (KeyError, TypeError, ValueError):
            rest[attribute] = value
    return values, rest


def _exact_contributors(entry: Entry) -> Json:
    if held_contributors(vars(entry)) == list(entry.contributors):
        return None
    return [{"role": each.role, **name_members(each.name)} for each in entry.contributors]


def _exact_identifiers(entry: Entry) -> Json:
    if held_identifiers(vars(entry)) == list(entry.identifiers):
        return None
    return [str(each) for each in entry.identifiers]


def _exact_keywords(entry: Entry) -> Json:
    if not entry.keywords or split_keywords(", ".join(entry.keywords)) == entry.keywords:
        return None
    return list(entry.keywords)


def _exact_date(date: Date) -> Json:
    if holds_date(date):
        return None
    text = str(date)
    if read_edtf(text) == date:
        return text
    fields: dict[str, Json] = _DATE.dump_python(date, mode="json", exclude_defaults=True)
    return fields


def _text(value: Json) -> str:
    if type(value) is not str:
        raise TypeError
    return value


def _texts(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(each) for each in value)


def _roles(value: Json) -> tuple[str, ...]:
    roles = _texts(value)
    if not set(roles) <= set(ROLES):
        raise ValueError
    return roles


def _mapping(value: Json) -> dict[str, Json]:
    if type(value) is not dict:
        raise TypeError
    return value


def _no_key(value: Json) -> str:
    if _text(value).strip():
        raise ValueError
    return _text(value)


def _extra(value: Json) -> dict[str, str]:
    return {name: _text(text) for name, text in _mapping(value).items()}


def _identifiers(value: Json) -> tuple[Identifier, ...]:
    return tuple(Identifier(*each.split(":", 1)) for each in _texts(value))


def _contributors(value: Json) -> tuple[Contributor, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_contributor(_mapping(each)) for each in value)


def _contributor(members: dict[str, Json]) -> Contributor:
    parts = {NAME_PARTS[member]: _text(text) for member, text in members.items() if member != "role"}
    return Contributor(_text(members["role"]), Name(**parts))


def _date(value: Json) -> Date:
    date = read_edtf(value) if isinstance(value, str) else _DATE.validate_json(encode(value))
    if date is None:
        raise ValueError
    return date


_READERS: Final[dict[str, Callable[[Json], object]]] = {
    "key": _no_key,
    "aliases": _texts,
    "contributors": _contributors,
    "others": _roles,
    **dict.fromkeys(DATES, _date),
    "identifiers": _identifiers,
    "arxiv_category": _text,
    "number": _text,
    "keywords": _texts,
    "extra": _extra,
}
