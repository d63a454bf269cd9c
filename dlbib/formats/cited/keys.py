"""Lists of citation keys, as they stand between braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL: Final = "*"
"""The key that stands for all there is."""

_MADE_BY_MACRO: Final = re.compile(r"[\\#{}]")


class Part(NamedTuple):
    """One key of a list, white space squeezed, and how far into the list it begins."""

    text: str
    start: int

    @property
    def is_made_by_macro(self) -> bool:
        """Tells whether TeX would have to run to give the key."""
        return _MADE_BY_MACRO.search(self.text) is not None


def parts(text: str) -> Iterator[Part]:
    """The keys of a list parted by commas; empty ones are dropped.

    >>> [part.text for part in parts(" a,, b ,c")]
    ['a', 'b', 'c']
    """
    start = 0
    for piece in text.split(","):
        stripped = piece.lstrip()
        if stripped:
            yield Part(" ".join(stripped.split()), start + len(piece) - len(stripped))
        start += len(piece) + 1
