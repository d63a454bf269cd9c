"""Splitting a .bib file into blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.samples import large
from benchmarks.tasks import Task
from dlbib.formats.bibtex.splitter import EntryBlock, split

if TYPE_CHECKING:
    from pathlib import Path


def _split(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(isinstance(block, EntryBlock) for block in split(stream))


def _split_and_remove(path: Path) -> int:
    try:
        return _split(path)
    finally:
        path.unlink()


TASKS = (
    Task("split", _split, at_most={"bibtexparser.parse_string": 0.3}, at_most_mib=100),
    Task("split 150 MB", _split_and_remove, large, at_most_mib=250, once=True),
)
