from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.ris.texts import decoded, encoded, tag_line, tag_lines


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a &amp; b", "a & b"),
        ("&lt;i&gt;", "<i>"),
        ("caf&#233; &#xE9;", "café é"),
        ("AT&T; R&D &copy &unknown;", "AT&T; R&D &copy &unknown;"),
        ("&amp;amp;", "&amp;"),
    ],
)
def test_character_entities_are_read_as_letters(value: str, text: str) -> None:
    assert decoded(value) == text


@given(st.text("&ampltquo#x39;", max_size=20))
def test_what_is_written_is_read_as_it_was(text: str) -> None:
    assert decoded(encoded(text)) == text


def test_a_text_that_looks_like_no_entity_is_written_as_it_is() -> None:
    assert encoded("AT&T; R&D") == "AT&T; R&D"


def test_a_line_has_no_control_characters_and_no_blanks_at_its_end() -> None:
    assert tag_line("TI", " a\nb\x1bc\x85d\u2028e ") == "TI  - a b c d e"


def test_a_line_without_value_is_an_empty_tag() -> None:
    assert tag_line("XX", "") == "XX  -"


def test_lines_that_go_on_stand_by_themselves_unless_they_look_like_tags() -> None:
    assert tag_lines("AB", "a\n\nb\nER  - \nin - vitro\nc") == ["AB  - a", "", "b ER  - in - vitro", "c"]
