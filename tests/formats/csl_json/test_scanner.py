from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.errors import ParseError
from dlbib.formats.csl_json.scanner import Item, member_position, scan
from dlbib.formats.csl_json.values import encode
from tests.growth import in_proportion, taken

VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)


class Dripping(io.StringIO):
    """A stream that gives no more than a few characters at a time."""

    def __init__(self, text: str, most: int) -> None:
        super().__init__(text, newline="")
        self.most = most

    def read(self, size: int | None = -1, /) -> str:
        return super().read(self.most if size is None or size < 0 else min(size, self.most))


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def scanned(text: str) -> list[Item]:
    return list(scan(io.StringIO(text, newline=""), "refs.json"))


STYLES = st.fixed_dictionaries({"indent": st.sampled_from([None, 1, "\t"]), "ensure_ascii": st.booleans()})


@given(st.lists(VALUES, max_size=4), STYLES)
def test_the_items_are_what_json_says(values: list[object], style: dict[str, Any]) -> None:
    text = json.dumps(values, **style)
    found = scanned(text)
    assert [json.loads(item.raw) for item in found] == values
    assert [json.loads(encode(item.value)) for item in found] == values


@given(st.lists(VALUES, max_size=3), st.integers(1, 5))
def test_it_does_not_matter_how_the_text_comes(values: list[object], most: int) -> None:
    text = json.dumps(values, indent=1)
    assert list(scan(Dripping(text, most), "refs.json")) == scanned(text)


@given(st.text('[]{}",:ea1\\u\n <-.', max_size=40))
def test_any_text_is_json_or_refused_with_a_place(text: str) -> None:
    outcome: list[Item] | ParseError
    try:
        outcome = scanned(text)
    except ParseError as error:
        outcome = error
    if isinstance(outcome, ParseError):
        assert not is_json(text) or text.strip()[0] not in "[{"
        assert min(outcome.line, outcome.column) >= 1
    else:
        assert is_json(text) or len(outcome) > 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("most", [1, 7, 100_000])
def test_an_item_is_told_by_its_line_and_column(newline: str, most: int) -> None:
    text = newline.join(["", "[", '  {"a":', "   1}", "", ", 2,", "3 ", "]"])
    places = [(item.line, item.column) for item in scan(Dripping(text, most), "refs.json")]
    assert places == [(3, 3), (6, 3), (7, 1)]


def test_an_error_is_told_by_its_line_and_column_wherever_its_block_begins() -> None:
    rows = [f'{{"id": "{number}", "type": "book"}}' for number in range(10_000)]
    text = "[" + ",\n".join(rows) + ',\n  {"id": oops}]'
    with pytest.raises(ParseError) as caught:
        scanned(text)
    assert (caught.value.line, caught.value.column) == (10_001, 10)


def test_no_more_is_read_than_the_first_items_need() -> None:
    stream = io.StringIO("[" + ",\n".join(['{"id": "a"}'] * 100_000) + "]")
    next(scan(stream, "refs.json"))
    assert stream.tell() < 100_000


def test_what_follows_a_fault_does_not_matter_to_the_items_before_it() -> None:
    items = scan(io.StringIO('[{"id": "a"}, {"id": "b"}, oops]'), "refs.json")
    assert [next(items).raw, next(items).raw] == ['{"id": "a"}', '{"id": "b"}']
    with pytest.raises(ParseError):
        next(items)


def test_an_item_may_be_longer_than_a_block() -> None:
    title = "long " * 100_000
    (item,) = scanned(json.dumps([{"title": title}]))
    assert item.value == {"title": title}


def test_an_item_that_never_ends_is_refused_before_it_fills_the_memory() -> None:
    class Endless(io.StringIO):
        def read(self, size: int | None = -1, /) -> str:
            return "x" * (size or 1)

    class Opened(Endless):
        begun = False

        def read(self, size: int | None = -1, /) -> str:
            if self.begun:
                return super().read(size)
            self.begun = True
            return '["'

    with pytest.raises(ParseError, match="longer than"):
        list(scan(Opened(), "refs.json"))


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        ("", "\n"),
        ("[", "1,\n"),
        ('["', "\\u0041"),
        ("[[],", "[],"),
        ('[{"a": 1}', "\n"),
        ('{"a": 1}', "\n{}"),
    ],
)
def test_the_time_grows_with_the_text(start: str, piece: str) -> None:
    def seconds(count: int) -> float:
        text = start + piece * count

        def read() -> None:
            with contextlib.suppress(ParseError):
                scanned(text)

        return taken(read)

    assert in_proportion(seconds, 80_000, least_s=0.05)


def test_a_member_is_told_by_lines_and_columns_within_its_item() -> None:
    raw = '{"a": {"b": 1},\n "b" :\n  2, "c": 3}'
    assert member_position(raw, "b") == (2, 2)


def test_of_a_member_that_stands_twice_the_last_is_told() -> None:
    assert member_position('{"a": 1, "a": 2}', "a") == (0, 14)
