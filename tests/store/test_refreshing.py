from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session, undefer

import dlbib
from dlbib.errors import ConflictError
from dlbib.model.merging import Record
from dlbib.store import journal, models, records, rows
from dlbib.store.refreshing import refresh_all
from tests.store.filling import put

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dlbib.model.merging import SourceKind
    from dlbib.store.database import Database

DOE = dlbib.Entry.model_validate(
    {
        "key": "doe2014",
        "type": "article-journal",
        "title": "A long and telling title of one work",
        "contributors": [dlbib.Contributor("author", dlbib.Name("Doe", "Jane"))],
        "issued": dlbib.Date.parse("2014"),
        "identifiers": [
            dlbib.Identifier("doi", "10.1/one"),
            dlbib.Identifier("url", "https://one.example/a"),
        ],
        "keywords": ("reading", "writing"),
    }
)
FURTHER = DOE.replace(key="doe", volume="7", abstract="What it says.", issued=dlbib.Date.parse("2014-05"))
ROE = DOE.replace(
    key="roe2015",
    title="Something else that nobody takes for the other",
    contributors=[dlbib.Contributor("author", dlbib.Name("Roe", "Richard"))],
    identifiers=[dlbib.Identifier("doi", "10.1/two")],
)


def state(session: Session) -> list[Any]:
    """What the works of a library are, with what belongs to them."""
    asked = select(models.Work).order_by(models.Work.id).options(undefer(models.Work.search_text))
    return [
        (
            work.key,
            [getattr(work, name) for name in rows.VIEW],
            [[getattr(each, name) for name in rows.CONTRIBUTION] for each in work.contributions],
            [[getattr(each, name) for name in rows.IDENTIFIER] for each in work.identifiers],
        )
        for work in session.scalars(asked)
    ]


@contextmanager
def writing(database: Database) -> Iterator[Session]:
    with Session(database.engine) as session, session.begin():
        journal.record(session, "import", "entries")
        yield session


def ids(session: Session) -> Sequence[int]:
    return session.scalars(select(models.Work.id).order_by(models.Work.id)).all()


def say(session: Session, key: str, entry: dlbib.Entry, kind: SourceKind = "file") -> None:
    """Change what is said of a work, and nothing that follows from it."""
    work = session.scalars(select(models.Work).where(models.Work.key == key)).one()
    records.put_records(work, [Record(kind, "someone", key, entry)])
    session.flush()


def test_many_works_become_what_each_becomes_by_itself(database: Database) -> None:
    put(database, DOE, FURTHER, ROE)
    with writing(database) as session:
        say(
            session, "doe2014", DOE.replace(volume="8", publisher="A Press", keywords=("other",)), "publisher"
        )
        say(
            session,
            "roe2015",
            ROE.replace(contributors=(), identifiers=[dlbib.Identifier("isbn", "0201134470")]),
        )
        refresh_all(session, ids(session))
        together = state(session)
        for work in session.scalars(select(models.Work)):
            records.refresh(session, work)
        session.flush()
        session.expire_all()
        assert together == state(session)
    assert [view[1][rows.VIEW.index("volume")] for view in together] == ["8", None]


def test_a_work_that_nothing_is_new_of_keeps_its_rows(database: Database) -> None:
    put(database, DOE, ROE)
    with writing(database) as session:
        before = session.scalars(select(models.Contribution.id)).all(), state(session)
        refresh_all(session, ids(session))
        assert (session.scalars(select(models.Contribution.id)).all(), state(session)) == before


def test_the_first_of_two_works_has_the_identifier_that_both_are_said_to_have(database: Database) -> None:
    put(database, DOE, ROE)
    both = [dlbib.Identifier("pmid", "12")]
    with writing(database) as session:
        for key, entry in (("doe2014", DOE), ("roe2015", ROE)):
            say(session, key, entry.replace(identifiers=(*entry.identifiers, *both)))
        refresh_all(session, reversed(ids(session)))
        owners = session.scalars(select(models.Identifier).where(models.Identifier.scheme == "pmid")).all()
        assert [each.work.key for each in owners] == ["roe2015"]
        doe = session.scalars(select(models.Work).where(models.Work.key == "doe2014")).one()
        assert doe.variables[rows.LENT] == [["pmid", "12", 1]]


def test_an_identifier_that_a_work_lets_go_is_free_for_those_behind_it(database: Database) -> None:
    put(database, DOE, ROE)
    with writing(database) as session:
        say(session, "doe2014", DOE.replace(identifiers=[dlbib.Identifier("doi", "10.1/three")]), "curated")
        say(session, "roe2015", ROE.replace(identifiers=[dlbib.Identifier("doi", "10.1/one")]), "curated")
        refresh_all(session, ids(session))
        found = session.execute(
            select(models.Work.key, models.Identifier.value)
            .join(models.Work.identifiers)
            .where(models.Identifier.scheme == "doi")
        ).all()
    assert sorted(map(tuple, found)) == [("doe2014", "10.1/three"), ("roe2015", "10.1/one")]


def test_who_ought_to_know_better_may_not_take_the_identifier_of_another_work(database: Database) -> None:
    put(database, DOE, ROE)
    with writing(database) as session:
        say(session, "roe2015", ROE.replace(identifiers=[dlbib.Identifier("doi", "10.1/one")]), "curated")
        with pytest.raises(ConflictError, match=r"doi:10\.1/one belongs to 'doe2014' already"):
            refresh_all(session, ids(session))


def test_what_was_before_is_kept_for_undoing(database: Database) -> None:
    put(database, DOE)
    with writing(database) as session:
        refresh_all(session, ids(session))
        kept = session.scalars(
            select(models.Image.root).join(models.Operation).where(models.Operation.id == 2)
        )
        assert kept.all() == ["works"]


@pytest.mark.parametrize("changed", ["keys", "values"])
def test_a_second_file_of_the_same_works_asks_no_more_for_more_of_them(tmp_path: Path, changed: str) -> None:
    def text(count: int, key: str, year: int) -> str:
        return "".join(
            f"@article{{{key}{n}, title = {{The telling title number {n * 7919}}}, author = {{Doe, Jane}}, "
            f"journal = {{A Journal}}, year = {year}, doi = {{10.1/a{n}}}}}\n"
            for n in range(count)
        )

    def asked(count: int) -> int:
        file = tmp_path / f"{changed}{count}.bib"
        statements: list[str] = []
        with dlbib.open(tmp_path / f"{changed}{count}.db") as library:
            file.write_text(text(count, "a", 2014))
            library.import_file(file)
            with library.session() as session:
                engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
            file.write_text(text(count, *(("b", 2014) if changed == "keys" else ("a", 2015))))
            report = library.import_file(file)
        assert (report.merged, report.added) == (count, 0)
        return len(statements)

    assert asked(90) == asked(30)
