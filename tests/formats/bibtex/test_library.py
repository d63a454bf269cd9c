from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ImplicitComment,
)
from bibtexparser.splitter import Splitter
from hypothesis import given

from dlbib.errors import ParseError
from dlbib.formats.bibtex.library import from_library, to_library
from dlbib.formats.bibtex.splitter import (
    Block,
    EntryBlock,
    FailedBlock,
    StringBlock,
    is_set_aside,
    split_text,
)
from tests.strategies.bibtex import broken_files

if TYPE_CHECKING:
    from pathlib import Path

    from bibtexparser.model import Block as TheirBlock

EVERYTHING = """% a remark

@string{mit = "MIT Press"}
@preamble{"\\newcommand{\\x}{y}"}
@comment{kept}
@Article{smith2014,
  title = {A {DNA} title},
  author = "Ann Smith and Bob Jones",
  publisher = mit # { Ltd},
  month = jan,
  year = 2014
}
"""


def there(text: str) -> Library:
    return to_library(split_text(text))


def back(library: Library) -> list[Block]:
    """All but the blank text."""
    return [block for block in from_library(library) if not block.raw.isspace()]


def said(block: TheirBlock) -> tuple[object, ...]:
    """All that a block of theirs says, in its place."""
    kept = {"_parser_metadata", "_error", "_previous_block", "_ignore_error_block", "_fields"}
    fields = [(field.key, field.value) for field in block.fields] if isinstance(block, Entry) else []
    return (type(block), fields, {key: value for key, value in vars(block).items() if key not in kept})


def test_a_library_is_the_one_that_bibtexparser_splits_a_text_into() -> None:
    assert [said(b) for b in there(EVERYTHING).blocks] == [
        said(b) for b in Splitter(EVERYTHING).split().blocks
    ]


def test_fields_have_their_lines() -> None:
    (entry,) = there("\n@misc{a,\n x = 1,\n y = {\n}, z = 3}").entries

    assert [field.start_line for field in entry.fields] == [2, 3, 4]


def test_a_second_entry_with_a_key_stands_in_its_place_as_a_duplicate() -> None:
    library = there("@misc{a, x = 1}\n@misc{a, x = 2}")

    (duplicate,) = library.failed_blocks
    assert isinstance(duplicate, DuplicateBlockKeyBlock)
    assert duplicate.raw == "@misc{a, x = 2}"
    assert [block.raw for block in back(library)] == ["@misc{a, x = 1}", "@misc{a, x = 2}"]


def test_a_macro_defined_again_comes_back() -> None:
    assert [b.raw for b in back(there('@string{a = "x"}@string{a = "y"}'))] == [
        '@string{a = "x"}',
        '@string{a = "y"}',
    ]


def test_an_entry_with_two_fields_of_a_name_comes_back_with_both() -> None:
    library = there("@misc{a, x = 1, x = 2}")

    (duplicate,) = library.failed_blocks
    assert isinstance(duplicate, DuplicateFieldKeyBlock)
    assert duplicate.duplicate_keys == {"x"}
    assert back(library) == [
        EntryBlock("@misc{a, x = 1, x = 2}", 1, 1, "misc", "a", (("x", "1"), ("x", "2")))
    ]


@pytest.mark.parametrize("text", ["@misc{, x = 1}", "@misc{a, x = {", "@misc{a, x = {y} z = 1}"])
def test_a_block_with_an_error_is_a_failed_block_there_and_itself_when_it_is_back(text: str) -> None:
    (block,) = split_text(text)
    library = to_library([block])

    (failed,) = library.failed_blocks
    assert isinstance(failed.error, ParseError)
    assert failed.raw == text
    assert back(library) == [block]


def test_warnings_come_back() -> None:
    (entry,) = (b for b in split_text("% @misc{a, x = 1}") if isinstance(b, EntryBlock))
    assert entry.problems

    assert back(to_library([entry])) == [entry]


