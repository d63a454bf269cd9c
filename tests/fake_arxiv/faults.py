"""What a server can do instead of answering: a script of answers, one to a request."""

from __future__ import annotations

import gzip
import socket
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Connection(Protocol):
    """What an answer is written to."""

    def sendall(self, data: bytes, /) -> None: ...
    def shutdown(self, how: int, /) -> None: ...
    def setsockopt(self, level: int, name: int, value: bytes, /) -> None: ...


@dataclass(frozen=True)
class Answer:
    """What is sent instead of the answer, or with it: any part that is not given is as it would be.

    ``cut`` is after how many bytes of the body nothing more comes; ``is_reset`` that the connection is
    reset then, instead of closed. ``pieces`` are bodies that come one by one, ``between`` being called
    before each; with a ``head`` of their own, the first of them can be headers. ``hangs`` is called instead
    of sending anything.
    """

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    is_reset: bool = False
    is_chunked: bool = False
    pieces: Iterable[bytes] | None = None
    between: Callable[[], object] = lambda: None
    hangs: Callable[[], object] | None = None
    head: bytes = b""
    is_reset_at_once: bool = False

    @property
    def is_over_at_once(self) -> bool:
        """Whether nothing of it takes time."""
        return self.pieces is None and self.hangs is None

    @property
    def beginning(self) -> bytes:
        """The status line and headers without lengths, ``head`` if that is given."""
        if self.head:
            return self.head
        lines = [f"HTTP/1.1 {self.status} Fake", "Connection: close"]
        given = {"Content-Type": "application/atom+xml; charset=utf-8", **self.headers}
        lines += [f"{name}: {value}" for name, value in given.items()]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n"


def text(status: int, message: str = "Rate exceeded.", **headers: str) -> Answer:
    """A plain text."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, message.encode(), {"Content-Type": "text/plain", **named})


def html(status: int = 200) -> Answer:
    """A page for people."""
    page = b"<!DOCTYPE html><html><body><p>arXiv is down for maintenance<br></body></html>"
    return Answer(status, page, {"Content-Type": "text/html"})


def redirect(location: str, status: int = 301) -> Answer:
    """A page elsewhere."""
    return Answer(status, b"", {"Location": location})


def packed(body: bytes, encoding: str = "gzip", *, level: int = 9) -> Answer:
    """A body that is packed once for every encoding named."""
    for _ in encoding.split(","):
        body = gzip.compress(body, level)
    return Answer(body=body, headers={"Content-Encoding": encoding})


def send(connection: Connection, answer: Answer, body: bytes) -> None:
    """Send an answer, as badly as it says."""
    if answer.is_reset_at_once:
        _reset(connection)
        return
    if answer.hangs:
        answer.hangs()
        return
    if answer.pieces is not None:
        connection.sendall(answer.beginning + (b"" if answer.head else b"\r\n"))
        for piece in answer.pieces:
            answer.between()
            connection.sendall(piece)
        return
    sent = _chunked(body) if answer.is_chunked else body
    length = (
        b"Transfer-Encoding: chunked\r\n"
        if answer.is_chunked
        else f"Content-Length: {len(body)}\r\n".encode()
    )
    if "Content-Length" in answer.headers:
        length = b""
    connection.sendall(
        answer.beginning + length + b"\r\n" + sent[: len(sent) if answer.cut is None else answer.cut]
    )
    if answer.is_reset:
        _reset(connection)


def _chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


def _reset(connection: Connection) -> None:
    """Let the connection be reset, not closed, as soon as it is closed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
