"""What tests ask a fake arXiv with: transports that share a cache and a clock."""

# ruff: noqa: ANN401  # what is passed on is what `Options` and `Paper` take

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dlbib.providers import get_provider
from dlbib.providers.transport import Notice, Options, Surroundings, Transport, connect
from tests.fake_arxiv import Paper, Version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dlbib.providers import Outcome
    from tests.clocks import ManualClock
    from tests.fake_arxiv import FakeArxiv

INTERVAL_S = 3.1


@dataclass
class Asking:
    """A server, a clock and a cache; `fetch` and `transport` are as in a process of its own each time."""

    server: FakeArxiv
    clock: ManualClock
    cache: Path
    notices: list[Notice] = field(default_factory=list)

    def transport(self, **options: Any) -> Transport:
        """A new way to the server."""
        given = {"url": self.server.url, "cache_dir": self.cache, "read_timeout_s": 5.0, **options}
        return connect(
            get_provider("arxiv").service,
            Options(**given),
            Surroundings(clock=self.clock.clock, report=self.notices.append),
        )

    def fetch(self, *identifiers: str, known: Iterable[str] = (), **options: Any) -> list[Outcome]:
        """The outcomes of some ids, in the order in which they came."""
        provider = get_provider("arxiv")
        with self.transport(**options) as transport:
            batches = list(
                provider.fetch(identifiers, transport, known=[provider.identify(each) for each in known])
            )
        return [outcome for batch in batches for outcome in batch.outcomes]

    def statuses(self, *identifiers: str, **options: Any) -> dict[str, str]:
        """The status of each id."""
        return {outcome.asked: outcome.status for outcome in self.fetch(*identifiers, **options)}

    def has(self, *ids: str, **about: Any) -> None:
        """Let the server have papers."""
        for each in ids:
            self.server.by_id[each] = Paper(each, f"On {each}", **about)

    def has_versions(self, name: str, count: int) -> None:
        """Let the server have a paper of so many versions."""
        versions = tuple(Version(f"20{20 + n}-01-02T00:00:00Z") for n in range(count))
        self.server.by_id[name] = Paper(name, f"On {name}", versions=versions)

    @property
    def gaps(self) -> list[float]:
        """The seconds between requests, by the server's clock."""
        times = self.server.times
        return [round(later - sooner, 6) for sooner, later in itertools.pairwise(times)]
