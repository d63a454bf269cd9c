"""The `arxiv` package's `Client`, with our manners: its requests go over a `Transport`, its answers are read strictly."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import arxiv

from dlbib.errors import BadResponseError
from dlbib.providers.arxiv.feed import Feed, NotAFeedError, read_feed
from dlbib.providers.transport import DAY_S, TRIES, Checked, Throttled, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.providers.transport import Answer, Reply, Transport

PAGE: Final = 100
"""How many entries are asked for at once: 100 ids make an address of 1.6 KB."""

_OK: Final = 200
_TOO_LONG: Final = 414
_THROTTLED: Final = re.compile(rb"\s*rate exceeded\.?\s*", re.IGNORECASE)
_HOSTILE_TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Page:
    """What the service answered: a feed, or why it refuses the request, perhaps because it ``is_too_long``."""

    feed: Feed
    refusal: str = ""
    is_too_long: bool = False


NOTHING: Final = Feed((), 0, 0)


class RefusedError(BadResponseError):
    """The service refuses a request; the message is its own."""


class PoliteClient(arxiv.Client):
    """A client to use wherever an `arxiv.Client` is.

    It makes one request at a time, so far apart as arXiv asks, gives up on none too early, reads no
    refusal as an answer, and keeps what was valid for a day. How many tries and how long the delay are is
    the transport's matter. Raises `dlbib.errors.FetchError`, never the package's own errors.
    """

    def __init__(self, transport: Transport, page_size: int = PAGE) -> None:
        super().__init__(page_size, delay_seconds=0, num_retries=0)
        self.query_url_format = f"{transport.url}{'&' if '?' in transport.url else '?'}{{}}"
        self._transport = transport

    def results(self, search: arxiv.Search, offset: int = 0) -> Iterator[arxiv.Result]:
        """The results of a search in the service's order, page by page; entries with faults are left out."""
        found = self._results_from(search, offset)
        return (
            found
            if search.max_results is None
            else itertools.islice(found, max(0, search.max_results - offset))
        )

    def page(
        self,
        search: arxiv.Search,
        start: int = 0,
        *,
        lifetime_s: float | None = None,
        tries: int | None = None,
    ) -> Answer[Page]:
        """One page of a search. A lifetime keeps it, and lets it come from the cache; see `Transport.get`."""
        arguments = {
            "search_query": search.query,
            "id_list": ",".join(search.id_list),
            "sortBy": search.sort_by.value,
            "sortOrder": search.sort_order.value,
            "start": start,
            "max_results": self.page_size,
        }
        url = self.query_url_format.format(urlencode(arguments, safe=",:/"))
        check = _PageCheck(start, self.page_size, is_by_id=bool(search.id_list))
        return self._transport.get(url, check, lifetime_s=lifetime_s, tries=tries)

    def _results_from(self, search: arxiv.Search, start: int) -> Iterator[arxiv.Result]:
        while True:
            page = self.page(search, start, lifetime_s=DAY_S).value
            if page.refusal:
                raise RefusedError(page.refusal)
            yield from (item.result for item in page.feed.items if item.result is not None)
            start += self.page_size
            if start >= page.feed.total or not page.feed.items:
                return


@dataclass(frozen=True, slots=True)
class _PageCheck:
    """What makes a page of a reply, or says why it is none."""

    start: int
    size: int
    is_by_id: bool

    def __call__(self, reply: Reply) -> Checked[Page]:
        if reply.status == _TOO_LONG:
            return Checked(Page(NOTHING, "the request is too long", is_too_long=True), may_be_kept=False)
        if _THROTTLED.fullmatch(reply.body):
            reason = "it wants fewer requests, and says so in a page of its own"
            raise Throttled(reason)
        if reply.status != _OK:
            return _refused(_said(reply) or f"it refuses the request (status {reply.status})")
        if "xml" not in reply.media_type:
            reason = f"it sent {reply.media_type[:40] or 'something'!r} in the place of a feed"
            raise Unusable(reason, body=reply.body)
        return self._page(reply)

    def _page(self, reply: Reply) -> Checked[Page]:
        """The page of a feed that has all it should have; of ids that were asked for, some may not be there."""
        try:
            feed = read_feed(reply.body)
        except NotAFeedError as error:
            reason = f"what it sent can't be read: {error.reason}"
            raise Unusable(reason, _HOSTILE_TRIES if error.is_hostile else TRIES, body=reply.body) from error
        if feed.error:
            return _refused(feed.error)
        expected = max(0, min(feed.total - self.start, self.size))
        if expected and (not feed.items if self.is_by_id else len(feed.items) < expected):
            reason = f"it sent {len(feed.items)} of the {expected} entries that it says there are"
            raise Unusable(reason, body=reply.body)
        return Checked(Page(feed))


def _said(reply: Reply) -> str:
    """The message in a reply that refuses; empty when it has none."""
    try:
        return read_feed(reply.body).error
    except NotAFeedError:
        return ""


def _refused(message: str) -> Checked[Page]:
    return Checked(Page(NOTHING, message), may_be_kept=False)
