"""Every row of the catalogue of faults is named by a test, or stands in a list that may only shrink.

A test names a row in its name (``test_a001_...``) or in the id of a parameter (``"a043_..."``, ``"A043"``).
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS: Final = Path(__file__).parent
ROWS: Final = {"A": 91, "B": 25, "C": 25, "D": 52, "E": 49, "F": 30, "G": 32}
"""How many rows each part of the catalogue has: reading BibTeX, CSL-JSON, RIS; arXiv; database; prompt; writing."""

_NO_REPORTS: Final = "there are no reports in HTML, tables or Markdown; exports are data"
_NO_CITATIONS: Final = "citations are formatted by those who read the exports"

UNCOVERED: Final[dict[str, str]] = {
    "G026": _NO_REPORTS,
    "G027": _NO_REPORTS,
    "G028": _NO_REPORTS,
    "G029": _NO_CITATIONS,
    "G030": _NO_CITATIONS,
}
"""Rows that no test names, each with its reason; it may only shrink."""

JUDGED: Final = "ABCDG"
"""The parts whose every row must be named; of the others those are known that tests name."""

_IN_NAME: Final = re.compile(r"(?<=_)[a-g]\d{3}(?=_|$)")
_IN_ID: Final = re.compile(r"([a-gA-G]\d{3})(?:[a-z]?|[ _].*)")


def _named_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield from _IN_NAME.findall(node.name)
            yield from _ids(node.decorator_list)
        elif isinstance(node, ast.Dict):
            yield from _ids([key for key in node.keys if key is not None])


def _ids(nodes: list[ast.expr]) -> Iterator[str]:
    """The rows that the strings in some expressions are called after."""
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                found = _IN_ID.fullmatch(each.value)
                if found:
                    yield found[1]


@pytest.fixture(scope="module")
def named() -> set[str]:
    """Every row that a test is called after."""
    modules = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in modules)
    return {row.upper() for tree in trees for row in _named_in(tree)}


@pytest.mark.parametrize("part", JUDGED)
def test_every_row_is_named_by_a_test_or_has_a_reason(part: str, named: set[str]) -> None:
    rows = {f"{part}{number:03}" for number in range(1, ROWS[part] + 1)}
    assert sorted(rows - named - UNCOVERED.keys()) == []


def test_no_row_stands_in_the_list_that_a_test_names(named: set[str]) -> None:
    assert sorted(named & UNCOVERED.keys()) == []


def test_no_test_names_a_row_that_is_none(named: set[str]) -> None:
    rows = {f"{part}{number:03}" for part, count in ROWS.items() for number in range(1, count + 1)}
    assert sorted(named - rows) == []
