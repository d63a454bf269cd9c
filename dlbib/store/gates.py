"""The gate that everyone passes who asks a service for the works of one PostgreSQL library, on whatever machine.

Whoever holds it holds an advisory lock of the database, on a connection of its own: when a holder is killed,
the server sees the connection close and gives the lock away. The pace stands in a row, by the clock of the
database, for the clocks of machines differ. A SQLite library is one machine's, which has a gate already.

Source: PostgreSQL manual, "Advisory Locks"; 9.28, ``pg_try_advisory_lock``.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Double, cast, extract, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from dlbib.store import models
from dlbib.store.postgresql import UNTURNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection, Engine

_POLL_S: Final = 0.05
_NOW: Final = cast(extract("epoch", func.clock_timestamp()), Double)
_TRY: Final = text("SELECT pg_try_advisory_lock(:lock)")
_LEAVE: Final = text("SELECT pg_advisory_unlock(:lock)")


@dataclass(frozen=True, slots=True)
class SharedGate:
    """The gate to a service ``site``; ``wall`` and ``sleep`` are this machine's clock."""

    engine: Engine
    site: str
    wall: Callable[[], float]
    sleep: Callable[[float], None]

    @contextlib.contextmanager
    def hold(self) -> Iterator[SharedTurn]:
        """Wait until nobody else holds it, and hold it for the block."""
        lock = {"lock": _number(self.site)}
        with self.engine.connect().execution_options(**UNTURNED) as connection:
            while not connection.scalar(_TRY, lock):
                self.sleep(_POLL_S)
            try:
                yield SharedTurn(connection, self.site, self.wall)
            finally:
                with contextlib.suppress(DBAPIError):  # a connection that is lost holds nothing
                    connection.scalar(_LEAVE, lock)


@dataclass(frozen=True, slots=True)
class SharedTurn:
    """The pace of a service while its gate is held, as values by name."""

    connection: Connection
    site: str
    wall: Callable[[], float]

    def load(self) -> dict[str, Any]:
        """What the last holder left, with ``resumes_at`` by this machine's clock; empty where there is nothing."""
        row = select(models.Pace.pace, _NOW).where(models.Pace.service == self.site)
        kept, now = self.connection.execute(row).one_or_none() or ({}, 0.0)
        if "resumes_at" not in kept:
            return {}
        return {**kept, "resumes_at": self.wall() + kept["resumes_at"] - now}

    def save(self, pace: Mapping[str, Any]) -> None:
        """Leave values, ``resumes_at`` among them, for the next holder. Never raises: who can't tell keeps the lock."""
        with contextlib.suppress(DBAPIError):
            now: float = self.connection.execute(select(_NOW)).scalar_one()
            kept = {**pace, "resumes_at": pace["resumes_at"] - self.wall() + now}
            row = insert(models.Pace).values(service=self.site, pace=kept)
            self.connection.execute(
                row.on_conflict_do_update(index_elements=["service"], set_={"pace": kept})
            )


def _number(site: str) -> int:
    """The number of the lock, in the range of ``bigint``."""
    digest = hashlib.sha256(f"dlbib gate {site}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
