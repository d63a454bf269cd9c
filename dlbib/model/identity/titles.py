"""Titles as they are compared: what two of them have in common, and what numbers and notices they bear."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Mapping

TitleRelation = Literal["same", "subtitle", "similar", "unlike", "unknown"]

_SIMILAR_FROM: Final = 0.9
_ALIKE_FROM: Final = 0.6
_SHORT_WORDS: Final = 2
_SHORT_LETTERS: Final = 20
_SHORT_IDEOGRAPHS: Final = 5
_REMEMBERED: Final = 1 << 12
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
        run = _NO_LETTER.sub("", _spelt(text.casefold()))
    return run.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _spelt(text: str) -> str:
    """``text`` with its letters taken apart; marks of other scripts than Europe's are letters."""
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
# What follows a colon at once is a subtitle in scripts that have no spaces.
_WIDE_COLON: Final = "\uff1a"


@dataclass(frozen=True, slots=True)
class Title:
    """A title for comparing: its ``letters``, and those of what stands before a subtitle (``main``).

    Empty for what has none.
    """

    text: str
    letters: str
    main: str

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
    def is_recurring(self) -> bool:
        """Whether it heads something in many volumes, as "Editorial" does."""
        return self.letters in _RECURRING or (
            any(word in self.letters for word in _PERIODS) and _REPORTED.search(self.text) is not None
        )


NO_TITLE: Final = Title("", "", "")


def title_of(text: str | None) -> Title:
    """The title ``text``, for comparing."""
    return _title_of(text) if text else NO_TITLE


@lru_cache(_REMEMBERED)
def _title_of(text: str) -> Title:
    if "<" in text:
        text = _TAG.sub("", text)
    if not text.isascii():
        text = text.replace(_WIDE_COLON, ": ")
    whole = letters(text)
    parted = _SUBTITLE.search(text)
    main = letters(text[: parted.start()]) if parted else ""
    return Title(text, whole, main or whole)


def relation(one: Title, other: Title) -> TitleRelation:
    """What two titles have in common; ``subtitle`` is one that the other lacks."""
    if not one.letters or not other.letters:
        return "unknown"
    if one.letters == other.letters:
        return "same"
    if one.has_subtitle != other.has_subtitle and one.main == other.main:
        return "unlike" if one.is_recurring or other.is_recurring else "subtitle"
    if Indel.normalized_similarity(one.letters, other.letters, score_cutoff=_SIMILAR_FROM):
        return "similar"
    return "unlike"


def are_alike(one: Title, other: Title) -> bool:
    """Whether two titles may well be two forms of one; a title that is unknown may be any."""
    if not one.letters or not other.letters or one.main == other.main:
        return True
    return Indel.normalized_similarity(one.letters, other.letters) >= _ALIKE_FROM


# --- what titles tell apart ------------------------------------------------------------------------

