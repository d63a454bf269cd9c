"""The kinds of text in a reading list: each checked, and canonical once it is through."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, BeforeValidator, InstanceOf

from dlbib.errors import NotFoundError, ParseError
from dlbib.model.dates import Date
from dlbib.model.entry import ROLES, TYPES
from dlbib.model.identifiers import Identifier
from dlbib.model.markup import fold
from dlbib.model.merging import field_name
from dlbib.model.names import Name, parse_names, split_names

if TYPE_CHECKING:
    from collections.abc import Callable

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REF: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_URL: Final = re.compile("(?:https?|ftp)://[!-~\u00a1-\ud7ff\ue000-\U0010ffff]+", re.IGNORECASE)
_YEAR: Final = re.compile(r"[0-9]{4}")
_LONGEST_NAME: Final = 100
_LONGEST_URL: Final = 2000
_ADDRESS: Final = "an address that begins with http:// or https://"


def clean(text: str) -> str:
    """``text`` composed (NFC), its white space plain and squeezed; no-break spaces too."""
    cleaned = unicodedata.normalize("NFC", " ".join(text.split()))
    if not cleaned:
        message = "it is empty; give a text or leave the key out"
        raise ValueError(message)
    control = next((c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"}), None)
    if control is not None:
        message = f"it holds the control character U+{ord(control):04X}; take it out"
        raise ValueError(message)
    return cleaned


def slug_of(name: str) -> str:
    """A slug made of the words of ``name``; empty when they have letters that no slug has."""
    slug = fold(name).replace(" ", "-")[:_LONGEST_NAME].rstrip("-")
    return slug if _SLUG.fullmatch(slug) else ""


def _matching(pattern: re.Pattern[str], longest: int, what: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > longest or not pattern.fullmatch(text):
            message = f"it is not {what}"
            raise ValueError(message)
        return text

    return check


def _url(text: str) -> str:
    """``text`` as it is written, for that is what was cited; checked to be a URL."""
    Identifier("url", text)
    return text


def _year(given: object) -> int:
    if not isinstance(given, str) or not _YEAR.fullmatch(given):
        message = "it is not a year, such as 2015"
        raise ValueError(message)
    return int(given)


def _date(given: object) -> object:
    if not isinstance(given, str):
        return given
    try:
        return Date.parse(given)
    except ParseError as error:
        raise ValueError(error.message) from error


def _date_text(text: str) -> str:
    _date(text)
    return text


def _field(name: str) -> str:
    try:
        return field_name(name)
    except NotFoundError as error:
        raise ValueError(str(error)) from error


def _one_or_many(given: object) -> object:
    return given if isinstance(given, list) else [given]


def _list_of_names(given: object) -> object:
    """The texts of the names that ``given`` parts by "and", as BibTeX does."""
    split = split_names(given) if isinstance(given, str) else None
    return list(split.texts) if split and not split.others and not split.oddities else _one_or_many(given)


def name_of(text: str) -> Name:
    """The one name that ``text`` is in one of BibTeX's forms; raises `ValueError` when it is not one."""
    found = parse_names(clean(text))
    if len(found.names) != 1 or found.others or found.oddities:
        message = "it is not one name; make each an item, put {braces} round an organisation, and for the rest say others"
        raise ValueError(message)
    return found.names[0]


def _type(text: str) -> str:
    if text not in TYPES:
        raise ValueError(str(NotFoundError.among("CSL type", text, TYPES)))
    return text


def _role(text: str) -> str:
    if text not in ROLES:
        raise ValueError(str(NotFoundError.among("role", text, ROLES)))
    return text


def identifier_in(scheme: str) -> Callable[[str], Identifier]:
    """What makes an identifier of a text: one in ``scheme``."""
    return lambda text: Identifier(scheme, text)


Text = Annotated[str, AfterValidator(clean)]
Slug = Annotated[
    str,
    AfterValidator(
        _matching(_SLUG, _LONGEST_NAME, "a slug: small letters and digits, in words joined by '-'")
    ),
]
Ref = Annotated[
    str, AfterValidator(_matching(_REF, _LONGEST_NAME, "a ref: letters, digits, '.', '_' and '-'"))
]
Url = Annotated[str, AfterValidator(_matching(_URL, _LONGEST_URL, _ADDRESS)), AfterValidator(_url)]
Year = Annotated[int, BeforeValidator(_year)]
DateText = Annotated[Text, AfterValidator(_date_text)]
DateValue = Annotated[InstanceOf[Date], BeforeValidator(_date)]
FieldName = Annotated[Text, AfterValidator(_field)]
TypeName = Annotated[Text, AfterValidator(_type)]
RoleName = Annotated[Text, AfterValidator(_role)]
Many = BeforeValidator(_one_or_many)
ManyNames = BeforeValidator(_list_of_names)
