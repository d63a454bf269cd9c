"""Starting: what an import takes, and what a command does before it works."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.tasks import Task

if TYPE_CHECKING:
    from pathlib import Path


def _import(_: Path) -> int:
    subprocess.run([sys.executable, "-c", "import dlbib"], check=True)  # ourselves
    return 0


def _version(_: Path) -> int:
    command = [sys.executable, "-m", "dlbib", "--version"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # ourselves
    return 0


TASKS = (
    Task("import dlbib", _import, beside=("start Python",)),
    Task("dlbib --version", _version, beside=("start Python",)),
)
