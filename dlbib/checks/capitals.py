"""The case of titles: words that styles would lower, titles that they can't, and titles in capitals."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.subjects import TITLES
from dlbib.checks.tex import HIDDEN, masked
from dlbib.formats.bibtex.protection import protected
from dlbib.model.markup import NOCASE_OPEN, SPAN_CLOSE, plain, tokens
from dlbib.model.names.words import is_braced
from dlbib.model.tex.decode import decode
from dlbib.model.tex.encode import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

LOWERED: Final = frozenset({"title", "title_short", "subtitle"})
"""The attributes and fields whose letters styles lower: of what is cited, not of what it appeared in."""

_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_BESIDE: Final = re.compile(r"[\w\0]")
_SHOUTED: Final = re.compile(r"(?:\b[A-Z]+\W+)*\b[A-Z]{4,}(?:\W+[A-Z]+)*\W+[A-Z]{4,}\b(?:\W+[A-Z]+\b)*")
_LOOSE: Final = re.compile(r"A|[A-Z]-[a-z]+|N-[A-Z][a-z]+")
"""Letters that are no name of their own: an article, the N of N-grams."""
_WORDS_IN_CAPITALS: Final = 4
_SHOWN: Final = 5
_LONGEST: Final = 2000
"""No title has more letters; what has them would take long to look at."""


def _find_unprotected(subject: Subject, field: FieldText) -> Iterator[Found]:
    if not subject.is_latex or len(field.text) > _LONGEST or is_braced(field.text.strip()):
        return
    missing = _unprotected(field.text, subject.entry.language)
    if missing and (missing := _firm(missing, field.text)):
        words = list(dict.fromkeys(missing))
        shown = ", ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
        message = f"{shown} has no braces; styles that lower titles lower it too; write {{{missing[0]}}}"
        yield Found(message, field.name, _change(field, _braced(field.text, missing, subject)))


def _unprotected(text: str, language: str | None) -> list[str]:
    """The words of a title in LaTeX that must keep their case and are not braced, each as often as that is so."""
    title = decode(text)
    wanted = protected(title, language)
    if wanted == title:
        return []
    return list((Counter(_spans(wanted)) - Counter(_spans(title))).elements())


def _firm(words: list[str], text: str) -> list[str]:
    """Those of some words whose capitals mean something by themselves, and not for the look of the title."""
    sight = _outside(text)
    shouted = {word for run in _SHOUTED.findall(sight) for word in run.split()}
    return [
        word
        for word in words
        if word not in shouted
        and not _LOOSE.fullmatch(word)
        and "://" not in word
        and protected(f"x {word} y") != f"x {word} y"
        and (not word.isascii() or _place(sight, word) >= 0)
        and not _only_begins(sight, word)
    ]


def _only_begins(sight: str, word: str) -> bool:
    """Whether one letter is the first word and stands nowhere else: no style lowers the first letter of a title."""
    start = len(sight) - len(sight.lstrip())
    return (
        len(word) == 1
        and _place(sight, word) == start
        and _place(HIDDEN * (start + 1) + sight[start + 1 :], word) < 0
    )


def _spans(title: str) -> list[str]:
    """What stands in a title's outermost ``nocase`` spans."""
    found: list[str] = []
    depth = 0
    for token in tokens(title):
        if token.style == "nocase":
            depth += 1 if token.kind == "open" else -1
            found += [""] if token.kind == "open" and depth == 1 else []
        elif depth and token.kind in {"text", "math"}:
            found[-1] += token.text
    return found


def _braced(text: str, words: list[str], subject: Subject) -> str:
    """A title in LaTeX with braces around some words, each as often as it is named; as it is where they can't all be placed."""
    braced = text
    for word in words:
        if (place := _place(_outside(braced), word)) >= 0:
            braced = f"{braced[:place]}{{{word}}}{braced[place + len(word) :]}"
    if not _firm(_unprotected(braced, subject.entry.language), braced):
        return braced
    anew = encode(protected(decode(text), subject.entry.language), ascii_only=subject.origin.is_ascii)
    return anew if plain(decode(anew)) == plain(decode(text)) else text


def _place(sight: str, word: str) -> int:
    """Where a word stands by itself in what is in sight, and next to no braces; -1 where it doesn't."""
    place = sight.find(word)
    while place >= 0:
        end = place + len(word)
        if not (_BESIDE.match(sight[place - 1 : place]) or _BESIDE.match(sight[end : end + 1])):
            return place
        place = sight.find(word, end)
    return -1


