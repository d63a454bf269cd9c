"""Identifiers to entries, one module per metadata service, found by its file name.

A provider is a module (or folder) here that ends in ``PROVIDER = Provider(...)``. Adding one touches
nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol

from dlbib.errors import UnknownProviderError
from dlbib.model.facts import NO_FACTS, Facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dlbib.model.entry import Entry
    from dlbib.model.identifiers import Identifier
    from dlbib.providers.transport import Service, Transport

Status = Literal["found", "not_found", "invalid", "unknown"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service answered to one identifier.

    - ``found``: it has it, and ``entry`` is what it says.
    - ``not_found``: it answered, twice, and has none.
    - ``invalid``: it is no identifier of the service; nothing was asked, or the service refused it.
    - ``unknown``: nobody knows, because the service refused, failed or couldn't be asked.

    ``asked`` is the identifier as it was typed, ``identifier`` its canonical form (``None`` where it has
    none); ``reason`` says why there is no entry, or why this one is not all there is to say. ``raw`` is
    the record as the service sent it; ``retrieved`` the ISO 8601 instant in UTC when it was sent.
    """

    asked: str
    identifier: Identifier | None
    status: Status
    entry: Entry | None = None
    facts: Facts = NO_FACTS
    reason: str = ""
    raw: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The outcomes of one answer, each once, in the order asked; what took no request comes as one too.

    ``requests`` is how many requests it took; 0 for what the cache or the form of an identifier tells.
    """

    outcomes: tuple[Outcome, ...]
    requests: int = 0


class Fetch(Protocol):
    """Identifiers to outcomes."""

    def __call__(
        self,
        identifiers: Iterable[str | Identifier],
        transport: Transport,
        *,
        known: Collection[Identifier] = (),
    ) -> Iterator[Batch]:
        """The outcome of every identifier, each once, batch by batch as the answers come.

        A service that lacks one of the ``known`` identifiers is not believed. Raises `FetchError` when
        the service can't be asked any more; what no batch told of by then is still to be asked.
        """


class Search(Protocol):
    """An entry to works that may be it."""

    def __call__(self, entry: Entry, transport: Transport) -> tuple[Outcome, ...]:
        """What the service finds for the title and authors of an entry, likeliest first; all are ``found``.

        Nothing tells that any is the same work. Raises `FetchError`.
        """


@dataclass(frozen=True, slots=True)
class Provider:
    """A metadata service: the identifiers it knows (by scheme), how to ask it and with what manners."""

    name: str
    title: str
    schemes: tuple[str, ...]
    service: Service
    fetch: Fetch
    search: Search


@cache
def providers() -> dict[str, Provider]:
    """Every provider by its name, sorted by name."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)
    )
    found = [module.PROVIDER for module in modules if hasattr(module, "PROVIDER")]
    return {each.name: each for each in sorted(found, key=lambda each: each.name)}


def get_provider(name: str) -> Provider:
    """The provider of that name; raises `UnknownProviderError` naming those there are."""
    try:
        return providers()[name]
    except KeyError:
        message = f"no provider {name!r}; there are {', '.join(providers())}"
        raise UnknownProviderError(message) from None
