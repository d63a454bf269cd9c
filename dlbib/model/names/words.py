r"""The words of a name in BibTeX's syntax: where they end, and whether one starts lower-case.

A word ends at white space or ``~`` outside braces, a section at a comma outside braces; a backslash
escapes no brace. Source: BibTeX 0.99d, ``bibtex.web``, "name_tok" and "von_token_found".

The program is followed but where it breaks a text that it takes for bytes: a control symbol
(``\,``, ``\~``) is never cut in two, a hyphen joins words (the program takes the "wei" of
"Chih-wei Chang" for a particle; biber and pandoc do not), letters are Unicode's, and the letters of a
control sequence's own name don't count (the program takes ``\v{Z}eljko`` for lower-case).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PIECE: Final = re.compile(
    r"(?P<open>\{)|(?P<close>\})|(?P<gap>(?:[\s~]|\\\s)+)|(?P<comma>,)|(?:\\[^\s{}]|[^\\{},~\s])+|\\"
)
_BRACE: Final = re.compile(r"[{}]")
_CASE: Final = re.compile(
    r"\\(?P<command>[A-Za-z]+)|(?P<symbol>\\[^{}])|(?P<special>\{(?=\\))|(?P<open>\{)|(?P<close>\})"
    r"|(?P<letter>[^\W\d_])",
    re.DOTALL,
)

LOWER_LETTERS: Final = frozenset({"aa", "ae", "dh", "dj", "i", "j", "l", "ng", "o", "oe", "ss", "th"})
"""The control words that are lower-case letters."""

UPPER_LETTERS: Final = frozenset({"AA", "AE", "DH", "DJ", "L", "NG", "O", "OE", "SS", "TH"})
"""The control words that are upper-case letters."""


def is_balanced(text: str) -> bool:
    """Tells whether every brace in ``text`` has its partner, counting as BibTeX does."""
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace.group() == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def is_braced(text: str) -> bool:
    """Tells whether one pair of braces holds the whole of a balanced ``text``."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return brace.end() == len(text)
    return False


def outside_braces(text: str) -> str:
    """The characters of a balanced ``text`` that stand in no braces."""
    if "{" not in text:
        return text
    pieces: list[str] = []
    depth, start = 0, 0
    for brace in _BRACE.finditer(text):
        if depth == 0:
            pieces.append(text[start : brace.start()])
        depth += 1 if brace.group() == "{" else -1
        start = brace.end()
    return "".join([*pieces, text[start:]])


def sections(text: str) -> list[list[str]]:
    """The words of each section of a balanced ``text``, in order; always one section more than commas."""
    found: list[list[str]] = [[]]
    depth, start = 0, -1
    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup
        if depth == 0 and kind in {"gap", "comma"}:
            if start >= 0:
                found[-1].append(text[start : piece.start()])
                start = -1
            if kind == "comma":
                found.append([])
            continue
        start = piece.start() if start < 0 else start
        depth += (kind == "open") - (kind == "close")
    if start >= 0:
        found[-1].append(text[start:])
    return found


def is_lower(word: str) -> bool:
    r"""Tells whether ``word`` starts lower-case, which makes it a particle where one may stand.

    The first letter outside braces decides; letters in braces have no case, unless the braces
    start with a control sequence (``{\'e}``) or follow one (``\'{e}``). A letter whose script has
    no case is no lower-case one.

    >>> is_lower("van"), is_lower("{van}"), is_lower("{\\'e}cole"), is_lower("d'Aviano")
    (True, False, True, True)
    """
    if word[:1].isupper():
        return False
    depth, argument_at, is_special, is_hidden = 0, -1, False, False
    for match in _CASE.finditer(word):
        kind = match.lastgroup
        if kind in {"special", "open"}:
            if depth == 0:
                is_special = kind == "special"
                is_hidden = not is_special and match.start() != argument_at
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0 and is_special:
                return False
            is_hidden = is_hidden and depth > 0
        elif is_hidden:
            continue
        elif (decided := _case(match)) is not None:
            return decided
        elif kind != "letter":
            argument_at = match.end()
    return False


def _case(match: re.Match[str]) -> bool | None:
    """Whether a letter or a control word is lower-case; ``None`` when it says nothing."""
    command = match["command"]
    if command:
        return True if command in LOWER_LETTERS else False if command in UPPER_LETTERS else None
    letter = match["letter"]
    if not letter or unicodedata.category(letter) == "Lm":
        return None
    # Georgian is written in letters that Unicode calls lower-case and that start no title.
    return letter.islower() and letter.title() != letter
