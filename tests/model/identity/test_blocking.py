"""Where entries are looked for: few enough are found there, and what may be the same is among them."""

from __future__ import annotations

import pytest

from dlbib.model.entry import Contributor, Entry
from dlbib.model.identity import blocks, sought
from dlbib.model.identity.blocking import LONGEST
from dlbib.model.names import Name

MAIN = "Generating Sequences With Recurrent Neural Networks"


def entry(title: str, family: str = "Graves") -> Entry:
    return Entry(title=title, contributors=(Contributor("author", Name(family, "Alex")),))


def finds(one: Entry, other: Entry) -> bool:
    return bool({block for each in blocks(one) for block in sought(each)} & set(blocks(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MAIN, MAIN.lower()),
        (MAIN, f"{MAIN}: A Study"),
        (f"{MAIN}: A Study", f"{MAIN} a study"),
        ("Deep Learning", "Deep Learning: Methods and Applications"),
        ("Deep-Learning", "Deep learning: Methods"),
        ("A B C D E", "A B C D E: Five Letters"),
        ("深度学习", "深度学习: 方法"),
    ],
)
def test_a_title_finds_itself_and_itself_with_a_subtitle(one: str, other: str) -> None:
    assert finds(entry(one), entry(other))
    assert finds(entry(other), entry(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{MAIN}: A Study", f"{MAIN}: Another Study"),
        ("Deep Learning: A Study", "Deep Learning: Methods"),
        (f"{MAIN} of Letters and of Words", f"{MAIN} of Letters and of Signs"),
    ],
)
def test_titles_that_begin_alike_do_not_find_each_other(one: str, other: str) -> None:
    assert not finds(entry(one), entry(other))
    assert not finds(entry(other), entry(one))


def test_a_short_title_finds_those_of_its_authors_alone() -> None:
    assert not finds(entry("Deep Learning"), entry("Deep Learning", family="Goodfellow"))


def test_a_block_has_a_length_that_a_database_can_hold() -> None:
    assert max(map(len, blocks(entry(f"{MAIN * 9}: {MAIN * 9}", family="G" * 99)))) <= LONGEST
