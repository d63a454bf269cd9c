"""What a well-formed reading list gives."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.formats import reading_list
from dlbib.model.entry import Entry
from dlbib.model.works import Aspect, Cited, Link

if TYPE_CHECKING:
    from dlbib.model.reading_lists import ListedWork, ReadingList

HEAD = "list: {slug: mine, title: Mine}\n"
HOWTO = Path(__file__).parents[3] / "docs" / "howto" / "add-a-reading-list.md"


def parsed(text: str) -> ReadingList:
    return reading_list.parse(HEAD + text)


def only_work(text: str) -> ListedWork:
    (work,) = parsed(text).works
    return work


# --- the least there is to write -------------------------------------------------------------------


def test_a_title_is_enough_for_an_item() -> None:
    work = only_work("papers:\n  - title: A Title\n")
    assert work.cited == (Cited("mine", "", "paper", 1, "A Title"),)
    assert work.records[0].entry == Entry(title="A Title")
    assert work.links == ()


def test_a_name_is_enough_for_an_application() -> None:
    (application,) = parsed("applications:\n  - name: Image Captioning\n").applications
    assert (application.slug, application.name, application.heading, application.section) == (
        "image-captioning",
        "Image Captioning",
        "Image Captioning",
        "applications",
    )


def test_the_list_tells_of_itself() -> None:
    head = "list: {slug: a-1, title: B, author: C, date: 2016-07-14, url: 'https://x.org/'}\npapers: [{title: T}]\n"
    given_list = reading_list.parse(head)
    assert (given_list.slug, given_list.title, given_list.author, given_list.date, given_list.url) == (
        "a-1",
        "B",
        "C",
        "2016-07-14",
        "https://x.org/",
    )


@pytest.mark.parametrize(
    "text", ["No", "1984", "2014-12", "0x1F", "1e3", "~", "null", "yes", "12:30:45", "2001-01-01"]
)
def test_a_text_stays_the_text_it_is(text: str) -> None:
    assert only_work(f"papers:\n  - title: {text}\n").records[0].entry.title == text


def test_a_key_without_a_value_is_as_good_as_absent() -> None:
    assert only_work("papers:\n  - title: T\n    year:\n    url:\n    links:\n") == only_work(
        "papers: [{title: T}]"
    )


def test_white_space_is_plain_and_unicode_composed() -> None:
    work = only_work('papers:\n  - title: "Modeling\\u00a0in   a\\n  Gu\\u0308rtel"\n')
    assert work.cited[0].title == "Modeling in a Gürtel"


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    text = "list: {slug: mine, title: Mine}\npapers:\n  - title: T\n"
    assert reading_list.parse("\ufeff" + text.replace("\n", "\r\n")) == reading_list.parse(text)


# --- applications ------------------------------------------------------------------------------------

APPLICATIONS = """
applications:
  - name: One
    slug: first
    heading: The One
    section: main
    description: What it is.
    aspects: [{name: Parts, items: [a, b]}]
    links: [{url: "http://x.org", role: image credit, text: Figure, status: moved, successor: "http://y.org"}]
    papers: [{title: A, year: 2014}, {title: B}]
    resources: [{title: C}, {title: D, role: code}, {title: E}]
  - name: Two
    papers: [{title: A, year: 2014}]
resources: [{title: F}]
"""


def test_applications_stand_in_the_order_of_the_list() -> None:
    assert [(a.slug, a.position) for a in parsed(APPLICATIONS).applications] == [("first", 1), ("two", 2)]


def test_an_application_counts_its_works() -> None:
    assert [(a.papers, a.resources) for a in parsed(APPLICATIONS).applications] == [(2, 3), (1, 0)]


def test_an_application_keeps_what_is_said_of_it() -> None:
    first = parsed(APPLICATIONS).applications[0]
    assert (first.heading, first.section, first.description) == ("The One", "main", "What it is.")
    assert first.aspects == (Aspect("Parts", ("a", "b")),)
    assert first.links == (Link("http://x.org", "image credit", "Figure", "moved", "http://y.org"),)


def test_places_are_counted_by_role() -> None:
    places = [(c.application, c.role, c.position) for w in parsed(APPLICATIONS).works for c in w.cited]
    assert places == [
        ("first", "paper", 1),
        ("two", "paper", 1),
        ("first", "paper", 2),
        ("first", "further reading", 1),
        ("first", "code", 1),
        ("first", "further reading", 2),
        ("", "more resources", 1),
    ]


def test_papers_and_resources_are_kinds_of_their_own() -> None:
    assert [w.kind for w in parsed(APPLICATIONS).works] == [
        "paper",
        "paper",
        "resource",
        "resource",
        "resource",
        "resource",
    ]


# --- whole lists -------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=30).filter(
    lambda text: " ".join(text.split()) == text != ""
)
ITEMS = st.fixed_dictionaries({"title": TEXTS}, optional={"year": st.integers(1000, 9999), "note": TEXTS})


@given(papers=st.lists(ITEMS, min_size=1, max_size=5))
@settings(max_examples=50)
def test_every_item_is_cited_once_where_it_stands(papers: list[dict[str, object]]) -> None:
    """Whatever a YAML writer makes of the texts."""
    content = {"list": {"slug": "mine", "title": "Mine"}, "papers": papers}
    works = reading_list.parse(yaml.safe_dump(content, allow_unicode=True)).works
    cited = {c.position: c for w in works for c in w.cited}
    expected = [(unicodedata.normalize("NFC", str(p["title"])), p.get("year")) for p in papers]
    assert [(unicodedata.normalize("NFC", cited[n].title), cited[n].year) for n in sorted(cited)] == expected


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + APPLICATIONS, encoding="utf-8")
    assert reading_list.read(path) == reading_list.read(str(path)) == parsed(APPLICATIONS)


@pytest.mark.parametrize(
    "sample", re.findall(r"```yaml\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL)
)
def test_the_lists_of_the_how_to_can_be_read(sample: str) -> None:
    assert reading_list.parse(sample).works
