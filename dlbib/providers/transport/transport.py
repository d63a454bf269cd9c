"""The way to a service: what is asked passes the gates, is tried again as is worth it, and kept if it is valid."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from dlbib.errors import FetchError, UnavailableError
from dlbib.providers.transport import addresses
from dlbib.providers.transport.cache import Kept
from dlbib.providers.transport.failures import TRIES, Throttled, Unanswered, Unusable
from dlbib.providers.transport.retrying import backoff_s, judged
from dlbib.providers.transport.wire import Reply

if TYPE_CHECKING:
    from dlbib.providers.transport.cache import DiskCache
    from dlbib.providers.transport.pacing import Pacer
    from dlbib.providers.transport.settings import Clock, Options, Service
    from dlbib.providers.transport.wire import Wire

T = TypeVar("T")

_HOPS: Final = 3
_NOT_MODIFIED: Final = 304
_OK: Final = 200
_VALIDATORS: Final = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """What was read in a reply, and whether that may be kept: a refusal may not."""

    value: T
    may_be_kept: bool = True


Check = Callable[[Reply], Checked[T]]
"""What reads a reply, or raises `Unanswered` if it is no answer."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A checked answer, and when it was sent, in POSIX seconds."""

    value: T
    received_at: float


@dataclass(frozen=True, slots=True)
class Parts:
    """What a transport is made of."""

    wire: Wire
    pacer: Pacer
    cache: DiskCache


@dataclass(frozen=True, slots=True)
class _Asking:
    """How to ask: what is kept of an older answer, whether a new one will be, and how often to try."""

    kept: Kept | None
    is_kept: bool
    tries: int


class Transport:
    """The way to one service, for one thread at a time; `connect` opens it."""

    def __init__(
        self,
        service: Service,
        options: Options,
        parts: Parts,
        clock: Clock,
    ) -> None:
        self.service = service
        self.options = options
        self.url = addresses.endpoint(service, options)
        self.clock = clock
        self.cache = parts.cache
        self.requests = 0
        self._wire = parts.wire
        self._pacer = parts.pacer
        self._headers = _headers(service, options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open; what was kept stays."""
        self._wire.close()

    def get(
        self, url: str, check: Check[T], *, lifetime_s: float | None = None, tries: int | None = None
    ) -> Answer[T]:
        """The answer to a GET as ``check`` reads it, after ``tries`` at most.

        With a lifetime (seconds) a valid one is kept, and taken from the cache while it is fresh. Raises
        `UnavailableError`, `RateLimitedError` or `BadResponseError` when none can be had.
        """
        kept = None if lifetime_s is None or self.options.refresh else self.cache.get(url)
        if kept is not None and (self.options.offline or kept.is_fresh(self.clock.wall(), lifetime_s or 0)):
            with suppress(Unanswered):  # what was valid for an older dlbib may not be for this one
                return Answer(check(_replayed(url, kept)).value, kept.stored_at)
        if self.options.offline:
            message = (
                f"{self.service.title} is not asked while offline, and the cache doesn't hold the answer"
            )
            raise UnavailableError(message)
        asking = _Asking(kept, lifetime_s is not None, TRIES if tries is None else tries)
        return self._asked(url, check, asking)

    def _asked(self, url: str, check: Check[T], asking: _Asking) -> Answer[T]:
        attempt, kept = 0, asking.kept
        while True:
            attempt += 1
            try:
                reply, checked = self._attempt(url, check, kept, attempt)
            except Unanswered as failure:
                if isinstance(failure, Unusable) and failure.body:
                    self.cache.put_bad(failure.body)
                if attempt >= min(failure.tries, asking.tries):
                    raise self._given_up(url, failure, attempt) from failure
                kept = None
            else:
                if asking.is_kept and checked.may_be_kept and reply.status == _OK:
                    self.cache.put(url, _to_keep(reply))
                return Answer(checked.value, reply.received_at)

    def _attempt(
        self, url: str, check: Check[T], kept: Kept | None, attempt: int
    ) -> tuple[Reply, Checked[T]]:
        """Ask once, following redirects, each hop in a turn of its own."""
        for _ in range(_HOPS + 1):
            with self._pacer.turn(self.service.title) as sending:
                try:
                    self.requests += 1
                    reply = self._wire.send(url, {**self._headers, **_conditions(kept)})
                    if kept is not None and reply.status == _NOT_MODIFIED:
                        reply = _replayed(url, kept, reply.received_at)
                    if (location := judged(reply, self.clock.wall())) is None:
                        checked = check(reply)
                        sending.answered()
                        return reply, checked
                    url = addresses.redirected(url, location, self.service)
                except Throttled as failure:
                    sending.refused(self._pause_s(failure, attempt))
                    if sending.pace.is_cooling:
                        raise self._pacer.left_alone(sending.pace, self.service.title) from failure
                    raise
                except Unanswered as failure:
                    sending.failed(self._pause_s(failure, attempt))
                    raise
        reason = f"it leads from address to address more than {_HOPS} times"
        raise Unusable(reason, tries=1)

    def _pause_s(self, failure: Unanswered, attempt: int) -> float:
        """How long to leave the service alone after a failure: what it asks for, or a random part of ever more."""
        base = addresses.interval_s(self.service, self.options)
        return max(failure.pause_s, backoff_s(attempt, base, self.clock.random()))

    def _given_up(self, url: str, failure: Unanswered, attempts: int) -> FetchError:
        tries = "" if attempts == 1 else f" after {attempts} tries"
        message = f"{self.service.title} gave no answer{tries}: {failure.reason} ({addresses.shown(url)})"
        return failure.kind(message)


def _headers(service: Service, options: Options) -> dict[str, str]:
    contact = (
        f" ({options.contact if ':' in options.contact else f'mailto:{options.contact}'})"
        if options.contact
        else ""
    )
    return {
        "Accept": service.accept,
        "Accept-Encoding": "gzip",
        "User-Agent": f"dlbib/{version('dlbib')}{contact}",
    }


def _conditions(kept: Kept | None) -> dict[str, str]:
    """The headers that ask for an answer only if it is another than what is kept."""
    if kept is None:
        return {}
    return {header: kept.notes[note] for note, header in _VALIDATORS.items() if note in kept.notes}


def _to_keep(reply: Reply) -> Kept:
    noted = ("content-type", *_VALIDATORS)
    return Kept(reply.body, reply.received_at, {n: reply.headers[n] for n in noted if n in reply.headers})


def _replayed(url: str, kept: Kept, received_at: float | None = None) -> Reply:
    """The reply that was kept, as if it had come (again) just now."""
    headers = {**kept.notes, "content-encoding": ""}
    return Reply(url, _OK, headers, kept.body, kept.stored_at if received_at is None else received_at)
