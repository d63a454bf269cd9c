from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dlbib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dlbib.store.seeding import SeedReport

HEAD = "list: {slug: own, title: Own}\napplications:\n"
ONE = "{title: One, year: 2001, url: 'https://example.org/one'}"


@pytest.fixture
def library(library_place: str) -> Iterator[dlbib.Library]:
    """An empty library, in either database."""
    with dlbib.open(library_place, create=False) as opened:
        yield opened


def seed(library: dlbib.Library, folder: Path, text: str) -> SeedReport:
    path = folder / "own.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    (report,) = library.seed(path)
    return report


def test_applications_that_changed_places_keep_their_works(library: dlbib.Library, tmp_path: Path) -> None:
    first, second = (f"  - {{name: {name}, papers: [{ONE}]}}\n" for name in ("Here", "There"))
    seed(library, tmp_path, first + second)
    seed(library, tmp_path, second + first)
    assert [each.slug for each in library.applications()] == ["there", "here"]
    (paper,) = library.papers()
    assert [each.slug for each in paper.applications] == ["there", "here"]


def test_works_that_change_places_in_an_application_stand_in_their_new_order(
    library: dlbib.Library, tmp_path: Path
) -> None:
    for papers in (f"{ONE}, {{title: Two}}", f"{{title: Two}}, {ONE}"):
        seed(library, tmp_path, f"  - {{name: Here, papers: [{papers}]}}\n")
    assert [paper.title for paper in library.papers(application="here")] == ["Two", "One"]


def test_a_work_that_a_list_has_as_paper_and_as_resource_is_cited_as_both(
    library: dlbib.Library, tmp_path: Path
) -> None:
    link = "url: 'https://arxiv.org/abs/1411.4389'"
    text = f"  - {{name: Here, papers: [{{title: One, {link}}}], resources: [{{title: It, {link}}}]}}\n"
    seed(library, tmp_path, text)
    assert not seed(library, tmp_path, text).changed
    (work,) = library.works()
    assert [each.role for each in work.cited] == ["paper", "further reading"]
