from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.tex.braces import is_balanced, mended
from tests.growth import in_proportion, taken

BRACED = st.text(st.sampled_from("ab {}\\"), max_size=30)


@pytest.mark.parametrize("text", ["", "a", "{}", "{a{b}}", r"\{a\}", "{\\"])
def test_a_backslash_changes_nothing_in_the_count(text: str) -> None:
    assert is_balanced(text) == (text.count("{") == text.count("}"))


@pytest.mark.parametrize("text", ["}{", "a}", "{a", r"\{", "{}}{"])
def test_braces_without_partner_are_seen(text: str) -> None:
    assert not is_balanced(text)


@given(BRACED)
def test_what_is_mended_is_balanced(text: str) -> None:
    assert is_balanced(mended(text))


@given(BRACED)
def test_mending_twice_changes_nothing(text: str) -> None:
    assert mended(mended(text)) == mended(text)


@given(BRACED)
def test_what_is_whole_is_left_alone(text: str) -> None:
    if is_balanced(text) and not text.endswith("\\"):
        assert mended(text) == text


@given(BRACED)
def test_no_backslash_is_left_that_would_take_what_follows(text: str) -> None:
    ending = mended(text)
    assert (len(ending) - len(ending.rstrip("\\"))) % 2 == 0


def test_a_brace_that_was_set_by_a_command_is_set_by_one() -> None:
    assert mended(r"a \{ b") == r"a {\textbraceleft} b"


def test_pairs_around_a_stray_brace_stay() -> None:
    assert mended("{a} } {b}") == r"{a} {\textbraceright} {b}"


def test_many_stray_braces_take_linear_time() -> None:
    def seconds(count: int) -> float:
        return taken(lambda: mended("}" * count + "{" * count + "\\" * count))

    assert in_proportion(seconds, 200_000, least_s=0.1)
