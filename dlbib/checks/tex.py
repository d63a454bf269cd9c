r"""LaTeX texts, with what is no running text put out of sight.

Source: "LaTeX2e: An unofficial reference manual", sections 16 (math) and 23 (special insertions).
"""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = "\0"
"""Stands for every character that is out of sight."""

_BOUND: Final = 500
_APART: Final = re.compile(
    rf"""
    \\(?:url|nolinkurl|path|doi|href|cite[a-z]*|ref|eqref|label|input|includegraphics)\*?\s*
        (?:\[[^\]]{{0,200}}\])?\{{[^{{}}]*\}}
    |\\verb\*?([^A-Za-z\s{{*]).{{0,{_BOUND}}}?\1
    |\\ensuremath\s*\{{[^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)*\}}
    |\\\(.{{0,{_BOUND}}}?\\\)
    |\\\[.{{0,{_BOUND}}}?\\\]
    |\\.
    |\$(?:[^$\\]|\\.)*+\$
    """,
    re.VERBOSE | re.DOTALL,
)
_DOLLAR: Final = re.compile(r"\\.|\$", re.DOTALL)
_SIMPLE: Final = frozenset("\\$")


def masked(text: str) -> str:
    r"""``text`` as long as it is, with math, escaped characters and arguments that are no text hidden.

    >>> masked(r"a $x_1$ b\_c \url{d_e}").replace(HIDDEN, ".")
    'a ..... b..c ..........'
    """
    if _SIMPLE.isdisjoint(text):
        return text
    return _APART.sub(lambda found: HIDDEN * len(found.group()), text)


def has_odd_dollar(text: str) -> bool:
    """Whether math begins in ``text`` and doesn't end, so that nobody can tell what is math."""
    return "$" in text and _DOLLAR.findall(text).count("$") % 2 == 1
