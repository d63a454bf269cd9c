from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.errors import LibraryFileError
from dlbib.store.models import Paper

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE works SET variables = '{''bogus'': 1}'",
        "UPDATE works SET variables = '{\"bogus\": 1}'",
        "UPDATE works SET type = 'bogus'",
        "UPDATE works SET title = x'ff00'",
        "UPDATE identifiers SET value = 'bogus'",
        "UPDATE records SET entry = 'bogus'",
    ],
)
def test_what_cannot_be_read_back_is_told_as_damage_of_the_file(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "library.db"
    with dlbib.open(path) as library:
        with library.session() as session:
            session.add(Paper(key="doe2014", title="Title"))
        library.edit("doe2014", doi="10.1000/x")
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damage)
    with dlbib.open(path) as library, pytest.raises(LibraryFileError, match="is damaged") as caught:
        _ = library.works(), library.why("doe2014")
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
