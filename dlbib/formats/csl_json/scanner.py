"""A text of JSON to its items, one after the other, with the line where each begins.

Source: RFC 8259, "The JavaScript Object Notation (JSON) Data Interchange Format".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.errors import ParseError
from dlbib.formats.csl_json.values import DECODER, ConstantError, Json, constant_position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

_BLOCK: Final = 1 << 16
_MAX_CHARACTERS: Final = 1 << 26
_LONGEST_WORD: Final = 16  # what the end of a block may cut is shorter, or a string
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_TRUNCATED: Final = "the text ends too early: {}; it was probably cut short, fetch it again"


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the list that a text holds: its text, and where it begins (one-based).

    ``remark`` is what is unusual about the whole text, told once.
    """

    value: Json
    raw: str
    line: int
    column: int
    remark: str = ""


def scan(stream: TextIO, source: str) -> Iterator[Item]:
    """The items of ``stream``: of a list, of ``{"items": [...]}``, of JSON lines, or a single one.

    Reads no further than it has to. Raises `ParseError` where the text is no JSON, or holds no items.
    """
    encoding = str(getattr(stream, "encoding", None) or "utf-8").lower()
    if encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        message = f"JSON is written in UTF-8, this is {encoding} (RFC 8259, 8.1); save it as UTF-8"
        raise ParseError(message, source)
    scanner = _Scanner(stream, source)
    first = scanner.peek()
    if first == "[":
        yield from scanner.array()
    elif first == "{":
        yield from scanner.objects()
    else:
        raise scanner.error(_not_json(first))
    if scanner.peek():
        message = "there is text after the end of the items; remove it"
        raise scanner.error(message)


def _not_json(first: str) -> str:
    if not first:
        return _TRUNCATED.format("there is nothing in it")
    if first == "<":
        return "this looks like an HTML or XML page, not JSON; fetch the data itself"
    if first == "@":
        return "this looks like BibTeX, not JSON; read it as bibtex or biblatex"
    return "a list of items is expected, beginning with '['; see to it that this is CSL-JSON"


