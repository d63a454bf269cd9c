r"""TeX that does nothing but set text: commands that are known to be harmless stay, all else becomes text.

What is allowed is listed, for what is dangerous can't be: `hazards` names what is known of it, and
packages define more. ``^^``, by which TeX spells any character, is never left, nor is a command at the
end of a piece where what is joined to it could make another of it.

Source: Donald Knuth, "The TeXbook", chapters 7 and 8 (how control sequences and ``^^`` are read); "LaTeX2e:
An unofficial reference manual", chapter 16 (math).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.model.tex.commands import (
    ACCENTS_READ,
    ADDRESSES,
    DECLARATIONS,
    ENCLOSING,
    QUOTING,
    SIGNS,
    UNSEEN,
    WORDS,
)
from dlbib.model.tex.hazards import HAZARDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHERS: Final = (
    "bibcpstring bibncpstring bibstring ensuremath "
    "Big Bigg Pr acute arccos arcsin arctan arg backslash bar big bigg binom bm boldsymbol breve cdots check "
    "colon cos cosh cot coth ddagger ddot ddots deg det dim displaystyle dot exp frac gcd grave hat hom inf ker "
    "lVert lbrack left lg lim liminf limits limsup ln log lvert mathbb mathbf mathcal mathfrak mathit mathop mathord "
    "mathrel mathrm mathscr mathsf mathtt max min mod nolimits operatorname overbrace overline pmod qquad rVert rbrack right rvert "
    "scriptscriptstyle scriptstyle sec setminus sin sinh sqrt stackrel sup tan tanh textstyle tfrac tilde "
    "underbrace underline vdots vec vert widehat widetilde"
)

HARMLESS: Final = frozenset(
    {*WORDS, *ACCENTS_READ, *ENCLOSING, *DECLARATIONS, *QUOTING, *UNSEEN, *ADDRESSES, *_OTHERS.split()}
) - frozenset(HAZARDS)
"""The control words, without their backslash, that may stand in a safe text."""

_HARMLESS_SIGNS: Final = frozenset({*SIGNS, *"`'^~=.\"$,;:!()[]|-*"})

_TOKEN: Final = re.compile(r"\\([A-Za-z@]+)|\\(.)|(\\)\Z|(\^+)|([%#&])|(\$)", re.DOTALL)
_UNSAFE: Final = re.compile(r"\\([A-Za-z@]+)|\\(.)|(\\)\Z|(\^\^)", re.DOTALL)
_BRACE: Final = re.compile(r"[{}]")
_LAST_WORD: Final = re.compile(r"\\([A-Za-z]+)\Z")
_BLANKS: Final = re.compile(r"[ \t\r\n]*")

_BACKSLASH: Final = r"{\textbackslash}"
_CARET: Final = r"{\textasciicircum}"


def is_harmless(text: str) -> bool:
    r"""Whether a text holds no command but harmless ones, and no character spelled with ``^^``.

    >>> is_harmless(r"\emph{G{\"o}del}"), is_harmless(r"\input{x}"), is_harmless("^^5cinput")
    (True, False, False)
    """
    return not any(_is_unsafe(found) for found in _UNSAFE.finditer(text))


def _is_unsafe(found: re.Match[str]) -> bool:
    word, sign = found[1], found[2]
    if word:
        return word not in HARMLESS
    return sign not in _HARMLESS_SIGNS or found.string.startswith("^^", found.end() - 1)


def safe(text: str, *, verbatim: bool = False, is_joined: bool = False) -> str:
    r"""``text``, whose braces are balanced, with all that isn't known to be harmless as text.

    A ``verbatim`` text is an address or the like, whose ``% # &`` mean themselves. One that ``is_joined``
    to another may not end in a command. Harmless texts come back as they are; so do safe ones.

    >>> print(safe(r"\emph{a} \input{b} 5%"))
    \emph{a} {\textbackslash}input{b} 5\%
    """
    made = "".join(_pieces(text, verbatim=verbatim))
    last = _LAST_WORD.search(made)
    if last and not _is_escaped(made, last.start()) and (is_joined or _may_grow(last[1])):
        return f"{made}{{}}"
    return made


def _pieces(text: str, *, verbatim: bool) -> Iterator[str]:
    at, in_math, address_end = 0, False, len(text) if verbatim else 0
    while found := _TOKEN.search(text, at):
        yield text[at : found.start()]
        at = found.end()
        word, sign, lone, carets, special, dollar = found.groups()
        verbatim = at <= address_end
        if word:
            if word in ADDRESSES and not verbatim:
                address_end = _group_end(text, at)
            yield found[0] if word in HARMLESS else f"{_BACKSLASH}{word}"
        elif lone:
            yield _BACKSLASH
        elif carets:
            is_single = found.start() > 0 and text[found.start() - 1] != "^" and len(carets) == 1
            stays = is_single and found.end() < len(text) and (in_math or verbatim)
            yield carets if stays else _CARET * len(carets)
        elif special:
            yield special if verbatim else f"\\{special}"
        elif dollar:
            in_math = not in_math
            yield dollar
        else:
            in_math = {"(": True, "[": True, ")": False, "]": False}.get(sign, in_math)
            yield found[0] if sign in _HARMLESS_SIGNS else f"{_BACKSLASH}{sign}"
    yield text[at:]


def _group_end(text: str, at: int) -> int:
    """The offset behind the group that stands at an offset, past blanks; the offset itself without one."""
    start = _match_end(text, at)
    if not text.startswith("{", start):
        return at
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(text)


def _match_end(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before an offset."""
    return (at - len(text[:at].rstrip("\\"))) % 2 == 1


def _may_grow(word: str) -> bool:
    """Whether letters behind a command could make a dangerous one of it, whatever their case."""
    return any(name.startswith(word.lower()) for name in HAZARDS)
