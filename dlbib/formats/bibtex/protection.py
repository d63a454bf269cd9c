"""Which words of a title keep their case when a style lowers the others.

BibTeX styles lower every letter of an article's title but the first, and BibLaTeX has styles that do;
what must stay as it is stands in braces. Braces around plain title-case words, or around the whole
title, would keep a style from doing what it is for, so only these get them:

* words whose shape says so: an inner capital (``DeepMind``, ``GANs``, ``BERT``), a capital beside a
  digit (``3D``), a capital alone (``Vitamin C``); with what hangs on them by a hyphen when that is a
  letter or a number (``m-RNN``, ``CIFAR-10``), or when they are one letter (``U-Net``);
* proper nouns that `PROPER_NOUNS` knows;
* in a title that is evidently in sentence case, every capitalised word that starts no sentence;
* in a language other than English, when the caller asks, every capitalised word but the first.

Source: Oren Patashnik, "BibTeXing", section 4; BibLaTeX manual, sections 2.3.5 and 4.6.4.
"""

# ruff: noqa: RUF001  # titles are set with typographic apostrophes, quotes and dashes

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.bibtex.proper_nouns import PROPER_NOUNS
from dlbib.model.markup import NOCASE_OPEN, PROTECTED, SPAN_CLOSE, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = r"\w+(?:\+\+|\#)?(?:['’.&]\w+)*(?:(?<=\.[A-Z])\.)?"
_COMPOUND: Final = re.compile(rf"\w+://\S+|{_WORD}(?:[-/\u2010\u2011]{_WORD})*")
_PART: Final = re.compile(_WORD)
_LETTER: Final = re.compile(r"\w")
_ARTICLE: Final = re.compile(r"(?<!\S)A (?=\w)")
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")
_SENTENCE_END: Final = re.compile(r"[:?!.–—][\s\"'“‘(]*\Z")
_PHRASE_GOES_ON: Final = re.compile(r"\s+[\w$<(]")
_DIGIT: Final = re.compile(r"\d")
_LONE_DOLLAR: Final = re.compile(r"(?<!\\)\$")
_REACH: Final = 8
"""How many characters around a word tell whether a sentence starts with it."""

# Where to look at a word: at a capital that isn't just the first of plain letters, and at any letter beyond ASCII.
_SHAPE: Final = re.compile(
    r"[A-Z\x80-\U0010ffff](?:"
    r"(?<=[\x80-\U0010ffff])|(?<=[\w'’.&][A-Z])|(?![a-z])(?!(?<=\bA) \w)|(?=[a-z]+\d))"
)
_CAPITAL: Final = re.compile(r"[A-Z\x80-\U0010ffff]")
# Patterns begin with what they look for, and look behind afterwards, because that is found faster.
_LONG_LOWER: Final = re.compile(r"[a-z]{4,}\b(?!['’.&]\w)")
_LOWER: Final = re.compile(rf"\s({_LONG_LOWER.pattern})")
_CAPITALISED: Final = re.compile(r"[A-Z](?<![A-Za-z].)[a-z\xdf-\xff]+")
_TITLE_CASED: Final = re.compile(r"(?<=[^:?!.–—]\s)[A-Z][a-z]{3,}\b(?!['’.&]\w)")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{2,}")

_SMALL_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "about above across after against along among around before behind below beneath beside between "
        "beyond down during except from inside into like near onto over past since than that their these "
        "this those through throughout toward towards under until upon using versus when where which "
        "while with within without",
    )
)
_HELD: Final = "0"
"""Stands for what is no free text, so that the words around it stay where they are."""
_LONGEST_ORDINARY: Final = 1000
"""How many characters a title has of whose words any may well come again."""
_LONGEST_LETTER: Final = 3
"""As in ``C++``."""
_SHOUTING_WORDS: Final = 4
"""From how many words on a title in capitals is no row of acronyms."""


class _Style(NamedTuple):
    """How a title is written, and so which plain capitals in it mean something."""

    every_capital: bool
    sentence_starts_too: bool
    all_capitals: bool
    nouns: frozenset[str]


class _Piece(NamedTuple):
    """A piece of a title: a tag, text whose words are free to be protected, or text or math that is not."""

    text: str
    is_free: bool = False
    is_tag: bool = False


_OPENED: Final = _Piece(NOCASE_OPEN, is_tag=True)
_CLOSED: Final = _Piece(SPAN_CLOSE, is_tag=True)


