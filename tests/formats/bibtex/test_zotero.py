from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from dlbib.formats.bibtex.reader import parse_bibtex
from tests.passlists import judge
from tests.zotero import differences

PASSES = Path(__file__).parent / "passlists" / "zotero.tsv"


def verdicts(shared: Path) -> dict[str, list[str]]:
    """The differences of each item, by its key."""
    found: dict[str, list[str]] = {}
    for case in json.loads((shared / "data" / "oracles" / "zotero_BibTeX.json").read_text("utf-8")):
        stream = io.StringIO(case["input"], newline="")
        entries = {each.entry.key: each.entry for each in parse_bibtex(stream, "oracle") if each.entry}
        for item in case["items"]:
            entry = entries.get(item["itemID"])
            found[item["itemID"]] = list(differences(entry, item)) if entry else ["it was set aside"]
    return found


@pytest.mark.oracle
def test_what_zotero_reads_is_read_alike_wherever_it_once_was(shared: Path) -> None:
    judge(verdicts(shared), PASSES)
