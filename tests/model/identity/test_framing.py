from __future__ import annotations

import pytest

from dlbib.model.identity.titles import relation, title_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Nature of Words", "Nature of Words"),
        ("An Order of Words.", "Order of words"),
        ("On Words (with discussion)", "On Words"),
        ("On Words [Invited Paper]", "On words"),
        ("Letters to the Editor: On Words", "On Words"),
        ("On Words, Second Edition", "On Words (2nd ed.)"),
        ("On Words. 3rd edn", "On Words"),
    ],
)
def test_what_a_title_is_framed_by_is_not_the_work(one: str, other: str) -> None:
    assert relation(title_of(one), title_of(other)) == relation(title_of(other), title_of(one)) == "same"


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("A Theory of Words", "The Theory of Words", "similar"),
        ("A-optimal designs for words", "Optimal designs for words", "similar"),
        ("On Words (Studies in Letters)", "On Words", "subtitle"),
        ("On Words (Spanish Edition)", "On Words", "unlike"),
        ("The Colours of Words", "The Colors of Words", "respelt"),
        ("The Colours of Wrods", "Colours of Words", "respelt"),
        ("Asymmetric Forms of Words", "Symmetric Forms of Words", "similar"),
        ("The Weight of Words in Old Men", "The Weight of Words in Old Man", "similar"),
        ("Words of MnFe2O4 in Films", "Words of MnFe3O4 in Films", "similar"),
    ],
)
def test_what_else_differs_does(one: str, other: str, how: str) -> None:
    assert relation(title_of(one), title_of(other)) == relation(title_of(other), title_of(one)) == how


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("On Words, 12th ed.", "12"),
        ("On Words (Third Edition)", "3"),
        ("On Words \u2013 2. Auflage", "2"),
        ("The Second Edition", ""),
        ("On Words: Revised Edition", ""),
    ],
)
def test_an_edition_behind_a_title_is_told(text: str, edition: str) -> None:
    assert title_of(text).edition == edition


@pytest.mark.parametrize(
    "text", ["A", "The", "The Who", "A (with discussion)", "Letter to the Editor:", "2nd ed."]
)
def test_something_is_left_of_every_title(text: str) -> None:
    assert title_of(text).letters


def test_an_article_makes_no_short_title_longer() -> None:
    assert title_of("The Deep Learning").is_short
    assert title_of("Deep Learning, Second Edition").is_short
