"""The client of the `arxiv` package, with our manners, where a program uses it as that."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import arxiv
import pytest

from dlbib.errors import BadResponseError
from dlbib.providers.arxiv import PoliteClient
from dlbib.providers.arxiv.client import RefusedError
from tests.fake_arxiv import Answer, feed
from tests.fake_arxiv.papers import numbered
from tests.providers.asking import INTERVAL_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.providers.asking import Asking

ALL = 25
TITLES = [f"Paper Number {n}" for n in range(ALL)]
EVERY = arxiv.Search("all:Number", max_results=None)


@pytest.fixture
def client(asking: Asking) -> Iterator[PoliteClient]:
    """A client that asks for ten at once."""
    asking.server.by_id = {paper.id: paper for paper in numbered(ALL)}
    with asking.transport() as transport:
        yield PoliteClient(transport, page_size=10)


def titles(client: PoliteClient, search: arxiv.Search, offset: int = 0) -> list[str]:
    return [result.title for result in client.results(search, offset)]


def test_it_is_a_client_of_the_package(client: PoliteClient) -> None:
    assert isinstance(client, arxiv.Client)
    assert all(isinstance(each, arxiv.Result) for each in client.results(EVERY))


def test_the_results_come_page_by_page_and_politely(client: PoliteClient, asking: Asking) -> None:
    assert titles(client, EVERY) == TITLES
    assert [request.asked["start"] for request in asking.server.requests] == ["0", "10", "20"]
    assert asking.gaps == [INTERVAL_S] * 2


def test_no_page_is_asked_for_before_it_is_wanted(client: PoliteClient, asking: Asking) -> None:
    results = client.results(EVERY)
    assert asking.server.requests == []
    assert len(list(itertools.islice(results, 10))) == 10
    assert len(asking.server.requests) == 1


@pytest.mark.parametrize(
    ("most", "offset", "expected"),
    [
        (12, 0, TITLES[:12]),
        (12, 5, TITLES[5:12]),
        (12, 12, []),
        (12, 20, []),
        (0, 0, []),
        (None, 20, TITLES[20:]),
    ],
)
def test_no_more_results_come_than_were_asked_for_and_none_before_the_offset(
    client: PoliteClient, most: int | None, offset: int, expected: list[str]
) -> None:
    assert titles(client, arxiv.Search("all:Number", max_results=most), offset) == expected


def test_a_search_by_ids_is_paged_too(client: PoliteClient, asking: Asking) -> None:
    assert titles(client, arxiv.Search(id_list=list(asking.server.by_id), max_results=None)) == TITLES


def test_an_entry_with_a_fault_is_left_out_and_moves_no_other(client: PoliteClient, asking: Asking) -> None:
    asking.server.edit = lambda text: text.replace("<title>Paper Number 3</title>", "")

    assert titles(client, EVERY) == [each for each in TITLES if each != "Paper Number 3"]


def test_a_page_without_the_entries_that_it_counts_is_an_error_and_no_end(
    client: PoliteClient, asking: Asking
) -> None:
    asking.server.plan(None, *[Answer(200, feed.feed([], ALL, {}).encode())] * 5)

    with pytest.raises(BadResponseError, match="0 of the 10 entries"):
        titles(client, EVERY)


def test_a_refusal_is_an_error_in_the_words_of_the_service(client: PoliteClient, asking: Asking) -> None:
    asking.server.plan(Answer(400, feed.error("start must be an integer").encode()))

    with pytest.raises(RefusedError, match="start must be an integer"):
        titles(client, EVERY)
