"""The measure of growth tells what grows with a text from what grows faster."""

from __future__ import annotations

import math

from tests.growth import in_proportion


def test_what_grows_with_the_text_is_in_proportion() -> None:
    assert in_proportion(lambda count: count + 5.0, 4_000, least_s=0)
    assert in_proportion(lambda count: count * math.log(count), 4_000, least_s=0)


def test_what_grows_faster_is_not() -> None:
    assert not in_proportion(lambda count: count**1.5, 4_000, least_s=0)
    assert not in_proportion(lambda count: count**2 / 1_000 + count, 4_000, least_s=0)


def test_so_little_that_it_cannot_be_compared_is_soon_enough() -> None:
    assert in_proportion(lambda count: count**2, 4_000, least_s=4_000**2)


def test_one_turn_of_three_is_enough_on_a_busy_machine() -> None:
    busy = iter([100.0, *[1.0] * 16, 100.0, *[1.0] * 16, 16.0, *[1.0] * 16])
    assert in_proportion(lambda _: next(busy), 16, least_s=0)
