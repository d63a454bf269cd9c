"""Which works a reading list has, and what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dlbib.formats import reading_list
from dlbib.formats.reading_list.shape import EntryShape
from dlbib.model.dates import Date
from dlbib.model.entry import Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from dlbib.model.works import Link

if TYPE_CHECKING:
    from dlbib.model.reading_lists import ListedWork, ReadingList

HEAD = "list: {slug: mine, title: Mine}\n"


def parsed(text: str) -> ReadingList:
    return reading_list.parse(HEAD + text)


def only_work(text: str) -> ListedWork:
    (work,) = parsed(text).works
    return work


def curated(entry: str) -> Entry:
    """The entry of the record whose YAML mapping is ``entry``."""
    work = only_work(f"papers: [{{title: T, ref: P}}]\nrecords: {{P: [{{entry: {{{entry}}}}}]}}")
    return work.records[1].entry


# --- which items are one work ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{title: A, ref: P}", "{title: A, ref: P, year: 2014}"),
        ("{title: A, year: 2014}", "{title: a., year: 2014}"),
        ("{title: A, url: 'http://arxiv.org/pdf/1411.4389v4.pdf'}", "{title: B, url: 'https://arxiv.org/abs/1411.4389'}"),
        ("{title: A, url: 'https://doi.org/10.1109/X.1'}", "{title: A, url: 'http://dx.doi.org/10.1109/x.1', year: 2014}"),
        ("{title: A, url: 'http://arxiv.org/abs/1411.4389'}", "{title: A}"),
        ("{title: A, ref: P, url: 'http://arxiv.org/abs/1411.4389'}", "{title: B, url: 'http://arxiv.org/abs/1411.4389'}"),
    ],
)  # fmt: skip
def test_two_citations_of_one_work_are_one_work_in_two_places(one: str, other: str) -> None:
    work = only_work(f"applications: [{{name: X, papers: [{one}]}}, {{name: Y, papers: [{other}]}}]")
    assert [c.application for c in work.cited] == ["x", "y"]
    assert [r.kind for r in work.records] == ["reading_list"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{title: A, ref: P}", "{title: A, ref: Q}"),
        ("{title: A, year: 2014}", "{title: A, year: 2015}"),
        ("{title: Part I}", "{title: Part II}"),
        (
            "{title: A, url: 'http://arxiv.org/abs/1411.4389'}",
            "{title: A, url: 'http://arxiv.org/abs/1411.4390'}",
        ),
        ("{title: '???'}", "{title: '!!!'}"),
    ],
)
def test_what_differs_stays_two_works(one: str, other: str) -> None:
    assert len(parsed(f"papers: [{one}, {other}]").works) == 2


def test_a_work_without_ref_is_known_by_its_identifier_or_its_words() -> None:
    text = "papers: [{title: A, url: 'http://arxiv.org/abs/1411.4389v4'}, {title: 'Ä Title!', year: 2014}]"
    assert [w.records[0].source_id for w in parsed(text).works] == [
        "paper arxiv:1411.4389",
        "paper title:a title 2014",
    ]


def test_a_very_long_title_gives_a_short_source_id() -> None:
    ids = [
        w.records[0].source_id
        for w in parsed(f"papers: [{{title: {'x' * 5000}}}, {{title: {'x' * 5001}}}]").works
    ]
    assert len(set(ids)) == 2
    assert max(map(len, ids)) < 300


# --- what the list says of a work --------------------------------------------------------------------


def test_the_citation_is_a_record_of_the_list() -> None:
    record = only_work("papers: [{title: A, year: 2014, ref: P, note: read twice}]").records[0]
    assert (record.kind, record.source, record.source_id) == ("reading_list", "reading list mine", "P")
    assert record.entry == Entry(title="A", issued=Date.parse("2014"))
    assert record.note == "read twice"


def test_identifiers_are_found_in_the_cited_address() -> None:
    entry = only_work("papers: [{title: A, url: 'http://arxiv.org/pdf/1411.4389v4.pdf'}]").records[0].entry
    assert entry.identifiers == (
        Identifier("arxiv", "1411.4389v4"),
        Identifier("url", "http://arxiv.org/pdf/1411.4389v4.pdf"),
    )


def test_the_address_stands_as_cited_whatever_its_canonical_form() -> None:
    work = only_work("papers: [{title: A, url: 'HTTP://WWW.X.org/A%20b'}]")
    assert work.cited[0].url == work.links[0].url == "HTTP://WWW.X.org/A%20b"


def test_a_resource_with_an_address_is_a_web_page() -> None:
    work = only_work("resources: [{title: A, url: 'http://x.org/'}]")
    assert work.records[0].entry.type == "webpage"


def test_links_are_the_cited_address_and_what_goes_with_it() -> None:
    work = only_work(
        "papers: [{title: A, url: 'http://x.org/', status: dead, successor: 'http://y.org/',"
        " links: [{url: 'http://z.org/'}]}]"
    )
    assert work.links == (
        Link("http://x.org/", "cited", "", "dead", "http://y.org/"),
        Link("http://z.org/", "website"),
    )


def test_the_same_link_at_two_places_is_one() -> None:
    item = "{title: A, ref: P, url: 'http://x.org/'}"
    work = only_work(f"applications: [{{name: X, papers: [{item}]}}, {{name: Y, papers: [{item}]}}]")
    assert len(work.links) == 1


# --- records -----------------------------------------------------------------------------------------


def test_records_keep_their_order_kind_source_and_marks() -> None:
    work = only_work("""
