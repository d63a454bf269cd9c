"""Whether two names of a journal, a conference or a series are those of one."""

from __future__ import annotations

import re
from typing import Final

from dlbib.model.identity.lettering import letters
from dlbib.model.markup import fold, plain

_EMPTY: Final = """
    a an and as at by de der des die et for fur in la le les of on the to und with y
    annual annu conference conf international intl int meeting proceedings proc symposium symp
    volume vol part series ser edition held jointly cvf long papers short main track
    first second third fourth fifth sixth seventh eighth ninth tenth
"""
_EMPTY_WORDS: Final = frozenset(_EMPTY.split())
_SPONSORS: Final = frozenset({"ieee", "acm", "cvf", "usenix"})
"""Whose name stands before that of a venue, or doesn't."""
_UNSPOKEN: Final = frozenset({"of", "the", "on", "and", "in", "for", "to", "&", "ser", "series"})
"""Words of which acronyms have no letter."""
_HOUSES: Final = _SPONSORS | {"aip", "ams", "aps", "ieice", "iop", "plos", "siam", "usa", "uk"}
"""Acronyms that venues which have nothing else in common share."""
_HOUSE: Final = (
    "press publisher publishers publishing publications publ verlag university univ inc co corp ltd gmbh"
)
_OF_HOUSES: Final = _EMPTY_WORDS.union(_HOUSE.split())
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
    r"(j)(?:ournal)?|(trans)(?:actions)?|(rev)(?:iews?|ista|ue)?|(ann)(?:als|alen|ales|ali)?|(bull)(?:etin)?)\b"
)
"""Words of venues that stand beside another of the same name, and their abbreviations."""

_IN_BRACKETS: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
"""A place, or an acronym, behind the name of a venue."""
_ELIDED: Final = re.compile(r"\b[dl]['\u2019]", re.IGNORECASE)
_FEW: Final = 2
_LONG: Final = 6
_CONTRACTED: Final = 3


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
    >>> are_one("JMLR", "J. Mach. Learn. Res."), are_one("Ann. Stat.", "Annals of Applied Statistics")
    (True, False)
    """
    if letters(one) == letters(other):
        return True
    if _are_counted_apart(one, other):
        return False
    if _is_acronym_of(one, other) or _is_acronym_of(other, one):
        return True
    if _are_of_other_sorts(one, other):
        return False
    return _is_within(_words(_named(one)), _words(_named(other))) or _shares_acronym(one, other)


def may_be_one(one: str, other: str) -> bool:
    """Whether two venues that don't seem to be one may be: when one is written so briefly that nobody can tell.

    >>> may_be_one("Publ. Math. Debrecen", "Publicationes Mathematicae"), may_be_one("Nature", "Science")
    (True, False)
    """
    briefly = any("." in text or _ACRONYM.search(plain(text)) for text in (one, other))
    return briefly and not _are_counted_apart(one, other) and not _are_of_other_sorts(one, other)


def _are_counted_apart(one: str, other: str) -> bool:
    """Whether the names are those of meetings in other years, or of other volumes."""
    ours, theirs = fold(one), fold(other)
    return any(_tell_apart(counts, ours, theirs) for counts in (_YEAR, _COUNTED, _VOLUME))


def _are_of_other_sorts(one: str, other: str) -> bool:
    """Whether the names are those of other sections, or of a journal and its letters and the like."""
    ours, theirs = _named(one), _named(other)
    return _tell_apart(_SECTION, ours, theirs) or _apart(ours) != _apart(theirs)


def are_one_house(one: str, other: str) -> bool:
    """Whether two names of publishers are those of one: all telling words of one are in the other.

    >>> are_one_house("Springer-Verlag", "Springer, New York"), are_one_house("MIT Press", "CRC Press")
    (True, False)
    """
    shorter, longer = sorted((_house_words(one), _house_words(other)), key=len)
    return (bool(shorter) and shorter <= longer) or are_one(one, other)


def _house_words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split()) - _OF_HOUSES


def _named(text: str) -> str:
    """The words of a venue's name, without what stands in brackets behind it."""
    return fold(_ELIDED.sub(" ", _IN_BRACKETS.sub("", text))) or fold(text)


def _tell_apart(counts: re.Pattern[str], one: str, other: str) -> bool:
    """Whether both bear years, or both ordinals and the like, and none of these is the same."""
    ours, theirs = set(counts.findall(one)), set(counts.findall(other))
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _apart(folded: str) -> set[int | None]:
    return {found.lastindex for found in _APART.finditer(folded)}


def _words(folded: str) -> list[str]:
    words = [word for word in folded.split() if word not in _EMPTY_WORDS and not _ORDINAL.match(word)]
    return [word for word in words if word not in _SPONSORS] or words


def _is_within(one: list[str], other: list[str]) -> bool:
    """Whether one is the other, abbreviated or not, or most of it without a gap."""
    shorter, longer = sorted((one, other), key=len)
    spare = len(longer) - len(shorter)
    if not spare and shorter == longer:
        return bool(shorter)
    if not shorter or (spare and len(shorter) <= _FEW):
        return False
    if len(longer) == 1 and max(map(len, longer + shorter)) < _LONG:
        return False
    return any(
        all(_abbreviates(*pair) for pair in zip(shorter, longer[start:], strict=False))
        for start in range(min(spare, len(shorter)) + 1)
    )


def _abbreviates(one: str, other: str) -> bool:
    """Whether one begins the other, or has some of its letters in order, as Jpn. and Natl. have."""
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter):
        return True
    left = iter(longer)
    return len(shorter) >= _CONTRACTED and one[0] == other[0] and all(letter in left for letter in shorter)


def _is_acronym_of(one: str, other: str) -> bool:
    """Whether ``one`` is nothing but the first letters of all the words of ``other``."""
    names = plain(_IN_BRACKETS.sub("", one)).split()
    acronym = "".join(name for name in names if name.casefold() not in _SPONSORS)
    return (
        acronym.isupper()
        and acronym.isalpha()
        and len(acronym) > _FEW
        and acronym.casefold() == _initials(other)
    )


def _initials(text: str) -> str:
    """The first letters of the words, and all of acronyms among them: those of JACM in Journal of the ACM."""
    words = [word.strip(".,:") for word in plain(_IN_BRACKETS.sub("", text)).replace("-", " ").split()]
    telling = [word for word in words if word and word.casefold() not in _UNSPOKEN]
    if telling and telling[0].casefold() in _SPONSORS:
        del telling[0]
    return "".join(word if word.isupper() else word[0] for word in telling).casefold()


def _shares_acronym(one: str, other: str) -> bool:
    ours, theirs = _acronyms(one), _acronyms(other)
    return bool(ours & theirs) or _begins(ours, other) or _begins(theirs, one)


def _acronyms(text: str) -> set[str]:
    found = {each.casefold() for each in _ACRONYM.findall(plain(text))} - _EMPTY_WORDS - _HOUSES
    return found | {"nips" for each in found if each == "neurips"}


def _begins(acronyms: set[str], text: str) -> bool:
    """Whether an acronym is made of the first letters of words that follow each other in ``text``."""
    words = [word for word in fold(text).split() if word not in _UNSPOKEN]
    initials = "".join(word[0] for word in words)
    return any(acronym in initials for acronym in acronyms if len(acronym) > 2)  # noqa: PLR2004  # two letters begin anything
