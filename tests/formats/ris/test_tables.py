from __future__ import annotations

import re

import pytest

from dlbib.formats.ris.tags import KNOWN, ROWS, Row, readings, writings
from dlbib.formats.ris.types import GENERIC, TYPES, WRITTEN
from dlbib.model.entry import ROLES, Entry
from dlbib.model.entry import TYPES as CSL_TYPES
from dlbib.model.identifiers import SCHEMES

NAMESAKES = {"article", "entry", "post", "review", "review-book", "treaty"}
"""CSL types that RIS has no type of its own for."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.tag}-{row.attribute}")
def test_a_row_names_what_an_entry_has(row: Row) -> None:
    known = {"names": ROLES, "identifier": SCHEMES}.get(row.kind, tuple(Entry.model_fields))
    assert row.attribute in {*known, ""}
    assert row.types <= CSL_TYPES


def test_tags_are_two_letters_or_a_letter_and_a_digit() -> None:
    assert [tag for tag in KNOWN if not re.fullmatch("[A-Z][A-Z0-9]", tag)] == []


@pytest.mark.parametrize("type_", sorted(CSL_TYPES))
def test_what_a_row_writes_it_reads(type_: str) -> None:
    read = readings(type_)
    assert [row for row in writings(type_) if read[row.tag] is not row] == []


@pytest.mark.parametrize("type_", sorted(CSL_TYPES))
def test_every_type_has_title_names_and_date(type_: str) -> None:
    held = {row.attribute for row in writings(type_)}
    assert held >= {"key", "title", "editor", "issued", "doi", "url", "abstract", "keywords", "language"}


def test_ris_types_are_csl_types() -> None:
    assert set(TYPES.values()) <= CSL_TYPES
    assert set(WRITTEN) <= CSL_TYPES
    assert GENERIC in TYPES


def test_a_type_that_is_written_is_read_as_itself_unless_ris_has_none() -> None:
    others = {name for name, written in WRITTEN.items() if TYPES[written] != name}
    assert others == NAMESAKES


def test_every_type_that_is_read_is_written() -> None:
    assert set(TYPES.values()) - set(WRITTEN) == {TYPES[GENERIC]}
