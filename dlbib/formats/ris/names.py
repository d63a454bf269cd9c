"""Names: ``Last, First, Suffix``, or all in one where there is no comma.

Source: "RIS Format Specifications", Reference Manager 12, "Author names".
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from dlbib.model.names import Name
from dlbib.model.names.name import joined

Oddity = Literal["", "is no name", "looks like several names"]

_TEX: Final = re.compile(r"[{}\\\"=~]")
_ENDS_LIST: Final = frozenset({"et al", "et al.", "and others", "others"})
_AND: Final = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"(?:jr|sr)\.?|I{2,3}|I?V|VI{1,3}", re.IGNORECASE)
_INITIAL: Final = r"[^\W\d_a-z]\."
_INITIALS_BEFORE: Final = re.compile(
    rf"(?:{_INITIAL}(?:-{_INITIAL})? )+(?:(?!(?:and|for|of|on|the)\b)[^\W\d_][\w'\u2019-]+(?: |\Z)){{1,3}}"
)
_INITIALS_BEHIND: Final = re.compile(rf"([^,.]+) ((?:{_INITIAL}[ -]?)+)")
_LONGEST: Final = 200
"""The longest text that may be a person's name with initials."""

_MOST_PARTS: Final = 3  # last, first, suffix


class Reading(NamedTuple):
    """The name in a value, ``None`` when there is none; ``is_others`` tells that more are left out."""

    name: Name | None
    is_others: bool = False
    oddity: Oddity = ""


def read_name(value: str) -> Reading:
    """The name that one tag holds.

    A name without a comma is a literal, for it may be an organisation's, unless initials tell it for a
    person's ("A. M. Turing", "Turing A.M.", but not "U.S. Congress"); so is one before a comma with
    nothing behind it, which is how EndNote writes organisations. A suffix may stand before the given name.

    >>> read_name("van der Maaten, Laurens").name
    Name(family='Maaten', given='Laurens', dropping_particle='', non_dropping_particle='van der', suffix='', literal='')
    """
    if value.casefold() in _ENDS_LIST:
        return Reading(None, is_others=True)
    if _is_several(value):
        return Reading(Name(literal=value), oddity="looks like several names")
    parts = [part.strip() for part in value.split(",")]
    if not parts[0] or len(parts) > _MOST_PARTS:
        return Reading(Name(literal=value) if any(parts) else None, oddity="is no name")
    return Reading(_named(parts))


def _is_several(value: str) -> bool:
    """Whether a value looks like several names: they are parted by semicolons, or by "and" where commas part each."""
    comma = value.find(",")
    return ";" in value or (comma >= 0 and _AND.search(value, comma) is not None)


def _named(parts: list[str]) -> Name:
    if len(parts) == 1:
        return _with_initials(parts[0]) or Name(literal=parts[0])
    if len(parts) < _MOST_PARTS and not parts[1]:
        return Name(literal=parts[0])
    if len(parts) == _MOST_PARTS and parts[2] and _SUFFIX.fullmatch(parts[1]):
        last, suffix, first = parts  # as BibTeX has it
        return _person(last, first, suffix)
    return _person(*parts)


def _with_initials(value: str) -> Name | None:
    if len(value) > _LONGEST or _TEX.search(value):
        return None
    if behind := _INITIALS_BEHIND.fullmatch(value):
        return _person(behind[1], behind[2])
    return Name.parse(value) if _INITIALS_BEFORE.fullmatch(value) else None


def _person(last: str, first: str, suffix: str = "") -> Name:
    whole = f"{last}, {suffix}, {first}" if suffix else f"{last}, {first}"
    if first and not _TEX.search(whole):
        name = Name.parse(whole)
        if not name.literal and name.suffix == suffix:
            return name
    return Name(last, first, suffix=suffix)


def write_name(name: Name) -> str:
    """The value that `read_name` reads as ``name``; a literal with commas is read as a person's."""
    if name.literal:
        return name.literal
    family = joined(name.non_dropping_particle, name.family)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return f"{family}, {given}, {name.suffix}".rstrip() if name.suffix or not given else f"{family}, {given}"
