"""Identifiers to entries, one module per metadata service, found by its file name.

A provider is a module (or folder) here that ends in ``PROVIDER = Provider(...)``. Adding one touches
nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from dlbib.errors import UnknownProviderError
from dlbib.model.facts import NO_FACTS, Facts
from dlbib.providers.outcomes import Batch, Outcome, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from dlbib.model.entry import Entry
    from dlbib.model.identifiers import Identifier
    from dlbib.providers.transport import Service, Transport
__all__ = [
    "NO_FACTS",
    "Batch",
    "Facts",
    "Fetch",
    "Outcome",
    "Provider",
    "Search",
    "Status",
    "get_provider",
    "providers",
]


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
    """A metadata service: the identifiers it knows (by scheme), how to ask it and with what manners.

    ``identify`` gives the identifier of the service's that a text or another identifier is, or raises
    `InvalidIdentifierError`.
    """

    name: str
    title: str
    schemes: tuple[str, ...]
    service: Service
    identify: Callable[[str | Identifier], Identifier]
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
