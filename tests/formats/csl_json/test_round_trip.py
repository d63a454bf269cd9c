from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from dlbib.formats.csl_json.variables import VARIABLES
from dlbib.model.entry import DATES, ROLES, TYPES, Contributor, Entry
from tests.formats.csl_json.reading import entries_of, items, parsed, written
from tests.strategies.dates import dates
from tests.strategies.identifiers import identifiers
from tests.strategies.names import names

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
WORDS = st.one_of(st.sampled_from(["", "a", "a, b", "arXiv:1406.2661", "12", " x ", "é", "e\u0301"]), TEXT)
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), WORDS
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=5,
)
NAMED = st.fixed_dictionaries(
    {},
    optional={
        "family": st.one_of(WORDS, JSON),
        "given": WORDS,
        "literal": WORDS,
        "comma-suffix": st.booleans(),
        "x": JSON,
    },
)
PARTS = st.lists(
    st.lists(st.one_of(st.integers(-5000, 5000), st.integers(1, 13), JSON), max_size=4), max_size=3
)
DATED = st.fixed_dictionaries(
    {},
    optional={"date-parts": PARTS, "season": JSON, "circa": JSON, "literal": JSON, "raw": WORDS, "x": JSON},
)
MEMBERS = st.one_of(JSON, st.lists(st.one_of(NAMED, JSON), max_size=3), DATED)
PLAIN_TEXTS = [
    name
    for name, field in Entry.model_fields.items()
    if field.annotation == str | None and name not in {"key", "type"}
]


@st.composite
def extras(draw: st.DrawFn) -> dict[str, str]:
    """What no variable holds: of other formats, and of CSL, as it was read and as it never was."""
    variables = st.sampled_from([*VARIABLES, "id", "type", "citation-key", "mood", "title#2"])
    found = draw(
        st.dictionaries(variables.map("csl:{}".format), st.one_of(MEMBERS.map(as_read), TEXT), max_size=3)
    )
    return found | draw(st.dictionaries(TEXT, TEXT, max_size=2))


def as_read(value: object) -> str:
    record = parsed(json.dumps([{"id": "a", "type": "book", "x": value}]))[0]
    assert record.entry is not None
    return record.entry.extra["csl:x"]


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry at all."""
    values: dict[str, Any] = draw(st.dictionaries(st.sampled_from(PLAIN_TEXTS), WORDS, max_size=6))
    values |= draw(st.dictionaries(st.sampled_from(DATES), dates(), max_size=2))
    return Entry(
        key=draw(WORDS),
        type=draw(st.one_of(st.sampled_from(["article", "book"]), st.sampled_from(sorted(TYPES)))),
        aliases=draw(st.lists(TEXT, max_size=2)),
        contributors=draw(st.lists(st.builds(Contributor, st.sampled_from(ROLES[:4]), names()), max_size=4)),
        others=draw(st.lists(st.sampled_from(ROLES), max_size=2)),
        identifiers=draw(st.lists(identifiers(), max_size=4)),
        keywords=draw(st.lists(WORDS, max_size=3)),
        extra=draw(extras()),
        **values,
    )


@given(entries())
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    assert entries_of(written(entry)) == [entry]


@given(st.dictionaries(st.sampled_from([*VARIABLES, "doi", "Pages", "x"]), MEMBERS, max_size=5))
def test_an_item_that_was_read_comes_back_as_it_was(members: dict[str, object]) -> None:
    (entry,) = entries_of(json.dumps([{"id": "a", "type": "book", **members}]))
    text = written(entry)
    assert entries_of(text) == [entry]
    assert written(*entries_of(text)) == text


@pytest.fixture(scope="module")
def schema(shared: Path) -> dict[str, Any]:
    """CSL's own schema of CSL-JSON."""
    found: dict[str, Any] = json.loads(
        (shared / "data" / "csl" / "csl-data.json").read_text(encoding="utf-8")
    )
    return found


def faults(schema: dict[str, Any], library: list[Entry]) -> list[str]:
    return [error.message for error in Draft7Validator(schema).iter_errors(items(library))]


@given(st.lists(entries(), max_size=3))
@settings(max_examples=60)
def test_g024_whatever_is_written_is_valid(schema: dict[str, Any], library: list[Entry]) -> None:
    assert faults(schema, library) == []


@given(st.dictionaries(st.sampled_from([*VARIABLES, "doi", "x"]), MEMBERS, max_size=4))
@settings(max_examples=60)
def test_whatever_was_read_is_written_valid(schema: dict[str, Any], members: dict[str, object]) -> None:
    read = entries_of(json.dumps([{"id": "a", "type": "book", **members}]))
    assert faults(schema, read) == []


def test_every_variable_of_the_schema_is_known(schema: dict[str, Any]) -> None:
    known = {*VARIABLES, "id", "type", "citation-key"}
    assert set(schema["items"]["properties"]) == known
