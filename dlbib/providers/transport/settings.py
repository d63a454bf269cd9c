"""What a service asks of its clients, what a user may settle, and the clock that all of it goes by."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Service:
    """Where a metadata service is, and the manners it asks for.

    ``hosts`` are the domains that may answer, subdomains included; requests are ``interval_s`` apart.
    """

    name: str
    title: str
    url: str
    hosts: tuple[str, ...]
    interval_s: float
    accept: str


@dataclass(frozen=True, slots=True)
class Options:
    """What whoever asks may settle.

    ``url`` is the endpoint of another server of the same protocol; for one on this machine alone may
    ``interval_s`` be less than the service asks for. ``contact`` is an address that the service can
    write to. ``cache_dir`` is the user's cache folder unless given. ``offline`` sends nothing and takes
    what the cache has, however old; ``refresh`` takes nothing from it. ``proxy`` is a URL; none is
    looked for elsewhere.
    """

    url: str = ""
    interval_s: float | None = None
    contact: str = ""
    cache_dir: Path | None = None
    offline: bool = False
    refresh: bool = False
    proxy: str = ""
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 60.0
    deadline_s: float = 240.0


DEFAULTS: Final = Options()


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance. ``wall`` is in POSIX seconds, ``random`` in [0, 1)."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


SYSTEM_CLOCK: Final = Clock()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell whoever waits: a pause (``seconds`` long), or what can't be used and is done without."""

    text: str
    seconds: float = 0.0


Report = Callable[[Notice], None]
"""Is called with every notice, before a pause begins."""


def unreported(notice: Notice) -> None:
    """Tell nobody."""
