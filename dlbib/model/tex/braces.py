"""Braces as BibTeX counts them: a backslash before one changes nothing.

Source: Oren Patashnik, bibtex.web, "Scan a balanced string".
"""

from __future__ import annotations

import re
from typing import Final

_BRACE: Final = re.compile(r"[{}]")
_STRAY: Final = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}


def is_balanced(text: str) -> bool:
    r"""Whether every brace of ``text`` has its partner.

    >>> is_balanced("{a}{b}"), is_balanced("}{"), is_balanced(r"a \{ b")
    (True, False, False)
    """
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def mended(text: str) -> str:
    r"""``text`` with every brace that has no partner spelled out, and no backslash left at its end.

    A text that is balanced comes back as it is; nothing that has a partner is touched.

    >>> print(mended("a } b {c}"))
    a {\textbraceright} b {c}
    """
    stray = _strays(text)
    if stray:
        pieces: list[str] = []
        end = 0
        for place in stray:
            # "\{" alone sets a brace already; its backslash must not stay before the group.
            start = place - 1 if _escapes(text, place) else place
            pieces += text[end:start], _STRAY[text[place]]
            end = place + 1
        text = "".join([*pieces, text[end:]])
    return f"{text[:-1]}{{\\textbackslash}}" if _escapes(text, len(text)) else text


def _strays(text: str) -> list[int]:
    opened: list[int] = []
    closed: list[int] = []
    for found in _BRACE.finditer(text):
        if found.group() == "{":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            closed.append(found.start())
    # Every stray "}" stands before every stray "{", or they would be partners.
    return closed + opened


def _escapes(text: str, place: int) -> bool:
    """Whether what stands at ``place`` follows an odd number of backslashes."""
    start = place
    while start and text[start - 1] == "\\":
        start -= 1
    return (place - start) % 2 == 1
