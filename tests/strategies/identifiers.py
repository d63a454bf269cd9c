"""Identifiers of every scheme, canonical and valid by construction."""

from __future__ import annotations

import string
from functools import cache

from hypothesis import strategies as st

from dlbib.model.identifiers import Identifier

_DIGIT = string.digits
_CAPITAL = string.ascii_uppercase
_ALPHANUMERIC = string.ascii_letters + string.digits
_VERSIONS = st.one_of(st.just(""), st.integers(1, 999).map("v{}".format))


def written(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    """Texts one after the other. A regular expression is drawn letter by letter, which takes five times as long."""
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map("".join)


def letters(alphabet: str, least: int, most: int) -> st.SearchStrategy[str]:
    """From ``least`` to ``most`` characters of an alphabet."""
    return st.text(alphabet, min_size=least, max_size=most)


@cache
def dois() -> st.SearchStrategy[Identifier]:
    """DOIs of the characters that registrants are asked to keep to, and SICIs."""
    one = letters(_ALPHANUMERIC, 1, 1)
    parted = written(".", letters(_DIGIT, 1, 3))
    registrant = written("10.", letters(_DIGIT, 4, 6), st.just("") | parted)
    suffix = one | written(one, letters(_ALPHANUMERIC + "._:/-", 0, 20), one)
    sici = written(
        *("(", letters(_CAPITAL, 4, 4), ")", letters(_DIGIT, 4, 4), "<", letters(_DIGIT, 2, 2), "::AID-"),
        *(letters(_CAPITAL, 3, 3), ">", letters(_DIGIT, 1, 1), ".0.CO;2-", letters(_DIGIT + _CAPITAL, 1, 1)),
    )
    return written(registrant, "/", suffix | sici).map(lambda text: Identifier("doi", text))


@cache
def arxiv_ids() -> st.SearchStrategy[Identifier]:
    """arXiv ids of all three forms, with and without a version."""
    months = st.integers(1, 12)
    early = st.tuples(st.integers(8, 14), months, st.integers(1, 9999), _VERSIONS).map(
        lambda parts: "{:02}{:02}.{:04}{}".format(*parts)
    )
    late = st.tuples(st.integers(15, 40), months, st.integers(1, 99999), _VERSIONS).map(
        lambda parts: "{:02}{:02}.{:05}{}".format(*parts)
    )
    archives = st.sampled_from(["hep-th", "cs", "math", "cond-mat", "solv-int", "q-bio"])
    old = st.tuples(archives, st.integers(92, 99), months, st.integers(1, 999), _VERSIONS).map(
        lambda parts: "{}/{:02}{:02}{:03}{}".format(*parts)
    )
    return st.one_of(early, late, old).map(lambda text: Identifier("arxiv", text))


@cache
def isbns() -> st.SearchStrategy[Identifier]:
    """ISBNs of thirteen digits."""
    return st.tuples(st.sampled_from(["978", "979"]), st.text(_DIGIT, min_size=9, max_size=9)).map(
        lambda parts: Identifier("isbn", isbn_13("".join(parts)))
    )


@cache
def issns() -> st.SearchStrategy[Identifier]:
    """ISSNs, X among their check digits."""
    return st.text(_DIGIT, min_size=7, max_size=7).map(
        lambda digits: Identifier("issn", eleven_check(digits))
    )


@cache
def urls() -> st.SearchStrategy[Identifier]:
    """Web addresses with a path, and perhaps a query and a fragment."""
    label = written(
        letters(string.ascii_lowercase, 1, 1), letters(string.ascii_lowercase + _DIGIT + "-", 0, 8), "."
    )
    folder = written("/", letters(_ALPHANUMERIC + "._~%-", 0, 8))
    value = letters(_ALPHANUMERIC, 1, 4)
    return written(
        st.sampled_from(["http://", "https://", "ftp://"]),
        st.lists(label, min_size=1, max_size=3).map("".join),
        st.sampled_from(["org", "com"]),
        st.lists(folder, max_size=3).map("".join),
        written("/", value),
        st.just("") | written("?", letters(string.ascii_lowercase, 1, 1), "=", value),
        st.just("") | written("#", value),
    ).map(lambda text: Identifier("url", text))


@cache
def identifiers() -> st.SearchStrategy[Identifier]:
    """Identifiers of any scheme."""
    pmids = st.integers(1, 99_999_999).map(lambda number: Identifier("pmid", str(number)))
    pmcids = st.integers(1, 999_999_999).map(lambda number: Identifier("pmcid", f"PMC{number}"))
    return st.one_of(dois(), arxiv_ids(), isbns(), issns(), pmids, pmcids, urls())


def isbn_13(twelve: str) -> str:
    """``twelve`` digits, and the one that brings their weighted sum to a multiple of ten."""
    return next(
        number
        for number in (twelve + digit for digit in _DIGIT)
        if (sum(map(int, number[::2])) + 3 * sum(map(int, number[1::2]))) % 10 == 0
    )


def eleven_check(digits: str) -> str:
    """``digits``, and the one (X for ten) that brings their weighted sum to a multiple of eleven."""
    values = [*map(int, digits)]
    return next(
        digits + check
        for value, check in enumerate(f"{_DIGIT}X")
        if sum(weight * v for weight, v in enumerate([value, *reversed(values)], start=1)) % 11 == 0
    )
