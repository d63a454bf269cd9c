from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

import dlbib
from dlbib.errors import ConflictError, InvalidQueryError, LibraryMissingError, NotFoundError
from dlbib.library import opened
from dlbib.model.names import Name
from dlbib.store import models
from dlbib.store.models import Paper, Work

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from dlbib.library.choosing import Filters


# --- seeding -----------------------------------------------------------------------------------------


def test_seeding_gives_the_whole_post(library: dlbib.Library) -> None:
    kinds = [resource.type for resource in library.resources()]
    assert (len(library.applications()), len(library.papers()), len(kinds)) == (14, 27, 23)
    assert library.get("champandard2016neural").type == "software"


def test_seeding_again_changes_nothing(library: dlbib.Library) -> None:
    before = [paper.model_dump_json() for paper in library.papers()]
    (report,) = library.seed()
    assert not report.changed
    assert [paper.model_dump_json() for paper in library.papers()] == before


def test_seeding_again_keeps_what_a_user_edited(library: dlbib.Library) -> None:
    library.edit("karpathy2015deep", title="My own words", doi=None)
    library.seed()
    paper = library.get("karpathy2015deep")
    assert (paper.title, paper.doi) == ("My own words", None)


def test_a_paper_under_two_applications_is_one_paper(library: dlbib.Library) -> None:
    paper = library.get("graves2013generating")
    assert [a.slug for a in paper.applications] == ["handwriting-generation", "text-generation"]
    assert len(paper.cited) == 2


def test_a_list_of_ones_own_is_seeded_beside_the_others_and_shares_their_works(
    library: dlbib.Library, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        """
list: {slug: own, title: My own list}
applications:
  - slug: reading-group
    name: What we read
    papers:
      - {title: Playing Atari, year: 2013, url: "https://arxiv.org/abs/1312.5602"}
      - {title: Something else entirely, year: 2020}
""",
        encoding="utf-8",
    )
    (report,) = library.seed(own)
    assert report.counts["papers"]["added"] == 1
    assert {a.slug for a in library.get("mnih2013playing").applications} == {"game-playing", "reading-group"}
    assert [p.title for p in library.papers(application="reading-group")] == [
        "Playing Atari with Deep Reinforcement Learning",
        "Something else entirely",
    ]


# --- asking ------------------------------------------------------------------------------------------


def test_papers_of_an_application_stand_in_the_order_of_the_list(library: dlbib.Library) -> None:
    assert [paper.key for paper in library.papers(application="image-captioning")] == [
        "karpathy2015deep",
        "mao2014explain",
        "donahue2015long",
        "kiros2014unifying",
        "venugopalan2015sequence",
    ]


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({"author": "gucluturk"}, ["gucluturk2016convolutional"]),
        ({"year": (2011, 2012)}, ["hinton2012deep", "krizhevsky2012imagenet", "sutskever2011generating"]),
        ({"year": 2011}, ["sutskever2011generating"]),
        ({"type": "report"}, ["hwang2016image"]),
        ({"has": "pmid"}, ["mnih2015human", "silver2016mastering"]),
        ({"text": "video text"}, ["venugopalan2015sequence"]),
        ({"author": ["Zong", "Lier"]}, ["gucluturk2016convolutional", "zhang2015deep"]),
    ],
)
def test_papers_are_found_by_what_is_known_of_them(
    library: dlbib.Library, filters: Filters, keys: list[str]
) -> None:
    assert [paper.key for paper in library.papers(**filters)] == keys


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("author:graves year:..2013", ["graves2013generating", "mnih2013playing"]),
        ("author:hinton -year:2012", ["sutskever2011generating"]),
        ("arxiv:1411.4389 or doi:https://doi.org/10.1038/NATURE14236", ["donahue2015long", "mnih2015human"]),
        ("venue:nature", ["mnih2015human", "silver2016mastering"]),
        ("year:>=2016 type:article-journal", ["silver2016mastering"]),
        ('title:"video to text"', ["venugopalan2015sequence"]),
        ("Merrienboer", ["cho2014learning"]),
    ],
)
def test_papers_are_found_by_query(library: dlbib.Library, query: str, keys: list[str]) -> None:
    assert [paper.key for paper in library.papers(query)] == keys


