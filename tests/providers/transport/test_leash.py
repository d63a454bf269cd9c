"""A request whose time is up before it has a connection, and one that is interrupted then."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import UnavailableError
from dlbib.providers.transport.leash import Leash
from tests.fake_arxiv.server import PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.providers.asking import Asking

PAPER = "2001.00001"


def test_d022_a_greeting_that_drips_has_a_deadline(asking: Asking) -> None:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_greet_slowly, args=(listening, over), daemon=True).start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}{PATH}"
        try:
            with pytest.raises(UnavailableError, match=r"longer than 0\.1 seconds"):
                asking.fetch(PAPER, url=url, deadline_s=0.1)
        finally:
            over.set()


def _greet_slowly(listening: socket.socket, over: threading.Event) -> None:
    """Send a record of TLS, which never ends, byte by byte."""
    record = b"\x16\x03\x03\x40\x00" + bytes(1000)
    while not over.is_set():
        try:
            client, _ = listening.accept()
            with client:
                for byte in record:
                    client.sendall(bytes([byte]))
                    over.wait(0.02)
        except OSError:
            continue


@pytest.fixture
def endless_lookup(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Looking up an address takes until the end of the test; set when it has begun."""
    begun, over = threading.Event(), threading.Event()

    def looking_up(*_: object) -> None:
        begun.set()
        over.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", looking_up)
    yield begun
    over.set()


@pytest.mark.usefixtures("endless_lookup")
def test_d020_an_address_that_is_looked_up_without_end_has_a_deadline(asking: Asking) -> None:
    with pytest.raises(UnavailableError, match=r"longer than 0\.1 seconds"):
        asking.fetch(PAPER, url="", deadline_s=0.1)


@pytest.mark.skipif(os.name != "posix", reason="a thread is signalled by other means there")
def test_d047_an_interruption_while_an_address_is_looked_up_stops_at_once(
    asking: Asking, endless_lookup: threading.Event
) -> None:
    def interrupt() -> None:
        endless_lookup.wait(10)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        asking.fetch(PAPER, url="")

    assert time.monotonic() - begun < 10


def test_a_connection_that_comes_too_late_is_closed() -> None:
    leash, over = Leash(), threading.Event()
    one, other = socket.socketpair()

    def connect() -> socket.socket:
        over.wait(10)
        return one

    with other:
        with leash.at_most(0.05), pytest.raises(TimeoutError):
            leash.dialled(connect)
        over.set()
        other.settimeout(10)
        assert other.recv(1) == b""
