from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from dlbib.formats.entry_types import (
    BIBTEX_TYPES,
    REQUIRED,
    TYPE_ROWS,
    Fact,
    TypeRow,
    read_type,
    written_subtype,
    written_type,
)
from dlbib.model.entry import TYPES

if TYPE_CHECKING:
    from dlbib.formats.fields import Dialect

FACTS: tuple[Fact, ...] = ("arxiv", "contained", "doctoral", "edited", "event", "located", "noted")
DIALECTS: tuple[Dialect, ...] = ("bibtex", "biblatex")


def sets_of_facts() -> list[frozenset[Fact]]:
    return [frozenset(each) for n in range(len(FACTS) + 1) for each in itertools.combinations(FACTS, n)]


@pytest.mark.parametrize("csl_type", sorted(TYPES))
@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_csl_type_comes_back_whatever_else_the_entry_says(csl_type: str, dialect: Dialect) -> None:
    for facts in sets_of_facts():
        written = written_type(csl_type, facts, dialect)
        subtype = written_subtype(written, csl_type, facts)
        assert read_type(written, facts, subtype) == csl_type


@pytest.mark.parametrize("row", TYPE_ROWS, ids=lambda row: f"{row.csl}-{row.when}")
def test_every_row_is_written_when_its_fact_holds(row: TypeRow) -> None:
    facts: frozenset[Fact] = frozenset({row.when} if row.when else ())
    for dialect in DIALECTS:
        assert written_type(row.csl, facts, dialect) == row.name(dialect)


def test_bibtex_gets_no_type_that_its_styles_don_t_know() -> None:
    assert {row.bibtex for row in TYPE_ROWS} <= BIBTEX_TYPES


def test_every_type_of_bibtex_has_its_required_fields() -> None:
    assert set(REQUIRED) == BIBTEX_TYPES


@pytest.mark.parametrize("name", sorted(BIBTEX_TYPES))
def test_every_type_of_bibtex_is_read(name: str) -> None:
    assert read_type(name.upper()) in TYPES


def test_a_preprint_is_told_by_its_arxiv_id() -> None:
    assert read_type("misc", frozenset({"arxiv"})) == "article"
    assert read_type("article", frozenset({"arxiv"})) == "article-journal"


def test_a_talk_is_told_by_its_event() -> None:
    assert read_type("unpublished", frozenset({"event"})) == "speech"


@pytest.mark.parametrize(
    ("name", "csl_type"),
    [
        ("bookinbook", "chapter"),
        ("commentary", "book"),
        ("image", "graphic"),
        ("inreference", "entry-encyclopedia"),
        ("manual", "book"),
        ("music", "song"),
    ],
)
def test_a_type_of_biblatex_is_what_its_manual_describes(name: str, csl_type: str) -> None:
    assert read_type(name) == csl_type


def test_a_subtype_that_the_type_is_never_written_with_says_nothing() -> None:
    assert read_type("article", subtype="thesis") == "article-journal"
    assert read_type("article", subtype="Magazine") == "article-magazine"
    assert read_type("suppperiodical", subtype="newspaper") == "article-newspaper"


def test_an_unknown_type_is_not_guessed() -> None:
    assert read_type("whatever") is None


def test_most_types_need_no_subtype_in_biblatex() -> None:
    for csl_type in ("book", "dataset", "patent", "software", "thesis", "report", "article-journal"):
        assert not written_subtype(written_type(csl_type, frozenset(), "biblatex"), csl_type, frozenset())
