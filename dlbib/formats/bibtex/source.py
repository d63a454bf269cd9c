r"""The fields of an entry as its text has them, and the text with some of them changed.

All else stays as it is, letter by letter: white space, the order of the fields, comments between them.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats import WrittenField
from dlbib.formats.bibtex.splitter import EntryBlock, split_text
from dlbib.formats.bibtex.splitter.blocks import advance
from dlbib.formats.bibtex.splitter.matching import Matcher
from dlbib.formats.bibtex.splitter.patterns import FIELD_NAME, HEAD
from dlbib.formats.bibtex.splitter.scanner import Scanner
from dlbib.formats.bibtex.splitter.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ENCLOSED: Final = {"{": "}", '"': '"'}
_COMMA: Final = re.compile(r"\s*,")
_LINE_ENDS: Final = re.compile(r"[ \t]*(?:[\r\n]|[)}]\Z)")
_BLANKS: Final = re.compile(r"[ \t]*")


class _Span(NamedTuple):
    """A field, and the offsets of its name, of its value, and behind that."""

    name: str
    at: int
    value_at: int
    end: int


def fields_in(raw: str) -> tuple[WrittenField, ...]:
    r"""The fields of an entry, the first of each name; none of what is no entry.

    >>> fields_in('@misc{a, Title = {B}, month = jan, note = "c" # d}')[1:]
    (WrittenField(name='month', written='jan', text=None), WrittenField(name='note', written='"c" # d', text=None))
    """
    block = next(iter(split_text(raw)), None)
    if not isinstance(block, EntryBlock):
        return ()
    found: dict[str, WrittenField] = {}
    for given, written in block.fields:
        name = given.lower()
        if name not in found:
            found[name] = WrittenField(name, written, _text(written))
    return tuple(found.values())


def type_in(raw: str) -> str:
    """The type of an entry, in small letters; empty for what is no entry."""
    head = HEAD.match(raw)
    return (head[1] or "").lower() if head else ""


def _text(written: str) -> str | None:
    """What a value says, if it is one piece."""
    if written.isdigit():
        return written
    closing = _ENCLOSED.get(written[:1])
    if closing is None or not _is_one_piece(written):
        return None
    return written[1:-1]


def _is_one_piece(written: str) -> bool:
    if "#" not in written:
        return True
    is_quoted, depth = written[0] == '"', 0
    for at, sign in enumerate(written):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and (sign == '"' if is_quoted and at else sign == "}" and not is_quoted):
            return at == len(written) - 1
    return False


def place_in(raw: str, name: str) -> tuple[int, int]:
    r"""Where the first field of a name begins: lines below the record, and one-based column; the record without it.

    >>> place_in("@misc{a,\n  title = {B}}", "title"), place_in("@misc{a, title = {B}}", "title")
    ((1, 3), (0, 10))
    """
    span = next((span for span in _spans(raw) if span.name == name), None)
    if span is None:
        return 0, 1
    line, column = advance(1, 1, raw[: span.at])
    return line - 1, column


def changed(raw: str, changes: Mapping[str, str | None]) -> str:
    r"""An entry with some fields changed to what they are given as written, added, or (``None``) taken out.

    >>> print(changed("@misc{a,\n  title = {B},\n  year  = 1,\n}", {"note": "{C}", "year": None}))
    @misc{a,
      title = {B},
      note  = {C},
    }
    """
    # What is taken out goes last, so that what comes in looks like it.
    for name, written in sorted(changes.items(), key=lambda change: change[1] is None):
        spans = list(_spans(raw))
        span = next((span for span in spans if span.name == name), None)
        if span is not None and written is not None:
            raw = raw[: span.value_at] + written + raw[span.end :]
        elif span is not None:
            raw = _without(raw, span)
        elif written is not None:
            raw = _with(raw, spans, name, written)
    return raw


def _without(raw: str, span: _Span) -> str:
    comma = _COMMA.match(raw, span.end)
    if comma is None:
        # It is the last one, in an entry without a comma at its end: none is left behind it.
        head = raw[: span.at].rstrip()
        return f"{head[:-1] if head.endswith(',') else raw[: span.at]}{raw[span.end :]}"
    end = comma.end()
    # What follows on the same line stays in its line: the one before may end in a comment.
    if _LINE_ENDS.match(raw, end):
        return raw[: span.at].removesuffix(_lead(raw, span.at)) + raw[end:]
    blanks = _BLANKS.match(raw, end)
    return raw[: span.at] + raw[blanks.end() if blanks else end :]


def _with(raw: str, spans: list[_Span], name: str, written: str) -> str:
    if not spans:
        closing = len(raw) - 1
        head = raw[:closing].rstrip()
        return f"{head}{'' if head.endswith(',') else ','} {name} = {written}{raw[closing:]}"
    last = spans[-1]
    field = f"{_lead(raw, last.at) or ' '}{name}{_sign(raw, spans, name)}{written}"
    comma = _COMMA.match(raw, last.end)
    if comma:
        return f"{raw[: comma.end()]}{field},{raw[comma.end() :]}"
    return f"{raw[: last.end]},{field}{raw[last.end :]}"


def _sign(raw: str, spans: list[_Span], name: str) -> str:
    """The equals sign with what is around it, in the column where the other fields of an entry have it, if they do."""
    signs = [raw[span.at + len(span.name) : span.value_at] for span in spans]
    columns = {len(span.name) + sign.index("=") for span, sign in zip(spans, signs, strict=True)}
    if len(columns) > 1 or len({span.name for span in spans}) == 1:
        return signs[-1]
    (column,) = columns
    spaces = max(column - len(name), int(signs[-1][0].isspace()))
    return f"{' ' * spaces}{signs[-1].lstrip()}"


def _lead(raw: str, at: int) -> str:
    """The line break and blanks before an offset."""
    start = len(raw[:at].rstrip(" \t"))
    if raw[:start].endswith("\r\n"):
        return raw[start - 2 : at]
    return raw[start - 1 : at] if raw[:start].endswith(("\r", "\n")) else raw[start:at]


def _spans(raw: str) -> Iterator[_Span]:
    window = Window(io.StringIO(raw, newline=""), len(raw) + 1)
    while not window.ended:
        window.grow()
    scanner = Scanner(window, Matcher(window))
    scanner.read()
    for field in scanner.draft.fields:
        named = FIELD_NAME.match(raw, field.at)
        value_at = named.end() if named else field.at
        yield _Span(field.name.lower(), field.at, value_at, value_at + len(field.value))
