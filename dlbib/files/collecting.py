"""Garbage collection, while many small values come and go.

Python looks for circles of values that nobody needs each time some hundreds of new ones have outlived
the old ones that went. Of a file with thousands of records that is up to a sixth of all time, and finds nothing.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SELDOM: Final = 50_000
"""How many new values there may be before Python looks again; some megabytes."""


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for circles less often within the block; nothing changes where somebody else sees to that already."""
    before = gc.get_threshold()
    if not 0 < before[0] < _SELDOM:
        yield
        return
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
