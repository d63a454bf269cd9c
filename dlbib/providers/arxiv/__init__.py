"""arXiv: preprints by their ids, and by title and authors.

`client` asks over our transport and `feed` reads what comes, strictly; `entries` and `names` make entries
of it. `asked`, `matching`, `keeping` and `fetching` go from ids to outcomes, `searching` from an entry to
candidates. Source: arXiv API User's Manual; Terms of Use for arXiv APIs.
"""

from __future__ import annotations

from typing import Final

from dlbib.providers import Provider
from dlbib.providers.arxiv.asked import identify
from dlbib.providers.arxiv.client import PoliteClient
from dlbib.providers.arxiv.fetching import fetch
from dlbib.providers.arxiv.searching import search
from dlbib.providers.transport import Service

__all__ = ["PROVIDER", "PoliteClient"]

SERVICE: Final = Service(
    name="arxiv",
    title="arXiv",
    url="https://export.arxiv.org/api/query",
    hosts=("arxiv.org",),
    interval_s=3.1,  # the terms of use want three seconds, and clocks differ
    accept="application/atom+xml, application/xml;q=0.9, */*;q=0.1",
)

PROVIDER = Provider(
    name="arxiv",
    title="arXiv",
    schemes=("arxiv",),
    service=SERVICE,
    identify=identify,
    fetch=fetch,
    search=search,
)
