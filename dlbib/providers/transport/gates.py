"""Who may send the next request, and when: state that everyone shares who asks a service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


@dataclass(frozen=True, slots=True)
class Pace:
    """What everyone who asks a service has to know of the requests before.

    No request goes out before ``resumes_at``, in POSIX seconds, which was ``pause_s`` away when it was
    written: whatever the clock says since, nobody waits longer than that. ``refusals`` counts the
    throttled requests since the last one that was answered, ``pauses`` how often the service was left
    alone for it; ``is_cooling`` while it is.
    """

    resumes_at: float = 0.0
    pause_s: float = 0.0
    refusals: int = 0
    pauses: int = 0
    is_cooling: bool = False


class Turn(Protocol):
    """The right to send one request, and the pace that is kept with it."""

    def load(self) -> Pace:
        """The pace as the last holder left it; a new one where there is none, or it can't be read."""

    def save(self, pace: Pace) -> None:
        """Leave the pace for the next holder, for good from this moment on. Never raises."""


class Gate(Protocol):
    """What lets one request through at a time: among the processes of a machine, or the users of a library."""

    def hold(self) -> AbstractContextManager[Turn]:
        """Wait until nobody else holds the gate, and hold it for the block.

        A holder that is killed holds it no longer. Re-entrant for nobody.
        """
