"""Names and lists of names as they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz.distance import Indel

from dlbib.model.identity.titles import is_ideographic, letters
from dlbib.model.markup import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.model.names import Name

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
_MOST: Final = 3
_MOSTLY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Person:
    """A name for comparing: the last word of the family name, all words of it, those of the given name."""

    text: str
    last: str
    family: tuple[str, ...]
    given: tuple[str, ...]
    is_ideographic: bool

    @property
    def words(self) -> frozenset[str]:
        """All words of the name, for in some lists family and given name change places."""
        return frozenset((*self.family, *self.given))


def last_word(name: Name) -> str:
    """What a person is looked up by: the last word of the family name, or its first ideograph.

    Particles don't count, nor whether "ü" was written as "ue". Empty for a name without letters.
    """
    return _last_word(name.family or name.literal or name.given)


@lru_cache(_REMEMBERED)
def _last_word(family: str) -> str:
    return family[0] if is_ideographic(family) else letters(_last(family))


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1] if text and not text.isspace() else text


@lru_cache(_REMEMBERED)
def person_of(name: Name) -> Person:
    """A name, for comparing."""
    family = name.family or name.literal or name.given
    if is_ideographic(family):
        whole = letters(f"{name.family}{name.given}{name.literal}")
        return Person(str(name), whole, (whole,), (), is_ideographic=True)
    given = "" if not name.family else name.given
    return Person(str(name), last_word(name), _words(family), _words(given), is_ideographic=False)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in map(letters, fold(text).split()) if word)


def accord(one: Person, other: Person) -> Accord:
    """How well two names go together; initials go with the names they begin."""
    if one == other or one.words == other.words:
        return "full"
    if one.last == other.last or one.last in other.family or other.last in one.family:
        return _given_accord(one, other)
    similar = Indel.normalized_similarity(one.last, other.last, score_cutoff=_TYPO_FROM)
    return "loose" if similar and _given_accord(one, other) == "full" and one.given else "none"


def _given_accord(one: Person, other: Person) -> Accord:
    if not one.given or not other.given:
        return "loose" if one.last == other.last else "none"
    ours, theirs = one.given[0], other.given[0]
    if ours.startswith(theirs) or theirs.startswith(ours) or _jammed(one, other) or _jammed(other, one):
        return "full"
    if {word for word in one.given if len(word) > 1} & {word for word in other.given if len(word) > 1}:
        return "full"
    return "loose" if ours[0] == theirs[0] and _nearly(ours, theirs) else "none"


def _nearly(one: str, other: str) -> bool:
    return bool(Indel.normalized_similarity(one, other, score_cutoff=_TYPO_FROM - 0.1))


def _jammed(one: Person, other: Person) -> bool:
    """Whether the given name of ``one`` is the initials of ``other`` in one word, as in "GE"."""
    initials = "".join(word[0] for word in other.given)
    return 1 < len(one.given[0]) <= _JAMMED and initials.startswith(one.given[0])


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
    """A list of names, for comparing."""
    return People(tuple(map(person_of, names[:MOST_PEOPLE])), others or len(names) > MOST_PEOPLE)


def relation(one: People, other: People) -> PeopleRelation:
    """What two lists of names have in common; symmetric."""
    ours, theirs = one.persons, other.persons
    if not ours or not theirs:
        return "unknown"
    if ours[0].is_ideographic != theirs[0].is_ideographic:
        return "incomparable"
    accords = [accord(mine, yours) for mine, yours in zip(ours, theirs, strict=False)]
    if "none" not in accords and (len(ours) == len(theirs) or _is_cut_short(one, other)):
        return _in_order(accords, one, other)
    return _by_shared(_shared(ours, theirs), len(ours), len(theirs), heads_agree=accords[0] != "none")


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
