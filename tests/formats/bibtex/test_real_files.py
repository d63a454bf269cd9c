"""Every real .bib file: its blocks are the file, and what is written of it is written again the same."""

from __future__ import annotations

import io
import lzma
from typing import TYPE_CHECKING

import pytest

from dlbib.formats import RenderOptions, get_format
from dlbib.formats.bibtex.splitter import split_text
from tests.conftest import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from dlbib.formats import Format
    from dlbib.model.entry import Entry

FILES = sorted(path for folder in ("bib", "malformed") for path in (SHARED / "data" / folder).glob("*.bib*"))
SMALL = [path for path in FILES if path.suffix != ".xz"]
DIALECTS = ("bibtex", "biblatex")

SECOND_STEP = {
    (
        "037_windycity.bib",
        "bibtex",
    ): "a volume of BibLaTeX's is a part of a book for BibTeX, from which its parts inherit more",
}
"""Files that are written the same from the second time on, and why; there may be fewer, never more."""


def text_of(path: Path) -> str:
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def entries_of(text: str, into: Format) -> list[Entry]:
    assert into.parse is not None
    records = list(into.parse(io.StringIO(text, newline=""), "refs.bib"))
    assert "".join(record.raw for record in records) == text
    return [record.entry for record in records if record.entry]


def written(entries: list[Entry], into: Format) -> str:
    assert into.render is not None
    return "".join(into.render(entries, RenderOptions()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a091_the_blocks_of_a_real_file_are_the_file(path: Path) -> None:
    text = text_of(path)
    assert "".join(block.raw for block in split_text(text)) == text


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_g002_what_was_written_of_a_real_file_is_read_and_written_the_same(path: Path, dialect: str) -> None:
    into = get_format(dialect)
    once = written(entries_of(text_of(path), into), into)
    if (path.name, dialect) in SECOND_STEP:
        once, first = written(entries_of(once, into), into), once
        assert once != first
    again = entries_of(once, into)
    assert written(again, into) == once
    assert [entry.key for entry in again] == [
        line.partition("{")[2].removesuffix(",") for line in once.split("\n") if line.startswith("@")
    ]
