"""A pattern as a value: literal text and markers, each with its modifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.errors import InvalidPatternError
from dlbib.model.citekeys import key_problem
from dlbib.model.key_patterns.markers import find_marker
from dlbib.model.key_patterns.modifiers import fallback, find_modifier, substitution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.entry import Entry
    from dlbib.model.key_patterns.markers import Marker
    from dlbib.model.key_patterns.modifiers import Modifier

_LITERAL = re.compile(r"(?:\\.|[^\[\]\\])+")
_NAME = re.compile(r"[^\[\]:\\]+")
_QUOTED: Final = r'"((?:\\.|[^"\\])*)"'
_SUBSTITUTION = re.compile(rf":regex\(\s*{_QUOTED}\s*,\s*{_QUOTED}\s*\)")
_FALLBACK = re.compile(r":\(((?:\\.|[^)\\])*)\)")
_MODIFIER = re.compile(r":([A-Za-z_]+?)([0-9]{0,4})(?=[:\]])")
_ESCAPED = re.compile(r"\\(.)")
# What no value may bring into a key; what the pattern itself says is checked when it is read.
_UNFIT = re.compile(r"[^A-Za-z0-9._/+-]+")


@dataclass(frozen=True, slots=True)
class _Field:
    """A marker and what is done with its text, in order."""

    marker: Marker
    modifiers: tuple[Modifier, ...]

    def text(self, entry: Entry) -> str:
        text = self.marker(entry)
        for modifier in self.modifiers:
            text = modifier(text)
        return _UNFIT.sub("", text)


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A pattern that was understood; see `parse_key_pattern`."""

    source: str
    parts: tuple[str | _Field, ...]

    def key(self, entry: Entry) -> str:
        """The key for ``entry``, not unique; empty when the entry says nothing of what is asked for.

        What its markers give has no other characters than ``A-Z a-z 0-9 . _ / + -``.
        """
        said = [part.text(entry) for part in self.parts if isinstance(part, _Field)]
        if not any(said):
            return ""
        texts = iter(said)
        return "".join(next(texts) if isinstance(part, _Field) else part for part in self.parts)


def parse_key_pattern(source: str) -> KeyPattern:
    """The pattern that ``source`` writes; raises `InvalidPatternError` where it can't be understood.

    >>> pattern = parse_key_pattern("[auth:lower]-[year]")
    >>> from dlbib.model.entry import Entry
    >>> from dlbib.model.dates import Date
    >>> pattern.key(Entry(issued=Date.parse("2014-06")))
    '-2014'
    """
    parts = tuple(_parts(source)) if "[" in source else ()
    if not any(isinstance(part, _Field) for part in parts):
        message = "the pattern has no marker, so that every key would be the same; add one, such as [auth]"
        raise InvalidPatternError(message, source, 0)
    return KeyPattern(source, parts)


def _parts(source: str) -> Iterator[str | _Field]:
    position = 0
    while position < len(source):
        if source[position] == "[":
            field, position = _field(source, position)
            yield field
        elif match := _LITERAL.match(source, position):
            yield _literal(source, match)
            position = match.end()
        else:
            message = "nothing is open here that could be closed; write \\] for the character"
            raise InvalidPatternError(message, source, position)


def _literal(source: str, match: re.Match[str]) -> str:
    text = _unescaped(match.group())
    problem = key_problem(text)
    if problem:
        raise InvalidPatternError(problem, source, match.start())
    return text


def _field(source: str, start: int) -> tuple[_Field, int]:
    name = _NAME.match(source, start + 1)
    if name is None:
        message = "a marker needs a name, such as [auth], [year] or [title]"
        raise InvalidPatternError(message, source, start)
    marker = find_marker(name.group(), source, name.start())
    modifiers: list[Modifier] = []
    position = name.end()
    while source.startswith(":", position):
        modifier, position = _modifier(source, position)
        modifiers.append(modifier)
    if not source.startswith("]", position):
        message = "the marker is not closed; write ] behind it"
        raise InvalidPatternError(message, source, start)
    return _Field(marker, tuple(modifiers)), position + 1


def _modifier(source: str, start: int) -> tuple[Modifier, int]:
    if match := _SUBSTITUTION.match(source, start):
        found, put = map(_unescaped_quotes, match.groups())
        return substitution(found, put, source, match.start(1)), match.end()
    if match := _FALLBACK.match(source, start):
        return fallback(_unescaped(match.group(1))), match.end()
    if match := _MODIFIER.match(source, start):
        return find_modifier(match.group(1), match.group(2), source, match.start(1)), match.end()
    message = 'a modifier is a word, (text), or regex("pattern", "replacement")'
    raise InvalidPatternError(message, source, start)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _unescaped_quotes(text: str) -> str:
    return text.replace('\\"', '"')
