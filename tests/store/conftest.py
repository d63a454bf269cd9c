"""Libraries to test with, in SQLite and in a real PostgreSQL."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from dlbib.store.database import Database, open_database
from dlbib.store.models import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database that the test is run on."""
    return str(request.param)


@pytest.fixture
def empty_place(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A place where no library is yet."""
    if backend == "sqlite":
        return str(tmp_path / "new.db")
    server: Server = request.getfixturevalue("postgresql")
    return server.url(server.create())


@pytest.fixture
def library_place(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The place of a new, empty library."""
    if backend == "sqlite":
        path = tmp_path / "library.db"
        shutil.copy(request.getfixturevalue("empty_file"), path)
        return str(path)
    server: Server = request.getfixturevalue("postgresql")
    return server.url(server.create(request.getfixturevalue("postgresql_library")))


@pytest.fixture
def database(library_place: str) -> Iterator[Database]:
    """The database of a new, empty library."""
    opened = open_database(library_place, create=False)
    yield opened
    opened.close()


@pytest.fixture
def thesis(tmp_path: Path, empty_file: Path) -> Path:
    """A library with one paper, in a file."""
    path = Path(shutil.copy(empty_file, tmp_path / "thesis.db"))
    database = open_database(path, create=False)
    with Session(database.engine) as session:
        session.add(Paper(key="smith2014", title_folded="atari", search_text="atari"))
        session.commit()
    database.close()
    return path


@pytest.fixture
def opened_thesis(thesis: Path) -> Iterator[Database]:
    """The database of a library with one paper, in a file."""
    database = open_database(thesis, create=False)
    yield database
    database.close()
