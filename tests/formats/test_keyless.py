"""Records that are set aside for their key alone: what they say is given all the same."""

from __future__ import annotations

import io

import pytest

from dlbib.formats import Parsed, get_format

TWICE = {
    "bibtex": "@misc{a, title = {One}}\n@misc{a, title = {Two}}\n",
    "csl-json": '[{"id": "a", "type": "book", "title": "One"},\n {"id": "a", "type": "book", "title": "Two"}]',
}
AGAIN = {
    "bibtex": "@misc{a, title = {One}}\n@misc{a, title = {One}}\n",
    "csl-json": '[{"id": "a", "type": "book"},\n {"id": "a", "type": "book"}]',
}
WITHOUT = {
    "bibtex": "@misc{, title = {One}}\n",
    "csl-json": '[{"type": "book", "title": "One"}]',
}


def _records(name: str, text: str) -> list[Parsed]:
    parse = get_format(name).parse
    assert parse is not None
    return [each for each in parse(io.StringIO(text, newline=""), "a") if each.raw.strip()]


@pytest.mark.parametrize("name", TWICE)
def test_a_record_with_the_key_of_another_is_set_aside_with_what_it_says(name: str) -> None:
    _, second = _records(name, TWICE[name])
    assert (second.entry, second.repeats) == (None, False)
    assert second.unkeyed is not None
    assert (second.unkeyed.key, second.unkeyed.title) == ("a", "Two")


@pytest.mark.parametrize("name", WITHOUT)
def test_a_record_without_key_is_set_aside_with_what_it_says(name: str) -> None:
    (only,) = _records(name, WITHOUT[name])
    assert only.entry is None
    assert only.unkeyed is not None
    assert (only.unkeyed.key, only.unkeyed.title) == ("", "One")


@pytest.mark.parametrize("name", AGAIN)
def test_a_record_that_stands_twice_repeats_the_first(name: str) -> None:
    _, second = _records(name, AGAIN[name])
    assert (second.entry, second.unkeyed, second.repeats) == (None, None, True)


def test_a_record_that_is_broken_besides_its_key_says_nothing() -> None:
    (only,) = _records("bibtex", "@misc{, title = {One} year = 2014}\n")
    assert (only.entry, only.unkeyed) == (None, None)


def test_an_entry_with_the_key_of_another_inherits_from_its_own_parent() -> None:
    text = (
        "@book{p, title = {Parent}}\n@inbook{a, title = {One}}\n@inbook{a, title = {Two}, crossref = {p}}\n"
    )
    *_, second = _records("bibtex", text)
    assert second.unkeyed is not None
    assert (second.unkeyed.title, second.unkeyed.container_title) == ("Two", "Parent")


def test_a_key_that_is_none_of_the_text_is_told_as_made_up() -> None:
    text = "TY  - JOUR\nID  - a\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\nER  - \n"
    assert [each.made_key for each in _records("ris", text)] == [False, True]
