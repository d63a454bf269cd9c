"""An item as it came, with the members changed that two written forms of it differ in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.csl_json.scanner import skip_space
from dlbib.formats.csl_json.values import DECODER

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")


class _Member(NamedTuple):
    """A member of an object: its name, and where that, its value, and what is behind them begin."""

    name: str
    at: int
    value_at: int
    end: int


def revised(raw: str, before: str, after: str) -> str | None:
    """``raw`` with the members changed in which ``before`` and ``after`` differ; None where that can't be done.

    >>> revised('{"id": "a", "page":"1"}', '{"id": "a", "page": "1"}', '{"id": "a", "page": "2"}')
    '{"id": "a", "page":"2"}'
    """
    old, new = (
        {member.name: text[member.value_at : member.end] for member in _members(text)}
        for text in (before, after)
    )
    for name in (*old, *(name for name in new if name not in old)):
        if old.get(name) == new.get(name):
            continue
        members = [*_members(raw)]
        member = next((member for member in reversed(members) if member.name == name), None)
        if name == "custom" and member is None:
            continue  # what it holds stands in other members of an item that came from elsewhere
        if name == "custom" or (member is None and name not in new):
            return None
        written = new.get(name)
        if written is not None and raw.isascii():
            written = _BEYOND_ASCII.sub(lambda found: json.dumps(found.group())[1:-1], written)
        if member is None:
            raw = _with_new(raw, members, name, str(written))
        elif written is None:
            raw = _without(raw, members, member)
        else:
            raw = f"{raw[: member.value_at]}{written}{raw[member.end :]}"
    return raw


def _without(raw: str, members: list[_Member], member: _Member) -> str:
    place = members.index(member)
    if place:
        return raw[: members[place - 1].end] + raw[member.end :]
    return raw[: member.at] + raw[members[1].at if len(members) > 1 else member.end :]


def _with_new(raw: str, members: list[_Member], name: str, written: str) -> str:
    """``raw`` with a further member behind the last, parted from it as the others are."""
    last = members[-1]
    between = raw[members[-2].end : last.at] if len(members) > 1 else ", "
    colon = re.sub(r'\A"(?:[^"\\]|\\.)*"', "", raw[last.at : last.value_at])
    return f"{raw[: last.end]}{between}{json.dumps(name)}{colon}{written}{raw[last.end :]}"


def _members(text: str) -> Iterator[_Member]:
    """The members of the object that is all of a text, which is known to be sound."""
    at = skip_space(text, text.index("{") + 1)
    while text[at] != "}":
        start = at
        name, at = DECODER.raw_decode(text, at)
        value_at = skip_space(text, skip_space(text, at) + 1)
        _, end = DECODER.raw_decode(text, value_at)
        yield _Member(str(name), start, value_at, end)
        at = skip_space(text, end)
        at = skip_space(text, at + 1) if text[at] == "," else at
