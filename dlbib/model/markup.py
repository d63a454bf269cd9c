"""CSL's inline markup, and what a text is without it.

Text in dlbib is Unicode with the markup that CSL processors understand: ``<i> <b> <sup> <sub>``,
``<span class="nocase">`` and ``<span style="font-variant:small-caps;">``. Math stands between
dollar signs. Anything else in angle brackets is plain text.

Source: citeproc-js documentation, "HTML-like formatting tags"; CSL 1.0.2, section "Formatting".
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

NOCASE_OPEN = '<span class="nocase">'
SMALL_CAPS_OPEN = '<span style="font-variant:small-caps;">'
SPAN_CLOSE = "</span>"

Style = Literal["i", "b", "sup", "sub", "nocase", "small-caps"]

OPENING: dict[Style, str] = {
    "i": "<i>",
    "b": "<b>",
    "sup": "<sup>",
    "sub": "<sub>",
    "nocase": NOCASE_OPEN,
    "small-caps": SMALL_CAPS_OPEN,
}
CLOSING: dict[Style, str] = {
    style: SPAN_CLOSE if tag.startswith("<span") else f"</{tag[1:]}" for style, tag in OPENING.items()
}

_TOKEN = re.compile(
    r"(?P<open><(?P<name>i|b|sup|sub)>)"
    r"|(?P<nocase><span\s+class=\"nocase\">)"
    r"|(?P<smallcaps><span\s+style=\"font-variant:\s*small-caps;?\">)"
    r"|(?P<close></(?:i|b|sup|sub|span)>)"
    r"|(?P<math>(?<!\\)\$(?:\\.|[^$\\])+\$)"
)
PROTECTED = re.compile(rf"{NOCASE_OPEN}([^<]*){SPAN_CLOSE}")
"""What a span protects that holds no other markup: the markup that titles are full of; what is left without it is seldom marked up."""


class Token(NamedTuple):
    """A piece of marked-up text: an opened or closed style, plain text, or math with its dollars."""

    kind: Literal["open", "close", "text", "math"]
    text: str
    style: Style | None = None


def tokens(text: str) -> Iterator[Token]:
    """The pieces of ``text``, in order; styles are always balanced and closed in reverse order.

    A closing tag that closes nothing is plain text; a tag that is never closed is plain text too.
    """
    if "<" not in text and "$" not in text:
        if text:
            yield Token("text", text)
        return
    yield from _balanced(list(_raw_tokens(text)))


def _raw_tokens(text: str) -> Iterator[Token]:
    position = 0
    for match in _TOKEN.finditer(text):
        if match.start() > position:
            yield Token("text", text[position : match.start()])
        position = match.end()
        yield _token(match)
    if position < len(text):
        yield Token("text", text[position:])


def _token(match: re.Match[str]) -> Token:
    whole = match.group()
    if match["math"]:
        return Token("math", whole)
    if match["close"]:
        return Token("close", whole)
    if match["nocase"]:
        return Token("open", whole, "nocase")
    if match["smallcaps"]:
        return Token("open", whole, "small-caps")
    name: Style = match["name"]  # type: ignore[assignment]  # the pattern admits these four alone
    return Token("open", whole, name)


def _balanced(found: list[Token]) -> Iterator[Token]:
    opened: list[int] = []
    for index, token in enumerate(found):
        if token.kind == "open":
            opened.append(index)
        elif token.kind == "close":
            style = found[opened[-1]].style if opened else None
            if style is not None and CLOSING[style] == token.text:
                opened.pop()
                found[index] = Token("close", token.text, style)
            else:
                found[index] = Token("text", token.text)
    for index in opened:
        found[index] = Token("text", found[index].text)
    yield from found


def plain(text: str) -> str:
    """``text`` without its markup; math keeps its dollars.

    >>> plain('<span class="nocase">BERT</span>: 10<sup>9</sup> words')
    'BERT: 109 words'
    """
    if "<" not in text:
        return text
    if "$" not in text and "<" not in (simple := PROTECTED.sub(r"\1", text)):
        return simple
    return "".join(token.text for token in tokens(text) if token.kind in {"text", "math"})


# Letters that Unicode does not decompose, with the plain letters they are searched by.
_STROKED = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ŧ": "t",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ASCII_WORDS = bytes(
    ord(letter.lower()) if letter.isalnum() else ord(" ") for letter in map(chr, range(128))
).ljust(256)
"""What becomes of each letter of an ASCII text."""


def fold(text: str) -> str:
    """The words of ``text`` for comparing: no markup, case, diacritics or punctuation.

    Empty when the text has no letter or digit.

    >>> fold("Sequence to Sequence — Video to Text")
    'sequence to sequence video to text'
    >>> fold("Güçlütürk, Łukasz")
    'gucluturk lukasz'
    """
    text = plain(text)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
        text = _NOT_ASCII.sub(_without_marks, decomposed).translate(_STROKED)
    if not text.isascii():
        return _NOT_WORD.sub(" ", text).strip()
    return " ".join(text.encode().translate(_ASCII_WORDS).decode().split())


def _without_marks(letter: re.Match[str]) -> str:
    return "" if unicodedata.combining(letter[0]) else letter[0]
