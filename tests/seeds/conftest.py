"""The seed and the facts it was made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dlbib.formats import reading_list
from tests.seeds.facts import curated

if TYPE_CHECKING:
    from dlbib.model.merging import Record
    from dlbib.model.reading_lists import ListedWork, ReadingList
    from tests.seeds.facts import Facts

SEED: Final = Path(__file__).parents[2] / "seeds" / "inspirational-applications.yaml"


@pytest.fixture(scope="session")
def facts(shared: Path) -> Facts:
    path = shared / "facts" / "post.json"
    if not path.is_file():
        pytest.skip(f"no facts at {path}; they are not part of the project")
    loaded: Facts = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def seeded() -> ReadingList:
    return reading_list.read(SEED)


@pytest.fixture(scope="session")
def works(seeded: ReadingList) -> dict[str, ListedWork]:
    """The works by their ref."""
    return {work.records[0].source_id: work for work in seeded.works}


@pytest.fixture(scope="session")
def papers(works: dict[str, ListedWork]) -> dict[str, Record]:
    """The curated record of every paper, by its ref."""
    return {ref: curated(work) for ref, work in works.items() if work.kind == "paper"}
