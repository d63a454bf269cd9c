"""The canonical forms of what carries a check digit: ISBN and ISSN.

Source: ISBN Users' Manual, section "Check digit"; ISO 3297, annex A (ISSN).
"""

from __future__ import annotations

import re
from typing import Final

from dlbib.model.identifiers.checks import refuse, usable

_ISBN_LABEL = re.compile(r"\A(?:urn:)?isbn(?:[- ]?1[03](?=[:\s]))?[:\s]*", re.IGNORECASE)
_ISSN_LABEL = re.compile(
    r"\A(?:(?:https?://)?portal\.issn\.org/resource/issn/|(?:urn:)?[ep]?-?issn(?:-l)?[:\s]*)", re.IGNORECASE
)
HYPHENS: Final = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
"""What people part the groups of a number with."""

_SEPARATORS = str.maketrans("", "", f"{HYPHENS} ")
_ISBN_10 = re.compile(r"[0-9]{9}[0-9X]")
_ISBN_13 = re.compile(r"97[89][0-9]{10}")
_ISSN = re.compile(r"[0-9]{7}[0-9X]")


def canonical_isbn(text: str) -> str:
    """The thirteen digits of an ISBN, without hyphens; one of ten digits is converted.

    Raises `InvalidIdentifierError`, which tells what the check digit should be.
    """
    if _ISBN_13.fullmatch(text) and text[-1] == _ean_check(text[:-1]):
        return text
    given = usable("isbn", text)
    digits = _ISBN_LABEL.sub("", given, count=1).translate(_SEPARATORS).upper()
    if _ISBN_10.fullmatch(digits):
        _compare("isbn", given, digits[-1], _weighted_check(digits[:-1]))
        return f"978{digits[:-1]}{_ean_check(f'978{digits[:-1]}')}"
    if not _ISBN_13.fullmatch(digits):
        refuse("isbn", given, _wrong_isbn(digits))
    _compare("isbn", given, digits[-1], _ean_check(digits[:-1]))
    return digits


def canonical_issn(text: str) -> str:
    """The eight characters of an ISSN with its hyphen: ``1234-5679``.

    Raises `InvalidIdentifierError`, which tells what the check digit should be.
    """
    given = usable("issn", text)
    digits = _ISSN_LABEL.sub("", given, count=1).translate(_SEPARATORS).upper()
    if not _ISSN.fullmatch(digits):
        refuse("issn", given, "an ISSN has seven digits and a check digit, 0 to 9 or X")
    _compare("issn", given, digits[-1], _weighted_check(digits[:-1]))
    return f"{digits[:4]}-{digits[4:]}"


def _compare(scheme: str, text: str, given: str, expected: str) -> None:
    if given != expected:
        refuse(scheme, text, f"the check digit should be {expected}, not {given}")


def _ean_check(digits: str) -> str:
    """The digit that brings the sum of digits weighted 1, 3, 1, 3 … to a multiple of ten."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


def _weighted_check(digits: str) -> str:
    """The digit, X for ten, that brings the sum weighted … 4, 3, 2, 1 to a multiple of eleven."""
    total = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), start=2))
    return "0123456789X"[-total % 11]


def _wrong_isbn(digits: str) -> str:
    count = len(digits)
    if not re.fullmatch("[0-9X]+", digits):
        return "it holds more than digits and hyphens"
    if count not in {10, 13}:
        return f"an ISBN has 10 or 13 digits, not {count}"
    return "X is a check digit of ten-digit ISBNs" if "X" in digits else "13 digits begin with 978 or 979"
