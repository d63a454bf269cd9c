"""Names of organisations as they are compared: those of two often have nearly all their words in common."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from dlbib.model.identity.lettering import letters
from dlbib.model.markup import fold, plain

Accord = Literal["full", "loose", "none"]
"""How well two names go together: as far as both tell, but for a little, or not at all."""

_REMEMBERED: Final = 1 << 10
"""How many names are remembered; most come again and again."""
_FORMS: Final = frozenset(
    {
        "ag", "and", "bv", "co", "collaboration", "company", "corp", "corporation", "gmbh", "inc", "incorporated",
        "kg", "limited", "llc", "llp", "ltd", "nv", "plc",
    }
)  # fmt: skip
"""What stands at the end of a name, or doesn't: legal forms, and what physicists call themselves."""
_ARTICLE: Final = "the"
_UNSPOKEN: Final = frozenset(
    {"and", "at", "de", "der", "des", "di", "du", "et", "for", "fur", "in", "of", "on", "to", "und", "y"}
)
"""Words of which acronyms have no letter."""
_SPELT: Final = {
    "organisation": "organization", "organisations": "organizations", "centre": "center", "centres": "centers",
    "programme": "program", "defence": "defense", "labour": "labor", "dept": "department", "univ": "university",
    "natl": "national", "intl": "international", "govt": "government", "inst": "institute", "assoc": "association",
}  # fmt: skip
"""Words as they are spelt elsewhere, and abbreviations that stand for one word alone."""
_FEWEST: Final = 3
"""The letters of an acronym that tells whose it is; two begin anything."""


@dataclass(frozen=True, slots=True)
class Organization:
    """A name for comparing: its words without articles and legal forms, and their first letters.

    ``acronym`` is the name itself where it is written as one, ``initials`` are those of several weighty
    words; else they are empty.
    """

    words: tuple[str, ...]
    initials: str = ""
    acronym: str = ""

    @property
    def joined(self) -> str:
        """All its words in one."""
        return "".join(self.words)

    @property
    def look_up_words(self) -> tuple[str, ...]:
        """What it is filed under: one of them is among those of each that accords in full."""
        brief = self.acronym or self.initials
        return (self.joined, brief) if len(brief) >= _FEWEST else (self.joined,)


@lru_cache(_REMEMBERED)
def organization_of(text: str) -> Organization:
    """The name of an organisation, for comparing; an acronym in brackets behind it is no part of it."""
    whole, bracket, inner = text.rstrip(" )").rpartition("(")
    if bracket and text.endswith(")"):
        outer, within = _read(whole), _read(inner)
        if _is_acronym_of(within, outer):
            return outer
        if _is_acronym_of(outer, within):
            return within
    return _read(text)


def _read(text: str) -> Organization:
    """The name that ``text`` is, all of it."""
    told = _told(plain(html.unescape(text)).replace("&", " and ").replace("'", "").replace("\u2019", ""))
    folded = [word for token in told for word in fold(token).split()]
    words = tuple(_SPELT.get(word, word) for word in map(letters, folded) if word)
    weighty = [word for word in folded if word not in _UNSPOKEN]
    is_acronym = all(token.isupper() for token in told) and (
        len(words) == 1 or max(map(len, words), default=0) == 1
    )
    return Organization(
        words,
        "".join(word[0] for word in weighty) if len(weighty) > 1 else "",
        "".join(folded) if is_acronym else "",
    )


def _told(text: str) -> list[str]:
    """The words of ``text`` as they are written, without articles and the legal forms at its end; all if no other is left."""
    whole = text.split()
    told = [word for word in whole if letters(word) != _ARTICLE]
    while len(told) > 1 and letters(told[-1]) in _FORMS:
        del told[-1]
    return told or whole


def accord(one: Organization, other: Organization) -> Accord:
    """How well two names go together; symmetric.

    In full where their letters are the same, or one is the whole acronym of the other. Loosely where one
    may be a part of the other, or the other abbreviated: nobody can tell whether "NASA" is "NASA Ames".
    Not at all where there are no letters.

    >>> accord(organization_of("WHO"), organization_of("The World Health Organisation"))
    'full'
    >>> accord(organization_of("NASA"), organization_of("NASA Ames"))
    'loose'
    >>> accord(organization_of("NASA Goddard"), organization_of("NASA Ames"))
    'none'
    """
    if one.joined and one.joined == other.joined:
        return "full"
    if _is_acronym_of(one, other) or _is_acronym_of(other, one):
        return "full"
    return "loose" if _is_within(one, other) or _is_within(other, one) else "none"


def _is_acronym_of(one: Organization, other: Organization) -> bool:
    return len(one.acronym) >= _FEWEST and one.acronym == other.initials


def _is_within(one: Organization, other: Organization) -> bool:
    """Whether all words of ``one`` stand in ``other``, abbreviated or not, or its letters begin what these begin with."""
    if one.acronym and other.initials.startswith(one.acronym):
        return True
    return bool(one.words) and all(any(word.startswith(each) for word in other.words) for each in one.words)
