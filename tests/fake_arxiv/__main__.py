"""Run the fake arXiv by hand: ``python -m tests.fake_arxiv [--port 8000]``, then ``dlbib enrich --arxiv-url URL``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.fake_arxiv import FakeArxiv, invented, seeded
from tests.fake_arxiv.papers import numbered

SEEDS = Path(__file__).parents[2] / "seeds"


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.fake_arxiv", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="a free one by default")
    parser.add_argument(
        "--numbered", type=int, default=0, help="so many papers of no title, besides the others"
    )
    parser.add_argument("--until-closed", action="store_true", help="serve until standard input is closed")
    options = parser.parse_args()
    papers = (*invented(), *seeded(SEEDS), *numbered(options.numbered))
    with FakeArxiv(papers, port=options.port) as fake:
        sys.stdout.write(f"{fake.url}\n")
        sys.stdout.flush()
        try:
            sys.stdin.read() if options.until_closed else _tell(fake)
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
