"""How far something long has come; whoever asked for it may draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of something long.

    ``doing`` says what it is at, such as a file's name; ``done`` and ``total`` are in ``unit``
    (``bytes``, ``works``), ``total`` ``None`` when nobody knows. ``counts`` says what came of it so far,
    by outcome: ``{"added": 12, "merged": 3}``.
    """

    doing: str
    done: int
    total: int | None
    unit: str
    counts: dict[str, int] = field(default_factory=dict)


Watch = Callable[[Progress], None]
"""Is called from time to time, at the latest when it is done; what it raises stops the work."""


def unwatched(moment: Progress) -> None:
    """Watch nothing."""
