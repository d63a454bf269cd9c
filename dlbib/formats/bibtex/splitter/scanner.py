"""Reading one block of any kind, sign by sign where it has to be: what the ordinary ones don't need."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dlbib.formats.bibtex.splitter import patterns
from dlbib.formats.bibtex.splitter.faults import BrokenBlockError, Fault
from dlbib.formats.bibtex.splitter.starts import find_start, is_start, opens_line

if TYPE_CHECKING:
    from dlbib.formats.bibtex.splitter.matching import Matcher
    from dlbib.formats.bibtex.splitter.window import Window

_JUNK = re.compile(r"[{}(),@]")
_CLOSING = {"{": "}", "(": ")"}


class FoundField(NamedTuple):
    """A field, and the offset of its name in the text that is being read."""

    name: str
    value: str
    at: int


@dataclass(slots=True)
class Draft:
    """What is known of a block while it is read; ``text`` is a comment's or a preamble's."""

    type: str = ""
    key: str = ""
    fields: list[FoundField] = field(default_factory=list)
    text: str = ""
    faults: list[Fault] = field(default_factory=list)


class Scanner:
    """Reads the block whose @ stands at a window's position; then ``end`` is the offset behind it.

    ``draft`` holds what was found, as far as reading came. `read` raises `BrokenBlockError` for a
    block without an end, and tells where to look for one.
    """

    def __init__(self, window: Window, matcher: Matcher) -> None:
        self._text = window.text
        self._ended = window.ended
        self._start = window.position
        self._matcher = matcher
        self._closing = ""
        self._met_junk = False
        self._opening_at = self._start
        self.end = self._start
        self.draft = Draft()

    def read(self) -> None:
        """Read the block; raises `BrokenBlockError`."""
        at = self._read_head()
        match self.draft.type.lower():
            case "comment":
                self._read_comment(at)
            case "preamble":
                self._read_preamble(at)
            case "string":
                self._read_fields(at)
            case _:
                self._read_fields(self._read_key(at))

    def broken_end(self, broken: BrokenBlockError) -> int:
        """Where a block that has no end of its own is taken to end."""
        end = broken.resume if broken.is_open else self._closing_end(broken.resume)
        if broken.is_open or end < 0:
            end = self._next_start(broken.resume)
        kept = self._text[self._start : end if end >= 0 else len(self._text)]
        return self._start + len(kept.rstrip())

    def _closing_end(self, at: int) -> int:
        """Where the block closes, -1 if the next one begins before."""
        while sign := _JUNK.search(self._text, at):
            at = sign.end()
            if sign[0] == self._closing:
                return at
            if sign[0] == "@" and is_start(self._text, sign.start()):
                break
            if sign[0] == "{" and (at := self._matcher.brace_end(sign.start())) < 0:
                break
        return -1

    def _next_start(self, at: int) -> int:
        """Where the next block begins; behind a comment only a line begins one."""
        start = find_start(self._text, at)
        while start >= 0 and self.draft.type.lower() == "comment" and not opens_line(self._text, start):
            start = find_start(self._text, start + 1)
        return start

    def _read_head(self) -> int:
        head = patterns.HEAD.match(self._text, self._start)
        if head is None:
            message = f"no block begins at offset {self._start}"
            raise ValueError(message)
        self._closing = _CLOSING[head[2]]
        self._opening_at = head.start(2)
        self.draft.type = head[1] or ""
        if not head[1]:
            self._note("BIB-NOTYPE", self._start)
        return head.end()

    def _read_comment(self, at: int) -> None:
        ends = self._matcher.brace_end if self._closing == "}" else self._matcher.parenthesis_end
        self.end = ends(self._opening_at)
        if self.end < 0:
            raise self._unclosed(self._opening_at)
        self.draft.text = self._text[at : self.end - 1]

    def _read_preamble(self, at: int) -> None:
        value = patterns.VALUE.match(self._text, at)
        is_value = value is not None and self._text.startswith(self._closing, value.end())
        self.end = value.end() + 1 if value and is_value else self._closing_end(at)
        if self.end < 0:
            raise self._unclosed(self._opening_at)
        if not is_value:
            self._note("BIB-PREAMBLE", at)
        self.draft.text = self._text[at : self.end - 1]

    def _read_key(self, at: int) -> int:
        """Read the key; gives the offset from which on fields follow."""
        if found := patterns.KEY_END.match(self._text, at):
            self.draft.key = found[1]
            return found.end()
        at = self._skip(patterns.SPACE, at)
        self._expect_no_start(at)
        if patterns.FIELD_FOR_KEY.match(self._text, at) or self._text[at] in ",})":
            self._note("BIB-NOKEY", at)
            return at
        if found := patterns.KEY_BEFORE_FIELD.match(self._text, at):
            self.draft.key = found[1]
            return self._expect_comma(found.end())
        return self._read_odd_key(at)

    def _read_odd_key(self, at: int) -> int:
        odd = patterns.ODD_KEY if self._closing == "}" else patterns.ODD_KEY_IN_PARENTHESES
        found = odd.match(self._text, at)
        if found is None:
            self._note("BIB-NOKEY", at)
            return self._skip_junk(at)
        self.draft.key = found[0].rstrip()
        following = self._text[found.end() : found.end() + 1]
        signs = sorted(set(patterns.ODD_IN_KEY.findall(self.draft.key)) | ({following} & {"{"}))
        if signs:
            self._note("BIB-KEY", at, detail=" and ".join(map(_sign_name, signs)))
        return self._expect_comma(found.end())

    def _read_fields(self, at: int) -> None:
        """Read fields and the commas between them up to the end of the block."""
        at = self._skip(patterns.SEPARATOR, at)
        while self._text[at] not in "})":
            at = self._skip(patterns.SEPARATOR, self._read_field(at))
        if self._text[at] != self._closing:
            self._note("BIB-DELIMITER", at, detail=f"{self._text[at]} for {self._closing}")
        self.end = at + 1

    def _read_field(self, at: int) -> int:
        """Read a field; gives the offset of what follows it: a comma, or the end of the block."""
        found = patterns.FIELD_NAME.match(self._text, at)
        if found is None:
            self._expect_no_start(at)
            found = patterns.ODD_NAME.match(self._text, at)
            self._note_junk("BIB-FIELD", at)
        if found is None:
            return self._skip_junk(at)
        name = found[1].rstrip()
        end = self._read_value(found.end(), name)
        value = self._text[found.end() : end].rstrip()
        self.draft.fields.append(FoundField(name, value, at))
        return self._expect_comma(end, name)

    def _read_value(self, at: int, name: str) -> int:
        """The offset behind a value: one or more pieces, with # between."""
        end = self._read_piece(at, name)
        while concatenation := patterns.CONCATENATION.match(self._text, end):
            end = self._read_piece(concatenation.end(), name)
        return end

    def _read_piece(self, at: int, name: str) -> int:
        if at == len(self._text):
            raise self._ending(at)
        match self._text[at]:
            case "{":
                if (end := self._matcher.brace_end(at)) < 0:
                    raise self._unclosed(at, name)
                return end
            case '"':
                if (end := self._matcher.quote_end(at)) < 0:
                    raise BrokenBlockError(self._fault("BIB-QUOTE", at, name), at + 1, is_open=False)
                return end
            case _:
                return self._read_bare(at, name)

    def _read_bare(self, at: int, name: str) -> int:
        bare = patterns.BARE.match(self._text, at)
        if bare and patterns.AFTER_BARE.match(self._text, bare.end()):
            return bare.end()
        words = patterns.ODD_WORDS.match(self._text, at)
        if words is None:
            self._note("BIB-NOVALUE", at, name)
            return at
        value = words[0].rstrip()
        self._note("BIB-BAREVALUE", at, name, f"{value!r}")
        return at + len(value)

    def _expect_comma(self, end: int, name: str = "") -> int:
        """The offset of the comma or delimiter behind a value or key, past what shouldn't be there."""
        at = self._skip(patterns.SPACE, end)
        if self._text[at] in ",})":
            return at
        self._expect_no_start(at)
        if patterns.FIELD_NAME.match(self._text, at):
            self._note("BIB-MISSING-COMMA", end, name)
            return at
        self._note_junk("BIB-SYNTAX", at, name)
        return self._skip_junk(at)

    def _skip_junk(self, at: int) -> int:
        """The offset of the next comma or of the block's end, outside braces."""
        while sign := _JUNK.search(self._text, at):
            if sign[0] == "{":
                at = self._read_piece(sign.start(), "")
                continue
            if sign[0] in (",", "}", self._closing):
                return sign.start()
            self._expect_no_start(sign.start())
            at = sign.end()
        raise self._ending(len(self._text))

    def _skip(self, pattern: re.Pattern[str], at: int) -> int:
        """The offset behind what may stand at an offset; raises where the text ends."""
        found = pattern.match(self._text, at)
        end = found.end() if found else at
        if end == len(self._text):
            raise self._ending(end)
        return end

    def _expect_no_start(self, at: int) -> None:
        if self._text[at] == "@" and is_start(self._text, at):
            raise self._ending(at, "BIB-UNCLOSED")

    def _ending(self, at: int, code: str = "BIB-EOF") -> BrokenBlockError:
        """The text or the next block comes too early, most likely since the last value has no end."""
        last = self.draft.fields[-1] if self.draft.fields else None
        if at == len(self._text) and not self._ended:
            return BrokenBlockError(self._fault("LIMIT", self._opening_at), at)
        if last and last.value.startswith("{") and patterns.SWALLOWED_FIELD.search(last.value):
            opening = self._text.index("{", last.at)
            return BrokenBlockError(self._fault("BIB-BRACE", opening, last.name), at)
        return BrokenBlockError(self._fault(code, self._opening_at), at)

    def _unclosed(self, at: int, name: str = "") -> BrokenBlockError:
        """A brace or parenthesis that nothing closes in the text that may be read."""
        if not self._ended:
            return BrokenBlockError(self._fault("LIMIT", at, name), at + 1)
        if self._next_start(at + 1) < 0 and not patterns.SWALLOWED_FIELD.search(self._text, at):
            return BrokenBlockError(self._fault("BIB-EOF", at, name), at + 1)
        return BrokenBlockError(self._fault("BIB-BRACE", at, name), at + 1)

    def _note(self, code: str, at: int, name: str = "", detail: str = "") -> None:
        self.draft.faults.append(self._fault(code, at, name, detail))

    def _note_junk(self, code: str, at: int, name: str = "") -> None:
        """Note what makes no sense, once, since what follows in the block seldom makes any."""
        if not self._met_junk:
            self._note(code, at, name)
        self._met_junk = True

    def _fault(self, code: str, at: int, name: str = "", detail: str = "") -> Fault:
        return Fault(code, at - self._start, name, detail)


def _sign_name(sign: str) -> str:
    return "a blank" if sign in " \t" else f"{sign!r}" if sign.isspace() else sign
