"""Asking a fake arXiv for ten thousand papers without a pause, beside reading the same answers alone."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.tasks import Task
from dlbib.providers import get_provider
from dlbib.providers.arxiv.entries import entry_of, facts_of
from dlbib.providers.arxiv.feed import read_feed
from dlbib.providers.transport import Options, connect
from tests.fake_arxiv import query
from tests.fake_arxiv.papers import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

PAPERS = 10_000
PAGE = 100


def _answers(_: Path) -> list[bytes]:
    """The answers that the fake arXiv gives, page by page."""
    papers = {paper.id: paper for paper in numbered(PAPERS)}
    ids = list(papers)
    pages = (ids[start : start + PAGE] for start in range(0, PAPERS, PAGE))
    asked = ({"id_list": ",".join(page), "start": "0", "max_results": str(PAGE)} for page in pages)
    return [query.answer(papers, each).encode() for each in asked]


def _read(answers: Sequence[bytes]) -> int:
    entries = 0
    for answer in answers:
        for item in read_feed(answer).items:
            if item.identifier is not None and item.result is not None:
                entry_of(item.identifier, item.result)
                facts_of(item.identifier, item.result, is_latest=True)
                entries += 1
    return entries


def _server(_: Path) -> subprocess.Popen[str]:
    """A fake arXiv in a process of its own, which ends with this one."""
    command = [sys.executable, "-m", "tests.fake_arxiv", "--numbered", str(PAPERS), "--until-closed"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  # ourselves


def _started(path: Path) -> tuple[subprocess.Popen[str], str]:
    server = _server(path)
    if server.stdout is None:  # it was asked for
        raise RuntimeError
    return server, server.stdout.readline().strip()


def _fetch(started: tuple[subprocess.Popen[str], str]) -> int:
    server, url = started
    provider = get_provider("arxiv")
    ids = [paper.id for paper in numbered(PAPERS)]
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        options = Options(url=url, interval_s=0, cache_dir=Path(folder))
        with connect(provider.service, options) as transport:
            for batch in provider.fetch(ids, transport):
                found += sum(outcome.status == "found" for outcome in batch.outcomes)
            if transport.requests != PAPERS // PAGE:
                message = f"{transport.requests} requests for {PAPERS} papers"
                raise RuntimeError(message)
    server.kill()
    return found


TASKS = (
    Task("read answers of arXiv", _read, _answers),
    Task(
        "fetch 10 000 from arXiv",
        _fetch,
        _started,
        at_most={"read answers of arXiv": 5},
        at_most_mib=250,
    ),
)
