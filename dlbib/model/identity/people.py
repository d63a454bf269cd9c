"""Names and lists of names as they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz.distance import Indel

from dlbib.model.identity import venues
from dlbib.model.identity.lettering import is_ideographic, letters
from dlbib.model.markup import fold
from dlbib.model.names import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

Accord = Literal["full", "loose", "none"]
"""How well two names go together: as far as both tell, but for a little, or not at all."""

PeopleRelation = Literal[
    "same", "loosely-same", "reordered", "cut", "most", "fewer", "some", "none", "incomparable", "unknown"
]

MOST_PEOPLE: Final = 30
_REMEMBERED: Final = 1 << 12
"""How many names are remembered; most come again and again."""
_TYPO_FROM: Final = 0.8
_JAMMED: Final = 3
_INITIALS: Final = re.compile(r"[A-Z]{1,3}\Z")
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)
_OTHERS: Final = ("et al", "et. al", "et alii", "and others")
"""What some write for "and others" as if it were a name, or the end of one."""
_MOST: Final = 3
_MOSTLY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Person:
    """A name for comparing: the last word of the family name, all words of it, those of the given name.

    ``joined`` is the family name with its particles in one word. A name in ideographs has two
    family names instead, all of it in either order, and no other parts.
    """

    text: str
    last: str
    family: tuple[str, ...]
    given: tuple[str, ...]
    joined: str = ""
    is_ideographic: bool = False
    is_organization: bool = False
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


def last_word(name: Name) -> str:
    """What a person is looked up by: the last word of the family name, or one of the ideographs.

    Particles don't count, nor whether "ü" was written as "ue". Empty for a name without letters.
    """
    family = name.family or name.literal or name.given
    return min(_ideographs(name)) if is_ideographic(family) else _last_word(family)


@lru_cache(_REMEMBERED)
def look_up_words(name: Name) -> tuple[str, ...]:
    """All that a person may be looked up by: something of it is among that of whoever accords in full.

    The words of the family name, all words in no order, and the family name that initials stand for.
    """
    person = person_of(name)
    words = (
        last_word(name),
        person.joined,
        *person.family,
        "+".join(sorted(person.words)),
        person.turned.last,
    )
    return tuple(dict.fromkeys(word for word in words if word)) or ("",)


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
    family = name.family or name.literal or name.given
    if is_ideographic(family):
        whole, turned = _ideographs(name), letters(f"{name.given}{name.family}{name.literal}")
        return Person(str(name), whole, (whole, turned), (), whole, is_ideographic=True)
    given, suffix = name.given if name.family else "", name.suffix
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
        is_organization=bool(name.literal),
        has_initials_behind=bool(given_words) and not given.isupper() and _INITIALS.match(family) is not None,
        suffix=letters(suffix),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in map(letters, fold(text).split()) if word)


def accord(one: Person, other: Person) -> Accord:
    """How well two names go together; initials go with the names they begin."""
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return "none"
    if one == other or one.words == other.words:
        return "full"
    if one.is_ideographic:
        return "none" if {*one.family}.isdisjoint(other.family) else "full"
    if one.is_organization and other.is_organization:
        return "full" if venues.are_one(one.text, other.text) else "none"
    found = _accord(one, other)
    return _accord(one.turned, other.turned) if found == "none" else found


def _accord(one: Person, other: Person) -> Accord:
    if one.last == other.last or one.last in other.family or other.last in one.family:
        return _given_accord(one, other)
    if one.joined == other.joined:
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


@dataclass(frozen=True, slots=True)
class People:
    """Those who made a work, in order; ``is_cut`` when others follow them.

    At most `MOST_PEOPLE`, for a collaboration of thousands is known by the first of them.
    """

    persons: tuple[Person, ...]
    is_cut: bool = False

    def __str__(self) -> str:
        named = [person.text for person in self.persons[:3]]
        more = ["…"] if len(self.persons) > len(named) or self.is_cut else []
        return ", ".join((*named, *more)) or "nobody"


def people_of(names: Sequence[Name], *, others: bool = False) -> People:
    """A list of names, for comparing; what is one name and says "et al.", or is several, is taken apart."""
    told, is_cut = _taken_apart(names[:MOST_PEOPLE])
    return People(tuple(map(person_of, told)), others or is_cut or len(names) > MOST_PEOPLE)


def _taken_apart(names: Sequence[Name]) -> tuple[Sequence[Name], bool]:
    """The names that ``names`` hold, and whether one said that there are others."""
    if not any(name.literal for name in names):
        return names, False
    found: list[Name] = []
    is_cut = False
    for name in names:
        named = _without_others(name.literal)
        several = [each for each in named.split(";", MOST_PEOPLE) if "," in each]
        if named == name.literal and len(several) <= 1:
            found.append(name)
            continue
        is_cut = is_cut or named != name.literal
        found += map(Name.parse, several or [named] * bool(named))
    return found[:MOST_PEOPLE], is_cut


def _without_others(text: str) -> str:
    """``text`` without the "et al." that it ends with."""
    said = text.rstrip(" .,;")
    for others in _OTHERS:
        named = said[: -len(others)]
        if said[-len(others) :].lower() == others and named[-1:] in {"", " ", ",", ";"}:
            return named.rstrip(" ,;")
    return text


def relation(one: People, other: People) -> PeopleRelation:
    """What two lists of names have in common; symmetric."""
    ours, theirs = one.persons, other.persons
    if not ours or not theirs:
        return "unknown"
    if not _are_comparable(ours[0], theirs[0]):
        return "incomparable"
    accords = [accord(mine, yours) for mine, yours in zip(ours, theirs, strict=False)]
    if "none" not in accords and (len(ours) == len(theirs) or _is_cut_short(one, other)):
        return _in_order(accords, one, other)
    return _by_shared(_shared(ours, theirs), len(ours), len(theirs), heads_agree=accords[0] != "none")


def _are_comparable(one: Person, other: Person) -> bool:
    """Whether two would be seen to be one: not a name in two scripts, nor a collaboration and its first member."""
    if one.is_ideographic != other.is_ideographic:
        return False
    return one.is_organization == other.is_organization or accord(one, other) != "none"


def _by_shared(shared: int, ours: int, theirs: int, *, heads_agree: bool) -> PeopleRelation:
    """The relation of two lists of which that many names are ``shared``."""
    if not shared:
        return "none"
    if shared == ours == theirs:
        return "reordered"
    if not heads_agree or shared < min(ours, theirs):
        return "some"
    return "most" if shared >= max(_MOST, _MOSTLY * max(ours, theirs)) else "fewer"


def _is_cut_short(one: People, other: People) -> bool:
    shorter = one if len(one.persons) < len(other.persons) else other
    return shorter.is_cut


def _in_order(accords: Sequence[Accord], one: People, other: People) -> PeopleRelation:
    """The relation of two lists that agree as far as the shorter goes."""
    if one.is_cut != other.is_cut or len(one.persons) != len(other.persons):
        return "cut"
    return "loosely-same" if "loose" in accords else "same"


def _shared(ours: Sequence[Person], theirs: Sequence[Person]) -> int:
    """How many of the one stand among the other, each counted once."""
    left = list(theirs)
    count = 0
    for person in ours:
        match = next((other for other in left if accord(person, other) != "none"), None)
        if match is not None:
            left.remove(match)
            count += 1
    return count
