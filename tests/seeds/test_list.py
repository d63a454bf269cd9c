"""The shipped list is the post: its applications, citations and addresses."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dlbib.formats import reading_list
from dlbib.model.works import Application, Cited, Link
from tests.seeds.facts import Facts, clean

if TYPE_CHECKING:
    from dlbib.model.merging import Record
    from dlbib.model.reading_lists import ListedWork, ReadingList

SEEDS: Final = Path(__file__).parents[2] / "seeds"


def test_the_list_is_the_post(seeded: ReadingList, facts: Facts) -> None:
    post = facts["post"]
    assert (seeded.title, seeded.author, seeded.date, seeded.url) == (
        post["document"],
        post["author"],
        post["date"],
        post["original_url"],
    )


def test_there_are_eight_applications_and_six_examples(seeded: ReadingList) -> None:
    assert Counter(a.section for a in seeded.applications) == {"applications": 8, "additional examples": 6}
    assert [a.position for a in seeded.applications] == list(range(1, 15))


def test_the_counts_are_those_of_the_post(seeded: ReadingList, facts: Facts) -> None:
    counts = facts["counts"]
    cited = Counter(c.role for w in seeded.works for c in w.cited)
    kinds = Counter(w.kind for w in seeded.works)
    assert cited["paper"] == counts["paper_entries_total"] == 28
    assert kinds["paper"] == counts["distinct_papers"] == 27
    assert cited["further reading"] == counts["further_reading_resources"] == 17
    assert cited["more resources"] == counts["more_resources"] == 5
    assert cited["code"] == counts["non_paper_works_in_additional"] == 1
    assert kinds["resource"] == counts["resources_total"] + 1 == 23


def test_the_metadata_counts_are_those_of_the_facts(papers: dict[str, Record], facts: Facts) -> None:
    counts = facts["counts"]
    entries = [record.entry for record in papers.values()]
    assert sum(len(e.authors) for e in entries) == counts["authors_total_positions"] == 137
    assert len({str(n) for e in entries for n in e.authors}) == counts["distinct_author_strings"]
    assert sum(e.doi is not None for e in entries) == counts["papers_with_publisher_doi"] == 14
    assert sum(e.arxiv_id is not None for e in entries) == counts["papers_with_arxiv_id"] == 18


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*")), ids=lambda path: path.name)
def test_everything_that_ships_is_a_reading_list(path: Path) -> None:
    assert reading_list.read(path).slug == path.stem


# --- applications


def test_applications_carry_both_names_of_the_post(seeded: ReadingList, facts: Facts) -> None:
    expected = [(clean(a["overview_name"]), clean(a["heading"])) for a in facts["applications"]]
    assert [(a.name, a.heading) for a in seeded.applications[:8]] == expected


def test_examples_carry_their_line_of_the_post(seeded: ReadingList, facts: Facts) -> None:
    expected = [clean(e["description"]) for e in facts["additional"]["examples"]]
    assert [a.heading for a in seeded.applications[8:]] == expected


def test_a_misprint_stays_in_the_heading_and_not_in_the_name(seeded: ReadingList) -> None:
    (example,) = (a for a in seeded.applications if a.slug == "sketch-inversion")
    assert "turing" in example.heading
    assert "turning" in example.name


def test_every_application_is_described(seeded: ReadingList) -> None:
    assert all(a.description for a in seeded.applications)


def test_no_description_is_the_posts(seeded: ReadingList, shared: Path) -> None:
    post = (shared / "facts" / "post.md").read_text(encoding="utf-8").lower()
    for application in seeded.applications:
        words = re.findall(r"\w+", application.description.lower())
        runs = (" ".join(words[n : n + 6]) for n in range(len(words) - 5))
        assert not [run for run in runs if run in " ".join(re.findall(r"\w+", post))]


def test_aspects_are_the_lists_in_the_text(seeded: ReadingList, facts: Facts) -> None:
    expected = [
        [clean(item) for item in each["items"]]
        for application in facts["applications"]
        for each in application.get("in_body_lists", ())
    ]
    assert [list(aspect.items) for a in seeded.applications for aspect in a.aspects] == expected


def test_links_of_applications_are_credits_and_mentions(seeded: ReadingList, facts: Facts) -> None:
    credited = [link for a in facts["applications"] for link in a.get("in_body_links", ())]
    credited += facts["additional"]["in_body_links"]
    links = [link for a in seeded.applications for link in a.links]
    assert [link.url for link in links] == [each["url"] for each in credited]
    assert [link.role for link in links] == [_role(each["role"]) for each in credited]
    assert all(each["text"] in link.text for link, each in zip(links, credited, strict=True))


def _role(said: str) -> str:
    return "image credit" if said.startswith("image credit") else "mention"


def test_image_credits_have_the_caption_of_their_figure(seeded: ReadingList, facts: Facts) -> None:
    images = [i for a in facts["applications"] for i in a.get("images", ())] + facts["additional"]["images"]
    expected = [f"{i['caption']} ({i['credit_text']})" for i in images if "credit_url" in i]
    assert [x.text for a in seeded.applications for x in a.links if x.role == "image credit"] == expected


# --- citations


def _citations_in(seeded: ReadingList) -> dict[tuple[str, str, int], tuple[str, Cited]]:
    return {
        (c.application, c.role, c.position): (w.records[0].source_id, c)
        for w in seeded.works
        for c in w.cited
    }


def _expected(slug: str, role: str, items: list[Facts]) -> dict[tuple[str, str, int], tuple[str, Cited]]:
    cited = {}
    for position, item in enumerate(items, start=1):
        title = clean(item.get("title_as_printed") or item["title"])
        url = item.get("url_as_printed") or item["url"]
        year = int(item["year_as_printed"]) if "year_as_printed" in item else None
        one = Cited("inspirational-applications", slug, role, position, title, url, year)
        cited[slug, role, position] = (item["ref"], one)
    return cited


def test_every_citation_has_title_year_address_and_place_as_printed(
    seeded: ReadingList, facts: Facts
) -> None:
    expected = _expected("", "more resources", facts["more_resources"]["items"])
    for application, said in zip(seeded.applications[:8], facts["applications"], strict=True):
        expected |= _expected(application.slug, "paper", said["papers"])
        expected |= _expected(application.slug, "further reading", said["further_reading"])
    for application, said in zip(seeded.applications[8:], facts["additional"]["examples"], strict=True):
        role = "code" if said["items"][0]["ref"] == "S01" else "paper"
        expected |= _expected(application.slug, role, said["items"])
    assert _citations_in(seeded) == expected


def test_one_paper_under_two_applications_is_one_paper(works: dict[str, ListedWork]) -> None:
    assert [c.application for c in works["P13"].cited] == ["handwriting-generation", "text-generation"]


def test_the_words_behind_a_resource_are_kept(works: dict[str, ListedWork], facts: Facts) -> None:
    for item in facts["more_resources"]["items"]:
        assert works[item["ref"]].records[0].note == item["trailing_text"].strip(" ,")


def test_extra_links_stand_beside_the_cited_one(works: dict[str, ListedWork], facts: Facts) -> None:
    found = 0
    for item in (p for a in facts["applications"] for p in a["papers"]):
        links = [link for link in works[item["ref"]].links if link.role != "cited"]
        said = item.get("extra_links", [])
        assert [(link.text, link.url) for link in links] == [(each["text"], each["url"]) for each in said]
        assert all(link.text.endswith(link.role) for link in links)
        found += len(links)
    assert found == facts["counts"]["hyperlinks_by_role"]["paper extra (website/webpage)"]


def _links(seeded: ReadingList) -> list[Link]:
    held: list[Application | ListedWork] = [*seeded.applications, *seeded.works]
    return [link for each in held for link in each.links]


def test_addresses_have_the_status_and_successor_that_are_known(seeded: ReadingList, facts: Facts) -> None:
    known = {each["url"]: each for each in facts["link_status"]}
    for link in _links(seeded):
        said = known.get(link.url, {})
        successors = re.findall(r"https?://[^\s)]+", said.get("modern_equivalent", "").split(" (")[0])
        assert link.successor == (successors[-1] if successors else "")
        assert link.status == _status(said.get("status_as_known", ""))


def _status(said: str) -> str:
    if said == "believed dead":
        return "dead"
    return "moved" if said.startswith("moved") or said.endswith("retired") else "unknown"
