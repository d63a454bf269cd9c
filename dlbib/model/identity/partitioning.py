"""Which of many entries are one work, whatever the order in which they came.

What a person decided holds first. Then entries are joined that an identifier names as one work. Then,
from the strongest pair to the weakest, those that title, authors and year make one, unless anything
speaks against it between any two that would come together: so a preprint that could belong to two
publications goes with the one it fits best, and never makes one of them. Ties are broken by what
entries say, never by where they stand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain, combinations, pairwise, product
from typing import TYPE_CHECKING, Final

from dlbib.model.identity.blocking import OF_ALL, OF_MAIN, OF_PLACE, OF_TITLE, blocks, sought
from dlbib.model.identity.judging import can_be_same, compare, order
from dlbib.model.identity.traits import Traits, traits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dlbib.model.entry import Entry
    from dlbib.model.identity.judgements import Judgement

Pair = tuple[int, int]

CROWD: Final = 50
"""How many entries under one block are all compared with each other."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided of entries, by their places: which pairs are one work and which are not.

    Those of ``bound`` pairs were said of one work when they came. No two that ``same`` and ``bound``
    put into one work, by way of others too, may be in ``distinct``.
    """

    same: tuple[Pair, ...] = ()
    distinct: tuple[Pair, ...] = ()
    bound: tuple[Pair, ...] = ()


UNDECIDED: Final = Decisions()


def partition(entries: Sequence[Entry], decisions: Decisions = UNDECIDED) -> tuple[tuple[int, ...], ...]:
    """The works that ``entries`` speak of, as their places; every place once.

    Works and places within them are sorted. Another order of the entries gives the same works.
    """
    joining = _Joining(entries, decisions)
    for one, other in decisions.same:
        joining.join(one, other)
    joining.close_units()
    for one, other in decisions.bound:
        joining.join(one, other)
    by_name, by_look = joining.pairs_that_match()
    for one, other in by_name:
        if not joining.is_forbidden(one, other):
            joining.join(one, other)
    for one, other in by_look:
        if not joining.is_forbidden(one, other) and not joining.has_objection(one, other):
            joining.join(one, other)
    return joining.works()


class _TraitsByPlace(dict[int, Traits]):
    """What of entries is compared, found out when it is asked for: most of many are like no other."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = entries

    def __missing__(self, place: int) -> Traits:
        return self.setdefault(place, traits_of(self._entries[place]))


