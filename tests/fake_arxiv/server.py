"""The server: one thread to a connection, a record of every request, and a script of what goes wrong."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import parse_headers
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlsplit

from tests.fake_arxiv import feed, query
from tests.fake_arxiv.faults import Answer, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.fake_arxiv.papers import Paper

PATH = "/api/query"


@dataclass(frozen=True)
class Request:
    """A request as it came: when (by the server's clock), its headers, and how many connections were open."""

    at: float
    path: str
    asked: Mapping[str, str]
    headers: Mapping[str, str]
    open_connections: int

    @property
    def ids(self) -> list[str]:
        return [each for each in self.asked.get("id_list", "").split(",") if each]


@dataclass
class FakeArxiv:
    """The server. ``script`` holds what goes wrong: an answer to each of the next requests, ``None`` for the right one.

    Use it in a ``with`` statement; ``url`` is the endpoint. ``thinks_s`` is how long, in real seconds, a request takes.
    """

    papers: Iterable[Paper] = ()
    script: Iterable[Answer | None] = ()
    clock: Callable[[], float] = time.monotonic
    port: int = 0
    thinks_s: float = 0.0
    edit: Callable[[str], str] = lambda text: text
    requests: list[Request] = field(default_factory=list, init=False)
    most_open: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.by_id = {paper.id: paper for paper in self.papers}
        self._script = deque(self.script)
        self._open = 0
        self._lock = threading.Lock()
        self._server = _Server(self)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *about: object) -> None:
        self._server.shutdown()
        self.close()

    def close(self) -> None:
        """Listen no more."""
        self._server.server_close()

    @property
    def url(self) -> str:
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}{PATH}"

    @property
    def times(self) -> list[float]:
        return [request.at for request in self.requests]

    def plan(self, *answers: Answer | None) -> None:
        """Let these be what the next requests get."""
        self._script.extend(answers)

    def take(self, count: int) -> None:
        """Count a connection that opened or closed."""
        with self._lock:
            self._open += count
            self.most_open = max(self.most_open, self._open)

    def serve(self, path: str, headers: Mapping[str, str]) -> tuple[Answer, bytes]:
        """What to send to a request, and the body of it."""
        asked = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
        with self._lock:
            self.requests.append(Request(self.clock(), path, asked, headers, self._open))
            scripted = self._script.popleft() if self._script else None
        if scripted is not None and scripted.body is not None:
            return scripted, scripted.body
        status, body = self.right(path, asked)
        return scripted or Answer(status), body

    def right(self, path: str, asked: Mapping[str, str]) -> tuple[int, bytes]:
        """The right answer."""
        if urlsplit(path).path != PATH:
            return 404, b""
        try:
            return 200, self.edit(query.answer(self.by_id, asked)).encode()
        except query.RefusedError as refusal:
            return 400, feed.error(str(refusal)).encode()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, fake: FakeArxiv) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", fake.port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are what this is about."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server
    has_left = False

    def setup(self) -> None:
        self.server.fake.take(1)
        super().setup()

    def handle(self) -> None:
        line = self.rfile.readline().decode("latin-1").split()
        headers = {name.lower(): value for name, value in parse_headers(self.rfile).items()}
        if len(line) == 3:
            answer, body = self.server.fake.serve(line[1], headers)
            time.sleep(self.server.fake.thinks_s)
            if answer.is_over_at_once:
                self._leave()
            with suppress(OSError):
                send(self.request, answer, body)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self._leave()

    def _leave(self) -> None:
        """Count the connection as closed, once.

        The client closes it when it has the answer, and may be back before this thread gets to know of it.
        """
        if not self.has_left:
            self.has_left = True
            self.server.fake.take(-1)
