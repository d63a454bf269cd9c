"""Names of people and organisations, as CSL has them, and the texts they are read from.

Source: CSL 1.0.2, "Names"; BibTeX: Oren Patashnik, "BibTeXing", section 4; BibLaTeX manual, section 3.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dlbib.model.markup import fold

if TYPE_CHECKING:
    from typing import Any


def _canonical(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split(" ")) if "  " in text else text.strip())


@dataclass(frozen=True, slots=True)
class Name:
    """A person, by the parts of the name, or an organisation, by a ``literal``.

    An empty part is absent. White space is squeezed and Unicode composed (NFC) on construction.
    ``str()`` gives display order; names sort by family name without particles, then given name.

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
        for part in _PARTS:
            text: str = getattr(self, part)
            if text and not (text.isascii() and text.isalnum()):
                object.__setattr__(self, part, unicodedata.normalize("NFC", " ".join(text.split())))

    def __str__(self) -> str:
        if self.literal:
            return self.literal
        parts = (self.given, self.dropping_particle, self.non_dropping_particle, self.family, self.suffix)
        return " ".join(part for part in parts if part)

    def __lt__(self, other: Name) -> bool:
        return self.sort_key < other.sort_key

    @property
    def sort_key(self) -> tuple[str, ...]:
        """What names are ordered by: folded family or literal, given, particles, suffix."""
        particles = f"{self.non_dropping_particle} {self.dropping_particle}"
        return tuple(
            fold(part) for part in (self.family or self.literal, self.given, particles, self.suffix)
        ) + (self.family, self.given)


_PARTS = tuple(field.name for field in fields(Name))
