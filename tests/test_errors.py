from __future__ import annotations

import pytest

from dlbib.errors import InvalidPatternError, NotFoundError, PointedError, quoted
from dlbib.model.key_patterns import parse_key_pattern


def test_what_was_typed_is_pointed_into() -> None:
    assert str(PointedError("it is odd", "a b c", 2)) == "it is odd\n  a b c\n    ^"


@pytest.mark.parametrize("position", [0, 30, 500, 970, 1000])
def test_of_a_long_text_what_is_near_is_shown_and_pointed_into(position: int) -> None:
    typed = "".join(chr(0x4E00 + number) for number in range(1000)) + "!"
    _, shown, pointer = str(PointedError("it is odd", typed, position)).split("\n")
    assert shown[pointer.index("^")] == typed[position]
    assert len(shown) < 130
    assert (shown.startswith("  …"), shown.endswith("…")) == (position > 60, position < 940)


def test_a_long_name_is_quoted_by_its_beginning() -> None:
    assert quoted("a\n") == r"'a\n'"
    assert quoted("x" * 61) == f"'{'x' * 60}…'"
    assert len(str(NotFoundError("work", "x" * 100_000))) < 100


@pytest.mark.parametrize(
    "pattern",
    ["[" + "a" * 100_000 + "]", "[auth:" + "b" * 100_000 + "]", "[auth" + "c" * 100_000, "d" * 100_000],
)
def test_a_wrong_pattern_of_any_length_is_told_in_short(pattern: str) -> None:
    with pytest.raises(InvalidPatternError) as caught:
        parse_key_pattern(pattern)
    assert len(str(caught.value)) < 400
