"""One request and the whole of its answer, in bounded time and space."""

from __future__ import annotations

import http.client
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import requests
import urllib3

from dlbib.providers.transport.failures import Unanswered
from dlbib.providers.transport.inflating import Inflater
from dlbib.providers.transport.leash import Leash, LeashedAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.providers.transport.settings import Clock, Options

_PIECE: Final = 2**16
_BROKEN: Final = (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException)
_UNREACHABLE: Final = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.NameResolutionError)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent: the status, the headers (names in lower case) and the whole body, unpacked.

    ``received_at`` is in POSIX seconds.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    received_at: float

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case; empty when none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Wire:
    """Sends requests, one at a time, each over a connection of its own.

    A service that wants one connection at a time gets one: none is kept open between requests, because
    the next may come from another process.
    """

    def __init__(self, options: Options, clock: Clock, session: requests.Session | None = None) -> None:
        self._options = options
        self._clock = clock
        self._leash = Leash()
        self._session = session or _session(self._leash)
        self._session.trust_env = False  # neither proxies nor passwords of the surroundings

    def close(self) -> None:
        """Close what is open."""
        self._session.close()

    def send(self, url: str, headers: Mapping[str, str]) -> Reply:
        """The answer to one GET; redirects are not followed. Raises `Unanswered`."""
        begun = self._clock.monotonic()
        try:
            with self._leash.at_most(self._options.deadline_s):
                return self._exchange(url, headers, begun)
        except (*_BROKEN, OSError, ValueError) as error:
            raise self._unanswered(error) from error

    def _exchange(self, url: str, headers: Mapping[str, str], begun: float) -> Reply:
        request = requests.Request("GET", url, headers={**headers, "Connection": "close"}).prepare()
        # Not by the session's own `send`: that reads the whole body of a redirect, however long it is.
        response = self._session.get_adapter(url).send(
            request,
            stream=True,
            timeout=(self._options.connect_timeout_s, self._options.read_timeout_s),
            proxies=_proxies(self._options.proxy),
        )
        with response:
            said = {name.lower(): value for name, value in response.headers.items()}
            return Reply(url, response.status_code, said, self._body(response, begun), self._clock.wall())

    def _body(self, response: requests.Response, begun: float) -> bytes:
        inflater = Inflater(response.headers.get("Content-Encoding", ""))
        raw = cast("urllib3.HTTPResponse", response.raw)
        while piece := raw.read1(_PIECE, decode_content=False):
            inflater.add(piece)
            if self._clock.monotonic() - begun > self._options.deadline_s:
                raise self._late()
        return inflater.whole()

    def _late(self) -> Unanswered:
        return Unanswered(f"it took longer than {self._options.deadline_s:g} seconds")

    def _unanswered(self, error: Exception) -> Unanswered:
        """What a failure below means, and whether it is worth another try."""
        causes = list(_causes(error))
        if self._leash.is_pulled:
            return self._late()
        if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes):
            return Unanswered("its certificate is not to be trusted", tries=1)
        if any(isinstance(each, urllib3.exceptions.SSLError | ssl.SSLError) for each in causes):
            return Unanswered("no safe connection could be made", tries=2)
        if any(isinstance(each, _UNREACHABLE) for each in causes):
            return Unanswered("it can't be reached; is this machine offline?", tries=2)
        if any(isinstance(each, requests.Timeout | TimeoutError) for each in causes):
            return Unanswered("it did not answer in time")
        return Unanswered("the connection broke before the answer was whole")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that it came from: what it wraps, its cause, its context."""
    waiting: list[BaseException] = [error]
    seen: list[BaseException] = []
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.append(each)
        yield each
        wrapped = (*each.args, getattr(each, "reason", None), each.__cause__, each.__context__)
        waiting += [inner for inner in wrapped if isinstance(inner, BaseException)]


def _proxies(proxy: str) -> dict[str, str]:
    return {"http": proxy, "https": proxy} if proxy else {}


def _session(leash: Leash) -> requests.Session:
    session = requests.Session()
    session.headers.clear()
    for prefix in ("https://", "http://"):
        session.mount(prefix, LeashedAdapter(leash))
    return session
