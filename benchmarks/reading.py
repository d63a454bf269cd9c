"""Reading a .bib file to entries: strings, names, dates and LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dlbib
from benchmarks.samples import large, loaded
from benchmarks.tasks import Task
from dlbib.formats import get_format

if TYPE_CHECKING:
    from pathlib import Path

_LIMITS = {"bibtexparser.parse_string": 0.8, "pandoc -f bibtex -t csljson": 1 / 12}


def _stream(path: Path) -> int:
    parse = get_format("bibtex").parse
    if parse is None:
        return 0
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(parsed.entry is not None for parsed in parse(stream, path.name))


def _list(path: Path) -> int:
    entries, _ = dlbib.read(path)
    return len(entries)


def _stream_and_remove(path: Path) -> int:
    try:
        return _stream(path)
    finally:
        path.unlink()


TASKS = (
    Task("read", _stream, loaded, at_most=_LIMITS),
    Task("read into a list", _list, loaded, at_most=_LIMITS),
    Task("read 150 MB", _stream_and_remove, large, at_most_mib=250, once=True),
)
