from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.csl_json.values import Json, Number, decode, encode

SCALARS = st.none() | st.booleans() | st.integers() | st.text()


@given(st.recursive(SCALARS, lambda some: st.lists(some) | st.dictionaries(st.text(), some), max_leaves=9))
def test_values_are_written_as_python_writes_them(value: Json) -> None:
    assert encode(value) == json.dumps(value, ensure_ascii=False)


def test_a_number_keeps_the_digits_it_was_written_with() -> None:
    assert encode([Number("1.50"), Number("1e400"), "1.50"]) == '[1.50, 1e400, "1.50"]'


def test_a_member_that_stands_twice_is_written_twice() -> None:
    text = '{"a": 1, "a": [2.0, {"b": null}]}'
    assert encode(decode(text)) == text
