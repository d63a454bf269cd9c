"""All that people judged, a few at a time: which are one work doesn't depend on what came first."""

from __future__ import annotations

import random
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pytest

from dlbib.model.identity import blocks, judge, partition, sought
from tests.model.identity.test_pairs import PAIRS

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

CASES: Final = [list(pairs) for _, pairs in groupby(PAIRS, key=lambda pair: str(pair[1].title)[:12])]
"""The pairs of what is called alike."""


def works(entries: list[Entry]) -> set[frozenset[str]]:
    return {frozenset(entries[place].key for place in work) for work in partition(entries)}


@pytest.mark.parametrize("pairs", CASES, ids=lambda pairs: str(pairs[0][1].title))
def test_variants_among_lookalikes_are_the_same_works_in_every_order(
    pairs: list[tuple[bool, Entry, Entry]],
) -> None:
    chance = random.Random(len(pairs))  # noqa: S311  # the same each time
    entries = list(dict.fromkeys(entry for _, *both in pairs for entry in both))
    keyed = [entry.replace(key=f"key{number}") for number, entry in enumerate(entries)]
    for _ in range(25):
        some = chance.sample(keyed, min(len(keyed), chance.randint(3, 8)))
        expected = works(some)
        assert all(works(chance.sample(some, len(some))) == expected for _ in range(4))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: str(pair[2].title))
def test_a_pair_is_judged_alike_from_either_side(pair: tuple[bool, Entry, Entry]) -> None:
    assert judge(pair[1], pair[2]) == judge(pair[2], pair[1])


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: str(pair[2].title))
def test_a_pair_that_is_surely_one_is_filed_where_the_other_is_sought(
    pair: tuple[bool, Entry, Entry],
) -> None:
    _, one, other = pair
    if judge(one, other).verdict == "same":
        assert {block for each in blocks(one) for block in sought(each)} & set(blocks(other))
