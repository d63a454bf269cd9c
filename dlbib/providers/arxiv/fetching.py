"""From ids to outcomes: a hundred at a time, and again in other company where an answer leaves one open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import arxiv

from dlbib.errors import BadResponseError
from dlbib.model.facts import Facts
from dlbib.model.problems import Problem
from dlbib.providers.arxiv.asked import Asked, asked_for
from dlbib.providers.arxiv.client import PAGE, PoliteClient, RefusedError
from dlbib.providers.arxiv.keeping import NOT_THERE, Shelf, found, instant
from dlbib.providers.arxiv.matching import matched, newest, unasked
from dlbib.providers.outcomes import Batch, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Sequence

    from dlbib.model.identifiers import Identifier
    from dlbib.providers.arxiv.client import Page
    from dlbib.providers.arxiv.feed import Feed
    from dlbib.providers.outcomes import Status
    from dlbib.providers.transport import Answer, Transport

_AGAIN: Final = 2
"""How often a part of a request is tried that was refused or failed as a whole."""

_MOST_SHOWN: Final = 5
_ID_IN_MESSAGE: Final = re.compile(r"[^\s,;'\"()]+")


def fetch(
    identifiers: Iterable[str | Identifier], transport: Transport, *, known: Collection[Identifier] = ()
) -> Iterator[Batch]:
    """The outcome of every id; see `dlbib.providers.Fetch`."""
    shelf = Shelf(transport)
    ready: list[Outcome] = []
    open_ones: list[Asked] = []
    for asked in asked_for(identifiers):
        outcome = asked if isinstance(asked, Outcome) else shelf.outcome(asked)
        if outcome is not None:
            ready.append(outcome)
        elif isinstance(asked, Asked):
            open_ones.append(asked)
        if len(ready) == PAGE:
            yield Batch(tuple(ready))
            ready = []
    if transport.options.offline:
        ready += [
            each.outcome("unknown", "it is not in the cache, and nothing is asked offline")
            for each in open_ones
        ]
        open_ones = []
    if ready:
        yield Batch(tuple(ready))
    fetching = _Fetching(transport, shelf, frozenset(known))
    for start in range(0, len(open_ones), PAGE):
        yield from fetching.chunk(open_ones[start : start + PAGE])


class _Fetching:
    """Asks for ids that nothing is known of yet."""

    def __init__(self, transport: Transport, shelf: Shelf, known: frozenset[Identifier]) -> None:
        self._transport = transport
        self._shelf = shelf
        self._known = known
        self._answered = 0
        self._suspects: list[tuple[Asked, BadResponseError]] = []

    def chunk(self, asked: Sequence[Asked]) -> Iterator[Batch]:
        """The outcomes of a chunk. Raises `FetchError` when nothing at all is answered."""
        yield from self._request(asked, None)
        if self._suspects and not self._answered:
            raise self._suspects[0][1]
        if self._suspects:
            yield Batch(tuple(each.outcome("unknown", str(error)) for each, error in self._suspects))
            self._suspects = []

    def _request(self, asked: Sequence[Asked], tries: int | None) -> Generator[Batch, None, bool]:
        """Ask for some ids at once; gives whether that was answered."""
        try:
            answer = self._ask(asked, tries)
        except BadResponseError as error:
            yield from self._divided(asked, error)
            return False
        refusal = answer.value.refusal
        if not refusal:
            self._answered += 1
            yield from self._read(asked, answer)
            return True
        if answer.value.is_too_long and len(asked) > 1:
            for half in _halves(asked):
                yield from self._request(half, tries)
            return True
        if named := _named(asked, refusal):
            self._answered += 1
            reason = f"arXiv refuses it: {refusal}"
            yield Batch(tuple(each.outcome("invalid", reason) for each in named))
            if rest := [each for each in asked if each not in named]:
                yield from self._request(rest, tries)
            return True
        yield from self._divided(asked, RefusedError(f"arXiv refuses the request: {refusal}"))
        return False

    def _divided(self, asked: Sequence[Asked], error: BadResponseError) -> Iterator[Batch]:
        """Ask for the halves of what was refused or can't be read: one id may be the cause."""
        if len(asked) == 1:
            if self._suspects and not self._answered:
                raise error
            self._suspects.append((asked[0], error))
            return
        left, right = _halves(asked)
        is_right = yield from self._request(left, _AGAIN)
        if is_right and len(right) > 1:  # the cause is on the other side, which needs no request to tell
            yield from self._divided(right, error)
        else:
            yield from self._request(right, _AGAIN)

    def _ask(self, asked: Sequence[Asked], tries: int | None) -> Answer[Page]:
        client = PoliteClient(self._transport, page_size=len(asked))
        search = arxiv.Search(id_list=[each.identifier.value for each in asked], max_results=None)
        return client.page(search, tries=tries)

    def _read(self, asked: Sequence[Asked], answer: Answer[Page]) -> Iterator[Batch]:
        """The outcomes that an answer tells, then those of ids that it left out, asked for one by one."""
        feed = answer.value.feed
        identifiers = [each.identifier for each in asked]
        items = matched(identifiers, feed.items)
        outcomes = []
        for each in asked:
            if item := items.get(each.identifier):
                outcomes.append(found(each, item, answer.received_at))
                if item.result is not None:
                    self._shelf.put(each, item, answer.received_at)
        yield Batch(tuple(outcomes), tuple(_remarks(unasked(identifiers, feed.items))))
        for each in asked:
            if each.identifier not in items:
                yield from self._missing(each)

    def _missing(self, asked: Asked) -> Iterator[Batch]:
        """The outcome of an id that was left out of an answer, asked for alone."""
        try:
            answer = self._ask([asked], _AGAIN)
        except BadResponseError as error:
            yield Batch((asked.outcome("unknown", str(error)),))
        else:
            yield Batch((self._outcome_alone(asked, answer),))

    def _outcome_alone(self, asked: Asked, answer: Answer[Page]) -> Outcome:
        page, at = answer.value, answer.received_at
        if page.refusal:
            status: Status = "invalid" if _named([asked], page.refusal) else "unknown"
            return asked.outcome(status, f"arXiv refuses it: {page.refusal}")
        item = matched([asked.identifier], page.feed.items).get(asked.identifier)
        if item is None:
            return self._not_found(asked, page.feed, at)
        if item.result is not None:
            self._shelf.put(asked, item, at)
        return found(asked, item, at)

    def _not_found(self, asked: Asked, feed: Feed, at: float) -> Outcome:
        """The outcome of an id that was left out twice: there is none, unless something speaks against that."""
        if fault := next((item.fault for item in feed.items if item.identifier is None), ""):
            return asked.outcome("unknown", f"what arXiv sent can't be used: {fault}")
        if latest := newest(asked.identifier.work, feed.items):
            reason = f"arXiv sends version {latest} in its place"
            return asked.outcome("unknown", reason, retrieved=instant(at), facts=Facts(latest=latest))
        if others := unasked([asked.identifier], feed.items):
            return asked.outcome("unknown", f"arXiv sends another paper in its place: {others[0].value}")
        if asked.identifier in self._known or self._shelf.has_had(asked.identifier):
            return asked.outcome("unknown", "arXiv had this paper before, and now answers as if it had not")
        self._shelf.put_missing(asked, at)
        return asked.outcome("not_found", NOT_THERE, retrieved=instant(at))


def _remarks(others: Sequence[Identifier]) -> Iterator[Problem]:
    """What there is to say of entries that nobody asked for."""
    if others:
        shown = ", ".join(each.value for each in others[:_MOST_SHOWN])
        rest = f" and {len(others) - _MOST_SHOWN} more" if len(others) > _MOST_SHOWN else ""
        message = f"arXiv sent entries that were not asked for ({shown}{rest}); they are left out"
        yield Problem("UNASKED", message, "warning")


def _halves(asked: Sequence[Asked]) -> tuple[Sequence[Asked], Sequence[Asked]]:
    middle = len(asked) // 2
    return asked[:middle], asked[middle:]


def _named(asked: Sequence[Asked], message: str) -> list[Asked]:
    """Those of the ids that a message speaks of."""
    words = {word.rstrip(".:").lower() for word in _ID_IN_MESSAGE.findall(message)}
    return [each for each in asked if each.identifier.value in words]