def _outside(text: str) -> str:
    """``text`` as long as it is, with all hidden that is in braces or no running text."""
    sight = masked(text)
    pieces: list[str] = []
    depth = start = 0
    for brace in _BRACE.finditer(sight):
        if brace.group() not in "{}":
            continue
        piece = sight[start : brace.start()]
        pieces += [HIDDEN * len(piece) if depth else piece, HIDDEN]
        depth = max(depth + (1 if brace.group() == "{" else -1), 0)
        start = brace.end()
    return "".join([*pieces, sight[start:]])


def _change(field: FieldText, text: str) -> dict[str, str | None]:
    return field.with_text(text) if text != field.text else {}


def _find_doubled(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text.strip()
    if len(text) > _LONGEST or not _is_english(subject):
        return
    inner = _unbraced(text) if subject.is_latex else _freed(text)
    if inner == text or " " not in inner or inner.startswith("\\"):
        return
    what = "braces hold" if subject.is_latex else "a nocase span, {...} in BibTeX, holds"
    message = f"{what} the whole title; no style can set its case; mark the words that need it, and no more"
    shields = subject.is_latex and field.attribute in LOWERED
    yield Found(message, field.name, field.with_text(_shielded(inner, subject) if shields else inner))


def _unbraced(text: str) -> str:
    """A text in LaTeX without the braces that hold all of it."""
    while is_braced(text):
        text = text[1:-1].strip()
    return text


def _freed(text: str) -> str:
    """A text with CSL's markup without the spans that keep the case of all of it; writers keep that of names."""
    while text.startswith(NOCASE_OPEN) and len(_spans(text)) == 1 and text.endswith(SPAN_CLOSE):
        inner = text.removeprefix(NOCASE_OPEN).removesuffix(SPAN_CLOSE)
        if plain(inner) != plain(text):
            break
        text = inner.strip()
    return text


def _shielded(text: str, subject: Subject) -> str:
    """A title in LaTeX with braces around all that must keep its case, by the look of the title too."""
    language = subject.entry.language
    return _braced(text, _unprotected(text, language), subject)


def _is_english(subject: Subject) -> bool:
    language = subject.entry.language
    return language is None or language[:2].lower() == "en"


def _find_shouting(subject: Subject, field: FieldText) -> Iterator[Found]:
    text = field.text
    if not (text.isupper() or "\\" in text or "<" in text):
        return  # only commands and tags have small letters that aren't printed
    if len(text) > _LONGEST or not any(letter.isupper() for letter in text[:40]):
        return
    title = plain(decode(text, protect=False)) if subject.is_latex else plain(text)
    words = [word for word in re.findall(r"[^\W\d_]{2,}", title) if not word.isdigit()]
    if title.isupper() and len(words) >= _WORDS_IN_CAPITALS:
        message = (
            "all of it is in capitals; styles print it so, or lower the acronyms with the rest; "
            "type it as the work's own page has it"
        )
        yield Found(message, field.name)


CHECKS = (
    Check(
        "unprotected-capitals",
        "words whose capitals a style would lower",
        "Many BibTeX styles, and some of BibLaTeX's, lower all letters of a title but the first: {BERT} becomes "
        "bert. Words with capitals inside, capitals beside digits, and names that are known need braces; so do the "
        "capitalised words of a title that is in lower case otherwise. The mended title has braces around these words "
        "and no others, by the rules that dlbib writes by: its exports need no mending, so a library isn't looked at.",
        wrong="@misc{a, title = {BERT: Pre-training of Deep Transformers on ImageNet}}",
        right="@misc{a, title = {{BERT}: Pre-training of Deep Transformers on {ImageNet}}}",
        in_field=_find_unprotected,
        attributes=LOWERED,
    ),
    Check(
        "double-braces",
        "braces around a whole title",
        "title = {{All of It}} keeps a style from setting the title in its own case, so one entry looks unlike the "
        "others. Tools write it to be safe. The mended title has braces around the words that need them alone. "
        "Titles of one word, and those in other languages, may well be braced as a whole and are left alone.",
        wrong="@misc{a, title = {{Mastering the Game of Go with DeepMind's networks}}}",
        right="@misc{a, title = {Mastering the Game of Go with {DeepMind}'s networks}}",
        in_field=_find_doubled,
        attributes=TITLES,
    ),
    Check(
        "all-capitals",
        "titles in capitals",
        "Some databases shout: A NEW METHOD FOR EVERYTHING. A style prints that as it is, or lowers all of it with the "
        "acronyms and names inside. What is a name and what is not can't be seen any more, so only the work itself tells.",
        wrong="@misc{a, title = {A NEW METHOD FOR TRAINING NETWORKS}}",
        right="@misc{a, title = {A new method for training networks}}",
        in_field=_find_shouting,
        attributes=TITLES,
    ),
)
