"""What a text gets that is no good CSL-JSON as a whole: refused with a place, or read with a warning."""

from __future__ import annotations

import io

import pytest

from dlbib.errors import ParseError
from dlbib.formats.csl_json.reader import parse
from tests.formats.csl_json.reading import codes, entries_of, item, parsed

BOOK = '{"id": "a", "type": "book"}'


def refusal(text: str) -> ParseError:
    with pytest.raises(ParseError) as caught:
        parsed(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"[{BOOK},]", 1, 30),
        ('[\n  {"id": "a",}]', 2, 14),
        ('[{"id": "a", "volume": NaN}]', 1, 24),
        ('[{"NaN": "NaN",\n "volume": -Infinity}]', 2, 12),
        ("[{'id': 'a'}]", 1, 3),
        (f"// mine\n[{BOOK}]", 1, 1),
        (f"[{BOOK}\n{BOOK}]", 2, 1),
        (f"[{BOOK}] [", 1, 31),
    ],
    ids=[
        "trailing comma",
        "comma in an item",
        "NaN",
        "Infinity",
        "quotes",
        "comment",
        "no comma",
        "two lists",
    ],
)
def test_b001_invalid_json_is_refused_with_line_and_column(text: str, line: int, column: int) -> None:
    error = refusal(text)
    assert (error.source, error.line, error.column) == ("refs.json", line, column)


@pytest.mark.parametrize("end", range(1, len(f'[{BOOK}, {{"id": "b", "title": "x"}}]')))
def test_b002_json_that_is_cut_short_is_refused(end: int) -> None:
    refusal(f'[{BOOK}, {{"id": "b", "title": "x"}}]'[:end])


def test_b002_a_text_that_ends_within_an_item_is_said_to_be_cut_short() -> None:
    assert "cut short" in refusal(f'[{BOOK},\n{{"id": "b').message


def test_b003_an_object_with_items_is_read_with_a_warning() -> None:
    first, second = parsed(f'{{"n": [1],\n "items": [{BOOK},\n{{"id": "b", "type": "map"}}], "m": 2}}\n')
    assert codes(first) == ["CSL-SHAPE"]
    assert not second.problems
    assert [record.entry and record.entry.key for record in (first, second)] == ["a", "b"]
    assert (first.line, second.line) == (2, 3)


def test_b003_a_single_object_is_read_with_a_warning() -> None:
    (record,) = parsed(BOOK)
    assert record.entry is not None
    assert codes(record) == ["CSL-SHAPE"]


@pytest.mark.parametrize("text", ['"a"', "5", "null", "true"])
def test_b003_any_other_top_level_is_refused(text: str) -> None:
    assert refusal(text).line == 1


@pytest.mark.parametrize("text", ["[]", "[ \n ]\n", '{"items": []}'])
def test_b004_an_empty_list_gives_a_warning_and_no_entry(text: str) -> None:
    (record,) = parsed(text)
    assert record.entry is None
    assert codes(record) == ["CSL-EMPTY"]
    assert record.problems[0].severity == "warning"


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"id": "a", "a": ['])
def test_b021_a_million_levels_are_refused(opening: str) -> None:
    assert refusal(opening * 1_000_000).line == 1


def test_b021_an_item_of_a_hundred_levels_is_set_aside() -> None:
    deep, good = parsed(f'[{{"id": "b", "type": "book", "x": {"[" * 100}{"]" * 100}}}, {BOOK}]')
    assert deep.entry is None
    assert codes(deep) == ["CSL-DEPTH"]
    assert good.entry is not None


def test_b022_a_number_of_any_size_is_kept_as_it_is() -> None:
    digits = "9" * 10_000
    (entry,) = entries_of(f'[{{"id": "a", "type": "book", "volume": {digits}, "x": 1e400}}]')
    assert entry.volume == digits
    assert entry.extra["csl:x"] == "1e400"
    assert item(entry)["volume"] == digits


def test_b023_json_lines_are_read_with_one_warning() -> None:
    first, second, third = parsed(f'{BOOK}\n{{"id": "b", "type": "map"}}\n\n{{"id": "c", "type": "map"}}\n')
    assert codes(first) == ["CSL-SHAPE"]
    assert not second.problems
    assert (second.line, third.line) == (2, 4)


def test_b023_a_byte_order_mark_is_passed_over() -> None:
    assert len(entries_of(f"\ufeff[{BOOK}]")) == 1


def test_b023_utf_16_is_refused_as_what_it_is() -> None:
    stream = io.TextIOWrapper(io.BytesIO(f"[{BOOK}]".encode("utf-16")), encoding="utf-16")
    with pytest.raises(ParseError, match="UTF-8"):
        list(parse(stream, "refs.json"))


def test_b023_bytes_that_are_no_utf_8_are_refused() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b'[{"id": "a", "type": "book", "title": "\xff"}]'), encoding="utf-8")
    with pytest.raises(ParseError, match="utf-8"):
        list(parse(stream, "refs.json"))


@pytest.mark.parametrize("text", ["<!DOCTYPE html>\n<html>", "\n <html>", "<?xml version='1.0'?>"])
def test_b024_a_web_page_is_refused_as_what_it_is(text: str) -> None:
    assert "HTML" in refusal(text).message
