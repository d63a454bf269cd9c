"""Splitting a .bib file into blocks."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.tasks import Task
from dlbib.formats.bibtex.splitter import EntryBlock, split

LARGE = 150_000_000
"""The size of the large file, in bytes."""


def _split(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(isinstance(block, EntryBlock) for block in split(stream))


def _large(path: Path) -> Path:
    """The file over and over, until it is large."""
    content = path.read_bytes() + b"\n"
    folder = Path(tempfile.gettempdir())
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".bib", delete=False) as large:
        for _ in range(LARGE // len(content) + 1):
            large.write(content)
    return Path(large.name)


def _split_and_remove(path: Path) -> int:
    try:
        return _split(path)
    finally:
        path.unlink()


TASKS = (
    Task("split", _split, at_most={"bibtexparser.parse_string": 0.3}, at_most_mib=100),
    Task("split 150 MB", _split_and_remove, _large, at_most_mib=250),
)
