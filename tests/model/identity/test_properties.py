from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.identity import Decisions, blocks, judge, partition, sought, traits_of
from dlbib.model.identity.judging import can_be_same
from tests.strategies.identity import entries, entry

if TYPE_CHECKING:
    import random

    from dlbib.model.entry import Entry


@given(entry(), entry())
def test_a_judgement_is_the_same_from_either_side(one: Entry, other: Entry) -> None:
    assert judge(one, other) == judge(other, one)


@given(entry(), entry())
def test_what_is_surely_the_same_is_filed_where_the_other_is_sought(one: Entry, other: Entry) -> None:
    if judge(one, other).verdict == "same":
        assert _finds(one, other)


@given(entry(), entry())
def test_one_finds_the_other_that_finds_it(one: Entry, other: Entry) -> None:
    assert _finds(one, other) == _finds(other, one)


def _finds(one: Entry, other: Entry) -> bool:
    return bool({block for each in blocks(one) for block in sought(each)} & set(blocks(other)))


@given(entry(), entry())
def test_what_is_not_worth_comparing_is_not_surely_the_same(one: Entry, other: Entry) -> None:
    if judge(one, other).verdict == "same":
        assert can_be_same(traits_of(one), traits_of(other))


@given(entry(), st.text(max_size=5))
def test_the_key_says_nothing_of_what_a_work_is(one: Entry, key: str) -> None:
    assert blocks(one) in {blocks(one.replace(key=key)), ()}
    assert judge(one, one) == judge(one, one.replace(key=key))


def _works(found: list[Entry], decisions: Decisions = Decisions()) -> set[frozenset[str]]:  # noqa: B008  # a value
    return {frozenset(found[place].key for place in work) for work in partition(found, decisions)}


@given(entries(), st.randoms(use_true_random=False))
def test_entries_make_the_same_works_in_whichever_order_they_come(
    found: list[Entry], chance: random.Random
) -> None:
    shuffled = chance.sample(found, len(found))
    assert _works(found) == _works(shuffled)


@given(entries(), st.randoms(use_true_random=False), st.data())
def test_decisions_hold_and_need_no_order_either(
    found: list[Entry], chance: random.Random, data: st.DataObject
) -> None:
    pairs = [(a, b) for a in range(len(found)) for b in range(a)]
    told_apart = data.draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else []
    order = chance.sample(range(len(found)), len(found))
    moved = {before: now for now, before in enumerate(order)}
    works = _works(found, Decisions(distinct=tuple(told_apart)))
    again = _works(
        [found[place] for place in order],
        Decisions(distinct=tuple((moved[a], moved[b]) for a, b in told_apart)),
    )
    assert works == again
    assert not any({found[a].key, found[b].key} <= work for a, b in told_apart for work in works)


@given(entries())
def test_every_entry_is_of_one_work(found: list[Entry]) -> None:
    assert sorted(place for work in partition(found) for place in work) == list(range(len(found)))
