"""An entry of a file on its way to an `Entry`: its fields as texts, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dlbib.formats.bibtex.splitter import field_places
from dlbib.model.problems import Problem

if TYPE_CHECKING:
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
    values: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def warn(self, code: str, message: str, name: str = "", severity: Severity = "warning") -> None:
        """Note a problem with the field ``name`` at its place, or with the whole entry."""
        line, column = self.place(name)
        self.problems.append(
            Problem(code, message, severity, self.source, line, column, self.block.key, name)
        )

    def place(self, name: str, count: int = 1) -> tuple[int, int]:
        """Where a field stands, of several by that name the one with that count; else where the entry does."""
        if name:
            for (given, _), found in zip(self.block.fields, field_places(self.block), strict=False):
                count -= given.lower() == name
                if not count:
                    return found
        return self.block.line, self.block.column
