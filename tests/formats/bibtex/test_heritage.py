from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

PROCEEDINGS = (
    "@proceedings{p, title = {Tidal Flats}, subtitle = {Field Days}, titleaddon = {Vol. 2}, year = 2003}"
)
BOOK = "@book{p, title = {Dunes}, subtitle = {A Guide}, author = {Reed, Ann}, year = 1991}"
PERIODICAL = "@periodical{p, title = {Shore}, subtitle = {Monthly}, year = 1987}"


def child(fields: str, entry_type: str, parent: str, dialect: str) -> Entry:
    parse = parse_bibtex if dialect == "bibtex" else parse_biblatex
    text = f"@{entry_type}{{c, {fields}, crossref = {{p}}}}\n{parent}"
    return next(each.entry for each in parse(io.StringIO(text), "x") if each.entry and each.entry.key == "c")


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    ("entry_type", "parent", "container"),
    [
        ("inproceedings", PROCEEDINGS, "Tidal Flats: Field Days. Vol. 2"),
        ("inbook", BOOK, "Dunes: A Guide"),
        ("article", PERIODICAL, "Shore: Monthly"),
    ],
)
def test_the_titles_of_the_parent_are_those_of_the_container_alone(
    entry_type: str, parent: str, container: str, dialect: str
) -> None:
    found = child("title = {Sand}", entry_type, parent, dialect)
    assert (found.title, found.container_title) == ("Sand", container)


def test_bibtex_gives_a_part_without_a_title_that_of_the_book() -> None:
    assert child("chapter = 4", "inbook", BOOK, "bibtex").title == "Dunes: A Guide"
    assert child("chapter = 4", "inbook", BOOK, "biblatex").title is None


@pytest.mark.parametrize(("dialect", "container"), [("bibtex", "Proc. Tides"), ("biblatex", "Tides: Notes")])
def test_the_title_that_a_parent_has_for_its_parts_is_theirs_in_bibtex(dialect: str, container: str) -> None:
    parent = "@proceedings{p, title = {Tides}, subtitle = {Notes}, booktitle = {Proc. Tides}}"
    assert child("title = {Ebb}", "inproceedings", parent, dialect).container_title == container


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("entry_type", ["book", "collection", "proceedings", "mvbook"])
def test_what_is_in_nothing_else_keeps_the_title_for_its_parts_beside(entry_type: str, dialect: str) -> None:
    parse = parse_bibtex if dialect == "bibtex" else parse_biblatex
    text = f"@{entry_type}{{p, title = {{Tides}}, booktitle = {{Proc. Tides}}}}"
    (found,) = (each.entry for each in parse(io.StringIO(text), "x"))
    assert found is not None
    assert (found.container_title, found.extra["bibtex:booktitle"]) == (None, "Proc. Tides")


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_the_short_title_of_a_periodical_is_its_own(dialect: str) -> None:
    parent = "@periodical{p, title = {Shore}, shortjournal = {Sh.}, year = 1987}"
    found = child("title = {Sand}", "article", parent, dialect)
    assert (found.container_title, found.container_title_short) == ("Shore", None)


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_what_is_read_together_with_another_field_is_inherited_too(dialect: str) -> None:
    parent = "@book{p, title = {Dunes}, addendum = {With a map}, urlyear = 2003, urlmonth = 4}"
    found = child("title = {Sand}", "inbook", parent, dialect)
    assert (found.note, str(found.accessed)) == ("With a map", "2003-04")


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    ("own", "parents"),
    [
        ("year = 2001", "date = {1999}"),
        ("date = {2001}", "year = 1990, endyear = 1995"),
        ("year = 2001", "endyear = 2005"),
    ],
)
def test_of_a_date_that_the_entry_has_itself_no_part_is_inherited(
    own: str, parents: str, dialect: str
) -> None:
    found = child(f"title = {{Sand}}, {own}", "inbook", f"@book{{p, title = {{Dunes}}, {parents}}}", dialect)
    assert (str(found.issued), found.extra.keys() - {"bibtex:crossref", "bibtex:entrytype"}) == (
        "2001",
        set(),
    )
