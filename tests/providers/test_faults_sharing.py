"""Faults D043 to D049: several who ask at once, clocks that jump, and a cache that can't be relied on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import RateLimitedError, UnavailableError
from dlbib.providers import get_provider
from dlbib.providers.transport import DAY_S, Checked, Clock, Options, Surroundings, connect
from dlbib.providers.transport.gates import LoneGate
from tests.fake_arxiv import Paper, Version, feed
from tests.fake_arxiv.faults import Answer, text
from tests.providers.asking import INTERVAL_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.sharedctypes import Synchronized

    from dlbib.providers.transport import Turn
    from tests.clocks import ManualClock
    from tests.fake_arxiv import FakeArxiv
    from tests.providers.asking import Asking

PAPER = "2001.00001"
IDS = [f"2001.{n:05}" for n in range(1, 7)]
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture(autouse=True)
def _papers(asking: Asking) -> None:
    asking.has(*IDS)


def test_d043_threads_with_ways_of_their_own_ask_one_after_the_other(asking: Asking) -> None:
    asking.server.thinks_s = 0.02

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(asking.statuses, IDS))

    assert statuses == [{each: "found"} for each in IDS]
    assert asking.server.most_open == 1
    assert all(gap >= INTERVAL_S for gap in asking.gaps)


def test_d043_ways_that_are_opened_one_after_the_other_know_of_each_other(asking: Asking) -> None:
    for each in IDS:
        asking.fetch(each)

    assert asking.gaps == [INTERVAL_S] * 5


class SharedClock:
    """A clock that several processes share: it stands still until one of them sleeps."""

    def __init__(self, now: Synchronized[float]) -> None:
        self.now = now

    def read(self) -> float:
        return float(self.now.value)

    def sleep(self, seconds: float) -> None:
        with self.now.get_lock():
            self.now.value += seconds


def _ask(url: str, cache: Path, now: Synchronized[float], ids: list[str]) -> None:
    """What a process of its own asks."""
    shared = SharedClock(now)
    clock = Clock(shared.read, shared.read, shared.sleep, lambda: 0.0)
    provider = get_provider("arxiv")
    with connect(provider.service, Options(url=url, cache_dir=cache), Surroundings(clock=clock)) as transport:
        for each in ids:
            (batch,) = provider.fetch([each], transport)
            assert batch.outcomes[0].status == "found"


def test_d043_processes_ask_one_after_the_other(fake_arxiv: Callable[..., FakeArxiv], tmp_path: Path) -> None:
    now: Synchronized[float] = SPAWN.Value("d", 1000.0)
    server = fake_arxiv([Paper(each, "On Fakes") for each in IDS], clock=SharedClock(now).read, thinks_s=0.02)
    askers = [SPAWN.Process(target=_ask, args=(server.url, tmp_path, now, ids)) for ids in (IDS[:3], IDS[3:])]

    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(60)

    assert [asker.exitcode for asker in askers] == [0, 0]
    assert len(server.requests) == 6
    assert server.most_open == 1
    assert all(later - sooner >= 3 for sooner, later in zip(server.times, server.times[1:], strict=False))


def _hold(url: str, cache: Path, ready: str) -> None:
    """Ask, and tell when the request is out; then wait for the end."""

    def sent(_: object) -> Checked[None]:
        Path(ready).touch()
        threading.Event().wait()
        return Checked(None)

    with connect(get_provider("arxiv").service, Options(url=url, cache_dir=cache)) as transport:
        transport.get(transport.url, sent)


def test_d044_whoever_holds_the_turn_and_is_killed_holds_nobody_up(asking: Asking, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    holder = SPAWN.Process(target=_hold, args=(asking.server.url, asking.cache, str(ready)))
    holder.start()
    for _ in range(3000):
        if ready.exists():
            break
        threading.Event().wait(0.01)
    assert holder.pid
    os.kill(holder.pid, signal.SIGKILL)
    holder.join(10)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 2


@pytest.mark.parametrize("jump_s", [-3600.0, 3600.0, -1e9, 1e9])
def test_d045_a_clock_that_jumps_keeps_nobody_waiting_nor_lets_anybody_hurry(
    asking: Asking, clock: ManualClock, jump_s: float
) -> None:
    with asking.transport() as transport:
        provider = get_provider("arxiv")
        list(provider.fetch(IDS[:1], transport))
        clock.set_wall(jump_s)
        list(provider.fetch(IDS[1:2], transport))

    assert asking.gaps == [INTERVAL_S]


@pytest.mark.parametrize("jump_s", [-3600.0, -1e9])
def test_d045_a_clock_set_back_between_runs_costs_no_more_than_the_usual_pause(
    asking: Asking, clock: ManualClock, jump_s: float
) -> None:
    asking.fetch(IDS[0])
    clock.set_wall(jump_s)
    asking.fetch(IDS[1])

    assert asking.gaps == [INTERVAL_S]


def test_d045_a_clock_set_back_makes_no_pause_longer_than_it_was(asking: Asking, clock: ManualClock) -> None:
    asking.server.plan(*[text(429)] * 3)
    with pytest.raises(RateLimitedError):
        asking.fetch(PAPER)
    clock.set_wall(-7200)

    with pytest.raises(RateLimitedError) as caught:
        asking.fetch(PAPER)

    assert caught.value.resumes_at - clock.wall() <= 15 * 60


def test_d045_a_clock_set_back_makes_nobody_wait_twice_for_one_pause(
    asking: Asking, clock: ManualClock
) -> None:
    asking.server.plan(text(429, Retry_After="50"))
    with asking.transport() as transport, pytest.raises(UnavailableError):
        transport.get(transport.url, _interrupted, tries=1)
    clock.set_wall(-3600)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert asking.gaps == [50]


def test_d047_an_interruption_while_waiting_stops_at_once_and_the_pause_is_kept(
    asking: Asking, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking.server.plan(text(429, Retry_After="50"))
    with monkeypatch.context() as patched:
        patched.setattr(clock, "sleep", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            asking.fetch(PAPER)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert asking.gaps == [50]


def _interrupt(_: float) -> None:
    raise KeyboardInterrupt


def test_d047_an_interruption_of_a_request_leaves_the_turn_to_others(asking: Asking) -> None:
    with asking.transport() as transport, pytest.raises(KeyboardInterrupt):
        transport.get(transport.url, _interrupted)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert asking.gaps == [INTERVAL_S]


def _interrupted(_: object) -> Checked[None]:
    raise KeyboardInterrupt


def test_d051_everybody_waits_at_the_gates_that_are_shared(asking: Asking, tmp_path: Path) -> None:
    shared, held = LoneGate(), []

    class Counting:
        @contextmanager
        def hold(self) -> Iterator[Turn]:
            with shared.hold() as turn:
                held.append(len(asking.server.requests))
                yield turn

    def gates(site: str) -> tuple[Counting]:
        assert site.startswith("arxiv@127.0.0.1-")
        return (Counting(),)

    for machine in ("one", "other"):
        options = Options(url=asking.server.url, cache_dir=tmp_path / machine)
        surroundings = Surroundings(gates=gates, clock=asking.clock.clock)
        provider = get_provider("arxiv")
        with connect(provider.service, options, surroundings) as transport:
            list(provider.fetch(IDS[:1], transport))

    assert asking.gaps == [INTERVAL_S]
    assert held == [0, 1]


def answers(asking: Asking) -> list[Path]:
    """The files of what is cached."""
    return [path for path in asking.cache.rglob("answers/*/*") if path.is_file()]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\0" * 500),
        lambda path: path.write_bytes(path.read_bytes().replace(b"On 2001", b"On 2002")),
        lambda path: path.write_bytes(path.read_bytes().replace(b"stored_at", b"stored_bt")),
    ],
    ids=["cut", "empty", "zeroes", "changed", "changed head"],
)
def test_d048_what_is_damaged_in_the_cache_is_asked_again_and_told_of(
    asking: Asking, damage: Callable[[Path], object]
) -> None:
    asking.fetch(PAPER)
    for path in answers(asking):
        damage(path)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 2
    assert ["damaged" in notice.text for notice in asking.notices] == [True]
    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 2


def test_d048_a_folder_where_a_file_should_be_is_done_without(asking: Asking) -> None:
    asking.fetch(PAPER)
    for path in answers(asking):
        path.unlink()
        path.mkdir()

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.notices) == 1


def test_d048_a_file_where_the_folder_should_be_is_done_without(
    asking: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    asking.cache.write_text("")

    assert asking.statuses(PAPER, IDS[1]) == {PAPER: "found", IDS[1]: "found"}
    assert ["can't be" in notice.text or "nothing can be" in notice.text for notice in asking.notices] == [
        True
    ]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")]
)
def test_d048_a_cache_that_can_not_be_written_is_done_without_and_told_of_once(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    with asking.transport() as transport:
        monkeypatch.setattr(os, "replace", _raising(error))
        (batch,) = get_provider("arxiv").fetch(IDS, transport)

    assert [outcome.status for outcome in batch.outcomes] == ["found"] * 6
    assert [str(error.strerror) in notice.text for notice in asking.notices] == [True]
    assert not list(asking.cache.rglob("new-*"))


def _raising(error: OSError) -> Callable[..., None]:
    def raising(*_: object) -> None:
        raise error

    return raising


@pytest.mark.skipif(os.name != "posix", reason="folders are private by other means there")
def test_d048_a_cache_that_others_may_write_in_is_not_believed(asking: Asking) -> None:
    asking.fetch(PAPER)
    for folder in asking.cache.rglob("answers"):
        folder.chmod(0o777)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == 2
    assert ["others may write" in notice.text for notice in asking.notices] == [True]


@pytest.mark.skipif(os.name != "posix", reason="folders are private by other means there")
def test_the_cache_is_its_users_own(asking: Asking) -> None:
    asking.fetch(PAPER)

    for path in asking.cache.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize(("hours", "requests"), [(0, 1), (23, 1), (25, 2)])
def test_d049_an_answer_is_fresh_for_a_day(asking: Asking, hours: int, requests: int) -> None:
    asking.fetch(PAPER)
    asking.clock.advance(hours * 3600)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert len(asking.server.requests) == requests


def test_d049_a_named_version_is_fresh_for_ever(asking: Asking) -> None:
    asking.fetch(f"{PAPER}v1")
    asking.clock.advance(10_000 * DAY_S)

    assert asking.statuses(f"{PAPER}v1") == {f"{PAPER}v1": "found"}
    assert len(asking.server.requests) == 1


def test_d049_an_answer_from_the_future_is_not_fresh(asking: Asking) -> None:
    asking.fetch(PAPER)
    asking.clock.set_wall(-3600)
    asking.fetch(PAPER)

    assert len(asking.server.requests) == 2


def test_d049_an_answer_serves_whoever_asks_in_whatever_company(asking: Asking) -> None:
    asking.fetch(*IDS[:4])

    assert set(asking.statuses(*IDS[2:]).values()) == {"found"}
    assert [request.ids for request in asking.server.requests] == [IDS[:4], IDS[4:]]


def test_d049_a_refresh_takes_nothing_from_the_cache_and_leaves_what_is_new(asking: Asking) -> None:
    asking.fetch(PAPER)
    asking.has_versions(PAPER, 2)

    assert [each.facts.latest for each in asking.fetch(PAPER, refresh=True)] == [2]
    assert [each.facts.latest for each in asking.fetch(PAPER)] == [2]
    assert len(asking.server.requests) == 2


def test_what_comes_from_the_cache_is_what_came_from_the_server(asking: Asking) -> None:
    paper = Paper(
        PAPER,
        "G\\\"odel's $\\beta$-VAE",
        ("Kurt Gödel",),
        doi="10.1000/182",
        versions=(Version("2020-01-01T00:00:00Z", "1 page"),),
    )
    asking.server.by_id[PAPER] = paper

    first = asking.fetch(PAPER)
    asking.clock.advance(3600)

    assert asking.fetch(PAPER) == first
    assert asking.fetch(PAPER, offline=True) == first


def _validated(asking: Asking, **headers: str) -> Answer:
    body = feed.feed([feed.entry(asking.server.by_id[PAPER], 1)], 1, {}).encode()
    return Answer(200, body, headers)


def _search(asking: Asking, **options: bool) -> str | None:
    provider = get_provider("arxiv")
    (known,) = asking.fetch(PAPER)
    assert known.entry
    with asking.transport(**options) as transport:
        found = provider.search(known.entry, transport)
    return found[0].entry.title if found and found[0].entry else None


@pytest.mark.parametrize(
    ("validator", "condition", "value"),
    [
        ("ETag", "if-none-match", '"x"'),
        ("Last-Modified", "if-modified-since", "Thu, 01 Jan 2026 00:00:00 GMT"),
    ],
)
def test_d049_a_stale_answer_is_taken_again_where_the_server_says_that_it_still_holds(
    asking: Asking, validator: str, condition: str, value: str
) -> None:
    asking.server.plan(None, _validated(asking, **{validator: value}))
    assert _search(asking) == f"On {PAPER}"
    asking.clock.advance(25 * 3600)
    asking.server.plan(None, Answer(304, b""))

    assert _search(asking) == f"On {PAPER}"
    assert asking.server.requests[-1].headers[condition] == value
    before = len(asking.server.requests)
    asking.clock.advance(23 * 3600)
    assert _search(asking) == f"On {PAPER}"
    assert len(asking.server.requests) == before


def test_d049_no_change_of_what_is_not_there_is_asked_for_plainly(asking: Asking) -> None:
    asking.server.plan(None, Answer(304, b""))

    assert _search(asking) == f"On {PAPER}"
    assert "if-none-match" not in asking.server.requests[-1].headers
    assert len(asking.server.requests) == 3


def test_d049_a_refresh_asks_without_conditions(asking: Asking) -> None:
    asking.server.plan(None, _validated(asking, ETag='"x"'))
    _search(asking)

    _search(asking, refresh=True)

    assert "if-none-match" not in asking.server.requests[-1].headers


def test_a_refusal_is_not_cached(asking: Asking) -> None:
    refusal = Answer(200, feed.error("no").encode())
    asking.server.plan(None, refusal)
    with pytest.raises(Exception, match="refuses the search"):
        _search(asking)

    assert _search(asking) == f"On {PAPER}"


def test_a_search_offline_is_told_from_one_that_finds_nothing(asking: Asking) -> None:
    asking.fetch(PAPER)
    with pytest.raises(UnavailableError, match="offline"):
        _search(asking, offline=True)
