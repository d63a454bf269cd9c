"""JSON values that keep what Python's own would lose: how a number was written, a name given twice.

Source: RFC 8259, "The JavaScript Object Notation (JSON) Data Interchange Format".
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_DEPTH: Final = 64
"""How deep lists and objects may stand in each other within an item; CSL itself needs four."""

_BAD_CHARACTER: Final = re.compile("[\0\ud800-\udfff]")
_FORBIDDEN_CONSTANT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<constant>NaN|-?Infinity)')


class Number(str):
    """A JSON number, by its text: exact, whatever its size."""

    __slots__ = ()


class Repeated(dict[str, Json]):
    """An object that gives a name more than once: the last value counts, ``pairs`` holds all in order."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: list[tuple[str, Json]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


class ConstantError(ValueError):
    """A text holds ``NaN`` or ``Infinity``, which JSON has not."""


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    given = dict(pairs)
    return given if len(given) == len(pairs) else Repeated(pairs)


def _refuse(constant: str) -> Json:
    raise ConstantError(constant)


DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=_refuse
)
"""Raises `json.JSONDecodeError`, `ConstantError`, and `RecursionError` for what is nested too deeply."""

_plain: Final = json.JSONEncoder(ensure_ascii=False).encode


def encode(value: Json) -> str:
    """``value`` as JSON on one line, in Unicode; at most `MAX_DEPTH` deep, as `is_shallow` checks."""
    if type(value) is str:
        return encode_basestring(value)
    if isinstance(value, list):
        return f"[{', '.join([encode(each) for each in value])}]"
    if isinstance(value, dict):
        pairs = value.pairs if isinstance(value, Repeated) else value.items()
        return f"{{{', '.join([f'{encode_basestring(name)}: {encode(each)}' for name, each in pairs])}}}"
    if isinstance(value, str):
        return str.__str__(value) if isinstance(value, Number) else encode_basestring(value)
    return str(value) if type(value) is int else _plain(value)


def decode(text: str) -> Json:
    """The value that `encode` gave ``text`` for; raises `ValueError` for any other text."""
    try:
        value: Json = DECODER.decode(text)
    except RecursionError:
        message = "nested too deeply"
        raise ValueError(message) from None
    if not is_shallow(value) or bad_character(value) or encode(value) != text:
        message = "not as this module writes it"
        raise ValueError(message)
    return value


def is_shallow(value: Json) -> bool:
    """Tells whether lists and objects in ``value`` stand at most `MAX_DEPTH` deep in each other."""
    level, depth = _inner([value]), 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            return False
        level = _inner([each for outer in level for each in _members(outer)])
    return True


def bad_character(value: Json) -> str:
    """The first NUL or lone surrogate in the texts and names of ``value``; empty when there is none."""
    for text in _texts(value):
        if found := _BAD_CHARACTER.search(text):
            return found.group()
    return ""


def is_encodable(text: str) -> bool:
    """Tells whether ``text`` holds no lone surrogate; quicker than `bad_character`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def constant_position(text: str, start: int) -> int:
    """The index of the first ``NaN`` or ``Infinity`` outside strings, from ``start`` on."""
    matches = _FORBIDDEN_CONSTANT.finditer(text, start)
    return next((match.start() for match in matches if match["constant"]), start)


def _inner(values: list[Json]) -> list[list[Json] | dict[str, Json]]:
    return [each for each in values if isinstance(each, (list, dict))]


def _members(outer: list[Json] | dict[str, Json]) -> list[Json]:
    if isinstance(outer, Repeated):
        return [each for _, each in outer.pairs]
    return outer if isinstance(outer, list) else list(outer.values())


def _containers(value: Json) -> Iterator[list[Json] | dict[str, Json]]:
    pending = _inner([value])
    while pending:
        outer = pending.pop()
        yield outer
        pending.extend(_inner(_members(outer)))


def _texts(value: Json) -> Iterator[str]:
    for outer in _containers([value]):
        if isinstance(outer, dict):
            yield from outer
        yield from (each for each in _members(outer) if isinstance(each, str))
