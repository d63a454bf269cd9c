"""The letters of texts, however these were written down."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

REMEMBERED: Final = 1 << 12
"""How many titles are remembered, for what is filed under one is compared with others by it soon after."""

TAG: Final = re.compile(
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
        text = TAG.sub("", text)
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
    return not text.isascii() and any(map(str.isalpha, _IDEOGRAPHIC.findall(text)))
