from __future__ import annotations

import io
import re
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings

from dlbib.formats.bibtex.splitter import EntryBlock, FailedBlock, is_set_aside, split, split_text
from dlbib.formats.bibtex.splitter.matching import Matcher
from dlbib.formats.bibtex.splitter.scanner import Scanner
from dlbib.formats.bibtex.splitter.window import Window
from tests.growth import in_proportion, taken
from tests.strategies.bibtex import Fields, broken_files, files

if TYPE_CHECKING:
    from collections.abc import Callable


class Drip(io.StringIO):
    """A text that comes in pieces of a few letters."""

    def __init__(self, text: str, size: int) -> None:
        super().__init__(text, newline="")
        self._size = size

    def read(self, size: int | None = -1, /) -> str:  # noqa: ARG002  # a stream may give less than is asked for
        return super().read(self._size)


def read_sign_by_sign(raw: str) -> Fields:
    window = Window(io.StringIO(raw, newline=""), len(raw) + 1)
    while not window.ended:
        window.grow()
    scanner = Scanner(window, Matcher(window))
    scanner.read()
    return tuple((name, value) for name, value, _ in scanner.draft.fields)


@given(broken_files())
@example("@misc{a}\r")
def test_a091_the_blocks_put_together_are_the_file_letter_by_letter(text: str) -> None:
    assert "".join(block.raw for block in split_text(text)) == text


@given(broken_files())
def test_every_block_has_a_text_and_tells_its_true_place(text: str) -> None:
    offset = 0
    for block in split_text(text):
        lines = re.split(r"\r\n|\r|\n", text[:offset])
        assert block.raw
        assert (block.line, block.column) == (len(lines), len(lines[-1]) + 1)
        offset += len(block.raw)


@given(broken_files())
def test_problems_point_into_their_blocks(text: str) -> None:
    for block in split_text(text):
        lines = re.split(r"\r\n|\r|\n", block.raw)
        for problem in block.problems:
            assert block.line <= problem.line < block.line + len(lines)
        assert is_set_aside(block) or not isinstance(block, FailedBlock)


@given(files())
def test_a_well_formed_entry_is_read_as_it_was_written(
    file: tuple[str, list[tuple[str, str, Fields]]],
) -> None:
    text, expected = file

    blocks = list(split_text(text))

    assert [(b.type, b.key, b.fields) for b in blocks if isinstance(b, EntryBlock)] == expected
    assert [block for block in blocks if is_set_aside(block)] == []


@given(broken_files())
def test_an_entry_matched_whole_says_the_same_when_it_is_read_sign_by_sign(text: str) -> None:
    for block in split_text(text):
        if isinstance(block, EntryBlock):
            assert block.fields == read_sign_by_sign(block.raw)


@given(broken_files())
@settings(max_examples=50)
def test_the_blocks_are_the_same_however_the_text_comes_in(text: str) -> None:
    blocks = list(split_text(text))

    assert [list(split(Drip(text, size))) for size in (1, 2, 7)] == [blocks] * 3


@given(broken_files())
def test_what_stands_before_a_well_formed_entry_never_swallows_it_silently(text: str) -> None:
    blocks = list(split_text(f"{text}\n\n@misc{{last, title = {{T}}}}"))

    is_read = isinstance(blocks[-1], EntryBlock) and blocks[-1].key == "last"
    assert is_read or any(block.problems for block in blocks) or "@comment" in text


HOSTILE: dict[str, Callable[[int], str]] = {
    "open braces": lambda n: "@a{k, t={" * n,
    "open braces on lines": lambda n: "@a{k, t={\n" * n,
    "at signs": lambda n: "@ @" * n * 2,
    "indented at signs": lambda n: (" " * 100 + "@") * (n // 20),
    "fields": lambda n: "@a{k" + ", x={y}" * n + "}",
    "fields without an end": lambda n: "@a{k" + ", x={y}" * n,
    "concatenations": lambda n: "@a{k, t=" + "a # " * n + "b}",
    "hashes": lambda n: "@a{k, t=" + "#" * n + "}",
    "nested braces": lambda n: "@a{k, t=" + "{" * n + "}" * n + "}",
    "braces that are never closed": lambda n: "@a{k, t=" + "{" * n,
    "open quotation marks": lambda n: '@a{k, t="\n' * n,
    "open quotation marks, closed braces": lambda n: '@a{k, t="\n' * n + "}" * n,
    "blocks in quotation marks": lambda n: '@a{k, t="\n@b{}' * n,
    "quotation marks in parentheses": lambda n: '@a(k, t="x,\n' * n,
    "open comments": lambda n: "@comment{\n" * n,
    "open comments in parentheses": lambda n: "@comment(\n" * n,
    "open preambles": lambda n: '@preamble{"\n' * n,
    "braces that close too late": lambda n: "@a{\n" * n + "}" * n,
    "values that close too late": lambda n: "@a{k, t={\n" * n + "}x}" * n,
    "braces in comments": lambda n: "@a{k, % }\n t={\n" * n,
    "missing commas": lambda n: "@a{k, " + "a={}" * n + "}",
    "junk": lambda n: "@a{k, " + "a={} x," * n + "}",
    "addresses": lambda n: "a@b.c " * n * 2,
    "percent signs": lambda n: "% @a{k, " * n,
    "entries on one line": lambda n: '@a{k, t={x}, u="y"}' * n,
    "remarks on one line": lambda n: ", @a{k, t={x}}" * n,
    "entries in a value": lambda n: "@a{k, t={\n" + "@b{c, d={e}}\n" * n + "}",
    "commas in an open value": lambda n: "@a{k, t={" + ", a" * n + "}\n@b{c}",
    "blank lines": lambda n: "\n" * n * 20,
}


@pytest.mark.parametrize("shape", HOSTILE.values(), ids=HOSTILE.keys())
def test_a066_time_grows_with_the_length_of_a_text_and_no_faster(shape: Callable[[int], str]) -> None:
    def seconds(count: int) -> float:
        text = shape(count)
        return taken(lambda: list(split_text(text)))

    assert in_proportion(seconds, 4_000, least_s=6e-3)


def test_memory_does_not_grow_with_the_length_of_a_file() -> None:
    class Endless(io.StringIO):
        """The same entry, three million letters of it."""

        left = 3_000_000

        def read(self, size: int | None = -1, /) -> str:
            entry = "@misc{key, title = {A title}, year = 2014}\n"
            self.left -= size or 0
            return entry * ((size or 0) // len(entry)) if self.left > 0 else ""

    tracemalloc.start()
    try:
        count = sum(isinstance(block, EntryBlock) for block in split(Endless()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert count > 40_000
    assert peak < 6_000_000