papers: [{title: T, ref: P}]
records:
  P:
    - note: checked
      single_source: [year, pages]
      absent: doi
      entry: {title: Title, issued: 2015, page: 1-2}
    - {kind: version, source: TPAMI, entry: {title: Title, volume: 39}}
""")
    first, second = work.records[1:]
    assert (first.kind, first.source, first.source_id, first.note) == (
        "curated",
        "curated",
        "mine/P",
        "checked",
    )
    assert (first.single_source, first.absent) == (("issued", "page"), ("doi",))
    assert (second.kind, second.source, second.source_id) == ("version", "TPAMI", "mine/P")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (
            "{family: Merriënboer, given: Bart, non_dropping_particle: van}",
            Name("Merriënboer", "Bart", "", "van"),
        ),
        ("'van Merriënboer, Bart'", Name("Merriënboer", "Bart", "", "van")),
        ("Bart van Merriënboer", Name("Merriënboer", "Bart", "", "van")),
        ("'{Google DeepMind}'", Name(literal="Google DeepMind")),
        ("{literal: Google DeepMind}", Name(literal="Google DeepMind")),
        ("'King, Jr., Martin'", Name("King", "Martin", suffix="Jr.")),
    ],
)
def test_a_name_is_its_parts_or_a_text(written: str, name: Name) -> None:
    assert curated(f"author: [{written}]").authors == (name,)


def test_names_in_one_text_are_parted_by_and() -> None:
    assert curated("author: 'Karpathy, Andrej and Fei-Fei, Li'").authors == (
        Name("Karpathy", "Andrej"),
        Name("Fei-Fei", "Li"),
    )


def test_roles_and_others_come_through() -> None:
    entry = curated("author: Kim, others: [author], editor: [Leibe, Matas]")
    assert (entry.authors, entry.others, entry.editors) == (
        (Name("Kim"),),
        ("author",),
        (Name("Leibe"), Name("Matas")),
    )


def test_identifiers_are_canonical() -> None:
    entry = curated(
        "doi: 'https://doi.org/10.1109/X.1', isbn: [978-1-4673-6964-0], arxiv: 'arXiv:1411.4389v4'"
    )
    assert entry.identifiers == (
        Identifier("doi", "10.1109/X.1"),
        Identifier("arxiv", "1411.4389v4"),
        Identifier("isbn", "9781467369640"),
    )


def test_dates_texts_keywords_and_extra_come_through() -> None:
    entry = curated("issued: 2015-09/2015-10, volume: 30, keywords: [a, b], extra: {'csl:x-y': z}")
    assert (entry.issued, entry.volume, entry.keywords, dict(entry.extra)) == (
        Date.parse("2015-09/2015-10"),
        "30",
        ("a", "b"),
        {"csl:x-y": "z"},
    )


def test_everything_an_entry_can_hold_can_be_written() -> None:
    unwritable = {"key", "aliases", "contributors", "identifiers"}
    written = {name for name in Entry.model_fields if name not in unwritable}
    assert written <= set(EntryShape.model_fields)
