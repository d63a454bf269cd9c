"""What everyone who asks a service has to know of the requests before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

LONGEST_PAUSE_S: Final = 24 * 3600.0
"""No service is left alone for longer at once."""

_LATEST: Final = 1e12
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Pace:
    """When the next request may be sent, and how many were refused.

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

    @classmethod
    def from_json(cls, said: object) -> Self:
        """The pace that JSON tells of, whoever wrote it: what is no number there, or no sane one, is none.

        >>> Pace.from_json({"resumes_at": 8.0, "pause_s": 1e300, "refusals": "many"})
        Pace(resumes_at=8.0, pause_s=86400.0, refusals=0, pauses=0, is_cooling=False)
        """
        if not isinstance(said, dict):
            return cls()
        return cls(
            resumes_at=_number(said.get("resumes_at"), _LATEST),
            pause_s=_number(said.get("pause_s"), LONGEST_PAUSE_S),
            refusals=int(_number(said.get("refusals"), _MOST)),
            pauses=int(_number(said.get("pauses"), _MOST)),
            is_cooling=said.get("is_cooling") is True,
        )

    def wait_s(self, now: float) -> float:
        """How long there is still to wait, in seconds; never more than was asked for, whatever the clock says."""
        return max(0.0, min(self.resumes_at - now, self.pause_s))


UNHURRIED: Final = Pace()
"""The pace where nothing was asked before."""


def _number(said: object, most: float) -> float:
    """A number from 0 to ``most``; 0 for what is none."""
    return float(min(max(0, said), most)) if isinstance(said, int | float) else 0.0
