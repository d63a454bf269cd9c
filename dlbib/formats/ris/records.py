"""A text to records of tags, without looking at what the tags mean.

What one producer or another does to the form is understood: one space before the hyphen or none,
lower case, indentation, any line ends, a record that is not ended, lines that go on.

Source: "RIS Format Specifications", Reference Manager 12, "Tag format" and "How to handle long fields".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.ris.tags import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_TAG: Final = re.compile(r"(\s*)([A-Za-z][A-Za-z0-9])(\s{0,2})-( ?)(.*)", re.DOTALL)
_GLUED: Final = re.compile(r"(ER {0,2}- ?)(TY  -.*)", re.DOTALL)
_BOM: Final = "\ufeff"
_SPACES: Final = "  "
_PAGE_BREAKS: Final = "\f\v"


class Tag(NamedTuple):
    r"""A tag, upper-case, with its value: stripped lines, parted by ``\n``; ``line`` is one-based."""

    name: str
    value: str
    line: int


class Remark(NamedTuple):
    """Something odd in the form of a record; it does not set it aside."""

    code: str
    message: str
    line: int
    tag: str = ""


@dataclass
class Record:
    """A record as it is written: ``tags`` holds all but ``TY`` and ``ER``; ``line`` is where it begins.

    Without ``type`` it is no record but what stands between them.
    """

    line: int
    type: str | None = None
    raw: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Tells whether nothing is written there."""
        return self.type is None and not "".join(self.raw).removeprefix(_BOM).strip()


def split_records(stream: TextIO) -> Iterator[Record]:
    """The records of a text and what stands between them, in order; their ``raw`` together is the text."""
    splitter = _Splitter()
    for number, line in enumerate(_lines(stream), 1):
        yield from splitter.take(line, number)
    yield from splitter.finish()


def _lines(stream: Iterable[str]) -> Iterator[str]:
    """Lines with their ends, which may be carriage returns alone."""
    for line in stream:
        if "\r" in line:
            yield from _LINE.findall(line)
        else:
            yield line


class _Style(NamedTuple):
    """How a record's tags are set, which its first shows."""

    indentation: str
    is_lower: bool


class _Splitter:
    """The record that is being read, the tag in it, and the lines of that tag's value."""

    def __init__(self) -> None:
        self._record = Record(1)
        self._style = _Style("", is_lower=False)
        self._tag = ""
        self._tag_line = 0
        self._value: list[str] = []

    def take(self, line: str, number: int) -> Iterator[Record]:
        match = _TAG.match((line.removeprefix(_BOM) if number == 1 else line).lstrip(_PAGE_BREAKS))
        name = match[2].upper() if match else ""
        if match and name == "TY" and self._begins(match):
            yield from self._end("RIS-NOER")
            self._begin(match, line, number)
            return
        if name == "ER" and self._record.type is not None and (glued := _GLUED.match(line)):
            yield from self._take_apart(glued[1], glued[2], number)
            return
        self._record.raw.append(line)
        if self._record.type is None:
            return
        tag = match if match and self._is_tag(match) else None
        if tag and name == "ER" and not tag[5].strip():
            yield from self._end()
            self._record = Record(number + 1)
        elif tag and name != "ER":
            self._close_tag()
            self._open_tag(name, tag, number)
        else:
            self._continue(line.strip(), number)

    def _take_apart(self, end: str, beginning: str, number: int) -> Iterator[Record]:
        """Take one line as two, such as files make that are put behind each other without a line end."""
        yield from self.take(end, number)
        yield from self.take(beginning, number)
        message = (
            "it begins in the line in which the one before it ends; read as if it did not; give it its own"
        )
        self._remark("RIS-FORM", message, number)

    def finish(self) -> Iterator[Record]:
        yield from self._end("RIS-NOER")

    def _begins(self, match: re.Match[str]) -> bool:
        """Tells whether a ``TY`` line begins a record, rather than being prose within one."""
        return self._record.type is None or self._is_tag(match)

    def _begin(self, match: re.Match[str], line: str, number: int) -> None:
        self._record = Record(number, match[5].strip(), [line])
        self._style = _Style(match[1], match[2].islower())
        self._tag, self._value = "", []
        if match[1] or match[2].islower():
            message = "its tags are indented or lower-case; read as if they were not; write them as TY  - "
            self._remark("RIS-FORM", message, number)
        elif match[3] != _SPACES or not (match[4] or not match[5].strip()):
            message = "its tags are not parted by two spaces, hyphen and space; read as if they were"
            self._remark("RIS-FORM", message, number)

    def _is_tag(self, match: re.Match[str]) -> bool:
        """Tells a tag from a line of prose that looks like one: "in - vitro", "UV - visible"."""
        indentation, name, spaces, space, rest = match.groups()
        if indentation == "" and name.isupper() and spaces == _SPACES and (space or not rest.strip()):
            return True
        alike = indentation == self._style.indentation and name.islower() == self._style.is_lower
        return alike and name.upper() in KNOWN

    def _open_tag(self, name: str, match: re.Match[str], number: int) -> None:
        self._tag, self._tag_line = name, number
        self._value = [match[5].strip()]

    def _continue(self, text: str, number: int) -> None:
        if self._tag:
            self._value.append(text)
        elif text:
            message = "text follows its type without a tag; kept as a note; give it a tag"
            self._remark("RIS-TEXT", message, number)
            self._tag, self._tag_line, self._value = "N1", number, [text]

    def _close_tag(self) -> None:
        if self._tag:
            value = "\n".join(self._value).strip("\n")
            self._record.tags.append(Tag(self._tag, value, self._tag_line))
        self._tag, self._value = "", []

    def _end(self, code: str = "") -> Iterator[Record]:
        self._close_tag()
        if self._record.type is not None and code:
            message = (
                "it is not ended; read to where the next begins, or the file ends; write ER  - behind it"
            )
            self._remark(code, message, self._record.line)
        if self._record.raw:
            yield self._record

    def _remark(self, code: str, message: str, number: int) -> None:
        self._record.remarks.append(Remark(code, message, number))