class _Compound(NamedTuple):
    """A word with what hangs on it by hyphens, and where in the title it stands.

    ``leads`` tells that its piece may hold the title's first word; ``before`` and ``after`` are what stands
    around the piece.
    """

    found: re.Match[str]
    style: _Style
    leads: bool
    before: str
    after: str

    @property
    def is_first(self) -> bool:
        return self.leads and not _LETTER.search(self.found.string, 0, self.found.start())

    @property
    def starts_sentence(self) -> bool:
        start = self.found.start()
        lead = f"{self.before}{self.found.string[max(0, start - _REACH) : start]}"[-_REACH:]
        return self.is_first or _SENTENCE_END.search(lead) is not None

    @property
    def ends_phrase(self) -> bool:
        end = self.found.end()
        return not _PHRASE_GOES_ON.match(self.found.string[end : end + _REACH] + self.after)


def protected(title: str, language: str | None = None, *, every_capital: bool = False) -> str:
    """``title`` with every word that must keep its case in a ``nocase`` span.

    What stands in such a span already stays as it is. ``language`` is a BCP 47 tag, English when
    unknown. Other languages have no title case to tell from sentence case; with ``every_capital``
    all their capitalised words but the first are protected, for tools that know no languages.

    >>> protected("Playing Atari with a GAN")
    'Playing <span class="nocase">Atari</span> with a <span class="nocase">GAN</span>'
    >>> protected("Generating Sequences With Recurrent Neural Networks")
    'Generating Sequences With Recurrent Neural Networks'
    """
    english = language is None or language[:2].lower() == "en"
    foreign = every_capital and not english
    if not foreign and _is_ordinary(title):
        return title
    has_markup = "<" in title or "$" in title
    pieces = list(_pieces(title)) if has_markup else [_Piece(title, is_free=True)]
    free = "".join([piece.text if piece.is_free else _HELD for piece in pieces]) if has_markup else title
    every = foreign or (english and _is_sentence_case(free))
    nouns = PROPER_NOUNS.intersection(_CAPITALISED.findall(free))
    if not (every or nouns or _has_shapes(pieces)):
        return "".join([piece.text for piece in pieces])
    style = _Style(every, foreign, _is_shouting(free), nouns)
    return "".join(_written(pieces, style))


def _is_ordinary(title: str) -> bool:
    """Whether no word of a title, as most have them, says that any may need something.

    Titles share their words, so that what each says is found out once, and quickly for the most of them.
    """
    free = PROTECTED.sub(_HELD, title) if "<" in title else title
    if "A " in free:
        free = _ARTICLE.sub("", free)
    return (
        len(free) <= _LONGEST_ORDINARY
        and "<" not in free
        and "$" not in title
        and not any(map(_is_remarkable, free.split()))
    )


@lru_cache(maxsize=4096)
def _is_remarkable(word: str) -> bool:
    """Whether a word between blanks may need something, or tells of sentence case, whatever stands around it."""
    lower = _LONG_LOWER.match(word)
    return (
        (lower is not None and lower.group() not in _SMALL_WORDS)
        or _SHAPE.search(word) is not None
        or not PROPER_NOUNS.isdisjoint(_CAPITALISED.findall(word))
    )


def _pieces(title: str) -> Iterator[_Piece]:
    r"""The pieces of ``title``.

    A dollar that opens no math is ``\$``, or with a tag between it might open some.
    """
    parts = PROTECTED.split(title)
    if "$" not in title and not any("<" in part for part in parts):
        yield from _pieces_around_spans(parts)
        return
    depth = 0
    for token in tokens(title):
        if token.style == "nocase":
            depth += 1 if token.kind == "open" else -1
        if token.kind == "text":
            yield _Piece(_LONE_DOLLAR.sub(r"\\$", token.text), is_free=not depth)
        elif token.kind == "math" and not depth and token.text != token.text.lower():
            yield _Piece(NOCASE_OPEN, is_tag=True)
            yield _Piece(token.text)
            yield _Piece(SPAN_CLOSE, is_tag=True)
        else:
            yield _Piece(token.text, is_tag=token.kind != "math")


def _pieces_around_spans(parts: list[str]) -> Iterator[_Piece]:
    """The pieces of a title in which nothing but words are marked up: every second part is what a span holds."""
    for index, part in enumerate(parts):
        if index % 2:
            yield _OPENED
        if part:
            yield _Piece(part, is_free=not index % 2)
        if index % 2:
            yield _CLOSED


def _has_shapes(pieces: list[_Piece]) -> bool:
    """Whether the shape of any word in free text says that it may need something."""
    for text, is_free, _ in pieces:  # noqa: SIM110  # a generator for each title takes longer than all it gives
        if is_free and _SHAPE.search(text):
            return True
    return False


