"""One polite HTTP session with a metadata service: what it asks for is what its clients do."""

from __future__ import annotations

from dataclasses import dataclass

from dlbib.providers.transport.gates import Gate, Pace, Turn
from dlbib.providers.transport.settings import (
    DEFAULTS,
    SYSTEM_CLOCK,
    Clock,
    Notice,
    Options,
    Report,
    Service,
    unreported,
)

__all__ = [
    "DEFAULTS",
    "SYSTEM_CLOCK",
    "Clock",
    "Gate",
    "Notice",
    "Options",
    "Pace",
    "Report",
    "Service",
    "Transport",
    "Turn",
    "unreported",
]


@dataclass(frozen=True, slots=True)
class Transport:
    """The way to one service. Every request waits at all ``gates``, in their order, besides the machine's own."""

    service: Service
    options: Options = DEFAULTS
    gates: tuple[Gate, ...] = ()
    clock: Clock = SYSTEM_CLOCK
    report: Report = unreported
