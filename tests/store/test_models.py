from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, get_args

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from dlbib.model.names import Name
from dlbib.model.works import LinkStatus
from dlbib.store.models import (
    Application,
    Base,
    Citation,
    Contribution,
    Identifier,
    Key,
    Link,
    Paper,
    Record,
    Resource,
    Tag,
    Work,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.store.database import Database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as opened:
        yield opened


def paper(key: str = "graves2013generating", **columns: Any) -> Paper:  # noqa: ANN401  # any column
    return Paper(key=key, **columns)


def application(slug: str = "captioning", position: int = 1) -> Application:
    return Application(
        list="uses", slug=slug, name=slug.title(), heading=slug, section="use", position=position
    )


def citation(of: Application, position: int = 1, role: str = "paper") -> Citation:
    return Citation(application=of, list="uses", role=role, position=position, title="As cited")


def record(kind: str = "file", source_id: str = "a") -> Record:
    return Record(kind=kind, source="file refs.bib", source_id=source_id, entry="{}")


def link(**columns: Any) -> Link:  # noqa: ANN401  # any column
    return Link(position=0, url="https://example.org", role="website", **columns)


def keep(session: Session, *rows: Base) -> None:
    session.add_all(rows)
    session.commit()
    session.expire_all()


# --- selecting --------------------------------------------------------------------------------------


def test_papers_are_selected_by_their_year(session: Session) -> None:
    keep(
        session,
        paper("a", issued_year=2014),
        paper("b", issued_year=2015),
        Resource(key="c", issued_year=2015),
    )
    assert [each.key for each in session.scalars(select(Paper).where(Paper.issued_year == 2015))] == ["b"]


def test_works_come_back_as_papers_and_resources(session: Session) -> None:
    keep(session, paper("a"), Resource(key="b"))
    assert [type(each) for each in session.scalars(select(Work).order_by(Work.key))] == [Paper, Resource]


def test_authors_stand_in_the_published_order_and_apart_from_editors(session: Session) -> None:
    names = [("author", 1, "Bengio"), ("editor", 2, "Editor"), ("author", 0, "Cho")]
    contributions = [
        Contribution(role=role, position=position, family=family) for role, position, family in names
    ]
    keep(session, paper(contributions=contributions))
    assert [str(author) for author in session.scalars(select(Paper)).one().authors] == ["Cho", "Bengio"]


def test_a_contribution_gives_its_name_as_a_value(session: Session) -> None:
    row = Contribution(role="author", position=0, family="Freitas", given="Nando", non_dropping_particle="de")
    keep(session, paper(contributions=[row]))
    name = session.scalars(select(Paper)).one().authors[0].name
    assert name == Name("Freitas", "Nando", non_dropping_particle="de")


def test_an_identifier_is_asked_for_by_its_scheme(session: Session) -> None:
    keep(session, paper(identifiers=[Identifier(scheme="doi", value="10.1/X", work_value="10.1/x")]))
    found = session.scalars(select(Paper)).one()
    assert (found.identifier("doi"), found.identifier("isbn")) == ("10.1/X", None)


def test_an_application_that_cites_a_paper_twice_is_given_once(session: Session) -> None:
    uses = application()
    keep(session, paper(citations=[citation(uses), citation(uses, role="further reading")]))
    found = session.scalars(select(Paper)).one()
    assert [str(each) for each in found.applications] == ["Captioning"]
    assert [each.key for each in found.applications[0].papers] == [found.key]


def test_an_application_gives_its_papers_in_the_order_of_its_list(session: Session) -> None:
    uses = application()
    works = [paper("b", citations=[citation(uses, 2)]), paper("a", citations=[citation(uses, 1)])]
    keep(session, *works, Resource(key="c", citations=[citation(uses, 3)]))
    found = session.scalars(select(Application)).one()
    assert [each.key for each in found.papers] == ["a", "b"]
    assert [each.key for each in found.resources] == ["c"]


def test_a_work_may_be_cited_under_no_application(session: Session) -> None:
    cited = Citation(list="uses", role="more resources", position=1, title="A book")
    keep(session, paper(citations=[cited]))
    assert session.scalars(select(Paper)).one().applications == []


def test_tags_group_works(session: Session) -> None:
    tag = Tag(name="thesis")
    keep(session, paper("a", tags=[tag]), paper("b", tags=[tag]))
    assert [each.key for each in session.scalars(select(Work).where(Work.tags.any(name="thesis")))] == [
        "a",
        "b",
    ]


def test_a_variable_without_a_column_can_be_selected_by(session: Session) -> None:
    keep(session, paper("a", variables={"medium": "CD"}), paper("b"))
    with_medium = select(Paper.key).where(Paper.variables["medium"].as_string() == "CD")
    assert session.scalars(with_medium).all() == ["a"]


def test_works_can_be_selected_without_repeats(session: Session) -> None:
    uses = application()
    keep(session, paper(citations=[citation(uses), citation(uses, 2)], variables={"medium": "CD"}))
    assert len(session.scalars(select(Paper).join(Paper.citations).distinct()).all()) == 1


@pytest.mark.parametrize("hours", [-11, 0, 5.5])
def test_an_instant_comes_back_in_utc(session: Session, hours: float) -> None:
    given = datetime(2016, 7, 14, 12, tzinfo=timezone(timedelta(hours=hours)))
    keep(session, paper(created_at=given))
    kept = session.scalars(select(Paper.created_at)).one()
    assert (kept, kept.tzinfo) == (given, UTC)


def test_an_instant_without_a_time_zone_is_refused(session: Session) -> None:
    session.add(paper(created_at=datetime(2016, 7, 14)))  # noqa: DTZ001  # the fault in question
    with pytest.raises(StatementError, match="names no time zone"):
        session.flush()


# --- what is removed with what ------------------------------------------------------------------------


def test_with_a_work_goes_everything_but_its_keys(session: Session) -> None:
    work = paper(
        contributions=[Contribution(role="author", position=0, family="Graves")],
        identifiers=[Identifier(scheme="doi", value="10.1/x", work_value="10.1/x")],
        citations=[citation(application())],
        links=[link()],
        records=[record()],
        keys=[Key(fingerprint="graves", key="Graves")],
        tags=[Tag(name="thesis")],
    )
    keep(session, work)
    session.delete(session.scalars(select(Work)).one())
    session.commit()
    for part in (Contribution, Identifier, Citation, Link, Record):
        assert session.scalars(select(part)).all() == []
    assert [(key.key, key.work_id) for key in session.scalars(select(Key))] == [("Graves", None)]
    assert len(session.scalars(select(Tag)).all()) == len(session.scalars(select(Application)).all()) == 1


def test_with_an_application_go_its_links_and_citations_but_no_work(session: Session) -> None:
    uses = application()
    uses.links.append(link())
    keep(session, paper(citations=[citation(uses)]))
    session.delete(session.scalars(select(Application)).one())
    session.commit()
    assert [*session.scalars(select(Link)), *session.scalars(select(Citation))] == []
    assert len(session.scalars(select(Paper)).all()) == 1


# --- what is refused ----------------------------------------------------------------------------------


def _doi(value: str = "10.1/x", scheme: str = "doi") -> Identifier:
    return Identifier(scheme=scheme, value=value, work_value=value)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(lambda: [link()], id="a link of nothing"),
        pytest.param(lambda: [link(work_id=1, application_id=1)], id="a link of a work and an application"),
        pytest.param(lambda: [link(work_id=1, status="gone")], id="a link with an unknown status"),
        pytest.param(lambda: [link(work_id=99)], id="a link of a work that isn't there"),
        pytest.param(lambda: [paper("b", records=[record("rumour")])], id="a record of an unknown kind"),
        pytest.param(lambda: [paper("b", records=[record(), record()])], id="a source that speaks twice"),
        pytest.param(lambda: [paper("first")], id="a key twice"),
        pytest.param(lambda: [Key(fingerprint="first", key="First")], id="a fingerprint twice"),
        pytest.param(lambda: [application("first")], id="a slug twice"),
        pytest.param(lambda: [Tag(name="first")], id="a tag twice"),
        pytest.param(lambda: [paper("b", identifiers=[_doi("10.1/first")])], id="a DOI of two works"),
        pytest.param(lambda: [paper("k" * 501)], id="a key of 501 letters"),
        pytest.param(lambda: [Key(fingerprint="k" * 601, key="k")], id="a fingerprint of 601 letters"),
        pytest.param(lambda: [paper("b", identifiers=[_doi("d" * 501)])], id="a DOI of 501 letters"),
    ],
)
def test_both_databases_refuse(session: Session, rows: Any) -> None:  # noqa: ANN401  # makes rows
    first = paper("first", keys=[Key(fingerprint="first", key="first")], identifiers=[_doi("10.1/first")])
    keep(session, first, application("first"), Tag(name="first"))
    session.add_all(rows())
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_work_of_neither_kind_is_refused(session: Session) -> None:
    keep(session, paper())
    with pytest.raises(IntegrityError, match="ck_works_kind"):
        session.execute(text("UPDATE works SET kind = 'film'"))


