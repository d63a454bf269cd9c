"""The tools that others use, doing the same jobs."""

from __future__ import annotations

import importlib
import json
import logging
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from bibtexparser.entrypoint import parse_string, write_string

from benchmarks.samples import csl_json_text
from benchmarks.tasks import Task

if TYPE_CHECKING:
    from pathlib import Path

    from bibtexparser.library import Library


def _text(path: Path) -> str:
    logging.disable(logging.CRITICAL)
    return path.read_text(encoding="utf-8")


def _parse(text: str) -> int:
    return len(parse_string(text).entries)


def _library(path: Path) -> Library:
    return parse_string(_text(path))


def _write(library: Library) -> int:
    return f"\n{write_string(library)}".count("\n@")


def _pandoc() -> str | None:
    """The path of pandoc, as installed or as a wheel brings it."""
    try:
        wheel = importlib.import_module("pypandoc")
    except ImportError:
        return shutil.which("pandoc")
    return str(wheel.get_pandoc_path())


def _convert(path: Path) -> int:
    command = [str(_pandoc()), "-f", "bibtex", "-t", "csljson", str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # our path
    return output.count('"id":')


def _items(path: Path) -> list[object]:
    return list(json.loads(csl_json_text(path)))


def _dump(items: list[object]) -> int:
    return len(items) if json.dumps(items, indent=2, ensure_ascii=False) else 0


def _load(text: str) -> int:
    return len(json.loads(text))


def _start(_: Path) -> int:
    subprocess.run([sys.executable, "-c", "pass"], check=True)  # ourselves
    return 0


TASKS = (
    Task("bibtexparser.parse_string", _parse, _text),
    Task("bibtexparser.write_string", _write, _library),
    Task(
        "pandoc -f bibtex -t csljson",
        _convert,
        skip_reason=lambda: "" if _pandoc() else "pandoc is not installed",
    ),
    Task("json.dumps of the same items", _dump, _items),
    Task("json.loads of the same items", _load, csl_json_text),
    Task("start Python", _start),
)
