"""A clock that stands still until somebody sleeps or sets it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from dlbib.providers.transport import Clock

NOON = 1_800_000_000.0


@dataclass
class ManualClock:
    """Time that passes by sleeping alone; ``slept`` is how long each time, ``wall_at`` what the wall says at 0."""

    now: float = 0.0
    wall_at: float = NOON
    chance: float = 0.0
    slept: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> float:
        return self.wall_at + self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds

    def advance(self, seconds: float) -> None:
        """Let time pass while nobody sleeps."""
        with self._lock:
            self.now += seconds

    def set_wall(self, by: float) -> None:
        """Set the wall clock, which the other knows nothing of."""
        self.wall_at += by

    def random(self) -> float:
        return self.chance

    @property
    def clock(self) -> Clock:
        """The clock as a transport takes it."""
        return Clock(self.monotonic, self.wall, self.sleep, self.random)
