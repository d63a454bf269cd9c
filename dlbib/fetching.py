"""Identifiers to entries, without a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from dlbib.errors import FetchError, InvalidIdentifierError
from dlbib.model.identifiers import Identifier
from dlbib.progress import Progress, Watch, unwatched
from dlbib.providers import Batch, Outcome, get_provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

    from dlbib.providers import Provider
    from dlbib.providers.transport import Notice, Options, Transport


class Manner(TypedDict, total=False):
    """How to ask: another server (``url``), how far apart (``delay_s``), who asks (``contact``), by way of what (``proxy``).

    ``cache_dir``, ``offline`` and ``refresh`` are about what is kept.
    """

    url: str
    delay_s: float | None
    contact: str
    proxy: str
    cache_dir: str | PathLike[str] | None
    offline: bool
    refresh: bool


def fetch(
    identifiers: Iterable[str | Identifier] | str | Identifier,
    *,
    provider: str = "arxiv",
    progress: Watch = unwatched,
    report: Callable[[Notice], None] = lambda notice: None,  # noqa: ARG005
    **manner: Unpack[Manner],
) -> list[Outcome]:
    """What a metadata service has for identifiers: an outcome for each, once, in the order asked.

    An id is ``found``, ``not_found``, ``invalid``, or ``unknown`` with the reason, such as a service that
    refuses or can't be reached: that is no answer, and asking again later may bring one. What was found is
    kept in the user's cache folder (``cache_dir``) for a day, or for ever where the id names its version;
    ``offline`` asks nobody, ``refresh`` takes nothing from there. Requests are as far apart as the service
    asks; only for a server on this machine (``url``) may ``delay_s`` be less. Name a ``contact`` that the
    service can write to, and a ``proxy`` where there is no other way; none is looked for. ``report`` is told of pauses, and
    of answers that are odd. Raises `InvalidOptionError`, `UnknownProviderError`.
    """
    from dlbib.providers.transport import Notice, Surroundings, connect  # noqa: PLC0415  # few need it, and it takes a while

    asked = [identifiers] if isinstance(identifiers, str | Identifier) else list(identifiers)
    chosen = get_provider(provider)
    with connect(chosen.service, to_options(manner), Surroundings(report=report)) as transport:
        outcomes: list[Outcome] = []
        for batch in _batches(chosen, asked, transport):
            outcomes += batch.outcomes
            for problem in batch.problems:
                report(Notice(str(problem)))
            progress(Progress(chosen.title, len(outcomes), len(asked), "works", _counts(outcomes)))
    places = {str(each): place for place, each in reversed(list(enumerate(asked)))}
    return sorted(outcomes, key=lambda outcome: places.get(outcome.asked, len(places)))


def to_options(manner: Manner) -> Options:
    """The options of a transport that ``manner`` is."""
    from dlbib.providers.transport import Options  # noqa: PLC0415  # as above

    folder = manner.get("cache_dir")
    return Options(
        url=manner.get("url", ""),
        interval_s=manner.get("delay_s"),
        contact=manner.get("contact", ""),
        proxy=manner.get("proxy", ""),
        cache_dir=None if folder is None else Path(folder),
        offline=manner.get("offline", False),
        refresh=manner.get("refresh", False),
    )


def _batches(provider: Provider, asked: list[str | Identifier], transport: Transport) -> Iterator[Batch]:
    """What the service answers; at last, if it can't be asked any more, that nobody knows of the rest."""
    outcomes: list[Outcome] = []
    try:
        for batch in provider.fetch(asked, transport):
            outcomes += batch.outcomes
            yield batch
    except FetchError as error:
        yield Batch(tuple(_still_open(provider, asked, outcomes, str(error))))


def _still_open(
    provider: Provider, asked: list[str | Identifier], outcomes: list[Outcome], reason: str
) -> list[Outcome]:
    """An ``unknown`` for every identifier that has no outcome yet."""
    done = {outcome.identifier for outcome in outcomes}
    still_open = []
    for given in asked:
        try:
            identifier = provider.identify(given)
        except InvalidIdentifierError:
            continue  # it was told of before anything was sent
        if identifier not in done:
            done.add(identifier)
            still_open.append(Outcome(str(given), identifier, "unknown", reason=reason))
    return still_open


def _counts(outcomes: list[Outcome]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome.status] = counts.get(outcome.status, 0) + 1
    return counts
