"""Writing entries as .bib and as CSL-JSON, and reading CSL-JSON."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import dlbib
from benchmarks.samples import csl_json_text, loaded, rendered
from benchmarks.tasks import Task
from dlbib.formats import get_format

if TYPE_CHECKING:
    from pathlib import Path

    from dlbib import Entry


def _entries(path: Path) -> list[Entry]:
    return dlbib.read(path)[0]


def _write_bibtex(entries: list[Entry]) -> int:
    return f"\n{rendered(entries, 'bibtex')}".count("\n@")


def _write_biblatex(entries: list[Entry]) -> int:
    return f"\n{rendered(entries, 'biblatex')}".count("\n@")


def _write_csl_json(entries: list[Entry]) -> int:
    return rendered(entries, "csl-json").count('\n    "id":')


def _read_csl_json(text: str) -> int:
    parse = get_format("csl-json").parse
    return sum(parsed.entry is not None for parsed in parse(io.StringIO(text), "made")) if parse else 0


def _convert(path: Path) -> int:
    return _write_csl_json(_entries(path))


TASKS = (
    Task("write .bib", _write_bibtex, _entries, at_most={"bibtexparser.write_string": 0.5}),
    Task("write .biblatex", _write_biblatex, _entries, at_most={"bibtexparser.write_string": 0.5}),
    Task("write CSL-JSON", _write_csl_json, _entries, beside=("json.dumps of the same items",)),
    Task("read CSL-JSON", _read_csl_json, csl_json_text, beside=("json.loads of the same items",)),
    Task("convert .bib to CSL-JSON", _convert, loaded, at_most={"pandoc -f bibtex -t csljson": 1 / 12}),
)
