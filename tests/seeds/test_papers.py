"""The metadata of the 27 papers equals the facts, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from dlbib.model.dates import Date
from dlbib.model.identifiers import Identifier
from tests.seeds.facts import Facts, curated, names

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.model.merging import Record
    from dlbib.model.reading_lists import ListedWork


REFS: Final = [f"P{n:02}" for n in range(1, 28)]


@pytest.fixture(params=REFS)
def said(request: pytest.FixtureRequest, facts: Facts) -> Facts:
    """What the facts say of one paper."""
    (found,) = (p for p in facts["papers"] if p["ref"] == request.param)
    return dict(found)


@pytest.fixture
def record(said: Facts, papers: dict[str, Record]) -> Record:
    return papers[said["ref"]]


@pytest.fixture
def entry(record: Record) -> Entry:
    return record.entry


def test_title_is_the_published_one(entry: Entry, said: Facts) -> None:
    assert entry.title == said["title"]


def test_authors_stand_in_the_published_order_and_spelling(entry: Entry, said: Facts) -> None:
    assert entry.authors == names(said["authors"])
    assert [str(name) for name in entry.authors] == [a["display"] for a in said["authors"]]


def test_editors_stand_as_in_the_volume(entry: Entry, said: Facts) -> None:
    assert [str(name) for name in entry.editors] == said["venue"].get("editors", [])


TYPES: Final = {
    "article (preprint)": "article",
    "article-magazine or article-journal": "article-journal",
}


def test_type_is_csls(entry: Entry, said: Facts) -> None:
    csl = said["types"]["csl"]
    assert entry.type == TYPES.get(csl, csl)


def test_year_and_date_are_those_of_the_publication(entry: Entry, said: Facts) -> None:
    assert entry.year == said["year_published"]
    if said["venue"]["kind"].startswith(("journal", "preprint")):
        assert entry.issued == Date.parse(said["venue"]["dates"].removesuffix(" (issue)"))
    elif "month" in said["venue"]:
        assert entry.issued == Date.parse("2014-10")
    else:
        assert entry.issued == Date.parse(str(said["year_published"]))


def test_online_date_stands_beside_the_issue(entry: Entry, said: Facts) -> None:
    online = said.get("dates_detail", {}).get("published_online", {}).get("value")
    assert entry.available_date == (Date.parse(online) if online else None)


def test_volume_issue_and_pages_are_the_facts(entry: Entry, said: Facts) -> None:
    venue = said["venue"]
    assert (entry.volume, entry.issue, entry.page) == (
        venue.get("volume"),
        venue.get("issue"),
        venue.get("pages"),
    )


def test_venue_is_the_facts(entry: Entry, said: Facts) -> None:
    venue = said["venue"]
    if entry.type == "article":
        assert (entry.publisher, entry.genre, entry.container_title) == ("arXiv", "preprint", None)
    elif entry.type == "report":
        assert (entry.collection_title, entry.container_title) == (venue["name"], None)
    else:
        assert _spelled_out(entry) == venue["name"]
        assert entry.container_title_short == venue["short"]


def _spelled_out(entry: Entry) -> str:
    """The container as the facts have it, with what the entry keeps in other fields put back."""
    container = entry.container_title or ""
    if container.startswith("Advances"):
        return f"{container} {entry.volume} ({entry.container_title_short})"
    if "International Conference on Machine Learning" in container:
        return f"{container} ({entry.container_title_short})"
    if entry.event_title == "14th European Conference on Computer Vision":
        return container.replace(", Part", f" ({entry.event_title}), Part")
    return container


def test_event_is_the_facts(entry: Entry, said: Facts) -> None:
    venue = said["venue"]
    if entry.type == "paper-conference":
        assert (entry.event_place, entry.event_date) == (venue["place"], Date.parse(venue["dates"]))
        assert (entry.event_title or "") in f"{venue['name']} {venue['short']}"
    else:
        assert (entry.event_title, entry.event_place, entry.event_date) == (None, None, None)


def test_series_is_the_facts(entry: Entry, said: Facts) -> None:
    series = said["venue"].get("series", "")
    if entry.type == "paper-conference":
        assert (entry.collection_title or "") == series.split(" (")[0]


def test_publisher_and_place_are_apart(entry: Entry, said: Facts) -> None:
    name, _, rest = said.get("publisher", {"name": "arXiv"})["name"].partition(" (")
    place = rest.removesuffix(")")
    assert entry.publisher == name
    assert entry.publisher_place == (place if place in {"Cham", "Madison, WI, USA"} else None)


def test_doi_is_the_publishers_or_said_to_be_absent(record: Record, said: Facts) -> None:
    assert record.entry.doi == said.get("doi")
    assert ("doi" in record.absent) == ("doi" not in said)


def test_arxiv_id_has_the_version_that_is_linked(entry: Entry, said: Facts) -> None:
    arxiv = said.get("arxiv", {})
    found = entry.identifier("arxiv")
    expected = f"{arxiv['id']}{arxiv.get('version_linked_in_post', '')}" if arxiv else None
    assert (found.value if found else None) == expected
    assert entry.arxiv_category == arxiv.get("primary_category")


def test_preprints_are_numbered_by_arxiv(entry: Entry, said: Facts) -> None:
    if entry.type == "article":
        assert entry.number == f"arXiv:{said['arxiv']['id']}"


def test_isbn_issn_and_pmid_are_the_facts(entry: Entry, said: Facts) -> None:
    expected = [Identifier("isbn", each["value"]) for each in said.get("isbn", ())]
    # The one ISSN that fails its own check digit is kept as printed.
    printed = [each["value"] for each in said.get("issn", ()) if each["value"] != "1938-7228"]
    expected += [Identifier("issn", value) for value in printed]
    expected += [
        Identifier("pmid", v.split()[0]) for k, v in said.get("other_ids", {}).items() if k == "pmid"
    ]
    found = [i for i in entry.identifiers if i.scheme in {"isbn", "issn", "pmid"}]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_url_is_where_the_paper_is_now(entry: Entry, said: Facts) -> None:
    assert entry.url == (None if "doi.org" in said["modern_url"] else said["modern_url"])


UNCERTAIN: Final = {
    "arxiv.primary_category": "arxiv_category",
    "dates": "event_date",
    "place": "event_place",
    "part III": "container_title",
    "part IV": "container_title",
    "Part I": "container_title",
    "publisher.confidence": "publisher",
    "doi": "doi",
}


def test_what_one_source_says_is_marked(record: Record, said: Facts) -> None:
    uncertain = {UNCERTAIN[each] for each in said.get("uncertain", ()) if each in UNCERTAIN}
    if "general knowledge" in said.get("other_ids", {}).get("pmid", ""):
        uncertain.add("pmid")
    assert set(record.single_source) == uncertain


def test_the_preprints_history_is_in_the_note(record: Record, said: Facts) -> None:
    arxiv = said.get("arxiv", {})
    uncertain = said.get("uncertain", ())
    assert ("first posted" in record.note) == bool(arxiv)
    if "first_posted_date" in arxiv:
        mark = " (one source)" if "arxiv.first_posted_date" in uncertain else ""
        assert f"first posted {arxiv['first_posted_date']}{mark};" in record.note
    if arxiv.get("latest_version", "v1") != "v1":
        mark = " (one source)" if "arxiv.latest_version" in uncertain else ""
        assert f"{arxiv['latest_version']} of {arxiv['latest_version_date']}{mark}." in record.note


def test_cited_words_and_published_ones_stand_side_by_side(
    works: dict[str, ListedWork], facts: Facts
) -> None:
    pairs = {ref: (w.records[0].entry, curated(w).entry) for ref, w in works.items() if w.kind == "paper"}
    titles = [ref for ref, (cited, published) in pairs.items() if cited.title != published.title]
    years = [ref for ref, (cited, published) in pairs.items() if cited.year != published.year]
    assert sorted(titles) == facts["counts"]["title_in_post_differs_from_published"]
    assert sorted(years) == facts["counts"]["year_in_post_differs_from_issued"]
