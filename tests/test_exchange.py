from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.errors import InputError, OutputError, ParseError, UnknownFormatError
from dlbib.formats import formats
from dlbib.model.names import Name

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = [
    dlbib.Entry(
        key="doe2014first",
        type="article-journal",
        title="First things",
        contributors=(dlbib.Contributor("author", Name("Doe", "Jane")),),
        container_title="A Journal",
        volume="3",
        issued=dlbib.Date.of(2014),
    )
]
TWO_WAY = [each for each in formats().values() if each.parse and each.render]


@pytest.mark.parametrize("name", [each.name for each in TWO_WAY])
def test_what_is_written_is_read_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"refs{formats()[name].extensions[0]}"
    assert [p for p in dlbib.write(ENTRIES, path) if p.severity == "error"] == []
    entries, problems = dlbib.read(path)
    assert [(e.key, e.title, e.authors, e.year) for e in entries] == [
        ("doe2014first", "First things", (Name("Doe", "Jane"),), 2014)
    ]
    assert problems == []


def test_a_format_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "refs.txt"
    dlbib.write(ENTRIES, path, format="csl-json")
    assert dlbib.read(path, format="csl-json")[0] == ENTRIES


def test_an_unknown_extension_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"\.bib"):
        dlbib.write(ENTRIES, tmp_path / "refs.docx")


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json"):
        dlbib.read(tmp_path / "none.json")


def test_a_text_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_text("<html>", encoding="utf-8")
    with pytest.raises(ParseError):
        dlbib.read(tmp_path / "refs.json")


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        dlbib.write(ENTRIES, tmp_path / "nowhere" / "refs.json")
    assert list(tmp_path.iterdir()) == []
