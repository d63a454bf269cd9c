"""Single quotation marks, whose closing one TeX's users write as they write an apostrophe.

Source: Donald Knuth, "The TeXbook", chapter 2.
"""

# ruff: noqa: RUF002  # marks that look alike are what this is about

from __future__ import annotations

import re
from typing import Final

_QUOTED: Final = re.compile(r"(?<![`\\\w?!])`(?!`)((?:[^`'$\\]|\\.|'(?=\w)){1,200}?)'(?![\w'])", re.DOTALL)


def closed(text: str) -> str:
    """LaTeX in which a mark that closes a quotation isn't the apostrophe that it looks like.

    >>> print(closed("`The miller's wife' and the boys' sister"))
    `The miller's wife’ and the boys' sister
    """
    if "`" not in text or "'" not in text:
        return text
    return _QUOTED.sub("`\\1\N{RIGHT SINGLE QUOTATION MARK}", text)
