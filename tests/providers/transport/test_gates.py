"""The gate of a machine on bad days: a pace that is damaged, a folder that goes away, a disk that is full."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import RateLimitedError
from dlbib.providers.transport import Checked, Reply
from tests.fake_arxiv.faults import text
from tests.providers.asking import INTERVAL_S, Asking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clocks import ManualClock

IDS = ("2001.00001", "2001.00002", "2001.00003")
DAY_S = 24 * 3600


@pytest.fixture(autouse=True)
def _surroundings(asking: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    asking.has(*IDS)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"resumes_at": "soon", "pause_s": null, "refusals": [], "is_cooling": 1}',
        '{"resumes_at": NaN, "pause_s": NaN}',
        '{"resumes_at": 1e308, "pause_s": 1e308}',
        '{"resumes_at": Infinity, "pause_s": -Infinity, "refusals": Infinity, "is_cooling": true}',
        f'{{"resumes_at": 1{"0" * 400}, "pause_s": 1{"0" * 400}, "pauses": 1{"0" * 400}}}',
    ],
    ids=["empty", "no object", "nested", "no numbers", "not a number", "huge", "without end", "many digits"],
)
def test_d048_a_pace_that_is_damaged_keeps_nobody_waiting_for_ever(
    asking: Asking, clock: ManualClock, said: str
) -> None:
    asking.fetch(IDS[0])
    (pace,) = asking.cache.rglob("pace.json")
    pace.write_text(said)

    before = clock.wall()
    assert asking.statuses(IDS[1]) == {IDS[1]: "found"}
    assert clock.wall() - before <= DAY_S


def test_d048_a_pace_that_cools_for_ever_cools_for_a_day(asking: Asking, clock: ManualClock) -> None:
    asking.fetch(IDS[0])
    (pace,) = asking.cache.rglob("pace.json")
    pace.write_text('{"resumes_at": 1e300, "pause_s": 1e300, "refusals": 1e300, "is_cooling": true}')

    with pytest.raises(RateLimitedError) as caught:
        asking.fetch(IDS[1])
    assert caught.value.resumes_at - clock.wall() == DAY_S


@pytest.mark.parametrize("left", ["nothing", "a file"])
def test_d048_a_folder_that_goes_away_meanwhile_is_made_again_or_done_without(
    asking: Asking, left: str
) -> None:
    with asking.transport() as transport:
        transport.get(transport.url, _taken)
        shutil.rmtree(asking.cache)
        if left == "a file":
            asking.cache.write_text("")
        transport.get(transport.url, _taken)

    assert asking.gaps == [INTERVAL_S]


def _taken(reply: Reply) -> Checked[int]:
    return Checked(reply.status)


def test_d048_a_file_where_the_folder_should_be_lets_nobody_hurry(asking: Asking) -> None:
    asking.cache.write_text("")

    for each in IDS:
        asking.fetch(each)

    assert asking.gaps == [INTERVAL_S] * 2


def test_d048_on_a_full_disk_refusals_are_counted_and_remembered(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", _full)
    asking.server.plan(*[text(429)] * 3)

    for _ in range(2):
        with pytest.raises(RateLimitedError):
            asking.fetch(IDS[0])

    assert len(asking.server.requests) == 3


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