_NUMERALS: Final = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMAN: Final[Mapping[str, str]] = {
    numeral: str(value) for value, numeral in enumerate(_NUMERALS.split(), start=1)
}
_SPELT_NUMBERS: Final[Mapping[str, str]] = {
    word: str(value)
    for value, words in enumerate(
        (
            "one first erster erste premier premiere", "two second zweiter zweite deuxieme",
            "three third dritter dritte troisieme", "four fourth vierter vierte", "five fifth", "six sixth",
            "seven seventh", "eight eighth", "nine ninth", "ten tenth",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_COUNTED: Final = (
    r"part|pt|volume|vol|book|band|bd|teil|tome|tomo|tom|parte|partie|chapter|number|no|nr|issue|session|"
    r"lecture|episode|edition|phase|task|track|report|version|release|section|appendix|paper|act|series"
)
_WORD: Final = re.compile(r"[^\W_]+")
_COUNTED_WORD: Final = re.compile(rf"(?:{_COUNTED})\Z")
_NUMBER: Final = re.compile(r"[0-9]+")


@lru_cache(_REMEMBERED)
def numbers(title: Title) -> tuple[str, ...]:
    """The numbers in a title, sorted: of parts, volumes, years and models, in whichever form.

    A numeral that could be a word ("I", "one") counts behind "Part" and its like, or at the end.

    >>> numbers(title_of("On Words, Part II")), numbers(title_of("I see GPT-3"))
    (('2',), ('3',))
    """
    words = [_spelt(word) for word in _WORD.findall(title.text.casefold())]
    found: list[str] = []
    for place, word in enumerate(words):
        counted = place > 0 and _COUNTED_WORD.match(words[place - 1]) is not None
        found += _numbers_in(word, may_be_numeral=counted or place in {len(words) - 1} - {0})
    return tuple(sorted(found))


def _numbers_in(word: str, *, may_be_numeral: bool) -> list[str]:
    if digits := _NUMBER.findall(word):
        return [each.lstrip("0") or "0" for each in digits]
    if word in _ROMAN and (may_be_numeral or (len(word) > 1 and word not in {"mi", "vi", "xi"})):
        return [_ROMAN[word]]
    return [_SPELT_NUMBERS[word]] if may_be_numeral and word in _SPELT_NUMBERS else []


_TO: Final = r"(?= to\b| for\b|:|\Z)"
_NOTICES: Final = (
    (
        "erratum",
        rf"(?:(?:publishers?|authors?) )?(?:erratum|errata|corrigend(?:um|a)|corrections?{_TO}|amendment{_TO})",
    ),
    ("retraction", r"retraction|retracted|withdrawn|withdrawal|expression of concern"),
    ("addendum", rf"addendum|addenda|supplement(?:ary|al)?(?: materials?| information)?{_TO}"),
    ("comment", rf"(?:a |some )?(?:comments?|remarks?) on|comments?{_TO}|commentary (?:on|to)|commentary\Z"),
    ("reply", rf"(?:authors?s? |a )?(?:reply|response|rejoinder){_TO}"),
    ("discussion", rf"(?:invited )?discussion(?: of| on|{_TO})"),
    ("review", rf"(?:book )?reviews? of|book reviews?{_TO}|rezension|compte rendu"),
)
_BEFORE: Final = re.compile("|".join(rf"(?P<{name}>(?:{pattern})\b)" for name, pattern in _NOTICES))
_FORMS: Final = (
    ("abstract", r"(?:extended )?abstract|summary"),
    ("poster", r"poster(?: abstract)?"),
    ("demonstration", r"demo(?:nstration)?"),
    ("slides", r"slides|talk|presentation|lecture notes|video|keynote"),
    ("tutorial", r"tutorial"),
    ("supplement", r"supplement(?:ary|al)?(?: materials?| information)?|appendix"),
    ("extension", r"extended version|full version|long version"),
    ("erratum", r"erratum|errata|corrigend(?:um|a)|correction"),
    ("retraction", r"retracted(?: article)?|withdrawn"),
    ("review", r"(?:book )?review"),
    ("comment", r"comments?|with discussion"),
    ("reply", r"reply|response|rejoinder"),
    ("translation", r"translation|translated[^)\]]{0,40}"),
)
_BEHIND: Final = re.compile(
    r"(?:[(\[]|[:.\u2013\u2014-]\s+)(?:the )?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FORMS)
    + r")[)\]]?[.\s]*\Z"
)


@lru_cache(_REMEMBERED)
def notice(title: Title) -> str:
    """What a title says to be instead of the work itself: ``erratum``, ``reply``, ``slides``; empty if nothing.

    >>> notice(title_of("Erratum to: On Words")), notice(title_of("On Words (extended abstract)"))
    ('erratum', 'abstract')
    """
    text = title.text.casefold().lstrip("[(\"'\u2018\u201c ")
    found = _BEFORE.match(_plain_words(text)) or _BEHIND.search(text)
    return (found.lastgroup or "") if found else ""


def _plain_words(text: str) -> str:
    return _spelt(text.replace("'", "").replace("\u2019", "").replace("[", "").replace("]", ""))


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
_PERIODS: Final = ("ann", "year", "quarter", "month", "week", "biennial", "jahr", "anual", "report")
"""What the letters of whatever `_REPORTED` finds have in them."""
