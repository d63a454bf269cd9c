"""Entries to CSL-JSON.

Every item validates against CSL's schema. The text is a list with one member of an item on a line, and one
name of a list of names on a line, so that an edit of a field touches that field's lines.

Source: citation-style-language/schema, ``csl-data.json`` 1.0.2.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from dlbib.formats.csl_json.custom import MEMBER, to_custom
from dlbib.formats.csl_json.members import restore, to_members
from dlbib.formats.csl_json.values import Json, encode, is_encodable
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib.formats import RenderOptions
    from dlbib.model.entry import Entry

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_NUL: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_STEP: Final = "  "
_SPREAD: Final = frozenset({MEMBER, "extra"})
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def render(entries: Iterable[Entry], options: RenderOptions) -> Iterator[str]:
    """The pieces of a text that holds ``entries``, one piece for each; see `dlbib.formats.Format`.

    It is UTF-8, as JSON is by its definition, whatever ``options.utf8`` says; ``options.ascii`` escapes all
    that isn't ASCII. What no text may hold, NUL and halves of surrogate pairs, is replaced by U+FFFD and
    reported; so is a missing key, for which an id is made up.
    """
    before = "[\n"
    for number, entry in enumerate(entries, 1):
        text = _sound(_item(_members(entry, number, options)), entry, options)
        yield before + (_BEYOND_ASCII.sub(_escaped, text) if options.ascii else text)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def _members(entry: Entry, number: int, options: RenderOptions) -> dict[str, Json]:
    members = to_members(entry)
    if not entry.key.strip():
        members["id"] = f"no-key-{number}"
        message = f"entry {number} has no key; written as {members['id']}; give it one"
        options.report(Problem("CSL-NOKEY", message, "warning", field="id"))
    custom = to_custom(entry, restore(members, entry) if entry.extra else {})
    given = members.pop("custom", None)
    if custom or given:
        members["custom"] = {
            **(given if isinstance(given, dict) else {}),
            **({MEMBER: custom} if custom else {}),
        }
    return members


def _item(members: dict[str, Json]) -> str:
    lines = ",\n".join([f'    "{name}": {_laid_out(name, value)}' for name, value in members.items()])
    return f"  {{\n{lines}\n  }}"


def _laid_out(name: str, value: Json) -> str:
    if name == "custom" and isinstance(value, dict):
        return _spread(value, "    ")
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _lines("[]", [encode(each) for each in value], "    ")
    return encode(value)


def _spread(value: dict[str, Json], indent: str) -> str:
    """An object with a member on each line, and so for what is ours in it."""
    members = []
    for name, each in value.items():
        if isinstance(each, dict) and name in _SPREAD:
            members.append(f"{encode(name)}: {_spread(each, indent + _STEP)}")
        else:
            members.append(f"{encode(name)}: {encode(each)}")
    return _lines("{}", members, indent)


def _lines(brackets: str, members: list[str], indent: str) -> str:
    inner = f",\n{indent}{_STEP}".join(members)
    return f"{brackets[0]}\n{indent}{_STEP}{inner}\n{indent}{brackets[1]}"


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def _sound(text: str, entry: Entry, options: RenderOptions) -> str:
    """``text`` without what it may not hold."""
    sound = text
    if "\\u0000" in text:
        sound = _NUL.sub(rf"\1{_REPLACEMENT}", text)
    if not is_encodable(sound):
        sound = _SURROGATE.sub(_REPLACEMENT, sound)
    if sound != text:
        message = "it holds a NUL or half a surrogate pair; U+FFFD was written in its place; remove it"
        options.report(Problem("CSL-CHARACTER", message, "warning", key=entry.key))
    return sound
