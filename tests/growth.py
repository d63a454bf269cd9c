"""Whether time grows with a text and no faster, measured no more often than the answer needs."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TURNS = 3


def taken(work: Callable[[], object]) -> float:
    """The seconds of the processor that some work takes, without the collector, whose turns depend on others' memory."""
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.enable()


def in_proportion(
    seconds: Callable[[int], float], few: int, many: int, *, times: float, least_s: float
) -> bool:
    """Whether ``many`` take at most ``times`` as long as ``few``, of which the quickest of three turns count.

    What takes ``least_s`` or less is soon enough, as so little can't be compared.
    """
    first = seconds(many)
    if first <= least_s:
        return True
    limit = max(least_s, times * min(seconds(few) for _ in range(_TURNS)))
    return first <= limit or any(seconds(many) <= limit for _ in range(_TURNS - 1))
