"""The tools that others use, doing the same jobs."""

from __future__ import annotations

import importlib
import logging
import shutil
import subprocess
from typing import TYPE_CHECKING

from bibtexparser.entrypoint import parse_string, write_string

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


TASKS = (
    Task("bibtexparser.parse_string", _parse, _text),
    Task("bibtexparser.write_string", _write, _library),
    Task(
        "pandoc -f bibtex -t csljson",
        _convert,
        skip_reason=lambda: "" if _pandoc() else "pandoc is not installed",
    ),
)