@dataclass(slots=True)
class _Joining:
    """Entries on their way to works; a work is known by the place of any of its entries."""

    entries: Sequence[Entry]
    decisions: Decisions
    traits: _TraitsByPlace = field(init=False)
    members: list[list[int]] = field(init=False)
    apart: dict[int, set[int]] = field(init=False)
    judged: dict[Pair, Judgement] = field(init=False, default_factory=dict)
    units: dict[int, tuple[int, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.traits = _TraitsByPlace(self.entries)
        self.members = [[place] for place in range(len(self.entries))]
        self.apart = defaultdict(set)
        for one, other in self.decisions.distinct:
            self.apart[one].add(other)
            self.apart[other].add(one)

    def join(self, one: int, other: int) -> None:
        """Make one work of those of two entries."""
        ours, theirs = self.members[one], self.members[other]
        if ours is theirs:
            return
        if len(ours) < len(theirs):
            ours, theirs = theirs, ours
        ours += theirs
        for place in theirs:
            self.members[place] = ours

    def is_forbidden(self, one: int, other: int) -> bool:
        """Whether a person told any two apart that would come together."""
        if not self.apart:
            return False
        theirs = set(self.members[other])
        return any(self.apart[place] & theirs for place in self.members[one] if place in self.apart)

    def close_units(self) -> None:
        """Remember what is together by now, by decision, as a unit of its work."""
        self.units = {place: tuple(sorted(members)) for place, members in enumerate(self.members)}

    def has_objection(self, one: int, other: int) -> bool:
        """Whether anything speaks against what would come together."""
        ours, theirs = self.members[one], self.members[other]
        if ours is theirs:
            return False
        mine, yours = ({self.units[place] for place in members} for members in (ours, theirs))
        decided = {unit for unit in (*mine, *yours) if len(unit) > 1}
        return any(
            self._objects(unit, against, doubts_count=not decided or unit in decided or against in decided)
            for unit in mine
            for against in yours
        )

    def _objects(self, unit: tuple[int, ...], other: tuple[int, ...], *, doubts_count: bool) -> bool:
        """Whether anything speaks against two units: a veto does, and a doubt where no two are surely one.

        Where a person joined what was in doubt, only that has to fit what comes to it.
        """
        judged = [self.judgement(mine, yours) for mine in unit for yours in other]
        if any(judgement.is_vetoed for judgement in judged):
            return True
        if not doubts_count or any(judgement.verdict == "same" for judgement in judged):
            return False
        return any(judgement.has_objection for judgement in judged)

    def judgement(self, one: int, other: int) -> Judgement:
        """What there is to say of a pair."""
        pair = (one, other) if one < other else (other, one)
        known = self.judged.get(pair)
        if known is None:
            known = self.judged[pair] = compare(self.traits[one], self.traits[other])
        return known

    def pairs_that_match(self) -> tuple[list[Pair], list[Pair]]:
        """The pairs that are surely one work: by an identifier, and by all else, the strongest first."""
        by_name: list[Pair] = []
        by_look: list[Pair] = []
        for one, other in self._candidates():
            if not can_be_same(self.traits[one], self.traits[other]):
                continue
            judgement = compare(self.traits[one], self.traits[other])
            if judgement.verdict == "same":
                self.judged[one, other] = judgement
                (by_name if judgement.is_by_name else by_look).append((one, other))
        by_name.sort(key=self._precedence)
        by_look.sort(key=self._precedence)
        return by_name, by_look

    def _candidates(self) -> set[Pair]:
        """The pairs that may be one work; what says the same and yet not enough is none."""
        blocks_of = [blocks(entry) for entry in self.entries]
        filed: dict[str, list[int]] = defaultdict(list)
        for place in self._representatives(_in_company(blocks_of)):
            for block in blocks_of[place]:
                filed[block].append(place)
        pairs = {pair for block in filed for pair in self._pairs(block, filed)}
        return {(one, other) for one, other in pairs if self.traits[one] != self.traits[other]} | {
            (one, other) for one, other in pairs if one in self.apart or other in self.apart
        }

    def _representatives(self, places: Iterable[int]) -> Iterator[int]:
        """Of some places one of those that say the same, all of which are one work if that says enough.

        It is enough, too, if they say all the same under one key, as those of a copied file do.
        """
        first: dict[Traits, int] = {}
        copied: dict[str, int] = {}
        for place in places:
            traits = self.traits[place]
            known = first.setdefault(traits, place)
            if known != place and compare(traits, traits).verdict != "same":
                copied.setdefault(self._whole(known), known)
                known = copied.setdefault(self._whole(place), place) if self.entries[place].key else place
            if known == place or place in self.apart or known in self.apart:
                yield place
            else:
                self.join(known, place)
                self._speak_for(known, place)

    def _speak_for(self, known: int, place: int) -> None:
        """Let one of two that say the same stand for both where works are compared; a decision stands apart."""
        if len(self.units[known]) == 1 == len(self.units[place]):
            self.units[place] = self.units[known]

    def _pairs(self, block: str, filed: Mapping[str, Sequence[int]]) -> Iterator[Pair]:
        """The pairs of which one is filed under ``block``. In a crowd only those that have more in common.

        Under a title that is the year and the page; under a page and an identifier it is the title, and by
        an identifier each title is compared with the next. So time and memory stay in proportion to the entries.
        """
        if block.startswith(OF_MAIN):
            (whole,) = sought(block)
            yield from self._across(filed[block], filed.get(whole, ()))
            return
        places = filed[block]
        if len(places) <= CROWD:
            yield from combinations(places, 2)
            return
        for some in self._finer(block, places).values():
            if len(some) <= CROWD:
                yield from combinations(some, 2)
        if not block.startswith((OF_TITLE, OF_PLACE)):
            in_order = sorted(places, key=lambda place: (order(self.traits[place]), self._whole(place)))
            yield from ((min(pair), max(pair)) for pair in pairwise(in_order))

    def _across(self, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[Pair]:
        """The pairs of those with a subtitle and those without one."""
        if len(ours) + len(theirs) <= CROWD:
            yield from ((min(pair), max(pair)) for pair in product(ours, theirs))
            return
        finer = self._finer(OF_TITLE, theirs)
        for year_and_page, some in self._finer(OF_TITLE, ours).items():
            others = finer.get(year_and_page, ())
            if len(some) + len(others) <= CROWD:
                yield from ((min(pair), max(pair)) for pair in product(some, others))

    def _finer(self, block: str, places: Sequence[int]) -> Mapping[object, Sequence[int]]:
        """Places filed under a block, by what else their pairs have to have in common in a crowd."""
        finer: dict[object, list[int]] = defaultdict(list)
        for place in places:
            traits = self.traits[place]
            of_title = (traits.year, traits.page)
            finer[of_title if block.startswith(OF_TITLE) else traits.title.letters].append(place)
        return finer

    def _precedence(self, pair: Pair) -> tuple[object, ...]:
        """The strongest pair first, then the nearest years; what entries say breaks ties."""
        ours, theirs = (self.traits[place] for place in pair)
        apart = abs((ours.year or 0) - (theirs.year or 0))
        said = sorted((order(self.traits[place]), self._whole(place)) for place in pair)
        return (-self.judgement(*pair).strength, apart, said)

    def _whole(self, place: int) -> str:
        return self.entries[place].model_dump_json(exclude_defaults=True)

    def works(self) -> tuple[tuple[int, ...], ...]:
        """The works, as the places of their entries."""
        distinct = {id(members): members for members in self.members}
        return tuple(sorted(tuple(sorted(members)) for members in distinct.values()))


def _in_company(blocks_of: Sequence[Sequence[str]]) -> Iterator[int]:
    """The places of entries that may be one work with others: all but those that are filed where nothing else is.

    What isn't filed, or by all that it says alone, may be like others still.
    """
    filed = Counter(chain.from_iterable(blocks_of))
    for place, found in enumerate(blocks_of):
        if not found or any(_is_shared(block, filed) for block in found):
            yield place


def _is_shared(block: str, filed: Mapping[str, int]) -> bool:
    if filed[block] > 1 or block.startswith(OF_ALL):
        return True
    return any(other in filed for other in sought(block) if other != block)
