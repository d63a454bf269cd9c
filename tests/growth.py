"""Whether time grows with a text and no faster, measured no more often than the answer needs."""

from __future__ import annotations

import gc
import math
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TURNS = 3
_PARTS = 16
_POWER = 1.3  # between 1, in proportion, and 2, by the square, nearer to the first


def taken(work: Callable[[], object]) -> float:
    """The seconds of the processor that some work takes, without the collector, whose turns depend on others' memory."""
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.enable()


def in_proportion(seconds: Callable[[int], float], count: int, *, least_s: float) -> bool:
    """Whether ``count`` of something take about as long as sixteen parts of them, one part after another.

    Both sides are the same amount of work, so that a machine that is busy now and then is as busy for either: the
    ratio is 1 in proportion, 16 where time grows by the square, and may be 2.3 at most, in one of three turns.
    What takes ``least_s`` or less is soon enough, as so little can't be compared.
    """
    return any(_is_soon(seconds, count, least_s) for _ in range(_TURNS))


def _is_soon(seconds: Callable[[int], float], count: int, least_s: float) -> bool:
    whole = seconds(count)
    if whole <= least_s:
        return True
    parts = sum(seconds(count // _PARTS) for _ in range(_PARTS))
    return whole <= parts * math.pow(_PARTS, _POWER - 1)
