"""Run the fake arXiv by hand: ``python -m tests.fake_arxiv [--port 8000]``, then ``dlbib enrich --arxiv-url URL``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.fake_arxiv import FakeArxiv, invented, seeded

SEEDS = Path(__file__).parents[2] / "seeds"


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.fake_arxiv", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="a free one by default")
    options = parser.parse_args()
    with FakeArxiv((*invented(), *seeded(SEEDS)), port=options.port) as fake:
        sys.stdout.write(f"{fake.url}\n")
        sys.stdout.flush()
        try:
            _tell(fake)
        except KeyboardInterrupt:
            return


def _tell(fake: FakeArxiv) -> None:
    """Say what is asked, as it is asked."""
    told = 0
    while True:
        time.sleep(0.1)
        for request in fake.requests[told:]:
            sys.stderr.write(f"{request.path}\n")
            told += 1


if __name__ == "__main__":
    main()
