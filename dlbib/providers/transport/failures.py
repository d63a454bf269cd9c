"""What comes of a request that brings no answer, and what it is worth to try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.errors import BadResponseError, UnavailableError

if TYPE_CHECKING:
    from dlbib.errors import FetchError

TRIES: Final = 5
"""How often a request is sent that may be answered another time."""


class Unanswered(Exception):  # noqa: N818  # it never leaves the providers; what they raise is a FetchError
    """A request that brought no answer: why, how many tries in all are worth it, and what to raise then.

    ``pause_s`` is what the service asks to wait before the next.
    """

    kind: type[FetchError] = UnavailableError

    def __init__(self, reason: str, tries: int = TRIES, pause_s: float = 0.0) -> None:
        super().__init__(reason, tries, pause_s)
        self.reason = reason
        self.tries = tries
        self.pause_s = pause_s


class Throttled(Unanswered):
    """The service asks for fewer requests."""


class Unusable(Unanswered):
    """What came is no answer. ``body`` is kept for whoever wants to know."""

    kind = BadResponseError

    def __init__(self, reason: str, tries: int = TRIES, pause_s: float = 0.0, body: bytes = b"") -> None:
        super().__init__(reason, tries, pause_s)
        self.body = body
