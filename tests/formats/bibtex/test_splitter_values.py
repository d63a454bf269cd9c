"""What odd values and fields get."""

from __future__ import annotations

import pytest

from dlbib.formats.bibtex.splitter import (
    CommentBlock,
    EntryBlock,
    FailedBlock,
    StringBlock,
    is_set_aside,
    split_text,
)
from tests.formats.bibtex.splitting import accepted, before_next, blocks, faults, values


@pytest.mark.parametrize("text", ["@misc{a, t = {A \\{ B}}", "@misc{a, t = {A \\{ B},\n year = 1\n}"])
def test_a042_an_escaped_brace_counts_and_leaves_its_value_open(text: str) -> None:
    block = before_next(text)

    assert isinstance(block, FailedBlock)
    assert {problem.code for problem in block.problems} <= {"BIB-BRACE", "BIB-UNCLOSED"}


def test_a042_an_escaped_closing_brace_ends_the_value() -> None:
    entry, comment = blocks("@misc{a, t = {A \\} B}, year = 1}")

    assert isinstance(entry, EntryBlock)
    assert (entry.fields, faults(entry)) == ((("t", "{A \\}"),), [("BIB-SYNTAX", 1, 20)])
    assert [problem.code for problem in comment.problems] == ["BIB-TRAILING-TEXT"]


ACCEPTED = {
    "a043_balanced_escaped_braces": "{A \\{ B \\} C}",
    "a044_a_backslash_before_the_end": "{C:\\\\}",
    "a044_a_macro_that_ends_in_backslashes": "a\\\\",
    "a045_a_quotation_mark_in_braces_in_quotation_marks": '"brace {"} quote"',
    "a046_quotation_marks_and_commas_in_braces": '{He said "hi, there"}',
    "a048_a_number_with_a_leading_zero": "012",
    "a048_a_number_of_many_digits": "1" * 25,
    "a050_empty_braces": "{}",
    "a050_empty_quotation_marks": '""',
    "a053_a_control_character": "{a\x07b\x1bc\x00d}",
    "a063_ten_thousand_nested_braces": "{" * 10_000 + "}" * 10_000,
    "a067_a_hundred_thousand_pieces": "a # " * 100_000 + "b",
}


@pytest.mark.parametrize("value", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_a_value_is_accepted_and_the_next_field_is_intact(value: str) -> None:
    assert values(f"@misc{{a, x = {value}, y = {{z}}}}") == [value, "{z}"]


def test_a047_a_brace_that_is_open_in_quotation_marks_is_told() -> None:
    block = before_next('@misc{a, t = "a { b"}')

    assert faults(block) == [("BIB-QUOTE", 1, 14)]


@pytest.mark.parametrize("value", ["1--10", "-3", "3rd", "Hello World", "Hello, World"])
def test_a048_a049_words_without_braces_are_told(value: str) -> None:
    block = before_next(f"@misc{{a, x = {value}, y = {{z}}}}")

    assert isinstance(block, EntryBlock)
    assert is_set_aside(block)
    assert block.fields[-1] == ("y", "{z}")
    if "," not in value:
        assert (block.fields[0], faults(block)) == (("x", value), [("BIB-BAREVALUE", 1, 14)])


@pytest.mark.parametrize(
    "text", ["@misc{a, x = , y = {z}}", "@misc{a, y = {z}, x =}", "@misc{a, y={z}, x=a #}"]
)
def test_a050_a_value_that_is_missing_is_told(text: str) -> None:
    block = before_next(text)

    assert isinstance(block, EntryBlock)
    assert ("y", "{z}") in block.fields
    assert [problem.code for problem in block.problems] == ["BIB-NOVALUE"]


@pytest.mark.parametrize("rest", [",,", ",", "", " , , ", ",\n,% x\n"])
def test_a051_commas_more_or_less_at_the_end_do_not_matter(rest: str) -> None:
    assert accepted(f"@misc{{a{rest}}}").fields == ()


def test_a051_two_commas_between_fields_are_as_good_as_one() -> None:
    assert values("@misc{a, x = 1, , y = 2,,}") == ["1", "2"]


@pytest.mark.parametrize("name", ["a-b", "a.b", "2a", "tïtle", "Bdsk-Url-1", "author+an:orcid"])
def test_a052_an_unusual_field_name_is_kept(name: str) -> None:
    assert accepted(f"@misc{{a, {name} = {{x}}}}").fields == ((name, "{x}"),)


def test_a052_a_field_name_with_a_blank_is_told_and_kept() -> None:
    block = before_next("@misc{a, key words = {x}, year = 1}")

    assert isinstance(block, EntryBlock)
    assert block.fields == (("key words", "{x}"), ("year", "1"))
    assert faults(block) == [("BIB-FIELD", 1, 10)]


def test_a055_a_byte_order_mark_is_a_comment_of_its_own() -> None:
    mark, entry = blocks("\ufeff@misc{a, year = 1}")

    assert mark == CommentBlock("\ufeff", 1, 1, "\ufeff")
    assert isinstance(entry, EntryBlock)
    assert entry.problems == ()


def test_a064_a_field_of_fifty_million_letters_is_told_and_the_rest_is_read() -> None:
    failed, *_, entry = split_text("@misc{a, t = {" + "x" * 50_000_000 + "}}\n@misc{b}")

    assert [problem.code for problem in failed.problems] == ["LIMIT"]
    assert isinstance(entry, EntryBlock)


def test_a085_blocks_behind_a_value_that_broke_out_are_read_as_what_they_are() -> None:
    text = "@misc{a,\n t = {x}} @string{hack = {y}} @misc{evil, t = {z}}, year = {1} }"
    entry, macro, evil, comment = blocks(text)

    assert isinstance(entry, EntryBlock)
    assert isinstance(macro, StringBlock)
    assert isinstance(evil, EntryBlock)
    assert [[problem.code for problem in block.problems] for block in (entry, macro, evil, comment)] == [
        [],
        ["BIB-SAME-LINE"],
        ["BIB-SAME-LINE"],
        ["BIB-TRAILING-TEXT"],
    ]


def test_many_entries_on_one_line_are_no_reason_to_warn() -> None:
    assert [block.problems for block in blocks("@misc{a} @misc{b,x=1}@string{c={d}} @misc(e)")] == [()] * 4


def test_a_closing_delimiter_of_the_wrong_kind_is_told() -> None:
    assert faults(before_next("@misc{a, year = 1\n)")) == [("BIB-DELIMITER", 2, 1)]


def test_an_entry_that_is_not_closed_ends_before_the_next_one() -> None:
    block = before_next("@misc{a, title = {T},\n  year = 1")

    assert isinstance(block, FailedBlock)
    assert faults(block) == [("BIB-UNCLOSED", 1, 6)]


def test_what_makes_no_sense_is_told_once_for_an_entry() -> None:
    block = before_next("@misc{a, x = {y} z, {u}, v w, ?, year = 1}")

    assert isinstance(block, EntryBlock)
    assert block.fields == (("x", "{y}"), ("year", "1"))
    assert faults(block) == [("BIB-SYNTAX", 1, 18)]


def test_several_problems_of_an_entry_are_told_in_their_order() -> None:
    block = before_next("@misc{, a = {1} b = ,\n c = d e, f = g}")

    assert [problem.code for problem in block.problems] == [
        "BIB-NOKEY",
        "BIB-MISSING-COMMA",
        "BIB-NOVALUE",
        "BIB-BAREVALUE",
    ]
