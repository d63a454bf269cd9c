from __future__ import annotations

import pytest
from hypothesis import given

from dlbib.formats.ris.names import read_name, write_name
from dlbib.model.names import Name
from tests.strategies.names import names


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Knuth, Donald E.", Name("Knuth", "Donald E.")),
        ("Knuth,Donald E.", Name("Knuth", "Donald E.")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", suffix="Jr.")),
        ("Barnes and Noble", Name(literal="Barnes and Noble")),
        ("van der Maaten, Laurens", Name("Maaten", "Laurens", non_dropping_particle="van der")),
        ("Humboldt, Alexander von", Name("Humboldt", "Alexander", dropping_particle="von")),
        ("Plato, ,", Name("Plato")),
        ("Smith, John,", Name("Smith", "John")),
        ("World Health Organization", Name(literal="World Health Organization")),
        ("World Health Organization,", Name(literal="World Health Organization")),
        ("OpenAI", Name(literal="OpenAI")),
        ("Catarina Barata", Name(literal="Catarina Barata")),
        ("A. M. Turing", Name("Turing", "A. M.")),
        ("A.-M. Legendre", Name("Legendre", "A.-M.")),
        ("Turing A.M.", Name("Turing", "A.M.")),
        ("de la Cruz M.", Name("Cruz", "M.", non_dropping_particle="de la")),
        ("L. van der Maaten", Name("Maaten", "L.", non_dropping_particle="van der")),
        ("U.S. Congress", Name(literal="U.S. Congress")),
        ("U. S. Department of Energy", Name(literal="U. S. Department of Energy")),
        ("{Curly}, A", Name("{Curly}", "A")),
        ("李明", Name(literal="李明")),
    ],
)
def test_a_name_is_read(value: str, name: Name) -> None:
    assert read_name(value) == (name, False, "")


@pytest.mark.parametrize("value", ["et al.", "Et al", "others", "and others"])
def test_others_are_nobody(value: str) -> None:
    assert read_name(value) == (None, True, "")


@pytest.mark.parametrize(
    "value", ["Roe, A.; Doe, B.", "Roe, A. and Doe, B.", "Roe, A. & Doe, B.", "A, B, C, D", ", Anne"]
)
def test_what_is_no_name_is_kept_in_one_and_told(value: str) -> None:
    reading = read_name(value)
    assert reading.name == Name(literal=value)
    assert reading.oddity


@pytest.mark.parametrize("value", ["", ",", " , , ", ",,,,"])
def test_an_empty_name_is_none(value: str) -> None:
    assert read_name(value) == (None, False, "is no name")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (Name("Maaten", "Laurens", non_dropping_particle="van der"), "van der Maaten, Laurens"),
        (Name("Humboldt", "Alexander", dropping_particle="von"), "Humboldt, Alexander von"),
        (Name("King", "Martin", suffix="Jr."), "King, Martin, Jr."),
        (Name("King", suffix="Jr."), "King, , Jr."),
        (Name("Plato"), "Plato, ,"),
        (Name(literal="OpenAI"), "OpenAI"),
    ],
)
def test_a_name_is_written(name: Name, value: str) -> None:
    assert write_name(name) == value


@given(names())
def test_what_was_read_once_is_a_fixed_point(name: Name) -> None:
    once = read_name(write_name(name)).name
    if once:
        assert read_name(write_name(once)).name == once
