"""A command line to run: the real program, in a folder and with a library of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import warm

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def dlbib(home: Path, tmp_path: Path) -> Run:
    """Run ``dlbib`` with some arguments in an empty folder; gives the finished process."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("DLBIB", "XDG"))}
        return warm.run(arguments, tmp_path, clean | {"HOME": str(home), **environment})

    return run


@pytest.fixture(scope="session")
def seeded(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded library, for tests that only ask."""
    return Path(shutil.copy(seeded_file, tmp_path_factory.mktemp("seeded") / "library.db"))
