from __future__ import annotations

import pytest

from dlbib.errors import ConflictError, InvalidIdentifierError, NotFoundError
from dlbib.model.dates import Date
from dlbib.model.editing import stated
from dlbib.model.identifiers import Identifier
from dlbib.model.merging import People
from dlbib.model.names import Name

DOE = Name("Doe", "Jane")


@pytest.mark.parametrize(
    ("name", "typed", "field", "value"),
    [
        ("title", "A title", "title", "A title"),
        ("year", 2014, "issued", Date.of(2014)),
        ("date", "2014-06", "issued", Date.of(2014, 6)),
        ("issued", Date.of(2014), "issued", Date.of(2014)),
        ("author", "Doe, Jane and others", "author", People((DOE,), others=True)),
        ("authors", DOE, "author", People((DOE,))),
        ("editor", [DOE, "Roe, Richard"], "editor", People((DOE, Name("Roe", "Richard")))),
        ("DOI", "https://doi.org/10.1/X", "doi", (Identifier("doi", "10.1/X"),)),
        ("arxiv_id", "arXiv:1406.2661v1", "arxiv", (Identifier("arxiv", "1406.2661v1"),)),
        ("keywords", "one, two ,", "keywords", ("one", "two")),
        ("journal", "Nature", "container_title", "Nature"),
        ("type", "book", "type", "book"),
        ("title", "", "title", None),
        ("title", " ", "title", None),
        ("keywords", " , ", "keywords", None),
        ("author", [], "author", None),
        ("extra:bibtex:shelf", "A 3", "extra:bibtex:shelf", "A 3"),
        ("doi", None, "doi", None),
    ],
)
def test_what_people_type_becomes_the_value_it_is(
    name: str, typed: object, field: str, value: object
) -> None:
    assert stated(name, typed) == (field, value)


def test_an_unknown_field_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="did you mean title"):
        stated("titel", "x")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("type", "articel"),
        ("year", "soon"),
        ("title", "a\x00b"),
        ("note", "\ud800"),
        ("author", " and and "),
        ("author", ["Doe, J\ud800"]),
        ("keywords", ["a\x00"]),
        ("extra:", "x"),
        ("extra:shelf", "x"),
        ("extra:bibtex:a b", "x"),
        ("extra:bibtex:a}", "x"),
        ("extra:bibtex:\udce9", "x"),
    ],
)
def test_what_a_field_cannot_be_is_refused(name: str, typed: object) -> None:
    with pytest.raises(ConflictError):
        stated(name, typed)


def test_an_identifier_is_checked() -> None:
    with pytest.raises(InvalidIdentifierError):
        stated("isbn", "978-1-4673-6964-1")