@pytest.mark.parametrize("scheme", ["isbn", "issn", "url"])
def test_works_may_share(session: Session, scheme: str) -> None:
    keep(session, *(paper(key, identifiers=[_doi("1234", scheme)]) for key in "ab"))
    assert len(session.scalars(select(Identifier)).all()) == 2


def test_identifiers_of_two_schemes_may_look_alike(session: Session) -> None:
    keep(
        session,
        paper("a", identifiers=[_doi("1234", "pmid")]),
        paper("b", identifiers=[_doi("1234", "arxiv")]),
    )
    assert len(session.scalars(select(Identifier)).all()) == 2


def test_texts_have_no_limit_where_nothing_must_be_unique(session: Session) -> None:
    # Of random letters, because PostgreSQL would squeeze others small enough for an index.
    letters = "".join(random.Random(1).choices([chr(n) for n in range(0x4E00, 0x9FFF)], k=100_000))  # noqa: S311  # no secret
    work = paper(
        title=letters,
        title_folded=letters,
        contributions=[Contribution(role="author", position=0, literal=letters, folded=letters)],
        identifiers=[_doi(letters, "url")],
    )
    keep(session, work)
    assert session.scalars(select(Paper.id).where(Paper.title_folded == letters)).all() == [1]


def test_a_status_of_the_model_is_one_of_the_table() -> None:
    (check,) = (c for c in Base.metadata.tables["links"].constraints if str(c.name) == "ck_links_status")
    assert all(repr(status) in str(check.sqltext) for status in get_args(LinkStatus))  # type: ignore[attr-defined]
