"""Every real file there is, through the formats: what comes out is valid, and what is read back is equal."""

from __future__ import annotations

import io
import json
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

import dlbib
from dlbib.errors import InputError
from dlbib.formats import RenderOptions, formats
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dlbib.model.entry import Entry

FILES = sorted(
    path
    for pattern in ("bib/*.bib", "ris/*.ris", "malformed/*.bib", "malformed/*.biblatex")
    for path in (SHARED / "data").glob(pattern)
)
MOST = 150
"""How many entries of a file are written as RIS, which reads back each as soon as it is written."""

real = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


@cache
def validator() -> Any:  # noqa: ANN401  # jsonschema types its validators so
    schema = json.loads((SHARED / "data/csl/csl-data.json").read_text(encoding="utf-8"))
    return Draft7Validator({**schema["items"], "definitions": schema["definitions"]})


def entries_of(path: Path) -> list[Entry]:
    try:
        return dlbib.read(path)[0]
    except InputError:
        return dlbib.read(path, encoding="latin-1")[0]


def rendered(entries: Iterable[Entry], name: str) -> str:
    render = formats()[name].render
    assert render is not None
    return "".join(render(entries, RenderOptions()))


def parsed(text: str, name: str) -> list[Entry]:
    parse = formats()[name].parse
    assert parse is not None
    return [each.entry for each in parse(io.StringIO(text, newline=""), "x") if each.entry]


@real
def test_csl_json_is_valid_and_comes_back_equal(path: Path) -> None:
    entries = entries_of(path)
    text = rendered(entries, "csl-json")
    items = json.loads(text)
    assert [error.message for item in items for error in validator().iter_errors(item)] == []
    assert parsed(text, "csl-json") == entries


@real
def test_ris_that_was_read_comes_back_equal(path: Path) -> None:
    once = parsed(rendered(islice(entries_of(path), MOST), "ris"), "ris")
    assert parsed(rendered(once, "ris"), "ris") == once


@pytest.mark.parametrize(
    "path", [each for each in FILES if each.suffix == ".ris"], ids=lambda path: path.name
)
def test_c024_ris_is_ris_again(path: Path) -> None:
    entries = entries_of(path)
    assert parsed(rendered(entries, "ris"), "ris") == entries
