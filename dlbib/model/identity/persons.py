"""Names as they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Indel

from dlbib.model.identity import organizations
from dlbib.model.identity.lettering import is_ideographic, letters
from dlbib.model.markup import fold

if TYPE_CHECKING:
    from dlbib.model.identity.organizations import Accord, Organization
    from dlbib.model.names import Name

_REMEMBERED: Final = 1 << 12
"""How many names are remembered; most come again and again."""
_TYPO_FROM: Final = 0.8
_JAMMED: Final = 3
_INITIALS: Final = re.compile(r"[A-Z]{1,3}\Z")
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """A name for comparing: the last word of the family name, all words of it, those of the given name.

    ``joined`` is the family name with its particles in one word. A name in ideographs has two
    family names instead, all of it in either order, and no other parts. What is not in parts is the
    name of an ``organization``, or that of a person as it is spoken.
    """

    text: str
    last: str
    family: tuple[str, ...]
    given: tuple[str, ...]
    joined: str = ""
    is_ideographic: bool = False
    organization: Organization | None = None
    has_initials_behind: bool = False
    suffix: str = ""

    @property
    def words(self) -> frozenset[str]:
        """All words of the name, for in some lists family and given name change places."""
        return frozenset((*self.family, *self.given))

    @property
    def initials(self) -> str:
        """Those of the given names."""
        return "".join(word[0] for word in self.given)

    @property
    def turned(self) -> Person:
        """The person whose initials were taken for the family name, as those of "Smith JA" are; else as it is."""
        if not self.has_initials_behind:
            return self
        return Person(self.text, self.given[-1], self.given, self.family, "".join(self.given))

    @property
    def spoken(self) -> Person:
        """The person whose name it is if that was not in parts, the last word being the family name; else as it is."""
        if self.organization is None or not self.family:
            return self
        return Person(self.text, self.last, self.family[-1:], self.family[:-1], self.family[-1])


def last_word(name: Name) -> str:
    """What a person is looked up by: the last word of the family name, or one of the ideographs.

    Particles don't count, nor whether "ü" was written as "ue". Empty for a name without letters.
    """
    family = _family(name)
    return min(_ideographs(name), default="") if is_ideographic(family) else _last_word(family)


def _family(name: Name) -> str:
    return name.literal or name.family or name.given


@lru_cache(_REMEMBERED)
def look_up_words(name: Name) -> tuple[str, ...]:
    """All that a person may be looked up by: something of it is among that of whoever accords in full.

    The words of the family name, all words in no order, and the family name that initials stand for; an
    organisation by all its words in one, and by its acronym. Empty for who has no letters.
    """
    person = person_of(name)
    whole = (person.joined, "+".join(sorted(person.words)))
    turned = person.turned
    own = (
        person.organization.look_up_words
        if person.organization
        else (*person.family, turned.joined, *turned.family)
    )
    return tuple(dict.fromkeys((person.last, *(word for word in (*whole, *own) if word))))


@lru_cache(_REMEMBERED)
def _last_word(family: str) -> str:
    return letters(_last(family))


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1] if text and not text.isspace() else text


def _ideographs(name: Name) -> str:
    return letters(f"{name.family}{name.given}{name.literal}")


@lru_cache(_REMEMBERED)
def person_of(name: Name) -> Person:
    """A name, for comparing."""
    family = _family(name)
    if is_ideographic(family):
        whole, turned = _ideographs(name), letters(f"{name.given}{name.family}{name.literal}")
        return Person(str(name), whole, (whole, turned), (), whole, is_ideographic=True)
    given, suffix = name.given if name.family and not name.literal else "", name.suffix
    if suffix and _SUFFIX.match(given):
        given, suffix = suffix, given
    particles = f"{name.dropping_particle}{name.non_dropping_particle}"
    words, given_words = _words(family), _words(given)
    return Person(
        str(name),
        last_word(name),
        words,
        given_words,
        "".join((*_words(particles), *words)),
        organization=organizations.organization_of(name.literal) if name.literal else None,
        has_initials_behind=bool(given_words) and not given.isupper() and _INITIALS.match(family) is not None,
        suffix=letters(suffix),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in map(letters, fold(text).split()) if word)


def accord(one: Person, other: Person) -> Accord:
    """How well two names go together; initials go with the names they begin. Symmetric."""
    if one == other:
        return "full"
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return "none"
    if one.is_ideographic or other.is_ideographic:
        is_one = one.is_ideographic and other.is_ideographic and not {*one.family}.isdisjoint(other.family)
        return "full" if is_one else "none"
    if one.organization and other.organization:
        return organizations.accord(one.organization, other.organization)
    if one.words and one.words == other.words:
        return "full"
    return _accord_by_parts(one, other)


def _accord_by_parts(one: Person, other: Person) -> Accord:
    if one.organization or other.organization:
        return _spoken_accord(one, other)
    found = _accord(one, other)
    return _accord(one.turned, other.turned) if found == "none" else found


def _spoken_accord(one: Person, other: Person) -> Accord:
    """That of a name in parts and one that is not, of which nobody knows whether it is a person's."""
    if one.joined and one.joined == other.joined:
        return "full"
    ours, theirs = one.spoken, other.spoken
    found = _accord(ours, theirs)
    if found == "loose" and ours.given and theirs.given:
        return "none"
    return "none" if found == "none" else "loose"


def _accord(one: Person, other: Person) -> Accord:
    if one.last == other.last or one.last in other.family or other.last in one.family:
        return _given_accord(one, other)
    if one.joined and one.joined == other.joined:
        return _given_accord(one, other) if one.given and other.given else "full"
    similar = Indel.normalized_similarity(one.last, other.last, score_cutoff=_TYPO_FROM)
    return "loose" if similar and _given_accord(one, other) == "full" and one.given else "none"


def _given_accord(one: Person, other: Person) -> Accord:
    if not one.given or not other.given:
        return "loose" if one.last == other.last else "none"
    if len(one.given) == len(other.given) > 1 and one.initials != other.initials:
        return "none"
    ours, theirs = one.given[0], other.given[0]
    if ours.startswith(theirs) or theirs.startswith(ours) or _jammed(one, other) or _jammed(other, one):
        return "full"
    if {word for word in one.given if len(word) > 1} & {word for word in other.given if len(word) > 1}:
        return "full"
    return (
        "loose" if ours[0] == theirs[0] and (_nearly(ours, theirs) or _same_initials(one, other)) else "none"
    )


def _same_initials(one: Person, other: Person) -> bool:
    """Whether two who are called otherwise have all of several initials in common, as Durk P. and Diederik P. have."""
    return len(one.given) > 1 and one.initials == other.initials


def _nearly(one: str, other: str) -> bool:
    return bool(Indel.normalized_similarity(one, other, score_cutoff=_TYPO_FROM - 0.1))


def _jammed(one: Person, other: Person) -> bool:
    """Whether the given name of ``one`` is the initials of ``other`` in one word, as in "GE"."""
    return 1 < len(one.given[0]) <= _JAMMED and other.initials.startswith(one.given[0])
