"""Entries that may be one work in confusing ways: few titles, people and identifiers, in every combination."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name

TITLES = (
    "Generating Sequences With Recurrent Neural Networks",
    "generating sequences with recurrent neural networks",
    "The Generating Sequences With Recurrent Neural Netwroks",
    "Generating Sequences With Recurrent Neural Networks, 2nd ed.",
    "Generating Sequences With Recurrent Neural Networks (with discussion)",
    "Generating Sequences With Recurrent Neural Networks (Studies in Letters)",
    "Generating Sequences With Recurrent Neural Networks: A Study",
    "Generating Sequences With Recurrent Neural Networks: A Study of Letters",
    "Deep Learning",
    "The Deep Learning",
    "Deep Learning: A Study",
    "Deep-Learning: Methods",
    None,
)
PEOPLE = (
    (Name("Graves", "Alex"),),
    (Name("Graves", "A."),),
    (Name("AB", "Graves"),),
    (Name("Alex", "Graves"),),
    (Name("Grave", "Alex B."),),
    (Name(literal="Graves, Alex et al."),),
    (Name(literal="Graves Group"),),
    (Name(literal="Graves Group Institute"),),
    (Name(literal="GGI"),),
    (Name(literal="Graves, Alex; Sutskever, Ilya"),),
    (Name(literal="\u30fb"),),
    (Name("De Graves", "A."), Name("Sutskever", "I.")),
    (Name("DeGraves", "A."), Name("Sutskever", "I.")),
    (Name("Sutskever", "Ilya"), Name("Graves", "Alex"), Name("Hinton", "G.")),
    (Name("Graves", "A."), Name("Sutskever", "I."), Name("Hinton", "G.")),
    (Name("Graves", "Alex"), Name("Sutskever", "Ilya")),
    (),
)
IDENTIFIERS = (
    Identifier("doi", "10.1000/a"),
    Identifier("doi", "10.1000/b"),
    Identifier("doi", "10.48550/arXiv.1308.0850"),
    Identifier("arxiv", "1308.0850v2"),
    Identifier("arxiv", "1409.3215"),
    Identifier("url", "https://example.org/paper"),
    Identifier("isbn", "9780262035613"),
)
VENUES = (None, "Journal of Words", "J. Words", "Workshop on Words", "arXiv")
TYPES = ("article-journal", "paper-conference", "article", "book", "chapter", "document", "report", "thesis")
DETAILS: tuple[dict[str, str], ...] = (
    {},
    {"version": "3.2"},
    {"version": "3.3", "number": "TR-12"},
    {"number": "TR-13", "edition": "2"},
    {"page": "7-9"},
    {"page": "7", "volume": "4"},
    {"page": "7", "volume": "4", "issue": "2"},
    {"genre": "PhD thesis", "volume": "4A"},
    {"genre": "Master's thesis", "volume": "4B"},
)


@cache
def entry() -> st.SearchStrategy[Entry]:
    """One of them; its key says nothing."""
    return st.builds(
        _entry,
        st.sampled_from(TYPES),
        st.sampled_from(TITLES),
        st.sampled_from(PEOPLE),
        st.sampled_from((None, "2013", "2014", "2014-03-01", "2014-04-01", "2017")),
        st.lists(st.sampled_from(IDENTIFIERS), max_size=2, unique=True),
        st.sampled_from(VENUES),
        st.sampled_from(DETAILS),
    )


def _entry(  # noqa: PLR0913, PLR0917  # what an entry is made of
    kind: str,
    title: str | None,
    people: tuple[Name, ...],
    date: str | None,
    named: list[Identifier],
    venue: str | None,
    details: dict[str, str],
) -> Entry:
    return Entry(
        type=kind,
        title=title,
        contributors=tuple(Contributor("author", name) for name in people),
        issued=None if date is None else Date.parse(date),
        identifiers=tuple(named),
        container_title=venue,
        **details,
    )


def entries(most: int = 7) -> st.SearchStrategy[list[Entry]]:
    """Several of them, under keys of their own."""
    return st.lists(entry(), min_size=1, max_size=most).map(
        lambda found: [each.replace(key=f"key{number}") for number, each in enumerate(found)]
    )