def _is_sentence_case(text: str) -> bool:
    """Whether most words that say something are in lower case.

    Words of up to three letters say nothing, nor do the longer prepositions and conjunctions: they
    are in lower case whatever the style.
    """
    lower = sum(word not in _SMALL_WORDS for word in _LOWER.findall(text))
    return lower > 0 and lower > sum(word not in PROPER_NOUNS for word in _TITLE_CASED.findall(text))


def _is_shouting(text: str) -> bool:
    words = _LONG_WORD.findall(text) if text.isupper() else []
    return len(words) >= _SHOUTING_WORDS


def _written(pieces: list[_Piece], style: _Style) -> Iterator[str]:
    leads = True
    before = ""
    for index, (text, is_free, is_tag) in enumerate(pieces):
        place = 0
        if is_free:
            after = _HELD if index + 1 < len(pieces) else ""
            for found in _candidates(text, style):
                if _is_shaped_word(found.group(), style):
                    start, end = found.span()
                else:
                    start, end = _span(_Compound(found, style, leads, before, after))
                if start < end:
                    yield f"{text[place:start]}{NOCASE_OPEN}{text[start:end]}{SPAN_CLOSE}"
                    place = end
        yield text[place:] if place else text
        if not is_tag:
            leads = leads and is_free and not _LETTER.search(text)
            before = f"{before}{text}"[-_REACH:]


def _is_shaped_word(word: str, style: _Style) -> bool:
    """Whether a word by itself has a capital inside: the usual case, found quickly."""
    return word[1:] != word[1:].lower() and word.isalnum() and not style.all_capitals


def _candidates(text: str, style: _Style) -> list[re.Match[str]]:
    """The compounds of ``text`` that may need something: few, so the rest is passed over quickly."""
    found: list[re.Match[str]] = []
    end = 0
    for place in _places(text, style):
        if place >= end:
            start = text.rfind(" ", end, place) + 1 or end
            end = text.find(" ", place)
            end = len(text) if end < 0 else end
            found += _COMPOUND.finditer(text, start, end)
    return found


def _places(text: str, style: _Style) -> list[int]:
    """Where the words stand that may need something, in order."""
    if style.every_capital:
        return [found.start() for found in _CAPITAL.finditer(text)]
    places = [found.start() for found in _SHAPE.finditer(text)]
    if style.nouns:
        places += [found.start() for found in _CAPITALISED.finditer(text) if found.group() in style.nouns]
        places.sort()
    return places


def _span(compound: _Compound) -> tuple[int, int]:
    """Where in its piece the protected part of a compound begins and ends; equal when there is none."""
    start, end = compound.found.span()
    text = compound.found.group()
    if text.isalnum():
        return (start, end) if _needs(text, 0, compound) else (0, 0)
    if "://" in text:
        return start, end
    found = list(_PART.finditer(text))
    parts = [_POSSESSIVE.sub("", each.group()) for each in found]
    needy = [i for i, part in enumerate(parts) if _needs(part, i, compound)]
    if not needy:
        return 0, 0
    first, last = _stretched(parts, needy[0], needy[-1])
    return start + found[first].start(), start + found[last].start() + len(parts[last])


def _stretched(parts: list[str], first: int, last: int) -> tuple[int, int]:
    """The protected parts with the neighbours that belong to them: a letter, a number, a letter's word."""
    if len(parts[last]) == 1 and last + 1 < len(parts):
        last += 1
    while last + 1 < len(parts) and _is_tag(parts[last + 1]):
        last += 1
    while first and _is_tag(parts[first - 1]):
        first -= 1
    return first, last


def _is_tag(part: str) -> bool:
    return len(part) == 1 or part.isdecimal()


def _needs(part: str, index: int, compound: _Compound) -> bool:
    if part == part.lower():
        return False
    style = compound.style
    if len(part) <= _LONGEST_LETTER and len(part.rstrip("+#.")) == 1:
        return part != "A" or _is_letter_a(compound)
    # An inner capital, or a capital and a digit: the rest of the word tells.
    rest = part[1:]
    if (rest != rest.lower() or _DIGIT.search(part)) and not (style.all_capitals and part.isalpha()):
        return True
    if not part[0].isupper() or (index == 0 and compound.is_first):
        return False
    if part in style.nouns:
        return True
    return style.every_capital and (style.sentence_starts_too or not compound.starts_sentence)


def _is_letter_a(compound: _Compound) -> bool:
    """Whether ``A`` is a letter and no article: something hangs on it, or a phrase ends with it."""
    return len(compound.found.group()) > 1 or (compound.ends_phrase and not compound.starts_sentence)
