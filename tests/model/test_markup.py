from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.markup import fold, plain, tokens

MARKED = st.lists(
    st.sampled_from(
        ["<i>", "</i>", "<b>", "</sup>", '<span class="nocase">', "</span>", "$x_1$", "a<b", "$", "é", " "]
    )
).map("".join)


@given(MARKED)
def test_tokens_lose_nothing(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


@given(MARKED)
def test_styles_are_closed_in_the_reverse_order_of_opening(text: str) -> None:
    opened = []
    for token in tokens(text):
        if token.kind == "open":
            opened.append(token.style)
        elif token.kind == "close":
            assert opened.pop() == token.style
    assert not opened


@pytest.mark.parametrize("text", ["a < b", "</i>alone", "<i>never closed", "<u>no CSL markup</u>"])
def test_what_is_no_markup_is_text(text: str) -> None:
    assert [token.kind for token in tokens(text)] == ["text"] * len(list(tokens(text)))
    assert plain(text) == text


@given(MARKED)
def test_plain_text_is_that_of_its_tokens(text: str) -> None:
    assert plain(text) == "".join(token.text for token in tokens(text) if token.kind in {"text", "math"})


def test_plain_text_keeps_math_with_its_dollars() -> None:
    assert plain("<i>E</i> is $mc^2$") == "E is $mc^2$"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_folded_text_is_the_words_of_letters_and_digits_alone(text: str) -> None:
    assert fold(text) == fold("".join(each if each.isalnum() else f" {each} " for each in plain(text)))
    assert all(word.isalnum() for word in fold(text).split(" ")) or not fold(text)


@given(st.text())
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz Kaiser", "lukasz kaiser"),
        ("STRASSE Straße", "strasse strasse"),
        ('<span class="nocase">BERT</span>: Pre-training', "bert pre training"),
        ("—…", ""),
        ("李明", "李明"),
    ],
)
def test_folding_keeps_letters_and_digits(text: str, folded: str) -> None:
    assert fold(text) == folded
