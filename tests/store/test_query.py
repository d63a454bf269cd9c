from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.errors import InvalidQueryError
from dlbib.store.query import All, Any, Not, Term, parse


def test_terms_side_by_side_must_all_hold() -> None:
    assert parse("author:graves year:2013") == All((Term("author", "graves", 0), Term("year", "2013", 14)))


def test_or_parts_alternatives_and_binds_weaker_than_standing_side_by_side() -> None:
    assert parse("a b or c") == Any((All((Term("", "a", 0), Term("", "b", 2))), Term("", "c", 7)))


def test_a_minus_or_not_refuses_the_next_term() -> None:
    assert parse("-a") == Not(Term("", "a", 1))
    assert parse("not a") == Not(Term("", "a", 4))


def test_parentheses_group() -> None:
    assert parse("-(a or b)") == Not(Any((Term("", "a", 2), Term("", "b", 7))))


def test_quotes_keep_white_space() -> None:
    assert parse('title:"a  b"') == Term("title", "a  b", 0)


def test_a_hyphen_inside_a_word_is_part_of_it() -> None:
    assert parse("deep-learning") == Term("", "deep-learning", 0)


def test_an_address_is_a_url() -> None:
    assert parse("https://example.org/x?a=b") == Term("url", "https://example.org/x?a=b", 0)


def test_an_identifier_may_hold_colons_and_slashes() -> None:
    assert parse("arxiv:hep-th/9901001v1") == Term("arxiv", "hep-th/9901001v1", 0)


def test_a_blank_query_asks_for_everything() -> None:
    assert parse("  ") == All(())


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("(a", 2),
        ("a)", 1),
        ("a or", 4),
        ("or a", 0),
        ('"a', 0),
        ("title: b", 0),
        ("not", 3),
        ("a or or b", 5),
    ],
)
def test_what_cannot_be_understood_is_pointed_at(query: str, position: int) -> None:
    with pytest.raises(InvalidQueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert str(caught.value).endswith("^")


def test_deep_nesting_is_refused_before_it_hurts() -> None:
    with pytest.raises(InvalidQueryError, match="nested deeper"):
        parse("(" * 4000)


def test_more_terms_than_a_database_takes_are_refused() -> None:
    with pytest.raises(InvalidQueryError, match="more than 200 terms"):
        parse("a or " * 200 + "a")


@given(st.text(alphabet='ab:()-" ornot', max_size=40))
def test_any_text_gives_a_tree_or_an_error_that_points_into_it(query: str) -> None:
    with suppress(InvalidQueryError):
        parse(query)
        return
    with pytest.raises(InvalidQueryError) as caught:
        parse(query)
    assert 0 <= caught.value.position <= len(query)
