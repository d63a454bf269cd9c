"""One polite HTTP session with a metadata service, whichever it is.

`settings` says what a service asks for and what a user may settle, `addresses` which servers may be
asked, `pace`, `gates` and `pacing` when, `wire`, `leash` and `inflating` how one answer is got whole and in
time, `retrying` and `failures` what is worth another try, `cache` what is kept; `transport` puts it together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import platformdirs

from dlbib.providers.transport import addresses
from dlbib.providers.transport.addresses import require_sound
from dlbib.providers.transport.cache import DAY_S, FOR_EVER, DiskCache, Kept
from dlbib.providers.transport.failures import TRIES, Throttled, Unanswered, Unusable
from dlbib.providers.transport.gates import Gate, Turn, machine_gate
from dlbib.providers.transport.pace import Pace
from dlbib.providers.transport.pacing import Pacer
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
from dlbib.providers.transport.transport import Answer, Check, Checked, Parts, Transport
from dlbib.providers.transport.wire import Reply, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import requests

__all__ = [
    "DAY_S",
    "DEFAULTS",
    "FOR_EVER",
    "SYSTEM_CLOCK",
    "TRIES",
    "Answer",
    "Check",
    "Checked",
    "Clock",
    "Gate",
    "Kept",
    "Notice",
    "Options",
    "Pace",
    "Reply",
    "Report",
    "Service",
    "Surroundings",
    "Throttled",
    "Transport",
    "Turn",
    "Unanswered",
    "Unusable",
    "connect",
    "unreported",
]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a transport finds where it is used.

    ``gates`` gives the gates to wait at besides this machine's own, for the name that everyone who asks the
    same server goes by. ``session`` is the HTTP session to send with, one of its own by default.
    """

    gates: Callable[[str], Sequence[Gate]] = lambda site: ()  # noqa: ARG005
    clock: Clock = SYSTEM_CLOCK
    report: Report = unreported
    session: requests.Session | None = None


USUAL: Final = Surroundings()


def connect(service: Service, options: Options = DEFAULTS, surroundings: Surroundings = USUAL) -> Transport:
    """The way to a service; nothing is sent yet. Close it, or use it in a ``with`` statement.

    Every request waits at this machine's gate, then at the others, in their order. Raises `InvalidOptionError`.
    """
    require_sound(options)
    site = addresses.site(service, options)
    folder = (options.cache_dir or platformdirs.user_cache_path("dlbib", appauthor=False)) / site
    clock, report = surroundings.clock, surroundings.report
    interval = addresses.interval_s(service, options)
    pacer = Pacer(
        (machine_gate(folder, site, report), *surroundings.gates(site)),
        interval,
        clock,
        report,
        haste=min(1.0, interval / service.interval_s),
    )
    wire = Wire(options, clock, surroundings.session)
    return Transport(service, options, Parts(wire, pacer, DiskCache(folder / "answers", report)), clock)
