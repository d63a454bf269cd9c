"""What every scheme asks of a value, and how it says no."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from dlbib.errors import InvalidIdentifierError

LONGEST: Final = 2048
"""The most bytes of UTF-8 in an identifier: longer ones fit in no database's index."""

_SHOWN: Final = 100

_PAIRS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
_SENTENCE_ENDS: Final = frozenset(".,;:!?'\"…»\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}")


def shown(text: str) -> str:
    """``text``, or its beginning if it is longer than a line."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def refuse(scheme: str, text: str, reason: str) -> NoReturn:
    """Raise the error that says why ``text`` is no identifier of ``scheme``."""
    raise InvalidIdentifierError(scheme, shown(text), reason)


def usable(scheme: str, text: str) -> str:
    """``text`` without white space around it; raises when it is empty, too long or holds what can't be seen."""
    stripped = text.strip()
    if not stripped:
        refuse(scheme, text, "it is empty")
    if len(stripped) > LONGEST:
        refuse(scheme, stripped, f"it has {len(stripped)} characters; {LONGEST} is the most")
    if not stripped.isprintable():
        hidden = next(character for character in stripped if not character.isprintable())
        refuse(scheme, stripped, f"it holds the character U+{ord(hidden):04X}")
    if len(stripped.encode()) > LONGEST:
        refuse(scheme, stripped, f"it is longer than {LONGEST} bytes")
    return stripped


def solid(scheme: str, text: str) -> str:
    """``text`` if it is `usable` and holds no space."""
    stripped = usable(scheme, text)
    if " " in stripped:
        refuse(scheme, stripped, "it holds a space")
    return stripped


def trimmed(text: str) -> str:
    """``text`` without the punctuation of a sentence behind it, nor brackets that close nothing in it."""
    excess = {closer: text.count(closer) - text.count(opener) for closer, opener in _PAIRS.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if excess.get(last, 0) > 0:
            excess[last] -= 1
        elif last not in _SENTENCE_ENDS:
            break
        end -= 1
    return text[:end]


_ESCAPED = re.compile(r"\{\\([_%&#$~<>])\}|\\([_%&#$~<>{}])")


def unescaped(text: str) -> str:
    r"""``text`` with what LaTeX wants escaped as it is: ``a\_b`` and ``a{\_}b`` are ``a_b``."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda match: match[1] or match[2], text)
