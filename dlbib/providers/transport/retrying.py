"""What a status means, how long a service asks to be left alone, and how long it is when it doesn't say.

Source: RFC 9110, sections 10.2.3 ("Retry-After") and 15; the back-off is the one with full jitter.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from dlbib.providers.transport.failures import Throttled, Unanswered

if TYPE_CHECKING:
    from dlbib.providers.transport.wire import Reply

LONGEST_ASKED_S: Final = 3600.0
"""The longest pause that a service is granted at once."""

LONGEST_BACKOFF_S: Final = 300.0

_OK: Final = 200
_READ: Final = frozenset({_OK, 400, 414})
_THROTTLING: Final = frozenset({406, 429, 503})
"""Too many requests; arXiv's network says so by 406 as well."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED: Final = 304
_SERVER_ERRORS: Final = range(500, 600)
_TIMED_OUT: Final = 408
_MOST_DIGITS: Final = 9


def judged(reply: Reply, now: float) -> str | None:
    """Where a reply leads, or ``None`` if it is one to read: what was asked for, or why it can't be.

    Raises `Unanswered` for every other.
    """
    status = reply.status
    if status in _READ:
        return None
    if status in _REDIRECTS and (location := reply.headers.get("location")):
        return location
    if status in _THROTTLING:
        reason = f"it wants fewer requests (status {status})"
        raise Throttled(reason, pause_s=asked_pause_s(reply.headers.get("retry-after", ""), now))
    if status in _SERVER_ERRORS or status in {_TIMED_OUT, _NOT_MODIFIED}:
        reason = f"it failed (status {status})"
        raise Unanswered(reason, pause_s=asked_pause_s(reply.headers.get("retry-after", ""), now))
    reason = f"it refuses (status {status})"
    raise Unanswered(reason, tries=1)


def asked_pause_s(retry_after: str, now: float) -> float:
    """The seconds that a Retry-After header asks for, an hour at most; 0 for what is past or no pause.

    >>> asked_pause_s("30", 0.0), asked_pause_s("Thu, 01 Jan 1970 00:01:00 GMT", 0.0), asked_pause_s("soon", 0.0)
    (30.0, 60.0, 0.0)
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return (
            min(float(text[:_MOST_DIGITS]), LONGEST_ASKED_S) if len(text) <= _MOST_DIGITS else LONGEST_ASKED_S
        )
    try:
        at = parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return 0.0
    return min(max(at - now, 0.0), LONGEST_ASKED_S)


def backoff_s(failures: int, base_s: float, chance: float) -> float:
    """How long to wait after so many failures in a row, at a ``chance`` in [0, 1) of the longest."""
    return chance * min(LONGEST_BACKOFF_S, base_s * 2.0 ** min(failures, 16))
