from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.cited.positions import Positions


@given(st.text(alphabet="a\n", max_size=30))
def test_an_offset_is_where_counting_says(text: str) -> None:
    positions = Positions(text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        assert positions.at(offset) == (before.count("\n") + 1, offset - before.rfind("\n"))
