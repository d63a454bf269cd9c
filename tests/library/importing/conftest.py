"""Libraries to import into, in SQLite and in a real PostgreSQL, and files to import."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.store.database import open_database
from tests.dumps import dump
from tests.store.conftest import backend, library_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["backend", "library_place"]

Write = Callable[..., "Path"]
Tables = Callable[..., dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def library(library_place: str) -> Iterator[dlbib.Library]:
    """A new, empty library."""
    with dlbib.open(library_place, create=False) as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text into a file, and give its path."""

    def written(text: str, name: str = "refs.bib") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return written


@pytest.fixture
def tables(library_place: str) -> Iterator[Tables]:
    """Gives every row of the library, but for those of some tables."""
    database = open_database(library_place, create=False)

    def dumped(*without: str) -> dict[str, list[tuple[object, ...]]]:
        return dump(database.reader, without)

    yield dumped
    database.close()
