"""Titles as they are compared, and what two of them have in common."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz.distance import OSA, Indel

from dlbib.model.identity.framing import framed
from dlbib.model.identity.lettering import REMEMBERED, TAG, is_ideographic, letters, spelt

TitleRelation = Literal["same", "subtitle", "respelt", "similar", "unlike", "unknown"]

_SIMILAR_FROM: Final = 0.9
_ALIKE_FROM: Final = 0.6
_NEARLY_FROM: Final = 0.75
_WORD: Final = re.compile(r"[^\W_]+")
_LONG_WORD: Final = 5
_MOST_RESPELT: Final = 2
_SHORT_WORDS: Final = 2
_SHORT_LETTERS: Final = 20
_SHORT_IDEOGRAPHS: Final = 5

# --- titles ----------------------------------------------------------------------------------------

_SUBTITLE: Final = re.compile(
    # The set in front is what a search goes by, letter by letter.
    r"[:\s\u2014?!.](?:(?<=:)\s|(?<=\s)[-\u2013\u2014]{1,3}\s|(?<=\u2014)|(?<=[?!])\s(?=\w)|(?<=\.)\s(?=[A-Z]))"
)
_CHARGE: Final = re.compile("\\\\?(?:\\^\\{?|<sup>)\\s*[0-9]*\\\\?([+\u2212-])|([\u207a\u207b])")
_CHARGED: Final = ("^", "<sup>", "\u207a", "\u207b")
"""One of these there is in each title in which `_CHARGE` finds anything."""
_REMARK: Final = re.compile(
    r"\s[(\[](?![^()\[\]]*(?:edition|ausgabe|version|translat|abridged))[^()\[\]]*[)\]]\Z", re.IGNORECASE
)
"""What stands in brackets at the end, as a series does; not that this is another edition."""
# What follows a colon at once is a subtitle in scripts that have no spaces.
_WIDE_COLON: Final = "\uff1a"


@dataclass(frozen=True, slots=True)
class Title:
    """A title for comparing: its ``letters``, and those of what stands before a subtitle (``main``).

    Empty for what has none. ``charges`` are the signs that stand raised in it, as in those of particles.
    The ``article`` that it begins with isn't among the letters; the ``edition`` that it ended with, and what
    it is framed by besides (`framed`), isn't in its ``text``, either. ``has_remark`` when the subtitle is
    what stands in brackets at the end.
    """

    text: str
    letters: str
    main: str
    charges: str = ""
    article: str = ""
    edition: str = ""
    has_remark: bool = False

    @property
    def has_subtitle(self) -> bool:
        """Whether a subtitle follows the main title."""
        return self.main != self.letters

    @property
    def words(self) -> list[str]:
        """Its words in lower case, spelt out, without the article."""
        return _WORD.findall(spelt(self.text.removeprefix(self.article.capitalize()).casefold()))

    @property
    def initials(self) -> str:
        """The first letters of its words; of titles that are one but for how words are spelt, they are the same."""
        return "".join([word[0] for word in self.words])

    @property
    def is_short(self) -> bool:
        """Whether it has too few words to be one work's alone."""
        if is_ideographic(self.text):
            return len(self.letters) < _SHORT_IDEOGRAPHS
        words = len(self.text.split()) - bool(self.article)
        return len(self.letters) < _SHORT_LETTERS and words <= _SHORT_WORDS

    @property
    def may_be_short(self) -> bool:
        """Whether its main title alone would be short, were that written in few words."""
        return len(self.main) < _SHORT_LETTERS

    @property
    def is_recurring(self) -> bool:
        """Whether it heads something in many volumes, as "Editorial" does."""
        return self.letters in _RECURRING or (
            any(word in self.letters for word in _PERIODS) and _REPORTED.search(self.text) is not None
        )


NO_TITLE: Final = Title("", "", "")


def title_of(text: str | None) -> Title:
    """The title ``text``, for comparing."""
    return _title_of(text) if text else NO_TITLE


@lru_cache(REMEMBERED)
def _title_of(text: str) -> Title:
    charges = _charges(text) if any(sign in text for sign in _CHARGED) else ""
    if "<" in text:
        text = TAG.sub("", text)
    if not text.isascii():
        text = text.replace(_WIDE_COLON, ": ")
    core, article, edition = framed(text)
    whole = letters(core)
    parted = _SUBTITLE.search(core)
    remark = None if parted or not core.endswith((")", "]")) else _REMARK.search(core)
    before = parted or remark
    main = letters(core[: before.start()]) if before else ""
    called = core if not article else f"{article.capitalize()} {core}"
    return Title(called, whole, main or whole, charges, article, edition, has_remark=bool(remark and main))


