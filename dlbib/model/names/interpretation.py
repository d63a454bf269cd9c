"""What one name in BibTeX's syntax says, and what is odd about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from dlbib.model.names.grammar import OPTIONS, Dialect, NameParts, arranged, options, trimmed
from dlbib.model.names.words import is_balanced, is_braced, outside_braces, sections

OddityCode = Literal["NAME-BRACES", "NAME-COMMAS", "NAME-EMPTY", "NAME-OPTIONS", "NAME-SUSPECT"]

Decode = Callable[[str], str]

_ACCENTED: Final = r"\{\\['`^\"~=.](?:\\?[A-Za-z]|\{\\?[A-Za-z]\})\}"
_WORD: Final = rf"[A-ZÀ-ÖØ-Þ](?:[A-Za-z]++|[^\W\d_]++|\.|['\u2019-](?=[^\W\d_]|\{{)|{_ACCENTED})*+"
_WORDS: Final = rf"{_WORD}(?: {_WORD})*+"
_PLAIN: Final = re.compile(rf"({_WORDS})(?:, ({_WORDS}))?+")
"""A name whose words start upper-case and hold no TeX but accented letters: nearly every one."""

_INITIALS: Final = re.compile(r"(?!II$|III$|IV$|JR$|SR$)[A-Z]{1,3}")
_ENTITY: Final = re.compile(r"&#?\w{1,32};")
_SEPARATING: Final = frozenset({"and", "AND", "&", "\\&", "et"})
_COMMAS: Final = 2

PARTICLES: Final = frozenset(
    (  # noqa: SIM905  # a list of them fills a page
        "'t \u2019t af al av bin d' d\u2019 da dal dalla das de degli dei del della dello den der des di do dos du el "
        "ibn la las le los op ten ter tot und van vom von zu zum zur"
    ).split()
)
"""The particles that are known as such behind a given name: "Humboldt, Alexander von"."""


class Said(NamedTuple):
    """What a text says: the values for a `Name`, in its order of fields; ``oddity`` is what is wrong with it."""

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    oddity: OddityCode | None = None


def ungrouped(text: str) -> str:
    """``text`` without the braces that only hold it together; a text with TeX in it stays as it is."""
    return text if "\\" in text else text.replace("{", "").replace("}", "")


def plain_parts(text: str, decode: Decode) -> tuple[str, str] | None:
    """Family and given name of a name without particles and oddities; ``None`` for any other."""
    family, _, given = text.partition(", ")
    if text.isascii() and family.isalpha() and given.isalpha() and family[0].isupper() and given[0].isupper():
        return family, given  # two words, as in most names
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return None
    family, given = plain.groups()
    if given is None:
        given, _, family = family.rpartition(" ")
    elif " " in family and _is_list_of_initials([family.split(" "), given.split(" ")]):
        return None
    return (decode(family), decode(given)) if "{" in text else (family, given)


def interpret(
    text: str, dialect: Dialect = "bibtex", decode: Decode = ungrouped, *, useprefix: bool = True
) -> Said:
    """What one name says; ``decode`` makes plain text of each part that may hold TeX. Never raises."""
    plain = plain_parts(text, decode)
    if plain is not None:
        return Said(*plain)
    return _interpret_odd(text, dialect, decode, useprefix=useprefix)


def _interpret_odd(text: str, dialect: Dialect, decode: Decode, *, useprefix: bool) -> Said:
    if not is_balanced(text):
        return Said(literal=decode(text), oddity="NAME-BRACES")
    written = sections(text)
    found = trimmed(written)
    oddity: OddityCode | None = None if all(written) else "NAME-COMMAS"
    if not any(found):
        return Said(oddity="NAME-EMPTY")
    if len(found) == 1 and len(found[0]) == 1 and is_braced(found[0][0]):
        return Said(literal=decode(found[0][0]), oddity=oddity)
    values = options(text)
    if values is not None:
        return _from_options(values, decode, useprefix=useprefix)
    reason = _reason_against(found)
    if reason is not None:
        return Said(literal=decode(text.lstrip(", \t\r\n")), oddity=reason)
    return _from_parts(found, dialect, decode, useprefix=useprefix)._replace(oddity=oddity)


def _from_parts(found: list[list[str]], dialect: Dialect, decode: Decode, *, useprefix: bool) -> Said:
    parts = arranged(found, dialect)
    first, behind = _without_particles(parts) if len(found) > 1 else (parts.first, ())
    dropping, kept = (behind, parts.von) if useprefix else ((*behind, *parts.von), ())
    family, given, drop, keep, suffix = (
        decode(" ".join(words)) if words else "" for words in (parts.last, first, dropping, kept, parts.jr)
    )
    return Said(family, given, drop, keep, suffix)


def _without_particles(parts: NameParts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first name, and the known particles behind it, of which the first word is never one."""
    end = len(parts.first)
    while end > 1 and parts.first[end - 1] in PARTICLES:
        end -= 1
    return parts.first[:end], parts.first[end:]


def _from_options(values: dict[str, str], decode: Decode, *, useprefix: bool) -> Said:
    family, given, prefix, suffix = (
        decode(values.get(key, "")) for key in ("family", "given", "prefix", "suffix")
    )
    is_kept = values.get("useprefix", str(useprefix)).lower() != "false"
    dropping, kept = ("", prefix) if is_kept else (prefix, "")
    oddity: OddityCode | None = "NAME-OPTIONS" if values.keys() - OPTIONS else None
    return Said(family, given, dropping, kept, suffix, oddity=oddity)


def _reason_against(found: list[list[str]]) -> OddityCode | None:
    """Why a text with these `sections` is no name: it looks like several, has a comma too many or no family name."""
    for word in (word for section in found for word in section):
        if word in _SEPARATING or (";" in word and ";" in _ENTITY.sub("", outside_braces(word))):
            return "NAME-SUSPECT"
    if _is_list_of_initials(found):
        return "NAME-SUSPECT"
    return "NAME-COMMAS" if len(found) - 1 > _COMMAS or not found[0] else None


def _is_list_of_initials(found: list[list[str]]) -> bool:
    """Tells a list such as "Doe J, Roe R", which has each family name before its initials."""
    return len(found) > 1 and all(len(words) > 1 and _INITIALS.fullmatch(words[-1]) for words in found)
