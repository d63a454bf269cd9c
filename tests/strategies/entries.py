"""Entries of every type, with whatever people and programs put into them."""

from __future__ import annotations

import string
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from dlbib.model.entry import DATES, ROLES, TYPES, Contributor, Entry
from dlbib.model.markup import CLOSING, OPENING
from tests.strategies.dates import dates
from tests.strategies.identifiers import identifiers, letters, written
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


@cache
def texts() -> st.SearchStrategy[str]:
    """Words, and now and then what has a meaning for TeX, BibTeX, terminals or CSL."""
    words = st.sampled_from(_USUAL) | st.sampled_from(_USUAL + _ODD) | st.characters(codec="utf-8")
    return st.lists(words, min_size=1, max_size=6).map(" ".join)


@cache
def keys() -> st.SearchStrategy[str]:
    """Citation keys as they should be."""
    first = letters(string.ascii_lowercase, 1, 1)
    return written(first, letters(string.ascii_letters + string.digits + ":.+/_-", 0, 12))


@cache
def contributors() -> st.SearchStrategy[Contributor]:
    """People and organisations in every role, mostly in the usual ones."""
    roles = st.sampled_from(["author"] * 6 + ["editor"] * 3) | st.sampled_from(ROLES)
    return st.builds(Contributor, roles, names())


@cache
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


@cache
def entries() -> st.SearchStrategy[Entry]:
    """Entries of every type; their keys are as they should be, their texts are not."""
    always = st.fixed_dictionaries(
        {
            "key": keys(),
            "type": st.sampled_from(sorted(TYPES)),
            "title": texts(),
            "language": st.sampled_from([None, "en", "en-US", "de", "fr-BE"]),
            "contributors": st.lists(contributors(), max_size=3),
            "others": st.sampled_from([(), (), ("author",), ("editor",)]),
            "identifiers": st.lists(identifiers(), max_size=2),
        }
    )
    seldom = st.fixed_dictionaries(
        {
            "keywords": st.lists(texts(), max_size=2),
            "aliases": st.lists(keys(), max_size=2),
            "extra": extras(),
        }
    )
    said = st.dictionaries(st.sampled_from(TEXTS), texts(), max_size=4)
    when = st.dictionaries(st.sampled_from(DATES), dates(), max_size=2)
    return st.builds(_entry, always, said, when, st.just({}) | seldom)


def _entry(*parts: dict[str, Any]) -> Entry:
    return Entry(**{name: value for part in parts for name, value in part.items()})


def libraries(size: int = 4) -> st.SearchStrategy[list[Entry]]:
    """Up to ``size`` entries whose keys differ, whatever their case."""
    return st.lists(entries(), max_size=size, unique_by=lambda entry: entry.key.casefold())
