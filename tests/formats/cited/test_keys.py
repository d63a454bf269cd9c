from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.cited.keys import parts


@given(st.text(alphabet="ab, \n\t", max_size=40))
def test_every_part_stands_where_it_says(text: str) -> None:
    for part in parts(text):
        assert text[part.start] == part.text[0]


@given(st.text(alphabet="ab, \n\t", max_size=40))
def test_no_part_is_lost_and_none_is_empty(text: str) -> None:
    assert [part.text for part in parts(text)] == [" ".join(p.split()) for p in text.split(",") if p.strip()]
