"""The forms in which BibTeX and BibLaTeX write one name, and the parts that each word belongs to.

Source: Oren Patashnik, "BibTeXing", section 4; BibTeX 0.99d, ``bibtex.web``, "Find the parts of the
name"; BibLaTeX manual, section 3.14 (names by ``key=value``).
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from dlbib.model.names.words import is_balanced, is_braced, is_lower, sections

Dialect = Literal["bibtex", "biblatex"]

_SECTIONS: Final = 3  # von Last, Jr, First
_TOKEN: Final = re.compile(r"[{},\"]|\\[^{}]")
_OPTION: Final = re.compile(r"([a-z]+(?:-i)?)\s*=(.*)", re.DOTALL)

OPTIONS: Final = frozenset({"family", "given", "prefix", "suffix", "useprefix"})
"""What a name by ``key=value`` may say that dlbib keeps."""


class NameParts(NamedTuple):
    """The words of a name by BibTeX's parts, as written; a part that isn't there is empty."""

    first: tuple[str, ...] = ()
    von: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    jr: tuple[str, ...] = ()


def name_parts(text: str, dialect: Dialect = "bibtex") -> NameParts:
    """The parts of one name in a form of BibTeX's; braces and control sequences stay.

    Never raises. Commas beyond the second separate words of the first name, as the program has it;
    commas at the end are dropped. In ``biblatex`` a particle is the run of lower-case words alone
    that starts it, as biber has it; in ``bibtex`` it reaches to the last lower-case word.

    >>> name_parts("Maria de la Cruz")
    NameParts(first=('Maria',), von=('de', 'la'), last=('Cruz',), jr=())
    >>> name_parts("Drummond de Andrade, Carlos").von
    ('Drummond', 'de')
    """
    return arranged(trimmed(sections(text)), dialect)


def trimmed(found: list[list[str]]) -> list[list[str]]:
    """The `sections` of a name without empty ones at the end; one stays."""
    end = len(found)
    while end > 1 and not found[end - 1]:
        end -= 1
    return found[:end]


def arranged(found: list[list[str]], dialect: Dialect) -> NameParts:
    """The parts of a name whose `sections` are ``found``."""
    words = tuple(found[0])
    if len(found) == 1:
        start = next((at for at, word in enumerate(words[:-1]) if is_lower(word)), len(words) - 1)
        von, last = _von_and_last(words[max(start, 0) :], dialect)
        return NameParts(words[: max(start, 0)], von, last)
    von, last = _von_and_last(words, dialect)
    jr = tuple(found[1]) if len(found) >= _SECTIONS else ()
    first = tuple(word for section in found[2 if len(found) >= _SECTIONS else 1 :] for word in section)
    return NameParts(first, von, last, jr)


def _von_and_last(words: tuple[str, ...], dialect: Dialect) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The particle and the last name in ``words``; the last word is always of the last name."""
    before = range(len(words) - 1)
    if dialect == "biblatex":
        end = next((at for at in before if not is_lower(words[at])), max(len(words) - 1, 0))
    else:
        end = next((at + 1 for at in reversed(before) if is_lower(words[at])), 0)
    return words[:end], words[end:]


def options(text: str) -> dict[str, str] | None:
    """The values of a name by ``key=value``, unquoted; ``None`` when ``text`` is no such name.

    A comma stands in braces, or in double quotes around the pair. A key that is given twice keeps
    its last value.

    >>> options('"family={Doe, Inc.}", given=Jane, prefix={von der}')
    {'family': 'Doe, Inc.', 'given': 'Jane', 'prefix': 'von der'}
    """
    if "=" not in text or not is_balanced(text):
        return None
    found: dict[str, str] = {}
    for part in _split_outside_quotes(text):
        match = _OPTION.fullmatch(_unquoted(part.strip()))
        if match is None:
            return None
        found[match[1]] = _bare(match[2].strip())
    return found if found.keys() & OPTIONS else None


def _split_outside_quotes(text: str) -> list[str]:
    """The pieces of ``text`` between commas that stand neither in braces nor in double quotes."""
    pieces: list[str] = []
    depth, start, is_quoted = 0, 0, False
    for token in _TOKEN.finditer(text):
        match token.group():
            case "{" | "}" as brace:
                depth += 1 if brace == "{" else -1
            case '"' if depth == 0:
                is_quoted = not is_quoted
            case "," if depth == 0 and not is_quoted:
                pieces.append(text[start : token.start()])
                start = token.end()
    return [*pieces, text[start:]]


def _unquoted(text: str) -> str:
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _bare(value: str) -> str:
    return value[1:-1].strip() if is_braced(value) else _unquoted(value)