@pytest.mark.parametrize(
    "text",
    [
        "deep-learning",
        "C++",
        "O'Brien",
        "AND",
        "title:",
        "(x",
        "-x",
        '"',
        "*",
        "a* OR b",
        "NEAR(a b)",
        "🙂",
        "\x00",
        "%",
        "_",
        "x" * 10_000,
    ],
)
def test_any_text_can_be_looked_for(library: dlbib.Library, text: str) -> None:
    assert isinstance(library.papers(text=text), list)


def test_a_query_tells_papers_from_resources(library: dlbib.Library) -> None:
    assert len(library.works("kind:paper")) == 27
    assert len(library.export("kind:resource", application="image-captioning")[1].keys) == 2


def test_wildcards_of_the_database_are_plain_text(library: dlbib.Library) -> None:
    assert library.papers("venue:%") == []
    assert library.papers("publisher:_") == []


@pytest.mark.parametrize("query", ["nosuch:x", "year:soon", "doi:nonsense", "type:articel", "has:everything"])
def test_a_term_that_means_nothing_is_refused(library: dlbib.Library, query: str) -> None:
    with pytest.raises(InvalidQueryError):
        library.papers(query)


def test_an_unknown_application_names_the_nearest(library: dlbib.Library) -> None:
    with pytest.raises(NotFoundError, match="image-captioning"):
        library.papers(application="image-caption")


def test_an_unknown_key_names_the_nearest(library: dlbib.Library) -> None:
    with pytest.raises(NotFoundError, match="mnih2015human"):
        library.get("mnih2015humen")


def test_a_key_is_found_whatever_its_case(library: dlbib.Library) -> None:
    assert library.get("MNIH2015Human").key == "mnih2015human"


def test_values_stay_when_the_library_is_closed(library: dlbib.Library) -> None:
    papers = library.papers(application="game-playing")
    library.close()
    assert papers[1].applications[0].name == "Automatic Game Playing"
    assert len(papers[1].authors) == 19


def test_title_and_year_as_cited_stand_beside_title_and_date(library: dlbib.Library) -> None:
    paper = library.get("erhan2014scalable")
    assert (paper.year, paper.cited[0].year) == (2014, 2013)


# --- records and why ---------------------------------------------------------------------------------


def test_why_shows_the_list_and_the_curated_metadata(library: dlbib.Library) -> None:
    statements = library.why("erhan2014scalable", "year")
    assert [(s.record.kind, s.text, s.won) for s in statements] == [
        ("curated", "2014", True),
        ("reading_list", "2013", False),
    ]


def test_three_author_orders_of_one_paper_are_kept_apart(library: dlbib.Library) -> None:
    orders = [s.text for s in library.why("donahue2015long", "authors")]
    assert len(set(orders)) == 3


# --- editing -----------------------------------------------------------------------------------------


def test_an_edit_wins_and_why_says_so(library: dlbib.Library) -> None:
    work = library.edit("erhan2014scalable", year=2015, author="Erhan, Dumitru and others")
    assert (work.year, work.authors, work.others) == (2015, (Name("Erhan", "Dumitru"),), ("author",))
    assert library.why("erhan2014scalable", "year")[0].record.kind == "user"


def test_an_edit_through_the_orm_is_recorded_as_the_users(library: dlbib.Library) -> None:
    with library.session() as session:
        paper = session.scalars(select(Paper).where(Paper.key == "erhan2014scalable")).one()
        paper.title = "Changed by hand"
    first, *_ = library.why("erhan2014scalable", "title")
    assert (first.text, first.record.kind) == ("Changed by hand", "user")
    assert library.papers(text="changed hand")[0].key == "erhan2014scalable"


def test_a_work_added_through_the_orm_gets_a_key_and_a_record(library: dlbib.Library) -> None:
    with library.session() as session:
        session.add(Paper(title="A thing of one's own", issued="2020"))
    (paper,) = library.papers('title:"one\'s own"')
    assert (paper.key, paper.year) == ("thing2020", 2020)
    assert library.records(paper.key)[0].kind == "user"


