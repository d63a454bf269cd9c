"""What can be done with a marker's text.

Source: JabRef documentation, "Customize the citation key generator", "Modifiers".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from dlbib.errors import InvalidPatternError, nearest
from dlbib.model.key_words import is_function_word

Modifier = Callable[[str], str]


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split())


def _capitalized(text: str) -> str:
    return " ".join(word.capitalize() for word in text.split())


def _title_cased(text: str) -> str:
    words = text.split()
    return " ".join(
        word.lower() if place and is_function_word(word) else word.capitalize()
        for place, word in enumerate(words)
    )


def _sentence_cased(text: str) -> str:
    return " ".join(text.split()).capitalize()


def _camel_cased(text: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in text.split())


def _truncated(length: int, text: str) -> str:
    return text[:length].rstrip()


_PLAIN: Final[dict[str, Modifier]] = {
    "abbr": _initials,
    "camel": _camel_cased,
    "capitalize": _capitalized,
    "lower": str.lower,
    "sentencecase": _sentence_cased,
    "titlecase": _title_cased,
    "upper": str.upper,
}
MODIFIERS: Final = (*_PLAIN, "truncateN", "(text)", 'regex("pattern", "replacement")')
"""How modifiers are written."""


def find_modifier(name: str, number: str, source: str, position: int) -> Modifier:
    """The modifier of that name; raises `InvalidPatternError` with the nearest ones."""
    folded = name.lower()
    if folded == "truncate" and number:
        return partial(_truncated, int(number))
    if folded in _PLAIN and not number:
        return _PLAIN[folded]
    known = (*_PLAIN, "truncate")
    close = nearest(name, known)
    hint = f"; did you mean {', '.join(close)}?" if close else f"; there are {', '.join(MODIFIERS)}"
    message = f"no modifier {name + number!r}{hint}"
    raise InvalidPatternError(message, source, position)


def fallback(text: str) -> Modifier:
    """What gives ``text`` where there is none."""
    return lambda given: given or text


def substitution(found: str, put: str, source: str, position: int) -> Modifier:
    """What replaces each match of the regular expression ``found``, as Python's ``re`` reads it."""
    try:
        compiled = re.compile(found)
        compiled.sub(put, "")
    except (re.error, IndexError) as error:
        message = f"that is no regular expression: {error}"
        raise InvalidPatternError(message, source, position) from error
    return partial(compiled.sub, put)
