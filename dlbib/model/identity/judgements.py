"""A judgement on whether two entries are one work, and the reasons it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Verdict = Literal["same", "unsure", "different"]

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        # One of these is enough.
        "same-doi": 1.0,
        "same-arxiv": 1.0,
        "same-pmid": 1.0,
        "same-pmcid": 1.0,
        "same-isbn": 1.0,
        # These speak for one work, none of them alone.
        "same-title": 0.45,
        "same-short-title": 0.3,
        "same-brief-title": 0.2,
        "same-recurring-title": 0.1,
        "title-with-subtitle": 0.15,
        "respelt-title": 0.05,
        "book-with-subtitle": 0.3,
        "same-authors": 0.35,
        "same-two-authors": 0.4,
        "same-many-authors": 0.45,
        "same-names": 0.3,
        "similar-author": 0.2,
        "other-order": 0.3,
        "and-others": 0.3,
        "many-and-others": 0.4,
        "most-authors": 0.3,
        "fewer-authors": 0.2,
        "some-authors": 0.05,
        "same-year": 0.1,
        "year-beside": 0.05,
        "preprint-first": 0.05,
        "same-address": 0.55,
        "same-place": 0.35,
        "same-venue": 0.1,
        "same-page": 0.15,
        "same-publisher": 0.05,
        # These raise doubts.
        "misspelt-title": -0.06,
        "similar-title": -0.1,
        "other-title": -0.2,
        "other-authors": -0.6,
        "other-year": -0.25,
        "other-of-series": -0.3,
        "other-version": -0.3,
        "other-report": -0.3,
        "other-degree": -0.3,
        "other-day": -0.3,
        "other-title-of-isbn": -0.6,
        "other-venue": -0.2,
        "later-venue": -0.15,
        "elsewhere": -0.3,
        "other-address": -0.2,
        "other-publisher": -0.1,
        "other-isbn": -0.15,
        "other-language": -0.3,
        "doubtful-kind": -0.2,
        "one-translated": -0.35,
        "one-numbered": -0.35,
        "unlike": -0.4,
        # One of these is enough against.
        "other-doi": -1.0,
        "other-arxiv": -1.0,
        "other-pmid": -1.0,
        "other-pmcid": -1.0,
        "other-kind": -1.0,
        "other-number": -1.0,
        "other-part": -1.0,
        "other-volume": -1.0,
        "other-edition": -1.0,
        "other-place": -1.0,
        "notice": -1.0,
    }
)
"""What each reason counts for one work, or against."""

_NAMING: Final = frozenset({"same-doi", "same-arxiv", "same-pmid", "same-pmcid"})
SAME_FROM: Final = 0.85
UNSURE_FROM: Final = 0.5
_VETO: Final = -1.0


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One thing that speaks for one work or against it, by its name in `WEIGHTS`; ``sentence`` tells both values."""

    name: str
    sentence: str

    @property
    def weight(self) -> float:
        """How much it counts: for one work above 0, against it below, alone enough against at -1."""
        return WEIGHTS[self.name]


def both(name: str, what: str, value: object) -> Reason:
    """A reason that both have one value."""
    return Reason(name, f"both have the {what} {value}")


def apart(name: str, what: str, one: object, other: object) -> Reason:
    """A reason that each has another value."""
    return Reason(name, f"{what} {one} | {other}")


def differ(one: str, other: str) -> bool:
    """Whether both say something, and not the same."""
    return bool(one) and bool(other) and one != other


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two entries are one work: surely (``same``), perhaps (``unsure``) or not (``different``).

    ``score`` is the sum of the reasons' weights, no less than 0 and no more than 1, and 0 where one of
    them is enough against; from `SAME_FROM` on the entries are the same, from `UNSURE_FROM` on perhaps.
    """

    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_by_name(self) -> bool:
        """Whether an identifier decided that they are the same."""
        return self.verdict == "same" and any(reason.name in _NAMING for reason in self.reasons)

    @property
    def strength(self) -> float:
        """The sum of the reasons' weights, without bounds."""
        return round(sum(reason.weight for reason in self.reasons), 2)

    @property
    def is_vetoed(self) -> bool:
        """Whether one thing alone tells them apart."""
        return self.verdict == "different" and any(reason.weight <= _VETO for reason in self.reasons)

    @property
    def has_objection(self) -> bool:
        """Whether they aren't surely the same, and that not only because too little is known or a word is misspelt."""
        return self.verdict != "same" and any(
            reason.weight < 0 and reason.name != "misspelt-title" for reason in self.reasons
        )


def judgement_of(reasons: Iterable[Reason]) -> Judgement:
    """What follows from ``reasons``."""
    reasons = tuple(reasons)
    vetoed = any(reason.weight <= _VETO for reason in reasons)
    score = 0.0 if vetoed else round(min(max(sum(reason.weight for reason in reasons), 0.0), 1.0), 2)
    verdict: Verdict = "same" if score >= SAME_FROM else "unsure" if score >= UNSURE_FROM else "different"
    return Judgement(verdict, score, reasons)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two works of a library that may be one, by their keys, and what speaks for it and against."""

    one: str
    other: str
    judgement: Judgement
