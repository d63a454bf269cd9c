"""A real HTTP server on loopback that speaks the query API of arXiv, as well and as badly as it is told to.

`papers` is what it has, `feed` how it says it, `query` what it understands, `faults` what can go wrong,
`server` the server. By hand: ``python -m tests.fake_arxiv``.
"""

from tests.fake_arxiv.faults import Answer
from tests.fake_arxiv.papers import Paper, Version, invented, seeded
from tests.fake_arxiv.server import FakeArxiv, Request

__all__ = ["Answer", "FakeArxiv", "Paper", "Request", "Version", "invented", "seeded"]
