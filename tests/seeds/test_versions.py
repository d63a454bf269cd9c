"""What is said of other versions of a paper stays apart from what is said of the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dlbib.model.merging import merge, values
from tests.seeds.facts import Facts, curated, versions

if TYPE_CHECKING:
    from dlbib.model.reading_lists import ListedWork


def test_the_three_author_orders_of_one_paper_are_three_records(
    works: dict[str, ListedWork], facts: Facts
) -> None:
    (said,) = (p for p in facts["papers"] if p["ref"] == "P17")
    orders = [[name.replace("Jeff(rey)", "Jeff") for name in each] for each in said["author_orders"].values()]
    records = [curated(works["P17"]), *versions(works["P17"])]
    assert [[str(name) for name in record.entry.authors] for record in records] == orders


@pytest.mark.parametrize("ref", ["P09", "P15", "P17"])
def test_a_later_article_is_a_version_with_its_own_doi(
    works: dict[str, ListedWork], facts: Facts, ref: str
) -> None:
    (said,) = (p for p in facts["papers"] if p["ref"] == ref)
    (later,) = said["related_versions"]
    (entry,) = (r.entry for r in versions(works[ref]) if r.entry.type == "article-journal")
    assert (
        entry.container_title,
        entry.volume,
        entry.issue,
        entry.page,
        entry.year,
        entry.extra["related:doi"],
    ) == (
        later["venue"],
        later["volume"],
        later["issue"],
        later["pages"],
        later["year"],
        later["doi"],
    )


def test_no_version_lends_the_work_its_doi(works: dict[str, ListedWork]) -> None:
    for work in works.values():
        doi = curated(work).entry.doi
        assert all(record.entry.doi in {None, doi} for record in versions(work))


def test_other_pages_and_other_titles_are_versions(works: dict[str, ListedWork], facts: Facts) -> None:
    said = {p["ref"]: p for p in facts["papers"]}
    (pages,), (title,) = versions(works["P11"]), versions(works["P26"])
    assert said["P11"]["venue"]["pages_alternative"].startswith(pages.entry.page or "?")
    assert title.entry.title == said["P26"]["arxiv"]["title_on_arxiv"]["v1"]


def test_the_merged_view_is_the_curated_record(works: dict[str, ListedWork]) -> None:
    """What the list cites and what other versions say fills nothing but a missing address."""
    for ref, work in works.items():
        said = values(curated(work).entry)
        merged = values(merge(work.records).entry)
        assert {field: merged[field] for field in said} == said, ref
        assert merged.keys() - said.keys() <= {"url"}, ref
