"""The gates that requests pass besides the machine's own: the one of a library that machines share."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from dlbib.providers.transport import Pace
from dlbib.store.gates import SharedGate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dlbib.providers.transport import Clock, Gate, Turn
    from dlbib.store.database import Database
    from dlbib.store.gates import SharedTurn


def gates_of(database: Database, clock: Clock) -> Callable[[str], Sequence[Gate]]:
    """What gives the gates to a site for those who share a library; a file is one machine's, and has none."""
    if database.engine.dialect.name != "postgresql":
        return lambda site: ()  # noqa: ARG005  # of every site
    return lambda site: (LibraryGate(SharedGate(database.engine, site, clock.wall, clock.sleep)),)


@dataclass(frozen=True, slots=True)
class LibraryGate:
    """A gate in the database of a library."""

    gate: SharedGate

    @contextmanager
    def hold(self) -> Iterator[Turn]:
        """Wait for the gate and hold it."""
        with self.gate.hold() as turn:
            yield _LibraryTurn(turn)


@dataclass(frozen=True, slots=True)
class _LibraryTurn:
    turn: SharedTurn

    def load(self) -> Pace:
        return Pace.from_json(self.turn.load())

    def save(self, pace: Pace) -> None:
        self.turn.save(asdict(pace))
