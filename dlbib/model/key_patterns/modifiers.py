"""What can be done with a marker's text.

Source: JabRef documentation, "Customize the citation key generator", "Modifiers".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from dlbib.errors import InvalidPatternError, nearest, quoted
from dlbib.model.key_words import is_function_word

Modifier = Callable[[str], str]

_GROUP = re.compile(r"\\(?:([0-9]|[1-9][0-9])(?![0-9])|g<(\w+)>|\\)")


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
    message = f"no modifier {quoted(name + number)}{hint}"
    raise InvalidPatternError(message, source, position)


def fallback(text: str) -> Modifier:
    """What gives ``text`` where there is none."""
    return lambda given: given or text


def substitution(found: str, put: str, source: str, position: int) -> Modifier:
    """What replaces each match of the regular expression ``found``, in time that grows with the text alone.

    Source: RE2, "Syntax", which has neither lookaround nor backreferences, as these can take for ever.
    """
    import re2  # noqa: PLC0415  # few patterns have one

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(found, options)
    except (re2.error, UnicodeError) as error:
        why = error.args[0].decode() if isinstance(error, re2.error) else "half a letter"
        message = f"that is no regular expression of RE2's: {why}"
        raise InvalidPatternError(message, source, position) from error
    groups = {str(group) for group in (*range(compiled.groups + 1), *compiled.groupindex)}
    asked = {number or name for number, name in _GROUP.findall(put)} - {""}
    if asked - groups or "\\" in _GROUP.sub("", put):
        message = r"behind a backslash in a replacement stands a group's number, g<name>, or a backslash"
        raise InvalidPatternError(message, source, position)
    return partial(compiled.sub, partial(_replacement, put))


def _replacement(put: str, match: re.Match[str]) -> str:
    def said(escape: re.Match[str]) -> str:
        number, name = escape.groups()
        group = int(number) if number else name
        return "\\" if group is None else match[group] or ""

    return _GROUP.sub(said, put)
