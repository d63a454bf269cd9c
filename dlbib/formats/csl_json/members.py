"""An entry to the members of its CSL-JSON item, as far as CSL can hold it."""

from __future__ import annotations

import re
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dlbib.formats.csl_json.readings import (
    NAME_PARTS,
    NOBODY,
    Reading,
    is_arxiv_number,
    read_date,
    read_names,
    read_text,
    write_date,
)
from dlbib.formats.csl_json.values import Json, decode
from dlbib.formats.csl_json.variables import (
    ALIASES,
    IDENTIFIERS,
    SEVERAL,
    TEXTS,
    VARIABLES,
    Variable,
    is_admitted,
)
from dlbib.formats.fields import csl_name
from dlbib.model.entry import DATES
from dlbib.model.identifiers import Identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dlbib.model.entry import Contributor, Entry
    from dlbib.model.names import Name

Values: TypeAlias = "Mapping[str, Any]"
"""Attributes of an entry by their names, as `Entry` takes them; ``type`` is always there."""

PREFIX: Final = "csl:"
"""What the names in ``Entry.extra`` begin with that hold JSON as it was read."""

PREPRINT: Final = "article"
"""The type whose number may be an arXiv id: CSL's word for what is published nowhere else."""

MADE_UP_ID: Final = re.compile(r"no-key-[0-9]+")
"""What the id is of an entry that has no key."""

_PARTS_OF: Final[Callable[[Name], tuple[str, ...]]] = attrgetter(*NAME_PARTS.values())
_FIRST: Final = ("title", "title-short")
_OTHERS: Final = tuple(name for name in TEXTS if name not in {*_FIRST, "number"})
_TITLES_OF: Final = itemgetter(*(TEXTS[name].attribute for name in _FIRST))
_OTHERS_OF: Final = itemgetter(*(TEXTS[name].attribute for name in _OTHERS))
_DATES: Final = tuple((csl_name(attribute), attribute) for attribute in DATES)
_LEADING: Final = frozenset({"doi", "url"})
_VARIABLE_OF_SCHEME: Final = {scheme: name for name, scheme in IDENTIFIERS.items()}


def to_members(entry: Entry) -> dict[str, Json]:
    """The members of the item that ``entry`` is, in the order of writing, without ``custom``."""
    given: Values = vars(entry)
    members: dict[str, Json] = {"id": entry.key}
    if entry.key.strip():
        members["citation-key"] = entry.key
    members["type"] = entry.type
    members |= _told(_FIRST, _TITLES_OF(given))
    said = said_members(given)
    keyword = said.pop("keyword", None)
    members |= said
    members |= _told(_OTHERS, _OTHERS_OF(given))
    if keyword is not None:
        members["keyword"] = keyword
    return members


def said_members(given: Values) -> dict[str, Json]:
    """The variables that may say less than the attributes do: names, dates, identifiers, number, keyword.

    Roles and identifiers stand in the order of their first appearance, so that reading gives it back.
    """
    members: dict[str, Json] = {}
    for role, contributors in _by_role(given).items():
        members[csl_name(role)] = [name_members(each.name) for each in contributors]
    for name, attribute in _DATES:
        if (date := given.get(attribute)) is not None and (written := write_date(date)):
            members[name] = written
    _add_identifiers(members, held_identifiers(given))
    if (number := given.get("number")) is not None and not is_mistakable(given):
        members["number"] = number
    if keywords := given.get("keywords"):
        members["keyword"] = ", ".join(keywords)
    return members


def held_contributors(given: Values) -> list[Contributor]:
    """The contributors that CSL can hold, in the order in which they are read back: role by role."""
    return [each for contributors in _by_role(given).values() for each in contributors]


def held_identifiers(given: Values) -> list[Identifier]:
    """The identifiers that CSL can hold, in the order in which they are read back: scheme by scheme.

    There is one of each scheme, but for ISBN and ISSN. An arXiv id is the number of a preprint that has no other;
    elsewhere it is where the URL leads of a work that has neither URL nor DOI.
    """
    by_scheme: dict[str, list[Identifier]] = {}
    for identifier in given.get("identifiers", ()):
        if identifier.scheme not in by_scheme or identifier.scheme in SEVERAL:
            by_scheme.setdefault(identifier.scheme, []).append(identifier)
    if given["type"] != PREPRINT or given.get("number") is not None:
        arxiv = by_scheme.pop("arxiv", None)
        if arxiv and _LEADING.isdisjoint(by_scheme):
            by_scheme["url"] = [Identifier("url", str(arxiv[0].url))]
    return [each for identifiers in by_scheme.values() for each in identifiers]


def is_mistakable(given: Values) -> bool:
    """Tells whether the number would be read back as an arXiv id; then it isn't written."""
    return given["type"] == PREPRINT and is_arxiv_number(given.get("number") or "")


def name_members(name: Name) -> dict[str, Json]:
    """The members of a name in CSL."""
    return {member: text for member, text in zip(NAME_PARTS, _PARTS_OF(name), strict=True) if text}


def restore(members: dict[str, Json], entry: Entry) -> dict[str, str]:
    """Put what ``entry.extra`` holds as it was read back into its place; gives the rest of ``extra``.

    A value has its place when the schema admits it there, and it says what the entry says, or what an
    entry has no attribute for.
    """
    rest = {}
    for name, text in entry.extra.items():
        variable = VARIABLES.get(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
        value = _as_read(variable, text) if variable else None
        if variable and value is not None and _has_place(variable, value, entry):
            members[variable.name] = value
        else:
            rest[name] = text
    return rest


def _by_role(given: Values) -> dict[str, list[Contributor]]:
    found: dict[str, list[Contributor]] = {}
    for each in given.get("contributors", ()):
        if each.name.family or each.name != NOBODY:
            found.setdefault(each.role, []).append(each)
    return found


def _told(names: tuple[str, ...], texts: tuple[str | None, ...]) -> dict[str, Json]:
    """The texts that there are, each by its name."""
    return {name: text for name, text in zip(names, texts, strict=True) if text is not None}


def _add_identifiers(members: dict[str, Json], identifiers: Iterable[Identifier]) -> None:
    for identifier in identifiers:
        if identifier.scheme == "arxiv":
            members["number"] = f"arXiv:{identifier.value}"
            continue
        name = _VARIABLE_OF_SCHEME[identifier.scheme]
        members[name] = f"{members[name]} {identifier.value}" if name in members else identifier.value


def _as_read(variable: Variable, text: str) -> Json:
    try:
        value = decode(text)
    except ValueError:
        return None
    return value if is_admitted(variable.name, value) else None


def _has_place(variable: Variable, value: Json, entry: Entry) -> bool:
    if variable.name == "custom":
        return isinstance(value, dict) and bool(value) and "dlbib" not in value
    if canonical := ALIASES.get(variable.name):
        return getattr(entry, TEXTS[canonical].attribute) is not None
    if not variable.attribute:
        return True
    said: Reading[Any]
    match variable.kind:
        case "names":
            said, has = read_names(value), entry.names(variable.attribute)
        case "date":
            said, has = read_date(value), getattr(entry, variable.attribute)
        case "number":
            said, has = read_text(value), getattr(entry, variable.attribute)
        case _:
            return False
    return not said.is_whole and bool(has) and said.said == has
