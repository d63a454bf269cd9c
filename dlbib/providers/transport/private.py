"""Folders that are one user's own."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE: Final = 0o700


def make_private(folder: Path) -> None:
    """Make a folder, and what it stands in, unless it is there, for this user alone; raises `OSError`."""
    if not folder.is_dir():
        make_private(folder.parent)  # by itself, `mkdir` makes parents that others may read
        folder.mkdir(mode=_PRIVATE, exist_ok=True)


def is_open_to_others(folder: Path) -> bool:
    """Whether users other than this one may write in a folder; raises `OSError`."""
    if os.name != "posix":
        return False
    about = folder.stat()
    return about.st_uid != os.geteuid() or bool(about.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
