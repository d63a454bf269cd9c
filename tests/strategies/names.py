"""Names of every kind, and texts that hold them."""

from __future__ import annotations

from functools import cache
from typing import Final

from hypothesis import strategies as st

from dlbib.model.names import Name

FAMILIES: Final = [
    *(
        "Knuth",
        "Merriënboer",
        "de Andrade",
        "Saint-Exupéry",
        "al-Khwarizmi",
        "O'Brien",
        "Ōe",
        "李",
        "ბერიძე",
        "É",
    ),
    *(
        "And",
        "others",
        "and",
        "Smith Jones",
        "Doe J",
        "Johnson & Sons",
        "Baker, Jr",
        "family=x",
        "Étienne Dupont",
    ),
]
GIVEN: Final = [
    *("Donald E.", "Jean-Paul", "Chih-wei", "J.", "Émile", "明", "tom", "R"),
    *("Maria de", "Ann and Bob", "X; Y", "and", "von"),
]
PARTICLES: Final = ["van", "van den", "de la", "d'", "al-", "La", "Op de", "von und zu", "'t", "y", "ø"]
SUFFIXES: Final = ["Jr", "III", "the 2nd", "PhD, MD"]
LITERALS: Final = [
    "OpenAI",
    "Barnes and Noble",
    "others",
    "Foo, Bar, Baz, Quux",
    "van Gogh",
    "李明",
    "・",
    "World Health Organization (WHO)",
    "WHO",
    "{x",
    "a\\",
]


@cache
def name_texts() -> st.SearchStrategy[str]:
    """Any text, much of it BibTeX's syntax for names; no control characters."""
    syntax = st.sampled_from([*" ,;{}\\~-'.&=\"aeA", " and ", "others", "family=", "von", "{\\'e}", "\\v{z}"])
    characters = st.characters(exclude_categories=("C", "Zl", "Zp"))
    return st.lists(st.one_of(syntax, characters), max_size=12).map("".join)


def _part(usual: list[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(usual), name_texts())


@cache
def names() -> st.SearchStrategy[Name]:
    """People with and without particles and suffixes, organisations, and what no name should be; never empty."""
    particle = st.one_of(st.just(""), _part(PARTICLES))
    suffix = st.one_of(st.just(""), _part(SUFFIXES))
    people = st.builds(Name, _part(FAMILIES), _part(["", *GIVEN]), particle, particle, suffix)
    plain = st.builds(Name, st.sampled_from(FAMILIES), st.sampled_from(["", *GIVEN]))
    organisations = st.builds(Name, literal=_part(LITERALS))
    return st.one_of(plain, people, organisations).filter(lambda name: str(name) != "")
