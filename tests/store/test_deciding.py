from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dlbib.errors import ConflictError, NotFoundError
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.identity import blocks
from dlbib.model.names import Name
from dlbib.store import deciding, edits, journal, models, records, reserving, selection, undoing
from tests.dumps import dump
from tests.store.filling import keys, put, works

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlbib.store.database import Database


def entry(key: str, title: str, year: int = 2014, **identifiers: str) -> Entry:
    return Entry(
        key=key,
        type="article-journal",
        title=title,
        contributors=(Contributor("author", Name("Graves", "Alex")),),
        issued=Date.of(year),
        identifiers=tuple(Identifier(scheme, value) for scheme, value in identifiers.items()),
    )


ONE = entry("one", "Generating Sequences With Neural Networks", 2013, doi="10.1000/one")
TWO = entry("two", "Generating Sequences With Neural Networks", 2017)
SAME_AS_TWO = entry("again", "Generating Sequences With Neural Networks", 2017)


@pytest.fixture
def pair(database: Database) -> Database:
    put(database, ONE)
    put(database, TWO)
    return database


def do(database: Database, done: Callable[[Session], object]) -> None:
    with Session(database.engine) as session, session.begin():
        journal.record(session, "merge", "it")
        done(session)


def listed(database: Database) -> list[tuple[str, str]]:
    with Session(database.engine) as session:
        return [(each.one, each.other) for each in deciding.duplicates(session)]


def undo(database: Database) -> None:
    with Session(database.engine) as session, session.begin():
        undoing.undo(session)


def test_two_works_that_may_be_one_are_listed_with_what_speaks_for_it_and_against(pair: Database) -> None:
    with Session(pair.engine) as session:
        (found,) = deciding.duplicates(session)
    assert (found.one, found.other, found.judgement.verdict) == ("one", "two", "unsure")
    assert [reason.name for reason in found.judgement.reasons] == ["same-title", "same-authors", "other-year"]


def test_a_merge_keeps_the_first_key_and_makes_the_other_an_alias(pair: Database) -> None:
    do(pair, lambda session: deciding.merge(session, "two", "one"))
    assert works(pair) == {frozenset({"one", "two"})}
    assert listed(pair) == []
    with Session(pair.engine) as session:
        row = selection.get_row(session, "one")
        assert (row.key, [key.key for key in row.keys]) == ("two", ["two", "one"])
        assert row.identifier("doi") == "10.1000/one"


def test_everything_goes_along_in_a_merge(pair: Database) -> None:
    def hang(session: Session) -> None:
        row = selection.get_row(session, "two")
        edits.tag(session, row, ["read"])
        edits.edit(session, row, {"note": "Mine"})
        row.links.append(models.Link(position=1, url="https://example.org/code", role="code"))
        row.citations.append(models.Citation(list="own", role="paper", position=1, title="As cited"))
        edits.edit(session, selection.get_row(session, "one"), {"volume": "7"})

    do(pair, hang)
    do(pair, lambda session: deciding.merge(session, "one", "two"))
    with Session(pair.engine) as session:
        row = selection.get_row(session, "one")
        said = (
            row.volume,
            row.note,
            [t.name for t in row.tags],
            [x.url for x in row.links],
            [c.title for c in row.citations],
        )
        assert said == ("7", "Mine", ["read"], ["https://example.org/code"], ["As cited"])


@pytest.mark.parametrize(
    "decide",
    [
        lambda session: deciding.merge(session, "one", "two"),
        lambda session: deciding.distinct(session, "one", "two"),
        lambda session: reserving.remove(session, [selection.get_row(session, "two")]),
    ],
    ids=["merge", "distinct", "remove"],
)
def test_a_decision_that_is_undone_leaves_the_library_as_it_was(
    pair: Database, decide: Callable[[Session], object]
) -> None:
    do(pair, lambda session: edits.tag(session, selection.get_row(session, "two"), ["read"]))
    do(pair, lambda session: edits.edit(session, selection.get_row(session, "one"), {"note": "Mine"}))
    before = dump(pair.engine)
    do(pair, decide)
    assert dump(pair.engine) != before
    undo(pair)
    assert dump(pair.engine) == before


def test_works_that_were_told_apart_are_not_listed_whatever_comes_later(pair: Database) -> None:
    do(pair, lambda session: deciding.distinct(session, "one", "two"))
    put(pair, SAME_AS_TWO)
    assert listed(pair) == []
    assert works(pair) == {frozenset({"one"}), frozenset({"two", "again"})}


