from __future__ import annotations

import pytest

from dlbib.model.identifiers.several import split_identifiers, without_qualifiers


@pytest.mark.parametrize("between", [" ", ",", ", ", "; ", " and ", ", and ", " / ", "/ ", "\n"])
def test_signs_and_words_part_identifiers(between: str) -> None:
    assert split_identifiers(f"0028-0836{between}1476-4687") == ["0028-0836", "1476-4687"]


def test_signs_at_the_ends_part_nothing() -> None:
    assert split_identifiers(" 0028-0836,") == ["0028-0836"]


def test_a_slash_within_an_identifier_parts_nothing() -> None:
    assert split_identifiers("hep-th/9901001") == ["hep-th/9901001"]


def test_what_serial_numbers_are_of_is_left_out() -> None:
    assert without_qualifiers("0028-0836 (Print) 1476-4687(Online)") == "0028-0836  1476-4687"


@pytest.mark.parametrize("text", ["(021) 3456", "0028-0836 (2014)", "(", "a (b"])
def test_what_may_be_part_of_a_number_stays(text: str) -> None:
    assert without_qualifiers(text) == text
