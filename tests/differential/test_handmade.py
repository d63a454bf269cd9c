"""Every feature of BibLaTeX in a sample, read by dlbib and by pandoc: they agree, or the difference has its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.bibtex.test_reader_oracles import differences, entries_in
from tests.oracles import pandoc_items
from tests.passlists import listed

FOLDER = Path(__file__).parent / "handmade"


def found(name: str) -> dict[str, str]:
    """How the items of a sample differ, by key and variable."""
    text = (FOLDER / f"{name}.bib").read_text("utf-8")
    entries = {entry.key: entry for entry in entries_in(text, "biblatex")}
    items = {str(item["id"]): item for item in pandoc_items(text, "biblatex")}
    assert entries.keys() == items.keys()
    return {
        f"{name} {key} {each.partition(':')[0]}": each
        for key, item in items.items()
        for each in differences(entries[key], item)
    }


@pytest.mark.oracle
@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.bib")))
def test_pandoc_reads_every_feature_alike_but_for_what_has_its_reason(name: str) -> None:
    differing = found(name)
    known = {each for each in listed(FOLDER / "differences.tsv") if each.startswith(f"{name} ")}
    assert {each: differing[each] for each in differing.keys() - known} == {}, "give the reason, or mend it"
    assert known - differing.keys() == set(), "these agree now: take them out"


def test_every_difference_has_a_reason() -> None:
    assert all(listed(FOLDER / "differences.tsv").values())
