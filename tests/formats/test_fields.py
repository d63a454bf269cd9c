from __future__ import annotations

import pytest

from dlbib.formats.entry_types import BIBTEX_TYPES, REQUIRED, TYPE_ROWS, read_type
from dlbib.formats.fields import (
    ARTICLES,
    DATE_PARTS,
    EDITOR_TYPES,
    FIELDS,
    IN_SERIES,
    ORGANIZED,
    PATENTS,
    REPORTS,
    THESES,
    VERBATIM,
    Dialect,
    Field,
    csl_field,
    csl_name,
    field_rank,
    fields_by_name,
    fields_of,
)
from dlbib.model.entry import DATES, ROLES, Entry
from dlbib.model.identifiers import SCHEMES

ENTRY_TYPES = sorted({name for row in TYPE_ROWS for name in (row.biblatex, row.bibtex)} | BIBTEX_TYPES)
OTHERWISE = ["howpublished", "nobody", "set"]
DIALECTS: tuple[Dialect, ...] = ("bibtex", "biblatex")

NO_FIELDS = {"key", "type", "contributors", "others", "identifiers", "extra"}
"""Attributes that are an entry's key, type and collections, which other rows spell out."""


def row_id(row: Field) -> str:
    return f"{row.attribute}-{row.biblatex}-{row.bibtex}"


@pytest.mark.parametrize("row", FIELDS, ids=row_id)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_row_is_found_from_its_attribute_and_from_its_name(row: Field, dialect: Dialect) -> None:
    types = sorted(row.types) or ENTRY_TYPES
    reached = [each for each in types if fields_of(each)[row.attribute] == row]
    assert reached
    for entry_type in reached:
        assert fields_by_name(entry_type)[row.name(dialect)] is row


@pytest.mark.parametrize("entry_type", [*ENTRY_TYPES, *OTHERWISE])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_two_attributes_share_a_field_in_an_entry_type(entry_type: str, dialect: Dialect) -> None:
    names = [row.name(dialect) for row in fields_of(entry_type).values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("entry_type", [*ENTRY_TYPES, *OTHERWISE])
def test_every_attribute_of_an_entry_has_a_row(entry_type: str) -> None:
    attributes = (set(Entry.model_fields) - NO_FIELDS) | set(ROLES) | set(DATES) | set(SCHEMES)
    assert set(fields_of(entry_type)) == attributes


@pytest.mark.parametrize("row", FIELDS, ids=row_id)
def test_every_alias_is_read_as_its_row_or_names_another_field(row: Field) -> None:
    for entry_type in sorted(row.types) or ENTRY_TYPES:
        if fields_of(entry_type)[row.attribute] == row:
            assert all(alias in fields_by_name(entry_type) for alias in row.aliases)


@pytest.mark.parametrize("row", [row for row in FIELDS if row.csl], ids=row_id)
def test_every_variable_of_csl_is_read_by_its_own_name(row: Field) -> None:
    for entry_type in ENTRY_TYPES:
        assert fields_by_name(entry_type)[csl_field(row.csl)].attribute == row.attribute


def test_both_dialects_names_are_read_in_either() -> None:
    fields = fields_by_name("article")
    assert fields["journal"] is fields["journaltitle"]
    assert fields["address"] is fields["location"]
    assert fields["annote"] is fields["annotation"]
    assert fields["primaryclass"] is fields["eprintclass"]


@pytest.mark.parametrize(
    ("entry_type", "attribute"),
    [
        ("article", "issue"),
        ("book", "collection_number"),
        ("inproceedings", "collection_number"),
        ("patent", "number"),
        ("report", "number"),
    ],
)
def test_number_means_what_the_entry_type_numbers(entry_type: str, attribute: str) -> None:
    assert fields_by_name(entry_type)["number"].attribute == attribute


@pytest.mark.parametrize(
    ("entry_type", "biblatex", "bibtex"),
    [
        ("phdthesis", "institution", "school"),
        ("techreport", "institution", "institution"),
        ("online", "organization", "organization"),
        ("book", "publisher", "publisher"),
    ],
)
def test_a_publisher_is_called_by_what_it_is(entry_type: str, biblatex: str, bibtex: str) -> None:
    row = fields_of(entry_type)["publisher"]
    assert (row.biblatex, row.bibtex) == (biblatex, bibtex)


def test_the_groups_of_types_are_types_that_are_read() -> None:
    for name in ARTICLES | IN_SERIES | ORGANIZED | THESES | REPORTS | PATENTS:
        assert read_type(name) is not None


def test_every_required_field_is_one_of_the_table_or_part_of_a_date() -> None:
    for entry_type, groups in REQUIRED.items():
        known = {*(row.bibtex for row in fields_of(entry_type).values()), *DATE_PARTS}
        assert known.issuperset(name for group in groups for name in group)


def test_the_variables_of_csl_are_spelled_as_its_schema_has_them() -> None:
    variables = [
        csl_name(a) for a in ("title_short", "archive_location", "archive_place", "isbn", "keywords")
    ]
    assert variables == ["title-short", "archive_location", "archive-place", "ISBN", "keyword"]


def test_verbatim_fields_of_the_table_are_identifiers_keys_and_what_belongs_to_them() -> None:
    rows = [row for row in FIELDS if row.biblatex in VERBATIM]
    assert {row.kind for row in rows} == {"identifier", "keys", "text"}
    assert {row.attribute for row in rows if row.kind == "text"} == {"arxiv_category"}


def test_the_kinds_of_editor_are_roles() -> None:
    assert set(ROLES) >= EDITOR_TYPES


def test_fields_stand_in_a_fixed_order_with_unknown_ones_between() -> None:
    names = ["file", "zone", "year", "abstract", "author", "title", "area", "doi", "journal", "note"]
    assert sorted(names, key=field_rank) == [
        "title",
        "author",
        "year",
        "journal",
        "doi",
        "area",
        "zone",
        "abstract",
        "note",
        "file",
    ]
