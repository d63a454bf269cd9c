r"""The fields of an entry as its text has them, and the text with some of them changed.

All else stays as it is, letter by letter: white space, the order of the fields, comments between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.formats import WrittenField
from dlbib.formats.bibtex.editing import Editing
from dlbib.formats.bibtex.spans import pieces_of, spans_of
from dlbib.formats.bibtex.splitter import EntryBlock, split_text
from dlbib.formats.bibtex.splitter.blocks import advance
from dlbib.formats.bibtex.splitter.patterns import HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.formats.bibtex.spans import Span

_DELIMITERS: Final = ("{", '"')


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
    is_one_piece = written.startswith(_DELIMITERS) and len(pieces_of(written)) == 1
    return written[1:-1] if is_one_piece else None


def place_in(raw: str, name: str) -> tuple[int, int]:
    r"""Where the first field of a name begins: lines below the record, and one-based column; the record without it.

    >>> place_in("@misc{a,\n  title = {B}}", "title"), place_in("@misc{a, title = {B}}", "title")
    ((1, 3), (0, 10))
    """
    span = _first_named(name, spans_of(raw))
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
    editing = Editing(raw)
    for name, written in changes.items():
        span = _first_named(name, editing.spans)
        if span is None:
            if written is not None:
                editing.add(name, written)
        elif written is None:
            editing.remove(span)
        else:
            editing.replace(span, written)
    return editing.made()


def _first_named(name: str, spans: list[Span]) -> Span | None:
    return next((span for span in spans if span.name.lower() == name), None)
