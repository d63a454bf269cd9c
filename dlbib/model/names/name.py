"""A name as a value."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from functools import total_ordering
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from dlbib.model.markup import fold
from dlbib.model.names.interpretation import interpret, plain_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlbib.model.names.grammar import Dialect
    from dlbib.model.names.interpretation import Decode

_ELIDED: Final = ("-", "'", "\u2019")


@total_ordering
@dataclass(frozen=True, slots=True)
class Name:
    """A person, by the parts of the name, or an organisation, by a ``literal``.

    An empty part is absent; a ``literal`` is printed whatever stands beside it. White space is
    squeezed and Unicode composed (NFC) on construction. ``str()`` gives display order; names sort by
    family name without particles, then given name. Source: CSL 1.0.2, "Names".

    >>> print(Name("Merriënboer", "Bart", non_dropping_particle="van"))
    Bart van Merriënboer
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __post_init__(self) -> None:
        for part, text in zip(PARTS, PARTS_OF(self), strict=True):
            if text and not (text.isascii() and text.isalnum()):
                object.__setattr__(self, part, unicodedata.normalize("NFC", " ".join(text.split())))

    @classmethod
    def parse(cls, text: str, dialect: Dialect = "bibtex") -> Name:
        """Read one name in one of BibTeX's three forms, or BibLaTeX's ``key=value`` form. Never raises.

        What is no name in these forms (four commas, names parted by semicolons) is a ``literal``; so
        is a name in braces. TeX stays as it is, but for braces that only group. `parse_names` reads
        a list of names, decodes TeX, and tells what is odd.

        A particle is a ``non_dropping_particle`` unless ``useprefix=false`` says otherwise: that is
        what most are (Dutch, Spanish, Portuguese), and a name that is written and read again stays
        equal. A known particle behind the given name ("Humboldt, Alexander von") is a dropping one.

        >>> Name.parse("van den Driessche, George") == Name("Driessche", "George", "", "van den")
        True
        """
        return cls(*interpret(text, dialect)[:-1])

    def __str__(self) -> str:
        if self.literal:
            return self.literal
        family = joined(self.dropping_particle, joined(self.non_dropping_particle, self.family))
        return " ".join(part for part in (self.given, family, self.suffix) if part)

    def __lt__(self, other: Name) -> bool:
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[str, ...]:
        """What names are ordered by: folded family or literal, given, particles, suffix; then all as written."""
        particles = f"{self.non_dropping_particle} {self.dropping_particle}"
        folded = (fold(part) for part in (self.family or self.literal, self.given, particles, self.suffix))
        return (*folded, *PARTS_OF(self))


PARTS: Final = tuple(field.name for field in fields(Name))
"""What the parts of a name are called, in the order in which `Name` takes them."""

PARTS_OF: Final[Callable[[object], tuple[str, ...]]] = attrgetter(*PARTS)
"""Gives the `PARTS` of a name, or of what else has them."""

_PUT_FAMILY, _PUT_GIVEN, *_PUT_OTHERS = (getattr(Name, part).__set__ for part in PARTS)


def plain_name(text: str, decode: Decode) -> Name | None:
    """The name that a text says, as `Name.parse` reads it, if it has a family and a given name alone; else ``None``.

    ``decode`` makes plain text of parts that hold TeX. Most names are plain, and of those most are ASCII: what
    their pattern admits is canonical, so they are made without being looked at again.
    """
    parts = plain_parts(text, decode)
    if parts is None:
        return None
    if "{" in text or not text.isascii():
        return Name(*parts)
    name = Name.__new__(Name)
    _PUT_FAMILY(name, parts[0])
    _PUT_GIVEN(name, parts[1])
    for put in _PUT_OTHERS:
        put(name, "")
    return name


def ends_elided(particle: str) -> bool:
    """Tells whether a particle ends in an apostrophe or a hyphen, which no space follows."""
    return particle.endswith(_ELIDED)


def joined(particle: str, rest: str) -> str:
    """A particle before what follows it."""
    if not (particle and rest):
        return particle or rest
    return f"{particle}{rest}" if ends_elided(particle) else f"{particle} {rest}"
