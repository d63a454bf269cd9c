from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from dlbib.library.gating import gates_of
from dlbib.providers.transport import Clock, Pace
from dlbib.store.database import Database, open_database
from dlbib.store.gates import SharedGate
from tests.clocks import NOON, ManualClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Server

HOLDER = """
import sys, time
from dlbib.store.database import open_database
from dlbib.store.gates import SharedGate
database = open_database(sys.argv[1], create=False)
with SharedGate(database.engine, "arxiv", time.time, time.sleep).hold() as turn:
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def place(postgresql: Server, postgresql_library: str) -> str:
    return postgresql.url(postgresql.create(postgresql_library))


@pytest.fixture
def shared(place: str) -> Iterator[Database]:
    opened = open_database(place, create=False)
    yield opened
    opened.close()


@pytest.fixture
def holder(place: str) -> Iterator[subprocess.Popen[str]]:
    """Another process, which holds the gate until it reads a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def gate(database: Database, clock: Clock | None = None) -> SharedGate:
    clock = clock or Clock()
    return SharedGate(database.engine, "arxiv", clock.wall, clock.sleep)


class NotNowError(Exception):
    """Who would have to wait gives up."""


def give_up(seconds: float) -> None:
    raise NotNowError(seconds)


def is_free(database: Database, site: str = "arxiv") -> bool:
    try:
        with SharedGate(database.engine, site, time.time, give_up).hold():
            return True
    except NotNowError:
        return False


def test_d043_d051_while_one_machine_holds_the_gate_another_waits(
    holder: subprocess.Popen[str], shared: Database
) -> None:
    assert not is_free(shared)
    holder.communicate("\n", timeout=30)
    assert is_free(shared)


def test_d044_a_holder_that_is_killed_holds_the_gate_no_longer(
    holder: subprocess.Popen[str], shared: Database
) -> None:
    holder.kill()
    holder.communicate(timeout=30)
    with gate(shared).hold():
        assert not is_free(shared)


def test_gates_to_different_services_are_not_in_each_others_way(shared: Database) -> None:
    with gate(shared).hold():
        assert is_free(shared, "another")


def test_who_holds_the_gate_keeps_nobody_from_writing(place: str, shared: Database) -> None:
    other = open_database(place, create=False)
    with gate(shared).hold() as turn, other.engine.begin() as connection:
        turn.save({"resumes_at": 0.0})
        connection.exec_driver_sql("UPDATE meta SET value = value")
    other.close()


def test_a_service_that_nobody_asked_before_has_no_pace(shared: Database) -> None:
    with gate(shared).hold() as turn:
        assert turn.load() == {}


def test_the_pace_is_left_for_the_next_holder_whatever_its_clock_says(shared: Database) -> None:
    with gate(shared).hold() as turn:
        turn.save({"resumes_at": time.time() + 100, "pause_s": 100.0, "refusals": 2})
    clock = ManualClock(wall_at=NOON)  # another machine, which believes that it is quite another day
    with gate(shared, clock.clock).hold() as turn:
        kept = turn.load()
    assert kept["resumes_at"] - clock.wall() == pytest.approx(100, abs=20)
    assert (kept["pause_s"], kept["refusals"]) == (100.0, 2)


def test_a_pace_that_cannot_be_kept_is_no_error(shared: Database) -> None:
    with gate(shared).hold() as turn:
        turn.connection.exec_driver_sql("DROP TABLE paces")
        turn.save({"resumes_at": 0.0})


def test_a_transport_keeps_its_pace_in_a_shared_library(shared: Database) -> None:
    clock = ManualClock()
    (one,) = gates_of(shared, clock.clock)("arxiv")
    with one.hold() as turn:
        assert turn.load() == Pace()
        turn.save(Pace(resumes_at=clock.wall() + 3, pause_s=3.0, refusals=1))
        kept = turn.load()
    assert (kept.refusals, kept.pause_s) == (1, 3.0)
    assert kept.resumes_at == pytest.approx(clock.wall() + 3, abs=20)


def test_a_file_is_one_machines_and_has_no_gate_of_its_own(empty_file: Path) -> None:
    opened = open_database(empty_file, create=False)
    assert gates_of(opened, Clock())("arxiv") == ()
    opened.close()
