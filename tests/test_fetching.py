from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import dlbib
from dlbib.errors import InvalidOptionError, UnknownProviderError
from tests.fake_arxiv import Answer, FakeArxiv, Paper, feed
from tests.fake_arxiv.faults import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dlbib.progress import Progress
    from dlbib.providers.transport import Notice

IDS = [f"2001.{n:05}" for n in range(1, 121)]


@pytest.fixture
def server(fake_arxiv: Callable[..., FakeArxiv]) -> FakeArxiv:
    return fake_arxiv([Paper(each, f"On {each}") for each in IDS])


@pytest.fixture
def manner(server: FakeArxiv, tmp_path: Path) -> dict[str, Any]:
    """How to ask the server, without a pause."""
    return {"url": server.url, "delay_s": 0, "cache_dir": tmp_path}


def test_every_id_has_an_outcome_in_the_order_asked(manner: dict[str, Any]) -> None:
    asked = ["arXiv:2001.00002", "x", "2001.99999", "2001.00001", "2001.00002"]

    outcomes = dlbib.fetch(asked, **manner)

    assert [(each.asked, each.status) for each in outcomes] == [
        ("arXiv:2001.00002", "found"),
        ("x", "invalid"),
        ("2001.99999", "not_found"),
        ("2001.00001", "found"),
    ]


def test_one_id_needs_no_list(manner: dict[str, Any]) -> None:
    (outcome,) = dlbib.fetch("2001.00001", **manner)
    (same,) = dlbib.fetch(dlbib.Identifier("arxiv", "2001.00001"), **manner)

    assert outcome.entry
    assert outcome.entry.title == "On 2001.00001"
    assert same.entry == outcome.entry


def test_what_a_service_refuses_is_unknown_and_why(server: FakeArxiv, manner: dict[str, Any]) -> None:
    server.plan(None, *[text(429)] * 3)

    outcomes = dlbib.fetch(IDS, **manner)

    assert [each.status for each in outcomes] == ["found"] * 100 + ["unknown"] * 20
    assert {each.reason.partition(";")[0] for each in outcomes[100:]} == {"arXiv refused 3 requests in a row"}
    assert {each.status for each in dlbib.fetch(IDS, **manner)} == {"found"}


def test_whoever_watches_is_told_how_far_it_is(manner: dict[str, Any]) -> None:
    seen: list[Progress] = []

    dlbib.fetch([*IDS, "x"], progress=seen.append, **manner)

    assert [(each.done, each.total, each.counts) for each in seen] == [
        (1, 121, {"invalid": 1}),
        (101, 121, {"invalid": 1, "found": 100}),
        (121, 121, {"invalid": 1, "found": 120}),
    ]


def test_an_odd_answer_is_told_of(server: FakeArxiv, manner: dict[str, Any]) -> None:
    told: list[Notice] = []
    entries = [feed.entry(server.by_id[each], 1) for each in IDS[:2]]
    server.plan(Answer(200, feed.feed(entries, 2, {}).encode()))

    (outcome,) = dlbib.fetch(IDS[0], report=told.append, **manner)

    assert outcome.status == "found"
    assert ["were not asked for" in each.text for each in told] == [True]


def test_a_second_fetch_asks_nobody_nor_does_one_offline(server: FakeArxiv, manner: dict[str, Any]) -> None:
    first = dlbib.fetch(IDS, **manner)
    requests = len(server.requests)

    assert dlbib.fetch(IDS, **manner) == first
    assert dlbib.fetch(IDS, offline=True, **manner) == first
    assert len(server.requests) == requests


def test_settings_that_can_not_be_are_refused() -> None:
    for proxy in ("proxy.example.org", "ftp://proxy.example.org", "http://", "http://[::1"):
        with pytest.raises(InvalidOptionError, match="a proxy is an address"):
            dlbib.fetch("2001.00001", proxy=proxy)
    with pytest.raises(InvalidOptionError, match="may not be asked"):
        dlbib.fetch("2001.00001", url="http://example.org/api")
    with pytest.raises(InvalidOptionError, match=r"asks for 3\.1 seconds"):
        dlbib.fetch("2001.00001", delay_s=1)
    with pytest.raises(UnknownProviderError):
        dlbib.fetch("2001.00001", provider="arxive")
