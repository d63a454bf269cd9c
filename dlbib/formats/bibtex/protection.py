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
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.bibtex.proper_nouns import PROPER_NOUNS
from dlbib.model.markup import NOCASE_OPEN, SPAN_CLOSE, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = r"\w+(?:\+\+|\#)?(?:['’.&]\w+)*(?:(?<=\.[A-Z])\.)?"
_COMPOUND: Final = re.compile(rf"\w+://\S+|{_WORD}(?:[-/\u2010\u2011]{_WORD})*")
_PART: Final = re.compile(_WORD)
_POSSESSIVE: Final = re.compile(r"['’]s?\Z")
_SENTENCE_END: Final = re.compile(r"[:?!.–—][\s\"'“‘(]*\Z")
_PHRASE_GOES_ON: Final = re.compile(r"\s+[\w$<(]")
_LONE_DOLLAR: Final = re.compile(r"(?<!\\)\$")
_REACH: Final = 8
"""How many characters around a word tell whether a sentence starts with it."""

# What most titles are spared the full look by: no sign of a shape, of sentence case, of a proper noun.
_SHAPE: Final = re.compile(r"\w[A-Z]|[A-Z]\d|\b[A-Z]\b|[^\x00-\x7f]|[<$]")
_LOWER: Final = re.compile(r"(?<=\s)[a-z]{4,}\b(?!['’.&]\w)")
_CAPITALISED: Final = re.compile(r"(?<=\W)[A-Z][a-z]+")
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
_SHOUTING_WORDS: Final = 4
"""From how many words on a title in capitals is no row of acronyms."""


class _Style(NamedTuple):
    """How a title is written, and so which plain capitals in it mean something."""

    every_capital: bool
    sentence_starts_too: bool
    all_capitals: bool


class _Compound(NamedTuple):
    """A word with what hangs on it by hyphens, and how it stands in the title."""

    start: int
    text: str
    is_first: bool
    starts_sentence: bool
    ends_phrase: bool


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
    if not foreign and _is_plain(title):
        return title
    pieces = list(_pieces(title))
    free = "".join(text if is_free else _HELD for text, is_free in pieces)
    style = _Style(
        every_capital=foreign or (english and _is_sentence_case(free)),
        sentence_starts_too=foreign,
        all_capitals=_is_shouting(free),
    )
    return "".join(_written(pieces, style))


def _is_plain(title: str) -> bool:
    """Whether no word can need protection: a quick look that spares the long one."""
    return (
        not _SHAPE.search(title)
        and not _LOWER.search(title)
        and PROPER_NOUNS.isdisjoint(_CAPITALISED.findall(title))
    )


def _pieces(title: str) -> Iterator[tuple[str, bool]]:
    r"""The pieces of ``title``, and whether words in them are free to be protected.

    A dollar that opens no math is ``\$``, or with a tag between it might open some.
    """
    depth = 0
    for token in tokens(title):
        if token.style == "nocase":
            depth += 1 if token.kind == "open" else -1
        if token.kind == "math" and not depth and any(c.isupper() for c in token.text):
            yield from ((piece, False) for piece in (NOCASE_OPEN, token.text, SPAN_CLOSE))
        else:
            is_text = token.kind == "text"
            yield _LONE_DOLLAR.sub(r"\\$", token.text) if is_text else token.text, is_text and not depth


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


def _written(pieces: list[tuple[str, bool]], style: _Style) -> Iterator[str]:
    is_first = True
    before = ""
    for index, (text, is_free) in enumerate(pieces):
        place = 0
        after = _HELD if index + 1 < len(pieces) else ""
        for found in _COMPOUND.finditer(text) if is_free else ():
            if not _is_indifferent(found.group(), style):
                start, end = _span(_standing(found, before, after, is_first=is_first), style)
                if start < end:
                    yield f"{text[place:start]}{NOCASE_OPEN}{text[start:end]}{SPAN_CLOSE}"
                    place = end
            is_first = False
        yield text[place:]
        if not text.startswith("<"):
            is_first = False
            before = f"{before}{text}"[-_REACH:]


def _is_indifferent(word: str, style: _Style) -> bool:
    """Whether a word can be told to need nothing by itself; true of nearly all."""
    if word.islower():
        return True
    plain = len(word) > 1 and word.isalpha() and word.istitle()
    return plain and not style.every_capital and word not in PROPER_NOUNS


def _standing(found: re.Match[str], before: str, after: str, *, is_first: bool) -> _Compound:
    text, start, end = found.string, found.start(), found.end()
    lead = f"{before}{text[max(0, start - _REACH) : start]}"[-_REACH:]
    return _Compound(
        start=start,
        text=found.group(),
        is_first=is_first,
        starts_sentence=is_first or bool(_SENTENCE_END.search(lead)),
        ends_phrase=not _PHRASE_GOES_ON.match(text[end : end + _REACH] + after),
    )


def _span(compound: _Compound, style: _Style) -> tuple[int, int]:
    """Where in its piece the protected part of a compound begins and ends; equal when there is none."""
    if "://" in compound.text:
        return compound.start, compound.start + len(compound.text)
    found = list(_PART.finditer(compound.text))
    parts = [_POSSESSIVE.sub("", each.group()) for each in found]
    needy = [i for i, part in enumerate(parts) if _needs(part, i, compound, style)]
    if not needy:
        return 0, 0
    first, last = _stretched(parts, needy[0], needy[-1])
    return compound.start + found[first].start(), compound.start + found[last].start() + len(parts[last])


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


def _needs(part: str, index: int, compound: _Compound, style: _Style) -> bool:
    if not any(c.isupper() for c in part):
        return False
    if len(part.rstrip("+#.")) == 1:
        return part != "A" or _is_letter_a(compound)
    if _has_shape(part, style):
        return True
    if not part[0].isupper() or (index == 0 and compound.is_first):
        return False
    if part in PROPER_NOUNS:
        return True
    return style.every_capital and (style.sentence_starts_too or not compound.starts_sentence)


def _is_letter_a(compound: _Compound) -> bool:
    """Whether ``A`` is a letter and no article: something hangs on it, or a phrase ends with it."""
    return len(compound.text) > 1 or (compound.ends_phrase and not compound.starts_sentence)


def _has_shape(part: str, style: _Style) -> bool:
    """Whether a word has an inner capital, or a capital and a digit."""
    if style.all_capitals and part.isalpha():
        return False
    return any(c.isupper() for c in part[1:]) or any(c.isdecimal() for c in part)
