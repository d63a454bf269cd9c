from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats import RenderOptions, get_format
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.formats.bibtex.reader.making import made
from dlbib.model.entry import Entry
from dlbib.model.names import Name, name_parts
from dlbib.model.names.interpretation import plain_parts, ungrouped
from dlbib.model.names.name import plain_name
from tests.strategies.entries import entries, texts
from tests.strategies.names import name_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

DIALECTS = ["bibtex", "biblatex"]
FIELDS = [
    *(
        "title",
        "booktitle",
        "journal",
        "publisher",
        "address",
        "series",
        "number",
        "pages",
        "edition",
        "note",
    ),
    *("author", "editor", "translator", "keywords", "ids", "language", "type", "pubstate", "howpublished"),
    *(
        "year",
        "month",
        "date",
        "urldate",
        "doi",
        "url",
        "isbn",
        "eprint",
        "archiveprefix",
        "owner",
        "csl-scale",
    ),
]
TYPES = ["article", "book", "inproceedings", "misc", "online", "patent", "phdthesis", "unpublished", "odd"]


def read(text: str, dialect: str) -> list[Entry]:
    parse = parse_bibtex if dialect == "bibtex" else parse_biblatex
    return [record.entry for record in parse(io.StringIO(text, newline=""), "refs") if record.entry]


def checked(entry: Entry) -> Entry:
    """What the constructor makes of everything that an entry holds."""
    return Entry(**{name: getattr(entry, name) for name in Entry.model_fields})


def are_canonical(found: Iterable[Entry]) -> bool:
    return all(repr(entry) == repr(checked(entry)) for entry in found)


@given(entries())
def test_what_is_made_of_right_values_is_what_the_constructor_makes_of_them(entry: Entry) -> None:
    values = {name: getattr(entry, name) for name in Entry.model_fields if name != "extra"}
    again = made(values, entry.extra)
    assert again == entry
    assert repr(again) == repr(entry)
    assert hash(again) == hash(entry)


@given(
    st.lists(st.sampled_from(["speech", "vision"]), max_size=4),
    st.lists(st.sampled_from(["editor", "author"])),
)
def test_what_is_said_twice_is_made_once(keywords: list[str], others: list[str]) -> None:
    values = {"keywords": tuple(keywords), "others": tuple(others)}
    assert made(values, {}) == Entry(**values)


def test_what_is_made_is_frozen_and_can_be_changed_by_copying() -> None:
    entry = made({"key": "a", "title": "One"}, {"bibtex:owner": "me"})
    with pytest.raises(ValueError, match="frozen"):
        entry.title = "Two"  # type: ignore[misc]  # that it is refused is the point
    assert entry.replace(title="Two") == Entry(key="a", title="Two", extra={"bibtex:owner": "me"})


@pytest.mark.parametrize("dialect", DIALECTS)
@given(st.lists(entries(), max_size=2))
def test_entries_that_were_written_are_read_canonical(dialect: str, library: list[Entry]) -> None:
    render = get_format(dialect).render
    assert render is not None
    assert are_canonical(read("".join(render(library, RenderOptions())), dialect))


@pytest.mark.parametrize("dialect", DIALECTS)
@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(FIELDS), texts() | name_texts(), max_size=6))
def test_entries_of_any_text_are_read_canonical(dialect: str, kind: str, fields: dict[str, str]) -> None:
    written = "".join(f"{name} = {{{unicodedata.normalize('NFD', text)}}}, " for name, text in fields.items())
    assert are_canonical(read(f"@{kind}{{k, {written}}}", dialect))


@given(
    name_texts()
    | st.sampled_from(["Graves, Alex", "Alex Graves", "Doe J, Roe R", "A\u030angstro\u0308m, A."])
)
def test_a_name_of_two_plain_parts_is_what_the_constructor_makes_of_them(text: str) -> None:
    parts = plain_parts(text, ungrouped)
    assert plain_name(text, ungrouped) == (Name(*parts) if parts else None)


@given(st.from_regex(r"[A-Za-z]{1,8}(, )?[A-Za-z.' -]{0,8}", fullmatch=True))
def test_plain_names_have_the_words_that_the_grammar_gives_them(text: str) -> None:
    plain, parts = plain_name(text, ungrouped), name_parts(text)
    if plain is not None:
        assert plain == Name(" ".join(parts.last), " ".join(parts.first))
        assert not parts.von
        assert not parts.jr
