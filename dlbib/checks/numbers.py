"""Words beside numbers that styles write themselves: volumes, issues, chapters and editions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_WORDS: Final = {
    "volume": r"vol(?:ume|\.)?|band|bd\.?",
    "number": r"no\.?|nr\.?|n[°º]|num(?:ber|\.)?",
    "issue": r"no\.?|nr\.?|n[°º]|num(?:ber|\.)?|issue",
    "collection_number": r"no\.?|nr\.?|n[°º]|num(?:ber|\.)?|vol(?:ume|\.)?",
    "chapter_number": r"chap(?:ter|\.)?|ch\.?|kap(?:itel|\.)?",
}
_NUMBER: Final = r"(?:\s|~|\\ )*([0-9]+[0-9A-Za-z./()-]*|[IVXLC]+)"
_PATTERNS: Final = {
    attribute: re.compile(rf"(?:{words})(?:(?<=[a-z])(?![a-z])|(?<=[.°º])){_NUMBER}\.?", re.IGNORECASE)
    for attribute, words in _WORDS.items()
}
_EDITION: Final = re.compile(r"(.*\S)[\s~]+(?:ed(?:ition|n)?\.?|auflage|aufl\.?)\.?", re.IGNORECASE)
_LONGEST: Final = 60


def _find_word(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as every check is asked
    text = field.text.strip()
    found = _PATTERNS[field.attribute].fullmatch(text) if len(text) < _LONGEST else None
    if found:
        message = (
            f"{text!r} says what it is; styles say so themselves, and it is printed twice; write {found[1]}"
        )
        yield Found(message, field.name, field.with_text(found[1]))


def _find_edition(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as above
    text = field.text.strip()
    found = _EDITION.fullmatch(text) if len(text) < _LONGEST else None
    if found:
        message = (
            f"{text!r} says that it is an edition; styles add that, and it is printed twice; write {found[1]}"
        )
        yield Found(message, field.name, field.with_text(found[1]))


CHECKS = (
    Check(
        "number-words",
        "volumes, issues and chapters that say what they are",
        "Styles print 'vol.', 'no.' and 'chapter' before these numbers, so volume = {Vol. 12} becomes 'vol. Vol. 12'. The "
        "number alone is kept.",
        wrong="@misc{a, title = {A title}, volume = {Vol. 12}}",
        right="@misc{a, title = {A title}, volume = {12}}",
        in_field=_find_word,
        attributes=tuple(_WORDS),
    ),
    Check(
        "edition-words",
        "editions that say they are one",
        "Styles print 'edition' behind it: edition = {2nd edition} becomes '2nd edition edition'. BibTeX wants the ordinal "
        "in words, Second; BibLaTeX a number. What stands before the word is kept.",
        wrong="@misc{a, title = {A title}, edition = {Second edition}}",
        right="@misc{a, title = {A title}, edition = {Second}}",
        in_field=_find_edition,
        attributes=("edition",),
    ),
)
