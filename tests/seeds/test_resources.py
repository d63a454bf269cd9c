"""The metadata of the resources and of the code equals the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.model.dates import Date
from tests.seeds.facts import Facts, curated, names

if TYPE_CHECKING:
    from dlbib.model.reading_lists import ListedWork


def test_resources_have_the_authors_and_dates_of_the_facts(
    works: dict[str, ListedWork], facts: Facts
) -> None:
    for ref, said in facts["resource_metadata"].items():
        entry = curated(works[ref]).entry
        assert entry.issued == (Date.parse(said["date"]) if "date" in said else None), ref
        assert all(str(name) in said["author"] for name in entry.authors), ref
        assert bool(entry.authors) == ("author" in said), ref


def test_resources_have_every_author(works: dict[str, ListedWork]) -> None:
    assert [str(n) for n in curated(works["R12"]).entry.authors] == [
        "Oriol Vinyals",
        "Alexander Toshev",
        "Samy Bengio",
        "Dumitru Erhan",
    ]
    assert curated(works["R19"]).entry.others == ("author",)


def test_resources_have_the_publishers_of_the_facts(works: dict[str, ListedWork], facts: Facts) -> None:
    for ref, said in facts["resource_metadata"].items():
        publisher = curated(works[ref]).entry.publisher
        assert publisher == (said["publisher"].split(" (")[0] if "publisher" in said else None), ref


def test_resources_are_where_they_are_now(works: dict[str, ListedWork]) -> None:
    for ref, work in works.items():
        if work.kind == "resource":
            (cited,) = (link for link in work.links if link.role == "cited")
            assert curated(work).entry.url == (cited.successor or cited.url), ref


def test_resources_keep_their_cited_title(works: dict[str, ListedWork]) -> None:
    assert all(w.cited[0].title == curated(w).entry.title for w in works.values() if w.kind == "resource")


def test_the_code_is_software_with_its_paper_linked(works: dict[str, ListedWork], facts: Facts) -> None:
    (said,) = facts["other_works"]
    work = works["S01"]
    entry = curated(work).entry
    assert (entry.type, entry.title, entry.year) == (said["types"]["csl"], said["title"], said["year"])
    assert entry.authors == names(said["author"])
    (link,) = (link for link in work.links if link.role == "related paper")
    assert link.text == said["related_paper"]["title"]
    assert link.url.endswith(said["related_paper"]["arxiv"]["id"])
