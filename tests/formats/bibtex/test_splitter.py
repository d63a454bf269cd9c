from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from dlbib.formats.bibtex.splitter import (
    Block,
    CommentBlock,
    EntryBlock,
    FailedBlock,
    PreambleBlock,
    StringBlock,
    field_places,
    split,
    split_text,
)

if TYPE_CHECKING:
    from pathlib import Path


def blocks(text: str) -> list[Block]:
    """All but the blank text."""
    return [block for block in split_text(text) if not block.raw.isspace()]


def entries(text: str) -> list[EntryBlock]:
    return [block for block in split_text(text) if isinstance(block, EntryBlock)]


def only_entry(text: str) -> EntryBlock:
    (entry,) = blocks(text)
    assert isinstance(entry, EntryBlock)
    assert entry.problems == ()
    return entry


def test_an_entry_has_its_type_key_and_fields_as_they_were_written() -> None:
    entry = only_entry('@Article{smith2014,\n  Title = {A {DNA} title},\n  year=2014, note = "x"\n}')

    assert (entry.type, entry.key) == ("Article", "smith2014")
    assert entry.fields == (("Title", "{A {DNA} title}"), ("year", "2014"), ("note", '"x"'))


def test_a_concatenation_is_kept_as_it_was_written() -> None:
    entry = only_entry('@misc{a, title = "x" # {y} # s, month = "10~" # dec}')

    assert entry.fields == (("title", '"x" # {y} # s'), ("month", '"10~" # dec'))


def test_blank_text_between_entries_is_a_comment_of_its_own() -> None:
    found = list(split_text("@misc{a}\n\n@misc{b}\n"))

    assert [block.raw for block in found] == ["@misc{a}", "\n\n", "@misc{b}", "\n"]
    assert found[1] == CommentBlock("\n\n", 1, 9, "\n\n")


@pytest.mark.parametrize("head", ["@string{", "@STRING {", "@String(", "@\nstring\n{"])
def test_a_macro_is_known_whatever_its_case_and_delimiter(head: str) -> None:
    closing = ")" if "(" in head else "}"

    (block,) = blocks(f'{head} mit = "MIT" # {"{Press}"} {closing}')

    assert isinstance(block, StringBlock)
    assert block.fields == (("mit", '"MIT" # {Press}'),)


def test_one_block_may_define_several_macros() -> None:
    (block,) = blocks('@string(a = "x",\n b = {y} # a)')

    assert isinstance(block, StringBlock)
    assert block.fields == (("a", '"x"'), ("b", "{y} # a"))


@pytest.mark.parametrize("text", ['@preamble{"a" # b}', '@PREAMBLE("a" # b)'])
def test_a_preamble_is_what_stands_between_its_delimiters(text: str) -> None:
    (block,) = blocks(text)

    assert isinstance(block, PreambleBlock)
    assert (block.value, block.problems) == ('"a" # b', ())


def test_a_preamble_that_is_no_value_is_kept_with_a_warning() -> None:
    (block,) = blocks(r"@preamble{ \newcommand{\x}{y} }")

    assert isinstance(block, PreambleBlock)
    assert block.value == r" \newcommand{\x}{y} "
    assert [problem.severity for problem in block.problems] == ["warning"]


@pytest.mark.parametrize("text", ["@comment{a {b} c}", "@Comment(a {b} c)", "@COMMENT\n {a {b} c}"])
def test_a_comment_reaches_to_its_closing_delimiter(text: str) -> None:
    (block,) = blocks(text)

    assert isinstance(block, CommentBlock)
    assert (block.text, block.explicit) == ("a {b} c", True)


def test_parentheses_balance_in_a_comment_in_parentheses() -> None:
    (block,) = blocks("@comment(a (b) {(} c)")

    assert block == CommentBlock("@comment(a (b) {(} c)", 1, 1, "a (b) {(} c", explicit=True)


def test_blocks_tell_their_line_and_column() -> None:
    found = blocks("\n% x\n  @misc{a,\n title={y}}  @misc{b}\n@string{c = 1}")

    assert [(block.line, block.column) for block in found] == [(1, 1), (3, 3), (4, 14), (5, 1)]


def test_fields_tell_their_line_and_column() -> None:
    block = only_entry("@misc(a, x = 1,\r\n  y = {2\r3}, % w = 1\n\tz = 3)")

    assert field_places(block) == [(1, 10), (2, 3), (4, 2)]


