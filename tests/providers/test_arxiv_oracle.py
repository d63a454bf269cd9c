"""What arXiv's own code makes of names and titles as they were submitted is the judge of what we make of them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dlbib.model.tex.decode import decode
from dlbib.providers.arxiv.names import name_of
from tests.passlists import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PASSES = Path(__file__).parent / "passlists"


def differing_names(record: dict[str, Any]) -> Iterator[str]:
    """The names that are parted otherwise than arXiv parts them, a particle belonging to the family name."""
    for family, given, suffix, *_ in record["authors_parsed"]:
        name = name_of(" ".join(filter(None, (given, family, suffix))))
        particles = (name.dropping_particle, name.non_dropping_particle, name.family)
        ours = (name.literal or " ".join(filter(None, particles)), name.given, name.suffix)
        if ours != (family, given, suffix):
            yield f"{ours}, not {(family, given, suffix)}"


def differing_title(record: dict[str, Any]) -> Iterator[str]:
    """The title, when it is other than arXiv's in Unicode."""
    ours, theirs = decode(record["title_raw"], protect=False), record["title_utf8"]
    if ours != unicodedata.normalize("NFC", " ".join(theirs.split())):
        yield f"{ours!r}, not {theirs!r}"


def verdicts(shared: Path, differing: Callable[[dict[str, Any]], Iterator[str]]) -> dict[str, list[str]]:
    """The differences of each record, by its arXiv id."""
    found: dict[str, list[str]] = {}
    lines = (shared / "data" / "oracles" / "arxiv_authors.jsonl").read_text("utf-8").splitlines()
    for record in map(json.loads, lines):
        found.setdefault(record["id"], []).extend(differing(record))
    return found


@pytest.mark.oracle
def test_names_are_parted_as_arxiv_parts_them_wherever_they_once_were(shared: Path) -> None:
    judge(verdicts(shared, differing_names), PASSES / "arxiv-names.tsv")


@pytest.mark.oracle
def test_titles_are_read_as_arxiv_reads_them_wherever_they_once_were(shared: Path) -> None:
    judge(verdicts(shared, differing_title), PASSES / "arxiv-titles.tsv")
