"""Changing single fields in the text of an entry, which keeps all else letter by letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.spans import spans_of
from dlbib.formats.bibtex.splitter.patterns import HEAD, SPACE

if TYPE_CHECKING:
    from dlbib.formats.bibtex.spans import Span

_COMMA: Final = re.compile(r"\s*,")
_COMMA_BEFORE: Final = re.compile(r",[ \t]*\Z")
_LINE_BEFORE: Final = re.compile(r"(?:\r\n?|\n)[ \t]*\Z")
_LEAD: Final = re.compile(r"(?:\r\n?|\n)[ \t]*(?:,[ \t]*)?\Z")
_REST_OF_LINE: Final = re.compile(r"[ \t]*(?:%[^\r\n]*)?(?=[\r\n])")
_LINE_END: Final = re.compile(r"[ \t]*(?=[\r\n]|[)}]\Z)")
_BLANKS: Final = re.compile(r"[ \t]*")
_BREAK: Final = re.compile(r"\r\n?|\n")


@dataclass(slots=True)
class Editing:
    """Changes of one entry, gathered and then made at once; ``spans`` are its fields."""

    raw: str
    newline: str = "\n"
    spans: list[Span] = field(init=False)
    _edits: list[tuple[int, int, str]] = field(default_factory=list)
    _added: list[tuple[str, str]] = field(default_factory=list)
    _removed: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.spans = spans_of(self.raw)

    def rename(self, kind: str, key: str, old_key: str) -> None:
        """Call the entry's type and key otherwise."""
        head = HEAD.match(self.raw)
        if head is None or head[1] is None:
            return
        if head[1].lower() != kind:
            written = kind.upper() if head[1].isupper() else kind.capitalize() if head[1].istitle() else kind
            self._edits.append((*head.span(1), written))
        if key != old_key:
            at = self.raw.index(old_key, head.end())
            self._edits.append((at, at + len(old_key), key))

    def replace(self, span: Span, written: str) -> None:
        """Give a field another value, in the delimiters of the one before where it may stand in them."""
        before = self.raw[span.value_at : span.end]
        inner = written[1:-1]
        if written.startswith("{") and before.isdigit() and inner.isdigit():
            written = inner
        elif written.startswith("{") and before.startswith('"') and '"' not in inner:
            written = f'"{inner}"'
        self._edits.append((span.value_at, span.end, written))

    def remove(self, span: Span) -> None:
        """Take a field out, with its comma, and with its line where nothing else is on that."""
        self._removed.append(span)

    def add(self, name: str, written: str) -> None:
        """Put a field behind the others, or in the place of the last one, laid out as they are."""
        self._added.append((name, written))

    def made(self) -> str:
        """The text with all changes."""
        if self._added and self.spans and self.spans[-1] in self._removed:
            self._put_in_place_of(self.spans[-1])
        removals = map(self._removal, self._removed)
        edits = sorted([*self._edits, *removals, *self._additions()], key=lambda edit: edit[:2])
        pieces, told = [], 0
        for start, end, written in edits:
            pieces += [self.raw[told:start], written]
            told = max(told, end)
        return "".join([*pieces, self.raw[told:]])

    def _put_in_place_of(self, last: Span) -> None:
        name, written = self._added.pop(0)
        self._removed.remove(last)
        self._edits.append((last.at, last.end, f"{self._named(name, last)}{written}"))

    def _removal(self, span: Span) -> tuple[int, int, str]:
        start, end = span.at, span.end
        before = _COMMA_BEFORE.search(self.raw, 0, start)
        if before:
            start = before.start()
        elif comma := _COMMA.match(self.raw, end):
            end = comma.end()
        line = _LINE_BEFORE.search(self.raw, 0, start)
        if line and (rest := _LINE_END.match(self.raw, end)):
            start, end = line.start(), rest.end()
            if self.raw[end] in ")}" and "%" in _BREAK.split(self.raw[:start])[-1]:
                start = line.end()  # or what closes the entry would be in the comment
        elif before is None and (blanks := _BLANKS.match(self.raw, end)):
            end = blanks.end()  # what follows stands in its place
        return start, end, ""

    def _additions(self) -> list[tuple[int, int, str]]:
        if not self._added:
            return []
        return self._behind(self.spans[-1]) if self.spans else self._first()

    def _first(self) -> list[tuple[int, int, str]]:
        """Fields for an entry that has none."""
        head = self.raw[:-1].rstrip()
        comma = "" if head.endswith(",") else ","
        breaks = bool(_BREAK.search(self.raw))
        lead = f"{self.newline}  " if breaks else " "
        text = ",".join(f"{lead}{name} = {written}" for name, written in self._added)
        return [(len(head), len(head), f"{comma}{text}{',' if breaks else ''}")]

    def _behind(self, last: Span) -> list[tuple[int, int, str]]:
        found = _LEAD.search(self.raw, 0, last.at)
        lead = found[0] if found else " "
        fields = [f"{lead}{self._named(name, last)}{written}" for name, written in self._added]
        if found and "," in lead:
            return [(last.end, last.end, "".join(fields))]
        space = SPACE.match(self.raw, last.end)
        comma = space.end() if space and self.raw.startswith(",", space.end()) else -1
        end = comma + 1 if comma >= 0 else last.end
        rest = _REST_OF_LINE.match(self.raw, end) if found else None
        at = rest.end() if rest else end
        if comma >= 0:
            return [(at, at, "".join(f"{each}," for each in fields))]
        if at == last.end:
            return [(at, at, "".join(f",{each}" for each in fields))]
        return [(last.end, last.end, ","), (at, at, ",".join(fields))]

    def _named(self, name: str, model: Span) -> str:
        """A name and its equals sign, spelled and spaced as those of the other fields."""
        names = [span.name for span in self.spans]
        if all(each.isupper() for each in names):
            name = name.upper()
        elif all(each[:1].isupper() for each in names):
            name = name.capitalize()
        signs = {span: self.raw[span.at + len(span.name) : span.value_at] for span in self.spans}
        columns = {len(span.name) + sign.index("=") for span, sign in signs.items()}
        sign = signs[model]
        if (
            len(columns) == 1
            and len({len(each) for each in names}) > 1
            and _LEAD.search(self.raw, 0, model.at)
        ):
            (column,) = columns
            width = max(column, len(name) + (1 if sign[:1].isspace() else 0))
            return f"{name.ljust(width)}{sign[sign.index('=') :]}"
        return f"{name}{sign}"
