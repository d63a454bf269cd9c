"""An entry of a file on its way to an `Entry`: its fields as texts, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dlbib.formats.bibtex.splitter import field_places
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.formats.bibtex.splitter import EntryBlock
    from dlbib.model.problems import Severity


@dataclass(slots=True)
class Record:
    """One entry.

    ``type`` is in small letters. ``values`` are the fields by their names in small letters, each with
    its strings put together and its LaTeX as it was written; ``extra`` what has no place among them.
    """

    block: EntryBlock
    source: str
    type: str
    values: dict[str, str]
    extra: dict[str, str]
    problems: list[Problem]
    _places: dict[str, list[tuple[int, int]]] | None = field(default=None, init=False)
    _seen: Counter[str] | None = field(default=None, init=False)

    def warn(self, code: str, message: str, name: str = "", severity: Severity = "warning") -> None:
        """Note a problem with the field ``name`` at its place, or with the whole entry."""
        line, column = self.place(name)
        self.problems.append(
            Problem(code, message, severity, self.source, line, column, self.block.key, name)
        )

    def place(self, name: str, count: int = 1) -> tuple[int, int]:
        """Where a field stands, of several by that name the one with that count; else where the entry does."""
        found = self._places_of(name) if name else ()
        return found[count - 1] if count <= len(found) else (self.block.line, self.block.column)

    def _places_of(self, name: str) -> Sequence[tuple[int, int]]:
        """Where the fields by that name stand, in order; looked up once, for few entries have a problem."""
        if self._places is None:
            self._places = {}
            for (given, _), found in zip(self.block.fields, field_places(self.block), strict=False):
                self._places.setdefault(given.lower(), []).append(found)
        return self._places.get(name, ())

    def again(self, name: str) -> int:
        """Which of the fields by a name it is that comes again now: 2, then 3."""
        self._seen = self._seen or Counter()
        self._seen[name] += 1
        return self._seen[name] + 1

    def keep_again(self, name: str, count: int, text: str) -> int:
        """Keep what another field of a name says, by its count or the next number that is free; by which."""
        while f"bibtex:{name}-{count}" in self.extra or f"{name}-{count}" in self.values:
            count += 1
        self.extra[f"bibtex:{name}-{count}"] = text
        return count
