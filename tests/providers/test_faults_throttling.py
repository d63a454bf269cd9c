"""Faults D002 to D007, D010 and D012: a service that wants fewer requests, fails, or refuses."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import RateLimitedError, UnavailableError
from dlbib.providers import get_provider
from dlbib.providers.transport import Checked
from tests.clocks import NOON
from tests.fake_arxiv.faults import Answer, text
from tests.providers.asking import INTERVAL_S

if TYPE_CHECKING:
    from dlbib.providers.transport import Reply
    from tests.clocks import ManualClock
    from tests.providers.asking import Asking

PAPER = "2001.00001"


@pytest.fixture(autouse=True)
def _a_paper(asking: Asking) -> None:
    asking.has(PAPER)


def test_d002_after_a_429_the_next_request_comes_when_it_was_asked_for(asking: Asking) -> None:
    asking.server.plan(text(429, Retry_After="30"))

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert asking.gaps == [30]


def test_d002_whoever_asks_next_waits_as_long(asking: Asking) -> None:
    asking.server.plan(text(429, Retry_After="50"))
    with asking.transport() as transport, pytest.raises(UnavailableError):
        transport.get(transport.url, _unread, tries=1)

    asking.fetch(PAPER)

    assert asking.gaps == [50]


def _unread(_reply: Reply) -> Checked[None]:
    return Checked(None)


@pytest.mark.parametrize(
    ("asked", "gap"),
    [
        (formatdate(NOON + 77, usegmt=True), 77),
        (formatdate(NOON - 77, usegmt=True), INTERVAL_S),
        ("soon", INTERVAL_S),
        ("0", INTERVAL_S),
        ("-5", INTERVAL_S),
        ("1e9", INTERVAL_S),
        ("٣٠", INTERVAL_S),
        ("", INTERVAL_S),
        ("999999", 3600),
        ("9" * 5000, 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
    ],
)
def test_d003_a_pause_is_asked_for_in_seconds_or_by_a_date_and_has_a_floor_and_a_cap(
    asking: Asking, asked: str, gap: float
) -> None:
    header = asked.encode().decode("latin-1")
    asking.server.plan(text(429, Retry_After=header))

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert asking.gaps == [gap]


def test_a_pause_is_told_of_before_it_begins(asking: Asking) -> None:
    asking.server.plan(text(429, Retry_After="30"))

    asking.fetch(PAPER)

    assert [notice.seconds for notice in asking.notices] == [30]
    assert "30 seconds" in asking.notices[0].text


@pytest.mark.parametrize("status", [406, 429, 503])
def test_d004_three_refusals_in_a_row_leave_the_service_alone(asking: Asking, status: int) -> None:
    asking.server.plan(*[text(status)] * 3)

    with pytest.raises(RateLimitedError) as caught:
        asking.fetch(PAPER)

    assert len(asking.server.requests) == 3
    assert caught.value.resumes_at == pytest.approx(asking.clock.wall() + 15 * 60)
    assert "arXiv refused 3 requests in a row" in str(caught.value)


def test_d004_what_was_answered_before_the_refusals_is_given(asking: Asking) -> None:
    ids = [f"2001.{n:05}" for n in range(1, 251)]
    asking.has(*ids)
    asking.server.plan(None, *[text(429)] * 3)
    provider = get_provider("arxiv")

    with asking.transport() as transport:
        batches = provider.fetch(ids, transport)
        first = next(batches)
        with pytest.raises(RateLimitedError):
            next(batches)

    assert [outcome.asked for outcome in first.outcomes] == ids[:100]


def test_d004_the_pause_is_remembered_across_runs_and_nothing_is_sent(asking: Asking) -> None:
    asking.server.plan(*[text(429)] * 3)
    for _ in range(2):
        with pytest.raises(RateLimitedError):
            asking.fetch(PAPER)

    assert len(asking.server.requests) == 3


def test_d004_after_the_pause_it_is_asked_again_and_all_is_forgotten(asking: Asking) -> None:
    asking.server.plan(*[text(429)] * 3)
    with pytest.raises(RateLimitedError):
        asking.fetch(PAPER)
    asking.clock.advance(15 * 60)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    asking.server.plan(text(429), text(429))
    assert asking.statuses("2001.99999") == {"2001.99999": "not_found"}


def test_d004_a_service_that_refuses_after_the_pause_too_is_left_alone_twice_as_long_up_to_a_day(
    asking: Asking,
) -> None:
    asking.server.plan(*[text(429)] * 30)
    pauses = []
    for _ in range(10):
        with pytest.raises(RateLimitedError) as caught:
            asking.fetch(PAPER)
        pauses.append(caught.value.resumes_at - asking.clock.wall())
        asking.clock.advance(pauses[-1])

    minutes = [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    assert pauses == pytest.approx([60 * each for each in minutes])
    assert len(asking.server.requests) == 3 + 9


def test_d004_a_refusal_between_answers_is_no_reason_to_stop(asking: Asking) -> None:
    ids = [f"2001.{n:05}" for n in range(1, 501)]
    asking.has(*ids)
    asking.server.plan(*[text(429), text(429), None] * 5)

    assert set(asking.statuses(*ids).values()) == {"found"}


def test_d005_a_406_is_throttling(asking: Asking) -> None:
    asking.server.plan(text(406, Retry_After="40"))

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert asking.gaps == [40]


def test_every_request_says_what_it_takes_and_who_asks(asking: Asking) -> None:
    asking.fetch(PAPER, contact="ada@example.org")

    headers = asking.server.requests[0].headers
    assert "application/atom+xml" in headers["accept"]
    assert headers["accept-encoding"] == "gzip"
    assert headers["user-agent"].startswith("dlbib/")
    assert "mailto:ada@example.org" in headers["user-agent"]
    assert "cookie" not in headers


def test_d006_a_503_that_asks_for_no_pause_gets_one(asking: Asking, clock: ManualClock) -> None:
    clock.chance = 0.5
    asking.server.plan(text(503, Retry_After="0"), text(503, Retry_After="0"))

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert asking.gaps == pytest.approx([INTERVAL_S, 2 * INTERVAL_S])


@pytest.mark.parametrize("status", [408, 500, 502, 504, 520])
def test_d007_a_server_that_fails_is_asked_five_times_ever_later(
    asking: Asking, clock: ManualClock, status: int
) -> None:
    clock.chance = 1.0
    asking.server.plan(*[Answer(status, b"")] * 5)

    with pytest.raises(UnavailableError, match="after 5 tries"):
        asking.fetch(PAPER)

    assert asking.gaps == pytest.approx([2 * INTERVAL_S, 4 * INTERVAL_S, 8 * INTERVAL_S, 16 * INTERVAL_S])


def test_d007_a_server_that_fails_four_times_is_heard_the_fifth(asking: Asking) -> None:
    asking.server.plan(*[Answer(500, b"")] * 4)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    assert all(gap >= INTERVAL_S for gap in asking.gaps)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_d010_a_refusal_for_good_is_not_tried_again_and_says_where_it_was(
    asking: Asking, status: int
) -> None:
    asking.server.plan(Answer(status, b""))

    with pytest.raises(UnavailableError) as caught:
        asking.fetch(PAPER)

    assert len(asking.server.requests) == 1
    assert f"status {status}" in str(caught.value)
    assert asking.server.url in str(caught.value)
    assert "id_list" not in str(caught.value)


@pytest.mark.parametrize("said", ["Rate exceeded.", "Rate exceeded", " rate exceeded.\n"])
@pytest.mark.parametrize("media_type", ["text/plain", "application/atom+xml", "text/html"])
def test_d012_a_refusal_in_words_is_throttling_and_no_paper_is_missing(
    asking: Asking, said: str, media_type: str
) -> None:
    refusal = Answer(200, said.encode(), {"Content-Type": media_type})
    asking.server.plan(refusal, refusal)

    assert asking.statuses(PAPER) == {PAPER: "found"}
    asking.server.plan(refusal, refusal, refusal)
    with pytest.raises(RateLimitedError):
        asking.fetch("2001.99999")
