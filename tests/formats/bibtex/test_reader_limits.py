"""Large and odd files: what is read of them, and that it takes time in proportion."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from dlbib.formats.bibtex.reader import parse_bibtex
from dlbib.model.names import Name
from tests.growth import in_proportion, taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlbib.formats import Parsed


def read(text: str) -> list[Parsed]:
    return list(parse_bibtex(io.StringIO(text, newline=""), "refs.bib"))


SHAPES: dict[str, Callable[[int], str]] = {
    "a065 one line": lambda n: "@misc{k, note = {" + "x " * 40 * n + "}}",
    "a065 entries on one line": lambda n: "".join(f"@misc{{k{i}, title = {{T}}}}" for i in range(n)),
    "a065 entries": lambda n: "".join(f"@misc{{k{i},\n  title = {{T {i}}}\n}}\n" for i in range(n)),
    "a067 pieces": lambda n: "@misc{k, note = " + " # ".join(["{x}"] * n) + "}",
    "a067 fields": lambda n: "@misc{k" + "".join(f", f{i} = {{x}}" for i in range(n)) + "}",
    "a006 fields said twice": lambda n: "@misc{k" + ", note = {x}" * n + "}",
    "a007 fields said otherwise": lambda n: "@misc{k" + "".join(f", note = {{{i}}}" for i in range(n)) + "}",
    "hard blanks among pages": lambda n: "@misc{k, pages = {1" + "~" * n * 10 + "2}}",
    "dashes among pages": lambda n: "@misc{k, pages = {1" + "- " * n * 10 + "2}}",
    "dashes of all sorts among pages": lambda n: "@misc{k, pages = {1" + "-\u2013 " * n * 10 + "2}}",
    "blanks within a serial number": lambda n: "@misc{k, isbn = {1" + " " * n * 10 + "2}}",
    "blanks behind a line of an address": lambda n: "@misc{k, url = {a\nb" + " " * n * 10 + "c}}",
    "blanks within a year with a key": lambda n: "@misc{k, year = {\\noopsort{a}1" + " " * n * 10 + "2}}",
    "a067 authors": lambda n: "@misc{k, author = {" + " and ".join(f"Ann{i} Lee" for i in range(n)) + "}}",
    "a074 authors": lambda n: (
        "@misc{k, author = {" + " and ".join(f"\u674e\u660e{i}" for i in range(n)) + "}}"
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a065_a067_a074_reading_takes_time_in_proportion(name: str) -> None:
    def seconds(count: int) -> float:
        text = SHAPES[name](count)
        return taken(lambda: read(text))

    assert in_proportion(seconds, 4_000, least_s=6e-3)


def test_a067_a_hundred_thousand_authors_are_read() -> None:
    (record,) = read("@misc{k, author = {" + " and ".join(["Ann Lee"] * 100_000) + "}}")
    assert record.entry is not None
    assert len(record.entry.authors) == 100_000


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("\u674e\u660e", (Name("\u674e\u660e"),)),
        ("\u674e, \u660e", (Name("\u674e", "\u660e"),)),
        ("\u674e\u660e and \u738b\u82b3", (Name("\u674e\u660e"), Name("\u738b\u82b3"))),
        ("Madonna", (Name("Madonna"),)),
    ],
)
def test_a074_a_name_of_one_word_is_one_whatever_its_script(author: str, names: tuple[Name, ...]) -> None:
    (record,) = read(f"@misc{{k, author = {{{author}}}}}")
    assert record.entry is not None
    assert record.entry.authors in (
        names,
        tuple(Name(literal=name.family) if not name.given else name for name in names),
    )


@pytest.mark.parametrize("name", ["Doe, J\\}", "Doe, {J", "D}oe, J"])
def test_a075_half_a_pair_of_braces_in_a_name_is_told_and_the_next_entry_read(name: str) -> None:
    records = read(f"@misc{{k, author = {{{name}}}}}\n\n@misc{{next, title = {{T}}}}\n")
    assert [record.entry.key for record in records if record.entry][-1] == "next"
    told = {problem.code for record in records for problem in record.problems}
    assert told & {"BIB-BRACE", "BIB-SYNTAX", "BIB-TRAILING-TEXT", "BIB-UNCLOSED"}
