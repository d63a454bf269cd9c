"""Titles as they are compared, and what two of them have in common."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz.distance import Indel

TitleRelation = Literal["same", "subtitle", "similar", "unlike", "unknown"]

_SIMILAR_FROM: Final = 0.9
_ALIKE_FROM: Final = 0.6
_NEARLY_FROM: Final = 0.75
_SHORT_WORDS: Final = 2
_SHORT_LETTERS: Final = 20
_SHORT_IDEOGRAPHS: Final = 5
REMEMBERED: Final = 1 << 12
"""How many titles are remembered, for what is filed under one is compared with others by it soon after."""

# --- letters ---------------------------------------------------------------------------------------

_TAG: Final = re.compile(
    r"</?(?:i|b|u|em|strong|italic|bold|sup|sub|span|scp|sc|tt|br|p|(?:jats|mml):\w{1,20})(?:\s[^<>]{0,80})?/?>",
    re.IGNORECASE,
)
_ASCII_LOWER: Final = bytes(range(128)).lower() + bytes(range(128, 256))
_ASCII_NO_LETTER: Final = bytes(code for code in range(128) if not chr(code).isalnum())
_COMMAND: Final = re.compile(r"\\(?:text[a-z]{2}|emph|math[a-z]{2,4}|mbox|ensuremath)(?![a-z])")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_SIGN: Final = re.compile(r"(?<=[A-Za-z])(?:\+\+|#)")
_LETTERS_OF_GREEK: Final = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lamda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega",
)  # fmt: skip
_SPELT: Final = str.maketrans(
    {
        **{unicodedata.lookup(f"GREEK SMALL LETTER {name}"): name for name in _LETTERS_OF_GREEK},
        "\N{GREEK SMALL LETTER LAMDA}": "lambda",  # Unicode and TeX call it differently
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "a", "œ": "o",
    }
)  # fmt: skip
"""Letters that no decomposition takes apart; Greek ones as TeX's commands are called."""

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_LATIN_MARKS: Final = re.compile("[\u0300-\u036f]")
_IDEOGRAPHIC: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def letters(text: str) -> str:
    r"""The letters and digits of ``text`` in one run, however it was written down.

    Case, accents, punctuation, markup, braces and HTML don't count; "ü" is "ue" and "u", "&" is
    "and", a Greek letter is the name that TeX has for it.

    >>> letters("Gödel, Escher & Bach") == letters('{G}{\\"o}del, Escher \\& Bach') == "godelescherandbach"
    True
    """
    if "&" in text:
        text = html.unescape(text).replace("&", " and ")
    if "<" in text:
        text = _TAG.sub("", text)
    if "\\" in text:
        text = _COMMAND.sub("", text)
    if "+" in text or "#" in text:
        text = _SIGN.sub(lambda sign: "sharp" if sign[0] == "#" else "plusplus", text)
    if text.isascii():
        run = text.encode().translate(_ASCII_LOWER, _ASCII_NO_LETTER).decode()
    else:
        run = _NO_LETTER.sub("", spelt(text.casefold()))
    return run.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def spelt(text: str) -> str:
    """``text``, in lower case, with its letters taken apart; marks of other scripts than Europe's are letters."""
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_SPELT)
    if text.isascii():
        return text
    return _NOT_ASCII.sub(_kept, unicodedata.normalize("NFC", text))


def _kept(found: re.Match[str]) -> str:
    """A mark, such as a vowel of Devanagari, as a letter, for it tells words apart."""
    letter = found[0]
    return f"{ord(letter):x}" if unicodedata.category(letter) in {"Mn", "Mc"} else letter


def is_ideographic(text: str) -> bool:
    """Whether ``text`` is written in Chinese, Japanese or Korean."""
    return not text.isascii() and _IDEOGRAPHIC.search(text) is not None


# --- titles ----------------------------------------------------------------------------------------

_SUBTITLE: Final = re.compile(
    # The set in front is what a search goes by, letter by letter.
    r"[:\s\u2014?!.](?:(?<=:)\s|(?<=\s)[-\u2013\u2014]{1,3}\s|(?<=\u2014)|(?<=[?!])\s(?=\w)|(?<=\.)\s(?=[A-Z]))"
)
_CHARGE: Final = re.compile("\\\\?(?:\\^\\{?|<sup>)\\s*[0-9]*\\\\?([+\u2212-])|([\u207a\u207b])")
_CHARGED: Final = ("^", "<sup>", "\u207a", "\u207b")
"""One of these there is in each title in which `_CHARGE` finds anything."""
# What follows a colon at once is a subtitle in scripts that have no spaces.
_WIDE_COLON: Final = "\uff1a"


@dataclass(frozen=True, slots=True)
class Title:
    """A title for comparing: its ``letters``, and those of what stands before a subtitle (``main``).

    Empty for what has none. ``charges`` are the signs that stand raised in it, as in those of particles.
    """

    text: str
    letters: str
    main: str
    charges: str = ""

    @property
    def has_subtitle(self) -> bool:
        """Whether a subtitle follows the main title."""
        return self.main != self.letters

    @property
    def is_short(self) -> bool:
        """Whether it has too few words to be one work's alone."""
        if is_ideographic(self.text):
            return len(self.letters) < _SHORT_IDEOGRAPHS
        return len(self.letters) < _SHORT_LETTERS and len(self.text.split()) <= _SHORT_WORDS

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
        text = _TAG.sub("", text)
    if not text.isascii():
        text = text.replace(_WIDE_COLON, ": ")
    whole = letters(text)
    parted = _SUBTITLE.search(text)
    main = letters(text[: parted.start()]) if parted else ""
    return Title(text, whole, main or whole, charges)


def _charges(text: str) -> str:
    signs = "".join("".join(found) for found in _CHARGE.findall(text))
    return unicodedata.normalize("NFKC", signs).replace("\u2212", "-")


def relation(one: Title, other: Title) -> TitleRelation:
    """What two titles have in common; ``subtitle`` is one that the other lacks."""
    if not one.letters or not other.letters:
        return "unknown"
    if one.letters == other.letters:
        charged = one.charges and other.charges and one.charges != other.charges
        return "similar" if charged else "same"
    if one.has_subtitle != other.has_subtitle and one.main == other.main:
        return "unlike" if one.is_recurring or other.is_recurring else "subtitle"
    if Indel.normalized_similarity(one.letters, other.letters, score_cutoff=_SIMILAR_FROM):
        return "similar"
    return "unlike"


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
