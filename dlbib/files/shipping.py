"""The data that ships with dlbib: reading lists and migrations."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from dlbib.errors import InputError


def shipped(name: Literal["migrations", "seeds"]) -> Path:
    """The folder of that name.

    An installed package carries it inside; in a checkout it stands beside the package. Raises
    `InputError` when the installation lacks it.
    """
    package = Path(__file__).parents[1]
    # Inside first: beside an installed package stand other people's folders, which may have that name.
    for folder in (package / f"_{name}", package.parent / name):
        if folder.is_dir():
            return folder
    message = f"{package}: the {name} that belong to dlbib are missing; install dlbib again"
    raise InputError(message)
