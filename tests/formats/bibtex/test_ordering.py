from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dlbib.formats.bibtex.ordering import children_first, in_circles, keyed
from dlbib.model.entry import Entry
from tests.growth import in_proportion, taken

if TYPE_CHECKING:
    from dlbib.model.problems import Problem


def entry(key: str, parent: str = "") -> Entry:
    return Entry(key=key, extra={"bibtex:crossref": parent} if parent else {})


def order(*entries: Entry) -> list[str]:
    return [each.key for each in children_first(entries)]


def given_keys(*keys: str) -> tuple[list[str], list[Problem]]:
    problems: list[Problem] = []
    return [key for key, _ in keyed(map(entry, keys), problems.append)], problems


def test_without_heirs_the_order_stays() -> None:
    assert order(entry("b"), entry("a"), entry("c")) == ["b", "a", "c"]


def test_a_parent_follows_the_last_of_its_children() -> None:
    found = order(entry("book"), entry("a", "book"), entry("x"), entry("b", "BOOK"), entry("y"))
    assert found == ["a", "x", "b", "book", "y"]


def test_a_parent_that_follows_already_stays() -> None:
    assert order(entry("a", "book"), entry("x"), entry("book")) == ["a", "x", "book"]


def test_a_grandparent_follows_the_parent() -> None:
    assert order(entry("series"), entry("book", "series"), entry("a", "book")) == ["a", "book", "series"]


def test_entries_that_inherit_in_a_circle_come_last_and_none_is_lost() -> None:
    assert order(entry("a", "b"), entry("b", "a"), entry("c"), entry("d", "d")) == ["c", "a", "b", "d"]


def test_those_that_inherit_from_themselves_are_found_and_their_heirs_are_not() -> None:
    circle = entry("b", "c"), entry("c", "d"), entry("d", "B")
    found = in_circles([entry("a", "A"), *circle, entry("e", "b"), entry("f"), entry("g", "gone")])
    assert found == {"a", "b", "c", "d"}


def test_a_parent_that_is_not_there_changes_nothing() -> None:
    assert order(entry("a", "nobody"), entry("b")) == ["a", "b"]


def test_a_long_line_of_heirs_takes_linear_time() -> None:
    def seconds(count: int) -> float:
        entries = [entry(f"k{i}", f"k{i - 1}") for i in range(count)]
        return taken(lambda: list(children_first(entries)))

    assert len(list(children_first([entry(f"k{i}", f"k{i - 1}") for i in range(4_000)]))) == 4_000
    assert in_proportion(seconds, 4_000, least_s=0.1)


def test_a_key_that_is_fit_and_free_is_kept() -> None:
    assert given_keys("Smith2014", "smith:2015") == (["Smith2014", "smith:2015"], [])


def test_g016_a_key_that_differs_in_case_alone_gets_a_suffix_and_is_reported() -> None:
    keys, problems = given_keys("smith", "Smith", "SMITH")
    assert keys == ["smith", "Smitha", "SMITHb"]
    assert [(problem.code, problem.key) for problem in problems] == [
        ("KEY-TAKEN", "Smith"),
        ("KEY-TAKEN", "SMITH"),
    ]


@pytest.mark.parametrize("key", ["a,title={pwn}", "a b", "a}b", "a\nb", "a%b", 'a"b'])
def test_a_key_that_would_break_out_is_mended_and_reported(key: str) -> None:
    keys, problems = given_keys(key)
    assert keys[0].isalpha()
    assert [problem.code for problem in problems] == ["KEY"]


def test_an_entry_without_key_gets_one() -> None:
    keys, problems = given_keys("", "{}")
    assert keys == ["work", "worka"]
    assert [problem.code for problem in problems] == ["KEY", "KEY"]
