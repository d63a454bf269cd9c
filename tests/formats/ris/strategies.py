"""Entries that RIS can hold, and entries of every kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from dlbib.formats.ris.tags import writings
from dlbib.formats.ris.types import TYPES, WRITTEN
from dlbib.model.dates import Date
from dlbib.model.entry import DATES, ROLES, Contributor, Entry
from dlbib.model.entry import TYPES as ALL_TYPES
from dlbib.model.names import Name
from tests.strategies.dates import dates, points
from tests.strategies.identifiers import identifiers
from tests.strategies.names import names

if TYPE_CHECKING:
    from dlbib.model.identifiers import Identifier

_WORDS = st.sampled_from(
    [
        "Deep",
        "learning",
        "of",
        "TY  - JOUR",
        "ER  - ",
        "AI - based",
        "&amp;",
        "<i>E. coli</i>",
        "$x^2$",
        "ß",
        "日本",
        "a;b",
    ]
)
_DATES = [
    Date(literal="in press"),
    Date.parse("2015-06/2016-03"),
    Date.parse("2015/2016"),
    Date.parse("2015/.."),
]
_HOLDABLE_TYPES = sorted(name for name, written in WRITTEN.items() if TYPES[written] == name)
_FIELDS = sorted(
    name
    for name, field in Entry.model_fields.items()
    if field.annotation == (str | None) and name not in {"page", "number_of_pages"}
)


@cache
def _lines() -> st.SearchStrategy[str]:
    """One line of text as RIS keeps it: no white space at its ends, single spaces within."""
    return st.lists(_WORDS, min_size=1, max_size=4).map(lambda words: " ".join(" ".join(words).split()))


@cache
def _people() -> st.SearchStrategy[Name]:
    family = st.sampled_from(["Knuth", "Saint-Exupéry", "Vallée Poussin", "李", "O'Neil", "Gómez"])
    given = st.sampled_from(["Donald E.", "Jean-Paul", "明", "X.", ""])
    people = st.builds(Name, family, given, suffix=st.sampled_from(["", "Jr.", "III"]))
    literals = st.sampled_from(["OpenAI", "World Health Organization", "李明"]).map(
        lambda text: Name(literal=text)
    )
    particles = st.just(Name("Maaten", "Laurens", non_dropping_particle="van der"))
    return st.one_of(people, literals, particles)


def _points() -> st.SearchStrategy[Date]:
    """Dates of one point; a bare "0000" stands in RIS for none, so the year 0 alone can't be told."""
    return st.builds(Date, points()).filter(lambda date: str(date) != "0000")


@st.composite
def holdable_entries(draw: st.DrawFn) -> Entry:
    """Entries that come back from RIS equal."""
    type_ = draw(st.sampled_from(_HOLDABLE_TYPES))
    rows = {row.attribute: row for row in writings(type_)}
    values: dict[str, Any] = {
        "type": type_,
        "key": draw(st.from_regex(r"[a-z]{1,8}[0-9]{0,4}", fullmatch=True)),
    }
    for name in draw(st.lists(st.sampled_from(_FIELDS), max_size=6, unique=True)):
        if name in rows and rows[name].kind in {"text", "genre", "accession", "lines"}:
            values[name] = draw(_lines())
    roles = [name for name, row in rows.items() if row.kind == "names"]
    chosen = draw(st.lists(st.sampled_from(sorted(roles)), max_size=2, unique=True))
    people = {
        role: draw(st.lists(_people(), min_size=1, max_size=3)) for role in sorted(chosen, key=ROLES.index)
    }
    values["contributors"] = [Contributor(role, name) for role, found in people.items() for name in found]
    values["issued"] = draw(st.none() | _points() | st.sampled_from(_DATES))
    values["accessed"] = draw(st.none() | _points())
    values["keywords"] = draw(
        st.lists(st.sampled_from(["speech", "a;b", "x, y", "日本"]), max_size=3, unique=True)
    )
    pages = (
        ["14-25", "e12", "1-5, 9", "1235-5", "12\u201315"]
        if rows.keys() & {"page", "number_of_pages"}
        else []
    )
    values["page"] = draw(st.sampled_from([None, *pages]))
    values["extra"] = draw(
        st.dictionaries(st.sampled_from(["ris:L1", "ris:U2", "ris:XX", "ris:AD"]), _lines(), max_size=3)
    )
    if "ris:XX" in values["extra"]:
        values["extra"]["ris:XX#2"] = "another"
    values["identifiers"] = _usual(draw(st.lists(identifiers(), max_size=4)))
    return _settled(Entry(**values))


def _usual(found: list[Identifier]) -> list[Identifier]:
    """At most one of a scheme, in the usual order; a DOI as RIS has it."""
    by_scheme = {each.scheme: each for each in found}
    order = ("doi", "arxiv", "isbn", "issn", "pmid", "pmcid", "url")
    return [by_scheme[scheme] for scheme in order if scheme in by_scheme]


def _settled(entry: Entry) -> Entry:
    """``entry`` without what RIS has but one tag for in its type."""
    changes: dict[str, object] = {}
    if entry.type == "paper-conference":
        changes = {"event_title": entry.event_title if entry.container_title else None}
        changes["event_place"] = entry.event_place if entry.publisher_place else None
    if entry.container_title and entry.container_title == entry.container_title_short:
        changes["container_title_short"] = None
    return entry.replace(**changes)


@cache
def wild_entries() -> st.SearchStrategy[Entry]:
    """Entries of which RIS can hold some and not the rest."""
    texts = st.one_of(_lines(), st.text(max_size=10), st.text("TYERA1 -\n\r&;,", max_size=20))
    text = st.tuples(st.sampled_from([*_FIELDS, "page", "number_of_pages"]), texts)
    date = st.tuples(st.sampled_from(DATES), dates())
    contributors = st.lists(st.builds(Contributor, st.sampled_from(ROLES), names()), max_size=3)
    tags = st.sampled_from(["ris:TY", "ris:XX", "ris:PY", "ris:TI", "ris:ER", "ris:SP", "ris:LB", "bibtex:x"])
    lists = st.one_of(
        st.tuples(st.just("contributors"), contributors),
        st.tuples(st.just("others"), st.lists(st.sampled_from(ROLES), max_size=2)),
        st.tuples(st.just("identifiers"), st.lists(identifiers(), max_size=4)),
        st.tuples(st.just("keywords"), st.lists(st.text(max_size=10), max_size=3)),
        st.tuples(st.just("extra"), st.dictionaries(tags, st.text("TYER01/ -\nab", max_size=12), max_size=3)),
    )
    return st.builds(
        lambda type_, key, values: Entry(**{"type": type_, "key": key, **dict(values)}),
        st.sampled_from(sorted(ALL_TYPES)),
        st.text(max_size=8),
        st.lists(st.one_of(text, date, lists), max_size=6),
    )
