from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

import dlbib
from dlbib.errors import ConflictError
from dlbib.store.models import Contribution, Paper, Tag, Work

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def library(library_place: str) -> Iterator[dlbib.Library]:
    """A library with one paper, in either database."""
    with dlbib.open(library_place, create=False) as opened:
        with opened.session() as session:
            session.add(Paper(key="doe2014", title="Title", issued="2014-06"))
        yield opened


def change(library: dlbib.Library, **columns: object) -> None:
    with library.session() as session:
        work = session.scalars(select(Work)).one()
        for name, value in columns.items():
            setattr(work, name, value)


def test_a_contribution_needs_no_more_than_the_parts_it_has(library: dlbib.Library) -> None:
    with library.session() as session:
        author = Contribution(role="author", position=0, family="Roe", given="Jane")
        session.add(Paper(title="Another", issued="2020", contributions=[author]))
    assert library.get("roe2020another").authors[0].family == "Roe"


@pytest.mark.parametrize("columns", [{"title": "a\0b"}, {"note": "\ud800"}, {"key": ""}, {"title": 5}])
def test_what_no_library_keeps_is_refused_and_nothing_changes(
    library: dlbib.Library, columns: dict[str, object]
) -> None:
    before = library.works()
    with pytest.raises(ConflictError):
        change(library, **columns)
    assert library.works() == before


def test_a_role_that_is_none_is_refused(library: dlbib.Library) -> None:
    with pytest.raises(ConflictError, match="no role"), library.session() as session:
        session.add(Paper(title="T", contributions=[Contribution(role="boss", position=0, family="Roe")]))


def test_an_error_within_the_block_takes_everything_back(library: dlbib.Library) -> None:
    def fail_midway() -> None:
        with library.session() as session:
            session.scalars(select(Work)).one().title = "Half"
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_midway()
    assert library.get("doe2014").title == "Title"


def test_a_column_that_follows_from_another_keeps_following_it(library: dlbib.Library) -> None:
    change(library, issued_year=1999)
    assert [work.key for work in library.works(year=2014)] == ["doe2014"]


def test_a_tag_given_through_the_orm_is_found_whatever_its_case(library: dlbib.Library) -> None:
    with library.session() as session:
        work = session.scalars(select(Work)).one()
        work.tags.append(Tag(name="To Read"))
    assert library.tag("doe2014", "to  read") == ("To Read",)
    assert library.works(tag="TO READ")
