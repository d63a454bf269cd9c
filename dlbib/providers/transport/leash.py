"""Connections that end when their time is up, whatever they are at: finding an address, shaking hands, reading."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import CancelledError, Future, InvalidStateError, wait
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from urllib3 import ProxyManager

_POLL_S: Final = 0.1


class Leash:
    """Holds the connection of the request that is under way, and lets go of it for good when its time is up."""

    def __init__(self) -> None:
        self._dialling: Future[socket.socket] | None = None
        self._held: socket.socket | None = None
        self._lock = threading.Lock()
        self.is_pulled = False

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Let the block have so much time."""
        self.is_pulled = False
        timer = threading.Timer(seconds, self._pull)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._let_go()

    def dialled(self, connect: Callable[[], socket.socket]) -> socket.socket:
        """What ``connect`` gives, held from then on; raises `TimeoutError` when the time is up before that.

        It is called in a thread of its own, for whoever looks up a name can't be interrupted.
        """
        dialling: Future[socket.socket] = Future()
        with self._lock:
            self._dialling = dialling
            if self.is_pulled:
                dialling.cancel()
        threading.Thread(target=_dial, args=(dialling, connect), daemon=True).start()
        try:
            while (
                not dialling.done()
            ):  # an interruption that comes just before it waits is not noticed sooner
                wait((dialling,), _POLL_S)
            connected = dialling.result()
        except CancelledError as error:
            raise TimeoutError from error
        except BaseException:
            dialling.cancel()
            raise
        with self._lock:
            self._held = connected.dup()  # for TLS takes over what it is given
        return connected

    def _pull(self) -> None:
        with self._lock:
            self.is_pulled = True
            if self._dialling is not None:
                self._dialling.cancel()
            if self._held is not None:
                with suppress(OSError):
                    self._held.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        with self._lock:
            if self._held is not None:
                self._held.close()
            self._held = self._dialling = None


def _dial(dialling: Future[socket.socket], connect: Callable[[], socket.socket]) -> None:
    """Connect for whoever waits for it; if nobody does any more, hang up."""
    try:
        connected = connect()
    except BaseException as error:  # noqa: BLE001  # whoever waits raises it
        with suppress(InvalidStateError):
            dialling.set_exception(error)
        return
    try:
        dialling.set_result(connected)
    except InvalidStateError:
        connected.close()


class LeashedAdapter(HTTPAdapter):
    """What a session connects by, on a leash: one connection at a time, tried once."""

    def __init__(self, leash: Leash) -> None:
        self._pools = _leashed_pools(leash)
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # as the base has it
        """Make the pools for connections to a service itself."""
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **named: Any) -> ProxyManager:  # noqa: ANN401  # as the base has it
        """The pools for connections by way of a proxy."""
        manager: ProxyManager = super().proxy_manager_for(proxy, **named)
        if proxy.lower().startswith("http"):  # others connect in their own way
            manager.pool_classes_by_scheme = self._pools
        return manager


def _leashed_pools(leash: Leash) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return leash.dialled(super()._new_conn)

    class Safe(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return leash.dialled(super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SafePool(HTTPSConnectionPool):
        ConnectionCls = Safe

    return {"http": PlainPool, "https": SafePool}
