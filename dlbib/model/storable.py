"""Which texts every database can hold.

Source: PostgreSQL manual, 8.3 "Character Types" (no code zero); The Unicode Standard, 3.9, D92 (a
surrogate has no UTF-8).
"""

from __future__ import annotations

import re
from typing import Final

_UNKEPT: Final = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    r"""Whether ``text`` has neither a NUL nor a lone surrogate, which undecodable arguments bring.

    >>> is_storable("caf\udce9")
    False
    """
    return "\0" not in text if text.isascii() else _UNKEPT.search(text) is None