def test_an_identifier_of_another_work_is_refused(library: dlbib.Library) -> None:
    with pytest.raises(ConflictError, match="mnih2015human"):
        library.edit("silver2016mastering", doi="10.1038/NATURE14236")
    assert library.get("silver2016mastering").doi == "10.1038/nature16961"


def test_an_unknown_field_is_refused(library: dlbib.Library) -> None:
    with pytest.raises(NotFoundError, match="title"):
        library.edit("silver2016mastering", titel="x")


def test_tags_group_works(library: dlbib.Library) -> None:
    assert library.tag("silver2016mastering", "read", "Go") == ("Go", "read")
    assert [p.key for p in library.papers(tag="go")] == ["silver2016mastering"]
    assert library.untag("silver2016mastering", "GO") == ("read",)


def test_a_removed_work_leaves_its_key_taken(library: dlbib.Library) -> None:
    with library.session() as session:
        session.delete(session.scalars(select(Work).where(Work.key == "silver2016mastering")).one())
    library.seed()
    assert [p.key for p in library.papers("title:mastering")] == ["silver2016masteringa"]


# --- exporting ---------------------------------------------------------------------------------------


def test_an_export_is_the_same_bytes_every_time(library: dlbib.Library) -> None:
    assert library.export() == library.export()


def test_the_extension_chooses_the_format(library: dlbib.Library, tmp_path: Path) -> None:
    report = library.export_file(tmp_path / "refs.json", application="game-playing")
    items = json.loads((tmp_path / "refs.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in items] == list(report.keys)


def test_only_what_is_cited_is_written_and_what_is_lacking_is_named(
    library: dlbib.Library, tmp_path: Path
) -> None:
    document = tmp_path / "thesis.tex"
    document.write_text(
        "One \\cite{mnih2015human}\nand \\cite{nobody1999, cho2014learning}\n", encoding="utf-8"
    )
    text, report = library.export(cited_in=document)
    assert report.keys == ("mnih2015human", "cho2014learning")
    (missing,) = [p for p in report.problems if p.severity == "error"]
    assert (missing.key, missing.source, missing.line) == ("nobody1999", str(document), 2)
    assert text.count("@") == 2


def test_a_work_is_written_under_the_key_that_the_document_cites(
    library: dlbib.Library, tmp_path: Path
) -> None:
    document = tmp_path / "thesis.aux"
    document.write_text("\\citation{Mnih2015Human}\n", encoding="utf-8")
    text, report = library.export(cited_in=document)
    assert report.keys == ("Mnih2015Human",)
    assert "{Mnih2015Human," in text


def test_citing_everything_writes_everything(library: dlbib.Library, tmp_path: Path) -> None:
    document = tmp_path / "thesis.aux"
    document.write_text("\\citation{*}\n\\citation{mnih2015human}\n", encoding="utf-8")
    assert len(library.export(cited_in=document)[1].keys) == 50


def test_keys_choose_what_is_written_in_their_order(library: dlbib.Library) -> None:
    keys = ["silver2016mastering", "cho2014learning"]
    assert library.export(keys=keys)[1].keys == tuple(keys)


def test_an_unknown_key_to_write_is_refused(library: dlbib.Library) -> None:
    with pytest.raises(NotFoundError):
        library.export(keys=["nobody1999"])


def test_g015_parents_are_written_after_their_children(library: dlbib.Library) -> None:
    with library.session() as session:
        child = session.scalars(select(Paper).where(Paper.key == "cho2014learning")).one()
        child.variables = {**child.variables, "extra": {"bibtex:crossref": "mnih2015human"}}
    _, report = library.export(keys=["cho2014learning"])
    assert report.keys == ("cho2014learning", "mnih2015human")


# --- opening -----------------------------------------------------------------------------------------


def test_a_library_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissingError, match="seed"):
        dlbib.open(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []


# --- what changes between two seedings ---------------------------------------------------------------


OWN = """
list: {slug: own, title: My own list}
applications:
  - name: What we read
    papers:
"""


def own_list(folder: Path, *items: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(OWN + "".join(f"      - {item}\n" for item in items), encoding="utf-8")
    return path


def test_a_list_that_was_reworded_is_cited_as_it_is_now(library: dlbib.Library, tmp_path: Path) -> None:
    first, second = (
        "{ref: a, title: First, year: 2013, url: 'https://example.org/a'}",
        "{ref: b, title: Second, year: 2014}",
    )
    library.seed(own_list(tmp_path, first, second))
    reworded = "{ref: a, title: First reworded, year: 2012, url: 'https://example.org/a', status: dead}"
    (report,) = library.seed(own_list(tmp_path, second, reworded))
    assert report.counts["papers"] == {"changed": 2}
    papers = library.papers(application="what-we-read")
    assert [(p.cited[0].title, p.cited[0].year, p.cited[0].position) for p in papers] == [
        ("Second", 2014, 1),
        ("First reworded", 2012, 2),
    ]
    assert papers[1].links[0].status == "dead"


def test_an_application_of_another_list_is_shared_and_stays_as_it_is(
    library: dlbib.Library, tmp_path: Path
) -> None:
    path = own_list(tmp_path, "{title: One more, year: 2020}")
    path.write_text(
        path.read_text(encoding="utf-8").replace("What we read", "Image captioning"), encoding="utf-8"
    )
    library.seed(path)
    (captioning,) = [a for a in library.applications() if a.slug == "image-captioning"]
    assert (captioning.name, captioning.papers) == ("Image Caption Generation", 6)


# --- what the review of edge cases found -------------------------------------------------------------


def test_tags_are_the_same_whatever_their_case(library: dlbib.Library) -> None:
    library.tag("silver2016mastering", "Über")
    assert library.tag("mnih2015human", "über") == ("Über",)
    assert len(library.papers(tag="ÜBER")) == 2


def test_a_tag_without_letters_is_refused(library: dlbib.Library) -> None:
    with pytest.raises(ConflictError, match="at least one letter"):
        library.tag("silver2016mastering", " ")


def test_a_publisher_is_found_whatever_the_case_of_its_letters(library: dlbib.Library) -> None:
    library.edit("silver2016mastering", publisher="Éditions Œuvre")
    assert [p.key for p in library.papers("publisher:Éditions")] == ["silver2016mastering"]
    if library.location.endswith(".db"):  # in PostgreSQL it is a matter of the database's locale
        assert [p.key for p in library.papers("publisher:éditions")] == ["silver2016mastering"]


@pytest.mark.parametrize("query", ["title:_", "author:!!"])
def test_a_term_without_letters_is_refused(library: dlbib.Library, query: str) -> None:
    with pytest.raises(InvalidQueryError):
        library.papers(query)


def test_a_filter_that_means_nothing_is_refused(library: dlbib.Library) -> None:
    with pytest.raises(InvalidQueryError, match="no year"):
        library.papers(year="soon")


def test_an_empty_choice_is_nothing(library: dlbib.Library) -> None:
    assert library.export(keys=[]) == ("", library.export(keys=[])[1])
    assert library.papers(tag=[]) == []


def test_an_unknown_key_to_write_names_the_nearest(library: dlbib.Library) -> None:
    with pytest.raises(NotFoundError, match="mnih2015human"):
        library.export(keys=["mnih2015humen"])


def test_a_key_changed_through_the_orm_leaves_an_alias(library: dlbib.Library) -> None:
    with library.session() as session:
        session.scalars(select(Paper).where(Paper.key == "mnih2015human")).one().key = "dqn"
    paper = library.get("dqn")
    assert (paper.key, paper.aliases) == ("dqn", ("mnih2015human",))
    assert library.get("mnih2015human").key == "dqn"
    assert "ids = {mnih2015human}" in library.export(keys=["dqn"], format="biblatex")[0]


@pytest.mark.parametrize("key", ["silver2016mastering", "Silver2016Mastering", "a b", "x{y"])
def test_a_key_that_cannot_be_is_refused_through_the_orm(library: dlbib.Library, key: str) -> None:
    with pytest.raises(ConflictError), library.session() as session:  # the block's end commits
        session.scalars(select(Paper).where(Paper.key == "mnih2015human")).one().key = key
    assert library.get("mnih2015human").key == "mnih2015human"


def test_a_type_that_is_none_is_refused_through_the_orm(library: dlbib.Library) -> None:
    with (
        pytest.raises(ConflictError, match="articel"),
        library.session() as session,
    ):  # the block's end commits
        session.scalars(select(Paper).where(Paper.key == "mnih2015human")).one().type = "articel"


def test_two_edits_are_one_record(library: dlbib.Library) -> None:
    library.edit("mnih2015human", note="One")
    library.edit("mnih2015human", annote="Two")
    (record,) = [r for r in library.records("mnih2015human") if r.kind == "user"]
    assert (record.entry.note, record.entry.annote) == ("One", "Two")


def test_a_parent_is_known_whatever_the_case_it_is_named_in(library: dlbib.Library) -> None:
    with library.session() as session:
        child = session.scalars(select(Paper).where(Paper.key == "cho2014learning")).one()
        child.variables = {**child.variables, "extra": {"bibtex:crossref": "Mnih2015Human"}}
    text, report = library.export(keys=["cho2014learning"])
    assert report.keys == ("cho2014learning", "mnih2015human")
    assert "crossref = {mnih2015human}" in text
    assert len(library.export()[1].keys) == 50


@pytest.mark.parametrize("author", ["a, b, c, d", "Doe, Jane and"])
def test_names_that_cannot_be_told_are_refused(library: dlbib.Library, author: str) -> None:
    with pytest.raises(ConflictError, match="Last, First"):
        library.edit("mnih2015human", author=author)


def _interrupted(session: Session) -> None:
    """What Ctrl-C leaves: a transaction that changed something, and a question that is still open."""
    session.add(models.Tag(name="read"))
    session.flush()
    still_open = session.connection().execute(select(models.Meta.name))
    assert still_open.fetchone() is not None
    session.connection().invalidate()
    raise KeyboardInterrupt


def test_a_file_that_was_made_for_what_is_interrupted_does_not_stay(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        opened(tmp_path / "new.db") as library,
        library.session() as session,
    ):
        _interrupted(session)
    assert list(tmp_path.iterdir()) == []


# --- keys that come back --------------------------------------------------------------------------------


def _keys(library: dlbib.Library) -> dict[str, tuple[str, ...]]:
    return {work.key: work.aliases for work in library.works()}


def test_a_pattern_that_was_undone_makes_the_same_keys_again(library: dlbib.Library) -> None:
    pattern = "[auth:lower][year]"
    renamed = library.rename(pattern)
    before = _keys(library)
    library.undo()
    assert library.rename(pattern, dry_run=True) == renamed
    assert library.rename(pattern) == renamed
    assert _keys(library) == before
    library.undo()
    library.undo()


def test_a_key_that_was_undone_is_kept_for_its_work_alone(library: dlbib.Library) -> None:
    pattern = "[year]"
    assert [each.new for each in library.rename(pattern, "key:mnih2015human")] == ["2015"]
    library.undo()
    assert [each.new for each in library.rename(pattern, "key:karpathy2015deep")] == ["2015a"]
    assert [each.new for each in library.rename(pattern, "key:mnih2015human")] == ["2015"]
    assert library.get("2015").title == "Human-level control through deep reinforcement learning"


def test_a_key_given_through_a_session_can_be_given_again_when_that_was_undone(
    library: dlbib.Library,
) -> None:
    def give(key: str) -> None:
        with library.session() as session:
            session.scalars(select(Work).where(Work.key == key)).one().key = "mine"

    give("mnih2015human")
    library.undo()
    with pytest.raises(ConflictError, match="was given to another work before"):
        give("karpathy2015deep")
    give("mnih2015human")
    assert library.get("mine").aliases == ("mnih2015human",)


def test_a_work_that_parts_again_has_the_key_again_that_was_made_for_it(
    library: dlbib.Library, tmp_path: Path
) -> None:
    said = "@article{smith, title = {A long and telling title}, author = {Smith, Jane}, doi = {10.1000/one}}"
    now = "@article{smith, title = {Quite another one}, author = {Doe, John}, doi = {10.1000/two}}"
    for name in ("one.bib", "two.bib"):
        (tmp_path / name).write_text(said)
        library.import_file(tmp_path / name)
    (tmp_path / "two.bib").write_text(now)
    parted = library.import_file(tmp_path / "two.bib").keys
    library.undo()
    assert library.import_file(tmp_path / "two.bib").keys == parted == {"smith": "doequite"}
