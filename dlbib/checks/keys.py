"""Citation keys: unfit for BibTeX, alike but for case, or with letters that only look like others."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.model.citekeys import key_fingerprint, key_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import Shelf, Subject

# Letters that most fonts draw as a Latin letter. Source: Unicode Technical Standard 39, confusables.txt.
_LOOKALIKES: Final = dict(
    zip(
        "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅοανρτκιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",  # the lookalikes
        "aeopcyxijsdhqwABEKMHOPCTYXIJSoavptkiABEZHIKMNOPTYX",
        strict=True,
    )
)


def _find_unfit(subject: Subject) -> Iterator[Found]:
    problem = key_problem(subject.entry.key)
    if problem:
        what, _, how = problem.partition("; ")
        yield Found(f"{what}; BibTeX or LaTeX can't cite it; {how}")


def _find_lookalikes(subject: Subject) -> Iterator[Found]:
    key = subject.entry.key
    if key.isascii():
        return
    odd = [letter for letter in key if letter in _LOOKALIKES or _is_wide(letter)]
    if odd and any(letter.isascii() and letter.isalpha() for letter in key):
        plain = "".join(_LOOKALIKES.get(letter, unicodedata.normalize("NFKC", letter)) for letter in key)
        name = unicodedata.name(odd[0]).lower()
        message = f"holds {odd[0]!a} ({name}), which looks like {plain[key.index(odd[0])]!r}"
        yield Found(f"{message}; who types the key doesn't find it; call it {plain!r}")


def _is_wide(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("FULLWIDTH")


def _find_alike(shelf: Shelf) -> Iterator[tuple[Subject, Found]]:
    for group in shelf.grouped(lambda subject: (key_fingerprint(subject.entry.key),)):
        first, *others = group
        for subject in others:
            if subject.entry.key != first.entry.key:
                what = f"differs from {first.entry.key!r} in case alone; BibTeX takes both for one"
                yield subject, Found(f"{what}; rename one of them")


CHECKS = (
    Check(
        "key-form",
        "keys that BibTeX or LaTeX can't read",
        "A key holds letters, digits and signs such as : . _ / - +, and nothing that can't be seen. Spaces, commas, braces, "
        "% # ~ \\ and quotation marks end it for one program or the other. A key is what documents cite, so it "
        "is not changed for you: rename it in both.",
        wrong="@misc{smith~2014, title = {A title}}",
        right="@misc{smith2014, title = {A title}}",
        in_entry=_find_unfit,
        instead_of=("BIB-ODDKEY", "BIB-KEY"),
    ),
    Check(
        "key-lookalike",
        "keys with letters that only look like Latin ones",
        "A Cyrillic \u0430 looks like a Latin a. Whoever types the key as it looks finds nothing, and two keys that look the "
        "same may be two.",
        wrong="@misc{gr\u0430ves2013, title = {A title}}",
        right="@misc{graves2013, title = {A title}}",
        in_entry=_find_lookalikes,
    ),
    Check(
        "key-case",
        "keys that differ in case alone",
        "BibTeX takes Smith2014 and smith2014 for the same key, and citation processors on some systems do. One of the "
        "two works is then cited for both.",
        wrong="@misc{Smith2014, title = {A title}}\n@misc{smith2014, title = {Another}}",
        right="@misc{Smith2014, title = {A title}}\n@misc{smith2014b, title = {Another}}",
        among=_find_alike,
        severity="error",
        instead_of=("BIB-CASEKEY", "CSL-CASEKEY"),
    ),
)