def _charges(text: str) -> str:
    signs = "".join("".join(found) for found in _CHARGE.findall(text))
    return unicodedata.normalize("NFKC", signs).replace("\u2212", "-")


def relation(one: Title, other: Title) -> TitleRelation:
    """What two titles have in common; ``subtitle`` is one that the other lacks."""
    if not one.letters or not other.letters:
        return "unknown"
    if one.letters == other.letters:
        return (
            "similar"
            if _differ(one.charges, other.charges) or _differ(one.article, other.article)
            else "same"
        )
    if one.has_subtitle != other.has_subtitle and one.main == other.main:
        return "unlike" if one.is_recurring or other.is_recurring else "subtitle"
    if Indel.normalized_similarity(one.letters, other.letters, score_cutoff=_SIMILAR_FROM):
        return "respelt" if _are_respelt(one, other) else "similar"
    return "unlike"


def _differ(one: str, other: str) -> bool:
    return bool(one) and bool(other) and one != other


def _are_respelt(one: Title, other: Title) -> bool:
    """Whether they are word for word the same, but for a letter in few of the long ones: "colour", "Wrods"."""
    ours, theirs = one.words, other.words
    if len(ours) != len(theirs):
        return False
    other_words = [(mine, yours) for mine, yours in zip(ours, theirs, strict=True) if mine != yours]
    return len(other_words) <= _MOST_RESPELT and all(_is_respelt(mine, yours) for mine, yours in other_words)


def _is_respelt(one: str, other: str) -> bool:
    """Whether a word is another with a slip or in another country; that may be another word, too."""
    if min(len(one), len(other)) < _LONG_WORD or one[0] != other[0] or not (one + other).isalpha():
        return False
    return OSA.distance(one, other, score_cutoff=1) == 1


def are_alike(one: Title, other: Title, *, nearly: bool = False) -> bool:
    """Whether two titles may well be two forms of one, or ``nearly`` are; a title that is unknown may be any."""
    if not one.letters or not other.letters or one.main == other.main:
        return True
    if one.letters.startswith(other.letters) or other.letters.startswith(one.letters):
        return True
    least = _NEARLY_FROM if nearly else _ALIKE_FROM
    return Indel.normalized_similarity(one.letters, other.letters) >= least


# --- titles of many works --------------------------------------------------------------------------

_RECURRING: Final = frozenset(
    letters(each)
    for each in (
        "Editorial", "Guest Editorial", "Editor's Note", "Editors' Introduction", "From the Editor",
        "Letter from the Editor", "Letter to the Editor", "Preface", "Foreword", "Introduction",
        "Introduction to the Special Issue", "Conclusion", "Conclusions", "Afterword", "Appendix",
        "Acknowledgments", "Acknowledgements", "Abstract", "Abstracts", "Summary", "Index", "Contents",
        "Table of Contents", "Front Matter", "Back Matter", "Title Page", "Copyright", "Book Review",
        "Book Reviews", "Review", "Reviews", "Review Article", "Correspondence", "Letters", "News",
        "In This Issue", "Obituary", "In Memoriam", "Erratum", "Errata", "Corrigendum", "Correction",
        "Corrections", "Retraction", "Addendum", "Reply", "Response", "Rejoinder", "Comment", "Comments",
        "Commentary", "Discussion", "Panel Discussion", "Keynote", "Keynote Address", "Invited Talk",
        "Opening Remarks", "Message from the Chairs", "Message from the General Chair", "Untitled",
        "Personal communication", "Private communication", "Home", "Homepage", "Website", "README",
        "Vorwort", "Einleitung", "Einführung", "Nachwort", "Avant-propos", "Introduction générale",
        "Éditorial", "Préface", "Prólogo", "Introducción", "Prefazione", "Introduzione", "Lecture Notes",
        "Slides", "Technical Report", "Report", "Proceedings",
    )
)  # fmt: skip
_REPORTED: Final = re.compile(
    r"\b(?:annual|yearly|quarterly|monthly|weekly|biennial|half-yearly)\s+(?:\w+\s+){0,3}?"
    r"(?:report|review|survey|bulletin|statistics|meeting|conference|update)\b"
    r"|\b(?:year ?book|jahresbericht|jahrbuch|rapport annuel|informe anual|status report|progress report)\b",
    re.IGNORECASE,
)
_PERIODS: Final = tuple(
    letters(each)
    for each in (
        "annual", "yearly", "quarterly", "monthly", "weekly", "biennial", "year book", "jahr",
        "rapport annuel", "informe anual", "status report", "progress report",
    )
)  # fmt: skip
"""One of these there is in the letters of whatever `_REPORTED` finds."""
