from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Literal

import pytest

import dlbib
from dlbib.files import shipped

if TYPE_CHECKING:
    from pathlib import Path

NAMES: tuple[Literal["migrations", "seeds"], ...] = ("migrations", "seeds")


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_folders_are_there(name: Literal["migrations", "seeds"]) -> None:
    assert shipped(name).is_dir()


def installed(folder: Path, *, complete: bool) -> Path:
    """Lay dlbib out as a wheel does, beside somebody else's folder of the same name."""
    package = folder / "dlbib"
    shutil.copytree(str(dlbib.__path__[0]), package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "seeds").mkdir()
    if complete:
        (package / "_seeds").mkdir()
    else:
        (folder / "seeds").rmdir()
    return package


def ask(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "from dlbib.files import shipped; print(shipped('seeds'))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


def test_an_installed_package_uses_its_own_folder_not_a_namesake_beside_it(tmp_path: Path) -> None:
    package = installed(tmp_path, complete=True)
    assert ask(tmp_path).stdout.strip() == str(package / "_seeds")


def test_an_installation_without_its_data_says_so(tmp_path: Path) -> None:
    installed(tmp_path, complete=False)
    assert "InputError" in ask(tmp_path).stderr
    assert "install dlbib again" in ask(tmp_path).stderr
