"""What a value of CSL-JSON says, kind by kind.

Source: citation-style-language/schema, ``csl-data.json`` 1.0.2; citeproc-js documentation, "CSL-JSON items".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from dlbib.errors import InvalidIdentifierError
from dlbib.formats.csl_json.values import DECODER, Json, Number, Repeated, encode
from dlbib.formats.csl_json.variables import SEVERAL
from dlbib.model.dates import Date
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name

Said = TypeVar("Said")

NAME_PARTS: Final = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "suffix": "suffix",
    "literal": "literal",
}
"""The members of a name, with the attribute of `Name` that each is."""

_NAME_FLAGS: Final = frozenset({"comma-suffix", "static-ordering", "parse-names"})
_INTEGER: Final = re.compile(r"-?[0-9]{1,10}")
_LONGEST_PLAIN_DATE: Final = 80
_LAST_YEAR: Final = 999_999_999  # EDTF's, level 1, as far as it goes here
_SEPARATOR: Final = re.compile(r"[\s,;]+")
_ARXIV: Final = re.compile(r"arxiv:", re.IGNORECASE)


class Reading(NamedTuple, Generic[Said]):
    """What a value says; ``None`` when it says nothing.

    ``is_whole`` tells that nothing of the value would be lost if only ``said`` were kept;
    ``complaint`` is what is wrong with it, if anything.
    """

    said: Said | None
    is_whole: bool = True
    complaint: str = ""


def read_text(value: Json) -> Reading[str]:
    """The text that a string, a number or a truth value is."""
    if value is None:
        return Reading(None)
    if isinstance(value, str):
        return Reading(str(value), not isinstance(value, Number))
    if isinstance(value, bool):
        return Reading("true" if value else "false", is_whole=False)
    return Reading(None, is_whole=False, complaint="is no text")


def read_names(value: Json) -> Reading[tuple[Name, ...]]:
    """The names in a list; one that stands alone, or as a string, is a name as well."""
    if value is None:
        return Reading(None)
    if not isinstance(value, list):
        one = _read_name(value)
        said = (one.said,) if one.said else None
        return Reading(said, is_whole=False, complaint=one.complaint or "is no list of names")
    plain = [name for each in value if (name := _plain_name(each))]
    if plain and len(plain) == len(value):
        return Reading(tuple(plain))
    readings = [_read_name(each) for each in value]
    names = tuple(each.said for each in readings if each.said)
    complaint = next((each.complaint for each in readings if each.complaint), "")
    return Reading(names or None, all(each.is_whole for each in readings), complaint)


def _read_name(value: Json) -> Reading[Name]:
    if isinstance(value, str):
        name = Name(literal=str(value))
        return Reading(
            name if name.literal else None, is_whole=False, complaint="has a name that is only a string"
        )
    if not isinstance(value, dict):
        return Reading(None, is_whole=False, complaint="has something among the names that is none")
    texts = {part: each for part, each in value.items() if part in NAME_PARTS and isinstance(each, str)}
    name = Name(**{NAME_PARTS[part]: str(each) for part, each in texts.items()})
    if name == NOBODY:
        return Reading(None, is_whole=False, complaint="has a name without any part")
    is_whole = (
        type(value) is dict
        and texts == value
        and not any(isinstance(each, Number) for each in texts.values())
    )
    return Reading(name, is_whole, "" if is_whole else _oddity(value))


def _oddity(value: dict[str, Json]) -> str:
    if isinstance(value, Repeated):
        return "has a name with a part that stands twice"
    strange = any(part not in NAME_PARTS and part not in _NAME_FLAGS for part in value)
    return "has a name with parts unknown to CSL" if strange else ""


def _plain_name(value: Json) -> Name | None:
    """The name that has a family and a given name and nothing else, as most have; quicker than `_read_name`."""
    if type(value) is not dict or len(value) != len(("family", "given")):
        return None
    family, given = value.get("family"), value.get("given")
    return Name(family, given) if family and type(family) is str and type(given) is str else None


NOBODY: Final = Name()
"""A name without any part, which names nobody."""


def read_date(value: Json) -> Reading[Date]:
    """The date that an object is, or an EDTF text; a text that is none is a date in words."""
    if value is None or value == "":
        return Reading(None)
    if isinstance(value, str):
        said = Date.read(value)
        return Reading(
            said, complaint="is no date object, nor an EDTF text; read as words" if said.literal else ""
        )
    if not isinstance(value, dict):
        return Reading(None, is_whole=False, complaint="is no date")
    text = encode(value)
    return _date_object(text) if len(text) <= _LONGEST_PLAIN_DATE else _date_object.__wrapped__(text)


@lru_cache(maxsize=4096)
def _date_object(text: str) -> Reading[Date]:
    # Many works share their dates, and to read one takes as long as to read all names of a work.
    value: dict[str, Json] = DECODER.decode(text)
    date = _date(value)
    if date:
        return Reading(date, _is_plain_date(value))
    without_season = _date({name: each for name, each in value.items() if name != "season"})
    what = "has a season that is none, or beside a month" if without_season else "is no date"
    return Reading(without_season, is_whole=False, complaint=what)


def _date(value: dict[str, Json]) -> Date | None:
    if not all(isinstance(value.get(name), str | None) for name in ("literal", "raw")):
        return None
    try:
        date = Date.from_csl({name: _with_integers(each) for name, each in value.items()})
    except ValueError:
        return None
    return None if any(point and abs(point.year) > _LAST_YEAR for point in (date.start, date.end)) else date


def _with_integers(value: Json) -> Json:
    if isinstance(value, list):
        return [[_integer(each) for each in parts] if isinstance(parts, list) else parts for parts in value]
    return _integer(value)


def _integer(value: Json) -> Json:
    return int(value) if isinstance(value, Number) and _INTEGER.fullmatch(value) else value


def _is_plain_date(value: dict[str, Json]) -> bool:
    """Tells whether nothing in a date object goes without saying."""
    names = value.keys()
    if "date-parts" in names:
        parts = value["date-parts"]
        is_range = isinstance(parts, list) and len(parts) > 1
        return names <= ({"date-parts", "circa"} if is_range else {"date-parts", "circa", "season"})
    return len(names) == 1 and not isinstance(value, Repeated)


def write_date(date: Date) -> dict[str, Json]:
    """The members of a date in CSL; none for a date without any end that is known."""
    members: dict[str, Json] = date.to_csl()
    return {} if members == {"literal": ""} else members


@lru_cache(maxsize=4096)
def holds_date(date: Date) -> bool:
    """Tells whether CSL can hold all of ``date``."""
    return date.csl_is_exact


def read_edtf(text: str) -> Date | None:
    """The date that an EDTF text is; ``None`` when it is none."""
    try:
        return Date.parse(text)
    except ValueError:
        return None


def read_identifiers(scheme: str, value: Json) -> Reading[tuple[Identifier, ...]]:
    """The identifiers of ``scheme`` in a text; ISBN and ISSN may be several, parted by spaces or commas."""
    text = read_text(value)
    if text.said is None:
        return Reading(None, text.is_whole, text.complaint)
    try:
        return Reading((Identifier(scheme, text.said),))
    except InvalidIdentifierError as error:
        complaint = str(error)
    if scheme in SEVERAL:
        try:
            return Reading(
                tuple(Identifier(scheme, each) for each in _SEPARATOR.split(text.said) if each) or None
            )
        except InvalidIdentifierError as error:
            complaint = str(error)
    return Reading(None, is_whole=False, complaint=complaint)


def is_arxiv_number(text: str) -> bool:
    """Tells whether the number of a preprint is its arXiv id: ``arXiv:1406.2661``."""
    return _ARXIV.match(text) is not None


def read_keywords(value: Json) -> Reading[tuple[str, ...]]:
    """The keywords in a text, parted by commas; or in a list of texts, which the schema doesn't admit."""
    if isinstance(value, list):
        texts = [each for each in value if isinstance(each, str)]
        complaint = "is a list, not one text parted by commas"
        return Reading(tuple(map(str, texts)) or None, is_whole=False, complaint=complaint)
    text = read_text(value)
    if text.said is None:
        return Reading(None, text.is_whole, text.complaint)
    return Reading(split_keywords(text.said) or None, text.is_whole)


def split_keywords(text: str) -> tuple[str, ...]:
    """The keywords in a text that parts them by commas, each once.

    >>> split_keywords("speech, vision,,speech")
    ('speech', 'vision')
    """
    return tuple(dict.fromkeys(word for each in text.split(",") if (word := each.strip())))