def test_the_place_of_a_field_is_counted_from_the_place_of_its_block() -> None:
    (_, entry) = blocks("% first\n\n  @misc{a, x = 1,\n y = 2}")

    assert isinstance(entry, EntryBlock)
    assert field_places(entry) == [(3, 12), (4, 2)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(newline: str) -> None:
    text = newline.join(["@misc{a,", "title = {x", "y}", "}", "", "@misc{b}", "@misc{c", "title = 1}"])

    a, b, c = entries(text)

    assert [a.line, b.line, c.line] == [1, 6, 7]
    assert [(problem.line, problem.column) for problem in c.problems] == [(7, 8)]


def test_problems_name_their_source_place_key_and_field() -> None:
    (block,) = (b for b in split(io.StringIO("\n@misc{a, t = {x} u = 1}"), "refs.bib") if b.problems)

    assert str(block.problems[0]).startswith("refs.bib:2:17: error[BIB-MISSING-COMMA] key 'a' field 't': ")


def test_a_problem_says_what_is_wrong_what_was_done_and_how_to_mend_it() -> None:
    texts = ["@misc{,}", "@misc{a, t}", "@misc{a, t=}", "@misc{a, t={", '@misc{a, t=" }', "@{a}", "@misc{a)"]

    messages = [p.message for text in texts for block in split_text(text) for p in block.problems]

    assert len(messages) == len(texts)
    assert [message for message in messages if message.count("; ") != 2] == []


def test_a_file_is_read_no_further_than_needed() -> None:
    stream = io.StringIO("@misc{a}\n" + "@misc{b, title = {xxxxxxxxxx}}\n" * 100_000)

    next(split(stream))

    assert stream.tell() < 2_000_000


def test_a_block_that_begins_in_one_piece_and_ends_in_another_is_whole() -> None:
    entry = "@misc{a, title = {" + "long " * 300_000 + "}}"

    found = list(split_text(f"{entry}\n{entry}"))

    assert [block.raw for block in found] == [entry, "\n", entry]
    assert all(block.problems == () for block in found)


def test_a_value_that_never_closes_is_given_up_at_the_limit() -> None:
    text = "@misc{a, title = {" + "x" * 5000 + "\n" + "y" * 5000 + "\n@misc{b}"

    found = list(split_text(text, limit=1000))

    assert "".join(block.raw for block in found) == text
    assert isinstance(found[0], FailedBlock)
    assert [problem.code for problem in found[0].problems] == ["LIMIT"]
    assert isinstance(found[-1], EntryBlock)


def test_text_without_a_block_is_cut_into_comments_at_the_limit() -> None:
    text = "word\n" * 1000

    found = list(split_text(text, limit=1000))

    assert "".join(block.raw for block in found) == text
    assert len(found) > 1
    assert {type(block) for block in found} == {CommentBlock}


def test_no_entry_is_lost_when_a_long_text_before_it_is_cut() -> None:
    text = "word\n" * 1000 + "@misc{a}"

    assert [entry.key for entry in (b for b in split_text(text, limit=64) if isinstance(b, EntryBlock))] == [
        "a"
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "no entry at all"])
def test_a_file_without_blocks_has_no_entry_and_no_problem(text: str) -> None:
    found = list(split_text(text))

    assert "".join(block.raw for block in found) == text
    assert all(isinstance(block, CommentBlock) and not block.problems for block in found)


def test_every_real_file_is_its_blocks_put_together(shared: Path) -> None:
    files = [*(shared / "data" / "bib").glob("*.bib"), *(shared / "data" / "malformed").glob("*.bib*")]

    for path in files:
        for encoding in ("utf-8", "latin-1", "utf-16-le"):
            with path.open(encoding=encoding, errors="replace", newline="") as stream:
                text = stream.read()
            assert "".join(block.raw for block in split_text(text)) == text, path

    assert len(files) > 60


def test_every_real_file_that_is_well_formed_has_no_error(shared: Path) -> None:
    odd = {
        "lsst-texmf-refs.bib": ["BIB-KEY"],  # a key with parentheses, which biber refuses
        "typst-biblatex-incorrect_syntax.bib": ["BIB-FIELD"],
    }
    for path in sorted((shared / "data" / "bib").glob("*.bib")):
        with path.open(encoding="utf-8", newline="") as stream:
            codes = [problem.code for block in split(stream, path.name) for problem in block.problems]
        assert codes == odd.get(path.name, []), path
