"""Lists of names as they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from dlbib.model.identity.persons import Person, accord, person_of
from dlbib.model.names import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.model.identity.organizations import Accord

PeopleRelation = Literal[
    "same", "loosely-same", "reordered", "cut", "most", "fewer", "some", "none", "incomparable", "unknown"
]

MOST_PEOPLE: Final = 30
_OTHERS: Final = ("et al", "et. al", "et alii", "and others")
"""What some write for "and others" as if it were a name, or the end of one."""
_MOST: Final = 3
_MOSTLY: Final = 0.6


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


def told_of(names: Sequence[Name]) -> Sequence[Name]:
    """At most `MOST_PEOPLE` of ``names`` as they are compared: what says "et al.", or is several, taken apart."""
    return _taken_apart(names[:MOST_PEOPLE])[0]


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
    pairs = list(zip(ours, theirs, strict=False))
    accords = [accord(mine, yours) for mine, yours in pairs]
    if not _are_comparable(*pairs[0]) or ("loose" in accords and any(_may_be_parts(*pair) for pair in pairs)):
        return "incomparable"
    if "none" not in accords and (len(ours) == len(theirs) or _is_cut_short(one, other)):
        return _in_order(accords, one, other)
    return _by_shared(_shared(ours, theirs), len(ours), len(theirs), heads_agree=accords[0] != "none")


def _are_comparable(one: Person, other: Person) -> bool:
    """Whether two would be seen to be one: not a name in two scripts, nor a collaboration and its first member."""
    if one.is_ideographic != other.is_ideographic:
        return False
    return bool(one.organization) == bool(other.organization) or accord(one, other) != "none"


def _may_be_parts(one: Person, other: Person) -> bool:
    """Whether they are organisations of which one may be a part of the other, or the other itself."""
    return bool(one.organization and other.organization) and accord(one, other) == "loose"


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
        match = next((other for other in left if _agree(person, other)), None)
        if match is not None:
            left.remove(match)
            count += 1
    return count


def _agree(one: Person, other: Person) -> bool:
    return accord(one, other) != "none" and not _may_be_parts(one, other)
