from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dlbib.model.tex.decode import decode

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def shared_names(shared: Path) -> list[tuple[str, str]]:
    """Names of real authors in the order of speech, each with the family name that arXiv's own code finds."""
    lines = (shared / "data" / "oracles" / "arxiv_authors.jsonl").read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        for family, given, suffix, *_ in json.loads(line)["authors_parsed"]:
            found[" ".join(filter(None, (given, family, suffix)))] = decode(family, protect=False)
    return list(found.items())
