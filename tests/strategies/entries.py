"""Entries of every type, with whatever people and programs put into them."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st

from dlbib.model.entry import DATES, ROLES, TYPES, Contributor, Entry
from dlbib.model.markup import CLOSING, OPENING
from tests.strategies.dates import dates
from tests.strategies.identifiers import identifiers
from tests.strategies.names import names

_USUAL: Final = [
    *("Deep", "Learning", "of", "the", "BERT", "m-RNN", "Go", "Gödel", "12", "415-423", "3.", "Über", "and"),
    *("$x_1$", "$\\alpha$-VAE", "50%", "R&D", "C#", "a_b", "\N{EN DASH}", "\N{RIGHT SINGLE QUOTATION MARK}"),
]
_ODD: Final = [
    *(
        "{",
        "}",
        "}, evil={1}, y={",
        '"',
        "\\",
        "\\input{x}",
        "^^5c",
        "~",
        "$",
        "<",
        ">",
        "@article{a,",
        "#",
        ",",
    ),
    *("\n", "\t", "\0", "\x1b", "\u2028", "\u202e", "\u200b", "\N{NO-BREAK SPACE}", "日本", "🙂", "a\u0301"),
    *(*OPENING.values(), *CLOSING.values()),
]

TEXTS: Final = sorted(
    name
    for name, field in Entry.model_fields.items()
    if field.annotation == str | None and name not in {"language", "title"}
)
"""The attributes of an entry that are texts, but for title and language."""


def texts() -> st.SearchStrategy[str]:
    """Words, and now and then what has a meaning for TeX, BibTeX, terminals or CSL."""
    words = st.sampled_from(_USUAL) | st.sampled_from(_USUAL + _ODD) | st.characters(codec="utf-8")
    return st.lists(words, min_size=1, max_size=6).map(" ".join)


def keys() -> st.SearchStrategy[str]:
    """Citation keys as they should be."""
    return st.from_regex(r"[a-z][a-zA-Z0-9:.+/_-]{0,12}", fullmatch=True)


def contributors() -> st.SearchStrategy[Contributor]:
    """People and organisations in every role, mostly in the usual ones."""
    roles = st.sampled_from(["author"] * 6 + ["editor"] * 3) | st.sampled_from(ROLES)
    return st.builds(Contributor, roles, names())


def extras() -> st.SearchStrategy[dict[str, str]]:
    """What no variable holds, from files of any kind."""
    fields = [
        "bibtex:file",
        "bibtex:owner",
        "bibtex:year",
        "bibtex:1 Odd={name",
        "bibtex:key",
        "bibtex:publisher",
    ]
    return st.dictionaries(st.sampled_from([*fields, "csl:mood", "ris:M1"]), texts(), max_size=2)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Entries of every type; their keys are as they should be, their texts are not."""
    values: dict[str, Any] = draw(st.dictionaries(st.sampled_from(TEXTS), texts(), max_size=4))
    values |= draw(st.dictionaries(st.sampled_from(DATES), dates(), max_size=2))
    if draw(st.booleans()):
        values["keywords"] = draw(st.lists(texts(), max_size=2))
        values["aliases"] = draw(st.lists(keys(), max_size=2))
        values["extra"] = draw(extras())
    return Entry(
        key=draw(keys()),
        type=draw(st.sampled_from(sorted(TYPES))),
        title=draw(texts()),
        language=draw(st.sampled_from([None, "en", "en-US", "de", "fr-BE"])),
        contributors=draw(st.lists(contributors(), max_size=3)),
        others=draw(st.sampled_from([(), (), ("author",), ("editor",)])),
        identifiers=draw(st.lists(identifiers(), max_size=2)),
        **values,
    )


def libraries(size: int = 4) -> st.SearchStrategy[list[Entry]]:
    """Up to ``size`` entries whose keys differ, whatever their case."""
    return st.lists(entries(), max_size=size, unique_by=lambda entry: entry.key.casefold())
