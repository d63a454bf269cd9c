r"""Unicode with CSL's markup, written as LaTeX.

What comes out can stand anywhere between the braces of a BibTeX value: its braces are balanced as
BibTeX counts them, no control character and no line break is left in it, and TeX takes no character
of it for a command that wasn't meant as one.

Typographic characters keep their identity, so that reading gives back what was written: ``--`` is an en dash,
so two hyphens are ``-{}-``; ``''`` is a closing quotation mark, so two apostrophes are ``'{}'``.

Source: "LaTeX2e: An unofficial reference manual", sections 23.1 to 23.6; Oren Patashnik, "BibTeXing".
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dlbib.model.markup import PROTECTED, tokens
from dlbib.model.tex.braces import is_balanced
from dlbib.model.tex.hazards import hazards
from dlbib.model.tex.letters import BY_CHARACTER, STYLES, accented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.model.markup import Token

_NBSP: Final = "\N{NO-BREAK SPACE}"

# TeX's own characters, and those that the oldest font encoding sets as something else.
_RESERVED: Final = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    **{character: BY_CHARACTER[character] for character in "~^\\<>|`"},
    _NBSP: "~",
}

# What ASCII has a customary spelling for that is no command.
_TYPOGRAPHIC: Final = {
    "\N{EN DASH}": "--",
    "\N{EM DASH}": "---",
    "“": "``",
    "”": "''",
    "\N{HYPHEN}": "-",
    **dict(zip("ﬀﬁﬂﬃﬄ", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
}

_UTF8: Final[Mapping[str, str]] = MappingProxyType(_RESERVED)
_ASCII: Final[Mapping[str, str]] = MappingProxyType({**BY_CHARACTER, **_TYPOGRAPHIC, **_RESERVED})

_BLANK: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_UNCLEAN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN: Final = re.compile(r"[ !\"'()*+,\-./0-9:;=?@A-Z\[\]a-z]*")
_ESCAPED: Final = r"\\\$|[&%$#_{}~^\\<>|`\xa0]"
_UTF8_PIECE: Final = re.compile(rf"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)|{_ESCAPED}")
_ASCII_PIECE: Final = re.compile(
    r"(?<=[-\u2010\u2013\u2014])(?=[-\u2010\u2013\u2014])|(?<=['”])(?=['”])|(?<=,)(?=,)|(?<=[?!])(?=“)"
    rf"|{_ESCAPED}|[A-Za-z][\u0300-\u036f]+|[^\x00-\x7f][\u0300-\u036f]*"
)

_COMMAND: Final = re.compile(r"\\[A-Za-z]")
_TEX: Final = re.compile(r"\\[A-Za-z]|[_^]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f][\u0300-\u036f]*")

_OPENING: Final = {style: f"\\{command}{{" for command, style in reversed(list(STYLES.items()))}


def encode(text: str, *, ascii_only: bool) -> str:
    r"""``text`` as LaTeX; with ``ascii_only`` in ASCII wherever LaTeX has a spelling.

    A character that has none is left as it is: `beyond_ascii` names those.

    >>> print(encode('<span class="nocase">BERT</span> & Gödel: 50% <i>in silico</i>', ascii_only=True))
    {BERT} \& G{\"o}del: 50\% \emph{in silico}
    """
    if _is_plain(text):
        return text
    text = one_line(text)
    if "$" in text:
        return _marked_up(list(tokens(text)), ascii_only=ascii_only)
    parts = PROTECTED.split(text)
    if "<" in (bare := "".join(parts)):
        return _marked_up(list(tokens(text)), ascii_only=ascii_only)
    if not _PLAIN.fullmatch(bare) or _has_ligature(bare):
        parts = [_text(part, ascii_only=ascii_only) for part in parts]
    parts[1::2] = [f"{_opened(part)}{part}}}" for part in parts[1::2]]
    return "".join(parts)


def one_line(text: str) -> str:
    """``text`` without line breaks, control characters, blanks at its ends, and halves of characters."""
    if not (_UNCLEAN.search(text) or "  " in text):
        return text.strip(" ")
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _BLANK.sub(" ", text).strip(" "))


def _is_plain(text: str) -> bool:
    """Whether LaTeX sets every character of ``text`` as it is; true of most, so it is found quickly."""
    if text.isalnum():
        return text.isascii()
    if not _PLAIN.fullmatch(text) or not text or " " in (text[0], text[-1]):
        return not text
    return not _has_ligature(text) and "  " not in text


def _has_ligature(text: str) -> bool:
    """Whether LaTeX, or one of its fonts, sets two signs of ASCII text as one."""
    return "--" in text or "''" in text or ",," in text


def encode_letters(latex: str) -> str:
    r"""``latex`` with its letters beyond ASCII spelled out, and nothing else touched.

    >>> print(encode_letters(r"Gödel \& {\"o}"))
    G{\"o}del \& {\"o}
    """
    return latex if latex.isascii() else _BEYOND_ASCII.sub(_letter, latex)


def beyond_ascii(encoded: str) -> str:
    """The characters of an encoded text that are not ASCII, each once, in order."""
    return "" if encoded.isascii() else "".join(dict.fromkeys(c for c in encoded if not c.isascii()))


def _marked_up(pieces: list[Token], *, ascii_only: bool) -> str:
    written: list[str] = []
    protecting: list[int] = []
    for index, token in enumerate(pieces):
        if token.kind == "open":
            if token.style == "nocase":
                protecting.append(len(written))
            written.append("{" if token.style == "nocase" else _OPENING[token.style or "i"])
        elif token.kind == "close":
            if token.style == "nocase":
                _guard(written, protecting.pop())
            written.append("}")
        elif token.kind == "math" and _is_math(token.text, pieces[index + 1 : index + 2]):
            written.append(_math(token.text, ascii_only=ascii_only))
        else:
            written.append(_text(token.text, ascii_only=ascii_only))
    return "".join(written)


def _guard(written: list[str], opened: int) -> None:
    """Keep a protected group, whose brace stands at an index, from beginning with a command."""
    written[opened] = _opened(next((piece for piece in written[opened + 1 :] if piece), ""))


def _opened(inside: str) -> str:
    r"""The brace that opens a protected group, which may not begin with a command.

    BibTeX takes ``{\emph{BERT}}`` for one accented letter and changes the case inside it;
    ``{{}\emph{BERT}}`` it leaves alone.
    """
    return "{{}" if inside.startswith("\\") else "{"


def _text(text: str, *, ascii_only: bool) -> str:
    if _PLAIN.fullmatch(text) and not _has_ligature(text):
        return text
    table = _ASCII if ascii_only else _UTF8
    braces = is_balanced(text)

    def spelled(match: re.Match[str]) -> str:
        whole = match.group()
        if whole == "":
            return "{}"
        if whole == r"\$":
            return whole
        if whole in "{}" and not braces:
            return BY_CHARACTER[whole]
        return table[whole] if whole in table else _combined(whole)

    return (_ASCII_PIECE if ascii_only else _UTF8_PIECE).sub(spelled, text)


def _letter(match: re.Match[str]) -> str:
    whole = match.group()
    return _ASCII[whole] if whole in _ASCII else _combined(whole)


def _combined(whole: str) -> str:
    """A character with combining marks, or one that LaTeX has no spelling for."""
    base, marks = whole[0], whole[1:]
    spelled = _ASCII.get(base, base)
    letter = spelled[1:-1] if len(spelled) > 1 else spelled
    if base.isalpha() and letter.isascii() and not letter.startswith("$"):
        found = accented(letter, marks)
        if found is not None:
            return f"{{{found}}}" if marks else spelled
    return spelled + marks


def _is_math(token: str, following: list[Token]) -> bool:
    """Whether dollars hold math, and math that can be copied, and not "$5 and $6".

    The rule for what can't be math is the one of pandoc's manual, "Extension: tex_math_dollars"; only, blanks may stand
    beside the dollars of what holds a command, and a number right behind what begins with none, or holds what is
    nothing but math.
    """
    inner = token[1:-1]
    if (inner[0].isspace() or inner[-1].isspace()) and not holds_command(inner):
        return False
    is_amount = inner[0].isdigit() and not _TEX.search(inner)
    if is_amount and following and following[0].text[:1].isdigit():
        return False
    if not is_balanced(inner) or not is_balanced(re.sub(r"\\.", "", inner)):
        return False
    return not hazards(inner) and not re.search(r"(?<!\\)(?:\\\\)*[%#&]", inner)


def holds_command(math: str) -> bool:
    r"""Whether something between dollars can be nothing but math: it holds a command such as ``\\nu``."""
    return _COMMAND.search(math) is not None


def _math(token: str, *, ascii_only: bool) -> str:
    if not ascii_only or token.isascii():
        return token
    return "".join(_in_math(character) for character in token)


def _in_math(character: str) -> str:
    spelled = _ASCII.get(character, character) if not character.isascii() else character
    return f"{{{spelled[2:-2]}}}" if spelled.startswith("{$") else character