class _Scanner:
    """A place in a text that is read block by block, and kept from the current item on."""

    def __init__(self, stream: TextIO, source: str) -> None:
        self._stream = stream
        self._source = source
        self._text = ""
        self._at = 0
        self._dropped = 0
        self._ended = False
        self._line = 1
        self._line_start = 0
        self._read(_BLOCK)
        self._at = self._line_start = int(self._text.startswith("\ufeff"))

    def error(self, what: str, at: int | None = None) -> ParseError:
        """The error that says ``what`` is wrong ``at`` an index, else at the current place."""
        at = self._at if at is None else at
        line = self._line + self._text.count("\n", self._at, at)
        newline = self._text.rfind("\n", self._at, at)
        return ParseError(
            what, self._source, line, at - (self._line_start if newline < 0 else newline + 1) + 1
        )

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            self._move(skip_space(self._text, self._at))
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._read(_BLOCK)

    def array(self) -> Iterator[Item]:
        """The items of the list that begins here."""
        self._move(self._at + 1)
        if self.peek() == "]":
            self._move(self._at + 1)
            return
        while True:
            if self.peek() == "]":
                message = "there is a comma before the ']' of the list; remove it"
                raise self.error(message)
            item, end = self._item()
            self._move(end)
            yield item
            separator = self.peek()
            if separator not in (",", "]"):
                raise self.error(self._unseparated(separator, item.line))
            self._move(self._at + 1)
            if separator == "]":
                return

    def objects(self) -> Iterator[Item]:
        """The items of the object that begins here, or that object and those after it."""
        item, end = self._item()
        if _is_wrapper(item.value):
            del item
            yield from self._wrapped(end)
            return
        self._move(end)
        if self.peek() != "{":
            yield _remark(item, "a single object, not a list of items; read as one item")
            return
        yield _remark(item, "JSON lines, not one list of items; each is read as an item")
        while self.peek():
            item, end = self._item()
            self._move(end)
            yield item

    def _wrapped(self, end: int) -> Iterator[Item]:
        end += self._dropped
        remark = "the items stand in an object, by the name 'items'; read from there"
        self._move(_member(self._text, self._at, "items"))
        for item in self.array():
            yield _remark(item, remark)
            remark = ""
        self._move(end - self._dropped)

    def _unseparated(self, found: str, line: int) -> str:
        if not found:
            return _TRUNCATED.format(f"after the item of line {line}, its list is not closed")
        return f"',' or ']' is expected after the item of line {line}"

    def _item(self) -> tuple[Item, int]:
        """The value that begins here, and the index of its end; the place stays."""
        size = _BLOCK
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended or not self._may_be_cut(error):
                    raise self._syntax_error(error) from error
            except ConstantError as error:
                at = constant_position(self._text, self._at)
                message = f"JSON has no {error}; write null or a text"
                raise self.error(message, at) from error
            except RecursionError:
                message = "lists and objects are nested too deeply to be read; CSL needs four levels"
                raise self.error(message) from None
            else:
                if self._ended or self._is_whole(value, end):
                    return self._made(value, end), end
            if len(self._text) - self._at > _MAX_CHARACTERS:
                message = (
                    f"an item is longer than {_MAX_CHARACTERS} characters; split it, or write a list of items"
                )
                raise self.error(message)
            self._read(size)
            size *= 2

    def _made(self, value: Json, end: int) -> Item:
        return Item(value, self._text[self._at : end], self._line, self._at - self._line_start + 1)

    def _is_whole(self, value: Json, end: int) -> bool:
        return isinstance(value, (dict, list)) or end + _LONGEST_WORD < len(self._text)

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _LONGEST_WORD

    def _syntax_error(self, error: json.JSONDecodeError) -> ParseError:
        if error.msg.startswith("Unterminated string") or not self._text[error.pos :].strip():
            message = _TRUNCATED.format(f"the item that begins in line {self._line} is not complete")
            return self.error(message, error.pos)
        return self.error(f"this is no JSON: {error.msg[0].lower()}{error.msg[1:]}; mend it there", error.pos)

    def _move(self, to: int) -> None:
        lines = self._text.count("\n", self._at, to)
        if lines:
            self._line += lines
            self._line_start = self._text.rfind("\n", self._at, to) + 1
        self._at = to

    def _read(self, size: int) -> None:
        try:
            block = self._stream.read(size)
        except UnicodeDecodeError as error:
            message = f"this is not {error.encoding}: {error.reason}; JSON is written in UTF-8"
            raise self.error(message) from error
        self._ended = not block
        self._dropped += self._at
        self._text = self._text[self._at :] + block
        self._line_start -= self._at
        self._at = 0


def _is_wrapper(value: Json) -> bool:
    return isinstance(value, dict) and isinstance(value.get("items"), list) and "type" not in value


def member_position(raw: str, name: str) -> tuple[int, int]:
    """Where the value of the member ``name`` stands in the text of an object: lines and columns, zero-based.

    The columns count from the beginning of its line. It is the last such member that counts.
    """
    at = _member(raw, 0, name)
    return raw.count("\n", 0, at), at - raw.rfind("\n", 0, at) - 1


def place_in(raw: str, name: str) -> tuple[int, int]:
    """Where the value of a member stands: lines below the object's first, and one-based column."""
    lines, columns = member_position(raw, name)
    return lines, columns + 1


def _member(text: str, start: int, name: str) -> int:
    """The index of the last value by ``name`` in the object at ``start``, which is known to be sound."""
    found, at, separator = start, start + 1, ","
    while separator == ",":
        key, at = DECODER.raw_decode(text, skip_space(text, at))
        at = skip_space(text, skip_space(text, at) + 1)
        if key == name:
            found = at
        _, at = DECODER.raw_decode(text, at)
        at = skip_space(text, at) + 1
        separator = text[at - 1]
    return found


def skip_space(text: str, at: int) -> int:
    """The offset of the next character that is no white space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _remark(item: Item, remark: str) -> Item:
    return Item(item.value, item.raw, item.line, item.column, remark)
