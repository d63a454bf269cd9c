"""Names of authors as arXiv gives them: in the order of speech, one to an author."""

from __future__ import annotations

import re
from typing import Final

from dlbib.model.names import Name
from dlbib.model.tex.decode import decode

_GROUP: Final = re.compile(
    r"\b(?:collaborations?|collab\.?|consortium|consortia|team|group|committee|network|initiative|alliance"
    r"|institute|university|laboratory|foundation|community|project|experiment|survey|organi[sz]ation)\b",
    re.IGNORECASE,
)
"""What only the name of an organisation holds."""

_SUFFIX: Final = re.compile(r"(?:,\s*|\s+)((?i:jr|sr)\.?|Junior|Senior|I{2,3}|IV|VI{0,3})\Z")
_MOST_OF_A_PERSON: Final = 8
_CAPITAL_PARTICLES: Final = frozenset(
    {"Da", "Dalla", "De", "Del", "Della", "Dem", "Den", "Der", "Di", "La", "Le", "Mac", "Ter", "Van", "Von"}
)
"""What a family name of several words begins with, where the order of speech would hide it."""


def name_of(text: str) -> Name:
    """The name that ``text`` is: a person's, or an organisation's as a literal.

    >>> name_of("Bart van Merriënboer"), name_of("The LIGO Scientific Collaboration").literal
    (Name(family='Merriënboer', given='Bart', dropping_particle='', non_dropping_particle='van', suffix='', literal=''), 'The LIGO Scientific Collaboration')
    """
    text = decode(text, protect=False)
    if _GROUP.search(text) or not text or any(mark in text for mark in "{}\\;:/"):
        return Name(literal=text)
    suffix = _SUFFIX.search(text)
    person = text[: suffix.start()] if suffix and " " in text[: suffix.start()].strip() else text
    if person.count(",") > 1 or len(person.split()) > _MOST_OF_A_PERSON:
        return Name(literal=text)
    name = _with_capital_particles(person) or Name.parse(person)
    if name.literal or not suffix or person == text:
        return name
    return Name(
        name.family, name.given, name.dropping_particle, name.non_dropping_particle, suffix[1], name.literal
    )


def _with_capital_particles(person: str) -> Name | None:
    """A name such as "Paolo Di Vecchia" or "An Van der Meer", whose family name begins with a capital particle."""
    words = person.split()
    first = len(words) - 1
    while first > 1 and (words[first - 1] in _CAPITAL_PARTICLES or words[first - 1][0].islower()):
        first -= 1
    if "," in person or first == len(words) - 1 or words[first][0].islower() or words[-1][0].islower():
        return None
    return Name(family=" ".join(words[first:]), given=" ".join(words[:first]))