def test_a_record_that_names_two_works_that_were_told_apart_joins_one_of_them(pair: Database) -> None:
    put(pair, entry("three", "On Something Else", arxiv="1308.0850"))
    do(pair, lambda session: deciding.distinct(session, "one", "three"))
    put(
        pair, entry("both", "Generating Sequences With Neural Networks", doi="10.1000/one", arxiv="1308.0850")
    )
    found = works(pair)
    assert len(found) == 3
    assert not any({"one", "three"} <= work for work in found)


def test_a_merge_is_remembered_when_more_is_imported(pair: Database) -> None:
    do(pair, lambda session: deciding.merge(session, "one", "two"))
    put(pair, SAME_AS_TWO)
    put(pair, entry("fourth", "Generating Sequences With Neural Networks", 2013))
    assert works(pair) == {frozenset({"one", "two", "again", "fourth"})}


def test_a_merge_of_works_that_were_told_apart_takes_that_back(pair: Database) -> None:
    do(pair, lambda session: deciding.distinct(session, "one", "two"))
    do(pair, lambda session: deciding.merge(session, "one", "two"))
    assert works(pair) == {frozenset({"one", "two"})}


def test_a_work_parts_when_two_of_its_keys_are_told_apart(database: Database) -> None:
    put(database, TWO)
    put(database, SAME_AS_TWO)
    assert len(works(database)) == 1
    do(database, lambda session: deciding.distinct(session, "two", "again"))
    assert works(database) == {frozenset({"two"}), frozenset({"again"})}
    with Session(database.engine) as session:
        assert {work.key for work in session.scalars(select(models.Work))} == {"two", "again"}


def test_works_with_one_doi_part_too_and_one_of_them_keeps_it(database: Database) -> None:
    put(database, ONE)
    put(database, entry("reprint", "Another Title", 2013, doi="10.1000/one"))
    do(database, lambda session: deciding.distinct(session, "one", "reprint"))
    assert len(works(database)) == 2
    with Session(database.engine) as session:
        assert [
            work.identifier("doi") for work in session.scalars(select(models.Work).order_by(models.Work.key))
        ] == [
            "10.1000/one",
            None,
        ]


def test_two_keys_of_one_record_can_not_part(pair: Database) -> None:
    with pytest.raises(ConflictError, match="keys of one record"):
        do(pair, lambda session: deciding.distinct(session, "one", "one"))


def test_a_key_that_nobody_has_is_told(pair: Database) -> None:
    with pytest.raises(NotFoundError):
        do(pair, lambda session: deciding.merge(session, "one", "nobody"))


def test_a_merge_and_its_undoing_change_no_key(pair: Database) -> None:
    before = keys(pair)
    do(pair, lambda session: deciding.merge(session, "one", "two"))
    undo(pair)
    assert keys(pair) == before


def test_an_import_that_made_one_work_of_two_is_undone_wholly(pair: Database) -> None:
    put(pair, entry("three", "On Something Else", arxiv="1308.0850"))
    before = dump(pair.engine, ("keys", "reserved_keys"))
    put(
        pair, entry("both", "Generating Sequences With Neural Networks", doi="10.1000/one", arxiv="1308.0850")
    )
    assert frozenset({"one", "three", "both"}) in works(pair)
    undo(pair)
    assert dump(pair.engine, ("keys", "reserved_keys")) == before
    assert {key for key, title in keys(pair).items() if title} == {"one", "two", "three"}


def test_a_resource_that_is_merged_with_a_paper_is_a_paper_and_a_resource_again_when_that_is_undone(
    pair: Database,
) -> None:
    with Session(pair.engine) as session, session.begin():
        row = selection.get_row(session, "one")
        session.execute(update(models.Work).where(models.Work.id == row.id).values(kind="resource"))
    before = dump(pair.engine)
    do(pair, lambda session: deciding.merge(session, "one", "two"))
    with Session(pair.engine) as session:
        assert selection.get_row(session, "one").kind == "paper"
    undo(pair)
    assert dump(pair.engine) == before


def test_two_edits_that_become_one_are_filed_by_what_both_say(pair: Database) -> None:
    with Session(pair.engine) as session, session.begin():
        journal.record(session, "edit", "both")
        one, two = session.scalars(select(models.Work).order_by(models.Work.id))
        edits.edit(session, one, {"title": "What the user calls it"})
        edits.edit(session, two, {"pmid": (Identifier("pmid", "12"),)})
        session.flush()
        deciding.merge(session, one.key, two.key)
        user = session.scalars(select(models.Record).where(models.Record.kind == "user")).one()
        session.refresh(user)
        assert {filing.block for filing in user.filings} == set(blocks(records.to_record(user).entry))
        assert "pmid:12" in {filing.block for filing in user.filings}
