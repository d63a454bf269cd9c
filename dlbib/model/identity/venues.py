"""Whether two names of a journal, a conference or a series are those of one."""

from __future__ import annotations

import re
from typing import Final

from dlbib.model.identity.titles import letters
from dlbib.model.markup import fold, plain

_EMPTY: Final = """
    a an and as at by de der des die et for fur in la le les of on the to und with y
    annual conference conf international intl int meeting proceedings proc symposium symp
    volume vol part series edition held jointly cvf long papers short main track
    first second third fourth fifth sixth seventh eighth ninth tenth
"""
_EMPTY_WORDS: Final = frozenset(_EMPTY.split())
_YEAR: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_COUNTED: Final = re.compile(r"\b([0-9]+)(?:st|nd|rd|th)\b")
_VOLUME: Final = re.compile(r"\b(?:volume|vol|part|band|bd) ([0-9]+)\b")
_SECTION: Final = re.compile(r"\b([a-z])\Z")
"""The letter of a journal that has sections, as Physical Review has."""
_ORDINAL: Final = re.compile(r"[0-9]+(?:st|nd|rd|th)?\Z")
_ACRONYM: Final = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]\b")
_APART: Final = re.compile(
    r"\b(?:(workshop|wksp)s?|(findings)|(companion|adjunct)|(demo)(?:nstration)?s?|(tutorial)s?|(poster)s?|"
    r"(abstract)s?|(student)|(doctoral)|(supplement)|(lett)(?:ers)?|(mag)(?:azine)?|(newsletter)|"
    r"(j)(?:ournal)?|(trans)(?:actions)?|(review)s?|(annals)|(bull)(?:etin)?)\b"
)
"""Words of venues that stand beside another of the same name, and their abbreviations."""

_MOSTLY: Final = 0.6


def are_one(one: str, other: str) -> bool:
    """Whether two venues are one, as far as their names tell; abbreviations and acronyms are known.

    >>> are_one("J. Mach. Learn. Res.", "Journal of Machine Learning Research")
    True
    >>> are_one("NIPS", "Advances in Neural Information Processing Systems")
    True
    >>> are_one("CVPR", "CVPR Workshops")
    False
    >>> are_one("CVPR 2014", "CVPR 2015"), are_one("Phys. Rev. A", "Physical Review B")
    (False, False)
    """
    if letters(one) == letters(other):
        return True
    ours, theirs = fold(one), fold(other)
    if any(_tell_apart(counts, ours, theirs) for counts in (_YEAR, _COUNTED, _VOLUME, _SECTION)):
        return False
    if _apart(ours) != _apart(theirs):
        return False
    mine, yours = _words(ours), _words(theirs)
    if not mine or not yours:
        return _shares_acronym(one, other)
    return _abbreviates(mine, yours) or _covers(mine, yours) or _shares_acronym(one, other)


def _tell_apart(counts: re.Pattern[str], one: str, other: str) -> bool:
    """Whether both bear years, or both ordinals and the like, and none of these is the same."""
    ours, theirs = set(counts.findall(one)), set(counts.findall(other))
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _apart(folded: str) -> set[int | None]:
    return {found.lastindex for found in _APART.finditer(folded)}


def _words(folded: str) -> list[str]:
    return [word for word in folded.split() if word not in _EMPTY_WORDS and not _ORDINAL.match(word)]


def _abbreviates(one: list[str], other: list[str]) -> bool:
    return len(one) == len(other) and all(
        ours.startswith(theirs) or theirs.startswith(ours) for ours, theirs in zip(one, other, strict=True)
    )


def _covers(one: list[str], other: list[str]) -> bool:
    """Whether one is mostly in the other, and of more than one word."""
    shorter, longer = sorted((set(one), set(other)), key=lambda words: (len(words), sorted(words)))
    return (
        len(shorter) > 1
        and shorter <= longer
        and len(shorter) >= _MOSTLY * min(len(longer), len(shorter) + 2)
    )


def _shares_acronym(one: str, other: str) -> bool:
    ours, theirs = _acronyms(one), _acronyms(other)
    return bool(ours & theirs) or _begins(ours, other) or _begins(theirs, one)


def _acronyms(text: str) -> set[str]:
    found = {each.casefold() for each in _ACRONYM.findall(plain(text))} - _EMPTY_WORDS
    return found | {"nips" for each in found if each == "neurips"}


def _begins(acronyms: set[str], text: str) -> bool:
    """Whether an acronym is made of the first letters of words that follow each other in ``text``."""
    words = [word for word in fold(text).split() if word not in {"of", "the", "on", "and", "in", "for", "to"}]
    initials = "".join(word[0] for word in words)
    return any(acronym in initials for acronym in acronyms if len(acronym) > 2)  # noqa: PLR2004  # two letters begin anything
