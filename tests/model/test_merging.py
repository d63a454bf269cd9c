from __future__ import annotations

from itertools import permutations

import pytest

from dlbib.errors import NotFoundError
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.merging import (
    PRECEDENCE,
    People,
    Record,
    SourceKind,
    assemble,
    field_name,
    merge,
    values,
    why,
)
from dlbib.model.names import Name


def record(
    kind: SourceKind, source_id: str = "1", *, absent: tuple[str, ...] = (), **attributes: object
) -> Record:
    return Record(kind, kind, source_id, Entry.model_validate(attributes), absent=absent)


LISTED = record("reading_list", title="Scalable object detection", issued=Date.parse("2013"))
CURATED = record(
    "curated",
    type="paper-conference",
    title="Scalable Object Detection",
    issued=Date.parse("2014-06"),
    contributors=(
        Contributor("author", Name("Erhan", "Dumitru")),
        Contributor("author", Name("Toshev", "Alexander")),
    ),
    identifiers=(Identifier("doi", "10.1109/CVPR.2014.276"), Identifier("isbn", "978-1-4799-5118-5")),
    extra={"bibtex:x-note": "{verbatim}"},
)
ARXIV = record("arxiv", title="Scalable detection", abstract="Of late", arxiv_category="cs.CV")


def test_what_the_user_says_stands_before_every_other_source() -> None:
    said = [record(kind, title=kind) for kind in reversed(PRECEDENCE)]
    assert merge(said).entry.title == "user"


def test_the_view_does_not_depend_on_the_order_of_the_records() -> None:
    views = {merge(order).entry for order in permutations([LISTED, CURATED, ARXIV])}
    assert len(views) == 1


def test_a_field_that_only_one_source_knows_comes_from_it() -> None:
    merged = merge([LISTED, CURATED, ARXIV])
    assert merged.entry.abstract == "Of late"
    assert merged.winners["abstract"] is ARXIV


def test_arxiv_says_first_what_only_arxiv_knows() -> None:
    publisher = record("publisher", abstract="Shortened", arxiv_category="cs.LG")
    merged = merge([publisher, ARXIV]).entry
    assert (merged.abstract, merged.arxiv_category) == ("Of late", "cs.CV")


def test_a_record_of_another_version_counts_only_where_nobody_else_speaks() -> None:
    version = record("version", title="Other byline", note="Extended")
    merged = merge([version, LISTED]).entry
    assert (merged.title, merged.note) == ("Scalable object detection", "Extended")


def test_a_source_can_say_that_a_work_has_no_such_thing() -> None:
    without = record("curated", absent=("doi",), title="T")
    wrong = record("file", identifiers=(Identifier("doi", "10.1/wrong"),))
    assert merge([wrong, without]).entry.doi is None


def test_the_names_of_one_role_come_whole_from_one_source() -> None:
    other = record(
        "file", contributors=(Contributor("author", Name("Szegedy", "Christian")),), others=("author",)
    )
    merged = merge([other, CURATED]).entry
    assert [name.family for name in merged.authors] == ["Erhan", "Toshev"]
    assert merged.others == ()


def test_assembling_what_an_entry_says_gives_the_entry_back() -> None:
    entry = CURATED.entry
    assert assemble(values(entry)) == entry


def test_the_type_of_what_has_none_is_not_stated() -> None:
    assert "type" not in values(LISTED.entry)


def test_why_shows_every_statement_and_the_winner_first() -> None:
    first, second = why([LISTED, CURATED], "year")
    assert (first.text, first.won, first.record) == ("2014-06", True, CURATED)
    assert (second.text, second.won, second.record) == ("2013", False, LISTED)
    assert first.reason == "checked metadata comes before a reading list"


def test_why_says_so_when_nobody_else_speaks_of_a_field() -> None:
    (only,) = why([LISTED, ARXIV], "abstract")
    assert only.reason == "nobody else speaks of it"


def test_why_without_a_field_speaks_of_all_of_them() -> None:
    assert {s.field for s in why([CURATED])} >= {
        "title",
        "author",
        "doi",
        "isbn",
        "issued",
        "extra:bibtex:x-note",
    }


def test_a_statement_shows_names_and_identifiers_as_people_write_them() -> None:
    texts = {s.field: s.text for s in why([CURATED])}
    assert texts["author"] == "Dumitru Erhan; Alexander Toshev"
    assert texts["isbn"] == "9781479951185"


def test_a_value_of_a_single_source_is_marked() -> None:
    marked = Record("curated", "curated", "1", Entry(title="T", page="1-2"), single_source=("page",))
    assert {s.field: s.single_source for s in why([marked])} == {"title": False, "page": True}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("year", "issued"),
        ("Authors", "author"),
        ("journal", "container_title"),
        ("publisher-place", "publisher_place"),
        ("DOI", "doi"),
    ],
)
def test_fields_go_by_the_names_people_know(typed: str, field: str) -> None:
    assert field_name(typed) == field


def test_an_unknown_field_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="did you mean title"):
        why([CURATED], "titel")


def test_people_say_whether_others_follow() -> None:
    assert str(People((Name("Doe", "Jane"),), others=True)) == "Jane Doe; and others"


def test_what_arxiv_says_of_the_preprint_alone_is_not_said_of_its_publication() -> None:
    preprint = record(
        "arxiv", publisher="arXiv", genre="preprint", issued=Date.parse("2014-11"), abstract="A"
    )
    publication = record("file", type="paper-conference", container_title="CVPR")
    merged = merge([preprint, publication]).entry
    assert (merged.publisher, merged.genre, merged.issued, merged.abstract) == (None, None, None, "A")


@pytest.mark.parametrize("first", ["1", "3"])
def test_of_two_entries_of_files_the_publication_says_what_is_its_own(first: str) -> None:
    preprint = record(
        "file",
        first,
        type="article-journal",
        container_title="arXiv preprint arXiv:1411.4389",
        issued=Date.parse("2014"),
        note="Read",
    )
    publication = record("file", "2", type="paper-conference", page="1-9", issued=Date.parse("2015"))
    merged = merge([preprint, publication]).entry
    assert (merged.type, merged.container_title, merged.year) == ("paper-conference", None, 2015)
    assert merged.note == "Read"
    reasons = {each.reason for each in why([preprint, publication], "issued")}
    assert reasons == {"a publication comes before its preprint"}


def test_where_a_publication_lacks_its_date_the_reading_lists_year_counts_before_the_preprints() -> None:
    preprint = record("arxiv", issued=Date.parse("2014-11"))
    publication = record("file", container_title="CVPR")
    first, second = why([preprint, publication, record("reading_list", issued=Date.parse("2015"))], "year")
    assert (first.text, first.won, first.reason) == ("2015", True, "nobody else speaks of this version")
    assert (second.text, second.won) == ("2014-11", False)
    assert second.reason == "it speaks of the preprint, not of its publication"


def test_a_journal_that_the_user_adds_takes_no_date_away() -> None:
    merged = merge([record("arxiv", issued=Date.parse("2014-11")), record("user", container_title="CVPR")])
    assert merged.entry.year == 2014


def test_of_another_version_nothing_wins_though_nobody_else_speaks() -> None:
    (only,) = why([record("version", note="Extended"), record("file", title="T")], "note")
    assert (only.won, only.reason) == (False, "it speaks of another version of the work")
