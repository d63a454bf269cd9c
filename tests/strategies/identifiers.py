"""Identifiers of every scheme, canonical and valid by construction."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from dlbib.model.identifiers import Identifier

_DIGIT = "0123456789"
_VERSIONS = st.one_of(st.just(""), st.integers(1, 999).map("v{}".format))


@cache
def dois() -> st.SearchStrategy[Identifier]:
    """DOIs of the characters that registrants are asked to keep to, and SICIs."""
    registrant = st.from_regex(r"10\.[0-9]{4,6}(\.[0-9]{1,3})?", fullmatch=True)
    suffix = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._:/()-]{0,20}[A-Za-z0-9])?", fullmatch=True)
    sici = st.from_regex(
        r"\([A-Z]{4}\)[0-9]{4}<[0-9]{2}::AID-[A-Z]{3}>[0-9]\.0\.CO;2-[0-9A-Z]", fullmatch=True
    )
    balanced = suffix.filter(lambda text: "(" not in text and ")" not in text)
    return st.tuples(registrant, st.one_of(balanced, sici)).map(
        lambda parts: Identifier("doi", f"{parts[0]}/{parts[1]}")
    )


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
    pattern = (
        r"(https?|ftp)://([a-z][a-z0-9-]{0,8}\.){1,3}(org|com)"
        r"(/[A-Za-z0-9._~%-]{0,8}){0,3}/[A-Za-z0-9]{1,4}(\?[a-z]=[A-Za-z0-9]{1,4})?(#[A-Za-z0-9]{1,4})?"
    )
    return st.from_regex(pattern, fullmatch=True).map(lambda text: Identifier("url", text))


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
