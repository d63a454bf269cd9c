"""When the next request may be sent: one at a time, so far apart, and not at all while the service wants rest."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from dlbib.errors import RateLimitedError
from dlbib.providers.transport.pace import LONGEST_PAUSE_S, UNHURRIED, Pace
from dlbib.providers.transport.settings import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dlbib.providers.transport.gates import Gate, Turn
    from dlbib.providers.transport.settings import Clock, Report

REFUSALS: Final = 3
"""So many throttled requests in a row, and the service is left alone."""

COOLING_S: Final = (15 * 60.0, LONGEST_PAUSE_S)
"""How long it is left alone: the first time, doubled each time after, and at most."""

_TOLD_FROM_S: Final = 5.0


@dataclass(slots=True)
class Sending:
    """A turn to send a request in. What came of it is said by one of its verbs, or it leaves the usual pause.

    ``haste`` is the part of the service's own pauses that is kept, less than 1 on one's own machine alone.
    """

    pace: Pace
    interval_s: float
    haste: float = 1.0

    def answered(self) -> None:
        """The service answered."""
        self.pace = replace(UNHURRIED, pause_s=self.interval_s)

    def failed(self, pause_s: float) -> None:
        """It did not, and is given ``pause_s``."""
        self.pace = replace(self.pace, pause_s=max(pause_s, self.interval_s), is_cooling=False)

    def refused(self, pause_s: float) -> None:
        """It asked for fewer requests."""
        self.failed(pause_s)
        refusals = self.pace.refusals + 1
        self.pace = replace(self.pace, refusals=refusals)
        if refusals >= REFUSALS:
            first, most = COOLING_S
            cooling = self.haste * min(most, first * 2.0 ** min(self.pace.pauses, 16))
            self.pace = replace(
                self.pace, pause_s=max(cooling, pause_s), pauses=self.pace.pauses + 1, is_cooling=True
            )


class Pacer:
    """Gives turns; all who hold the same gates share them."""

    def __init__(
        self, gates: Sequence[Gate], interval_s: float, clock: Clock, report: Report, *, haste: float = 1.0
    ) -> None:
        self._gates = tuple(gates)
        self._interval_s = interval_s
        self._haste = haste
        self._clock = clock
        self._report = report
        self._resumes_at = float("-inf")  # by the monotonic clock, which nobody sets

    @contextmanager
    def turn(self, who: str) -> Iterator[Sending]:
        """A turn to send one request in, as soon as there is one.

        Raises `RateLimitedError` while the service ``who`` is left alone.
        """
        with ExitStack() as held:
            turns, pace = self._admitted(held, who)
            usual = replace(pace, resumes_at=0.0, pause_s=self._interval_s, is_cooling=False)
            sending = Sending(usual, self._interval_s, self._haste)
            self._leave(turns, usual)
            try:
                yield sending
            finally:
                self._leave(turns, sending.pace)

    def _admitted(self, held: ExitStack, who: str) -> tuple[list[Turn], Pace]:
        """Wait for the turn; nobody is kept out by one who only waits for a long pause to end."""
        waited: Pace | None = None
        while True:
            turns = [held.enter_context(gate.hold()) for gate in self._gates]
            pace = self._slowest([turn.load() for turn in turns])
            rest = 0.0 if pace == waited else pace.wait_s(self._clock.wall())  # once, whatever the clock says
            wait = max(rest, self._resumes_at - self._clock.monotonic())
            if pace.is_cooling and pace.wait_s(self._clock.wall()) > 0:
                raise self.left_alone(pace, who)
            if wait <= self._interval_s:
                if wait > 0:
                    self._clock.sleep(wait)
                return turns, pace
            held.close()
            self._wait(wait, who)
            waited = pace

    def _slowest(self, paces: list[Pace]) -> Pace:
        now = self._clock.wall()
        return max(paces, key=lambda pace: (pace.wait_s(now), pace.refusals), default=UNHURRIED)

    def _wait(self, seconds: float, who: str) -> None:
        if seconds >= _TOLD_FROM_S:
            self._report(Notice(f"{who} is given a pause of {seconds:.0f} seconds", seconds))
        self._clock.sleep(seconds)

    def _leave(self, turns: Sequence[Turn], pace: Pace) -> None:
        now = self._clock.wall()
        for turn in turns:
            turn.save(replace(pace, resumes_at=now + pace.pause_s))
        self._resumes_at = self._clock.monotonic() + pace.pause_s

    def left_alone(self, pace: Pace, who: str) -> RateLimitedError:
        """The error that says until when the service is left alone, ``pace`` being as it was loaded or just made."""
        now = self._clock.wall()
        at = now + (pace.wait_s(now) if pace.resumes_at else pace.pause_s)
        when = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
        message = f"{who} refused {pace.refusals} requests in a row; nothing is sent before {when}; go on after that"
        return RateLimitedError(message, at)
