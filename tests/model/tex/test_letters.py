# ruff: noqa: RUF001  # letters that look alike are what is tested

from __future__ import annotations

import unicodedata

import pytest

from dlbib.model.markup import OPENING
from dlbib.model.tex.braces import is_balanced
from dlbib.model.tex.letters import (
    ACCENTS,
    BY_CHARACTER,
    LETTERS,
    MATH,
    STYLES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    accented,
)


@pytest.mark.parametrize("table", [LETTERS, SYMBOLS, MATH, SUPERSCRIPTS, SUBSCRIPTS])
def test_every_character_of_a_table_is_spelled(table: dict[str, str]) -> None:
    characters = table.keys() if table in (SUPERSCRIPTS, SUBSCRIPTS) else table.values()
    assert BY_CHARACTER.keys() >= set(characters)


def test_the_first_command_for_a_character_is_the_one_that_is_written() -> None:
    assert BY_CHARACTER["…"] == r"{\dots}"
    assert BY_CHARACTER["≤"] == r"{$\leq$}"
    assert BY_CHARACTER["å"] == r"{\aa}"


def test_every_spelling_is_one_group_of_ascii() -> None:
    for spelling in BY_CHARACTER.values():
        assert spelling.isascii()
        assert spelling[0] + spelling[-1] == "{}"
        assert is_balanced(spelling[1:-1])


def test_no_two_characters_are_spelled_alike() -> None:
    assert len(set(BY_CHARACTER.values())) == len(BY_CHARACTER)


def test_no_command_means_two_things() -> None:
    assert SYMBOLS.keys().isdisjoint(LETTERS)
    assert ACCENTS.keys().isdisjoint([*LETTERS, *SYMBOLS])


def test_every_accent_is_a_combining_character() -> None:
    assert all(unicodedata.combining(mark) for mark in ACCENTS.values())


@pytest.mark.parametrize(
    ("character", "spelling"),
    [
        ("ö", r"{\"o}"),
        ("é", r"{\'e}"),
        ("í", r"{\'i}"),
        ("č", r"{\v{c}}"),
        ("ç", r"{\c{c}}"),
        ("ő", r"{\H{o}}"),
        ("ế", r"{\'{\^e}}"),
        ("ậ", r"{\^{\d{a}}}"),
        ("ǿ", r"{\'{\o}}"),
        ("ß", r"{\ss}"),
        ("ı", r"{\i}"),
        ("α", r"{$\alpha$}"),
        ("Γ", r"{$\Gamma$}"),
        ("²", "{$^2$}"),
        ("₂", "{$_2$}"),
        ("→", r"{$\rightarrow$}"),
    ],
)  # fmt: skip
def test_a_character_is_spelled_as_bibtex_counts_it(character: str, spelling: str) -> None:
    assert BY_CHARACTER[character] == spelling


def test_a_mark_that_latex_has_not_gives_nothing() -> None:
    assert accented("a", "\N{COMBINING HOOK ABOVE}") is None


def test_the_styles_are_those_of_the_markup_but_for_protection() -> None:
    assert set(STYLES.values()) == OPENING.keys() - {"nocase"}
