from __future__ import annotations

import random  # noqa: TC003  # hypothesis reads the annotations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import Entry
from dlbib.model.renaming import Renaming, plan

if TYPE_CHECKING:
    from collections.abc import Mapping


def _plan(
    wanted: dict[str, str],
    *,
    aliases: Mapping[str, tuple[str, ...]] | None = None,
    others: tuple[str, ...] = (),
) -> dict[str, str]:
    known = [Entry(key=key, aliases=(aliases or {}).get(key, ())) for key in wanted]
    taken = {key_fingerprint(key) for entry in known for key in (entry.key, *entry.aliases)} | set(others)
    planned = plan(known, lambda entry: wanted[entry.key], taken)
    return {each.old: each.new for each in planned}


def test_a_clash_gets_suffixes_in_the_order_of_the_old_keys() -> None:
    assert _plan({"y": "smith", "x": "smith", "z": "smith"}) == {"x": "smith", "y": "smitha", "z": "smithb"}


def test_who_has_the_wanted_key_keeps_it() -> None:
    assert _plan({"a": "smith", "smith": "smith"}) == {"a": "smitha"}


def test_who_has_the_wanted_key_in_other_letters_gets_it_as_wanted() -> None:
    assert _plan({"Smith": "smith", "a": "smith"}) == {"Smith": "smith", "a": "smitha"}


def test_works_that_want_each_others_keys_can_not_have_them() -> None:
    assert _plan({"a": "b", "b": "a"}) == {"a": "ba", "b": "aa"}


def test_a_work_may_go_back_to_a_key_that_it_had() -> None:
    assert _plan({"new": "old"}, aliases={"new": ("old",)}) == {"new": "old"}


def test_a_key_of_a_work_that_is_gone_stays_taken() -> None:
    assert _plan({"a": "smith"}, others=("smith",)) == {"a": "smitha"}


def test_no_wish_changes_nothing() -> None:
    assert _plan({"a": ""}) == {}


KEYS = st.sampled_from(("a", "b", "ba", "c", "A1", "smith", "smitha"))


@given(st.dictionaries(KEYS, KEYS | st.just(""), max_size=7), st.randoms())
def test_a_plan_gives_no_key_twice_whatever_the_order_and_is_done_at_once(
    wanted: dict[str, str], chance: random.Random
) -> None:
    planned = _plan(wanted)
    after = [planned.get(key, key) for key in wanted]
    shuffled = list(wanted)
    chance.shuffle(shuffled)

    assert len({key_fingerprint(key) for key in after}) == len(wanted)
    assert not {key_fingerprint(new) for new in planned.values()} & {
        key_fingerprint(old)
        for old in wanted
        if key_fingerprint(planned.get(old, old)) != key_fingerprint(old)
    }
    assert _plan({key: wanted[key] for key in shuffled}) == planned
    again = {planned.get(key, key): wish for key, wish in wanted.items()}
    aliases = {new: (old,) for old, new in planned.items()}
    assert _plan(again, aliases=aliases) == {}


def test_renamings_are_sorted_by_the_old_key() -> None:
    known = [Entry(key=key) for key in ("b", "a")]

    assert plan(known, lambda entry: f"new{entry.key}", set()) == (
        Renaming("a", "newa"),
        Renaming("b", "newb"),
    )
