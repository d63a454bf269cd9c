from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from dlbib.formats.ris import parse
from tests.passlists import judge
from tests.zotero import differences

PASSES = Path(__file__).parent / "passlists" / "zotero.tsv"


def verdicts(shared: Path) -> dict[str, list[str]]:
    """The differences of each item, by the number of its case and its own there."""
    found: dict[str, list[str]] = {}
    cases = json.loads((shared / "data" / "oracles" / "zotero_RIS.json").read_text("utf-8"))
    for number, case in enumerate(cases):
        entries = [parsed.entry for parsed in parse(io.StringIO(case["input"]), "oracle") if parsed.entry]
        assert len(entries) == len(case["items"])
        for at, (entry, item) in enumerate(zip(entries, case["items"], strict=True)):
            found[f"{number}.{at}"] = list(differences(entry, item))
    return found


@pytest.mark.oracle
def test_what_zotero_reads_is_read_alike_wherever_it_once_was(shared: Path) -> None:
    judge(verdicts(shared), PASSES)