def test_a_block_of_several_macros_is_as_many_there() -> None:
    library = there("@string{a = 1, b = 2}")

    assert {key: string.value for key, string in library.strings_dict.items()} == {"a": "1", "b": "2"}
    assert [b.fields for b in back(library) if isinstance(b, StringBlock)] == [(("a", "1"),), (("b", "2"),)]


def test_blank_text_is_left_out_and_a_blank_line_stands_between_blocks() -> None:
    found = from_library(there("\ufeff\n@misc{a}@misc{b}\n\n\n\n@misc{c}"))

    assert "".join(block.raw for block in found) == "@misc{a}\n\n@misc{b}\n\n@misc{c}\n"


def test_an_empty_library_is_no_blocks() -> None:
    assert list(from_library(Library())) == []


def test_a_block_that_was_made_without_a_text_gets_one() -> None:
    entry = Entry("misc", "a", [Field("title", "{T}"), Field("year", "2014")])

    (block,) = back(Library([entry]))

    assert isinstance(block, EntryBlock)
    assert (block.line, block.key, block.fields) == (0, "a", (("title", "{T}"), ("year", "2014")))
    assert next(split_text(block.raw))[3:6] == block[3:6]


@pytest.mark.parametrize(
    "value",
    ["{x}, evil = {1}", "{x", "x}", '"a', "{x}} @misc{evil, y = {z}", "two words", "", ["Ann", "Bob"]],
)
def test_a_value_that_would_say_something_else_in_a_file_sets_its_entry_aside(value: object) -> None:
    entry = Entry("misc", "a", [Field("title", value)], 3, "@misc{a, title = {T}}")

    (block,) = back(Library([entry]))

    assert isinstance(block, FailedBlock)
    assert (block.raw, block.line, block.key) == ("@misc{a, title = {T}}", 4, "a")
    assert [problem.code for problem in block.problems] == ["BIB-UNWRITABLE"]


def test_a_comment_that_would_be_an_entry_in_a_file_is_set_aside() -> None:
    (block,) = back(Library([ImplicitComment("@misc{evil, x = 1}")]))

    assert isinstance(block, FailedBlock)


def test_bibtexparser_writes_what_we_split() -> None:
    library = there(EVERYTHING)
    again = parse_string(write_string(library, unparse_stack=[]), parse_stack=[])

    assert [(e.key, e.items()) for e in again.entries] == [(e.key, e.items()) for e in library.entries]


@given(broken_files())
def test_every_block_but_blank_text_comes_back(text: str) -> None:
    blocks = [b for b in split_text(text) if b.raw.strip("\ufeff \t\r\n\f\v") and not b.raw.isspace()]
    blocks = [b for b in blocks if not isinstance(b, StringBlock) or len(b.fields) == 1 or is_set_aside(b)]

    assert back(to_library(blocks)) == blocks


DIFFERENT = {
    "Text-BibTeX-macro.bib": "bibtexparser takes all but the first of several macros for the first one's value",
    "Text-BibTeX-regular.bib": "bibtexparser takes a comment in an entry for a part of the next field's name",
    "lsst-texmf-refs.bib": "a key holds parentheses, which biber refuses and bibtexparser takes",
    "typst-biblatex-incorrect_syntax.bib": "bibtexparser ends a broken entry at the first sign that is odd",
}
"""Real files that bibtexparser splits in another way, and why; there may be fewer, never more."""


def test_bibtexparser_splits_the_real_files_as_we_do(shared: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    different = []
    for path in sorted((shared / "data" / "bib").glob("*.bib")):
        text = path.read_text(encoding="utf-8")
        if [said(b) for b in there(text).blocks] != [said(b) for b in Splitter(text).split().blocks]:
            different.append(path.name)

    assert different == list(DIFFERENT)


def test_the_library_is_public_and_loads_bibtexparser_only_when_asked_for() -> None:
    code = (
        "import sys, dlbib.formats.bibtex as bibtex; assert 'bibtexparser' not in sys.modules; "
        "from dlbib.formats.bibtex import from_library, to_library; assert 'bibtexparser' in sys.modules; "
        "assert list(from_library(to_library([]))) == []; print(hasattr(bibtex, 'nothing'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
