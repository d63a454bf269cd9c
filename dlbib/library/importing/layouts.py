"""How a file is laid out: its pieces in order, of which the library keeps what is no record."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Final

from dlbib.store.importing.files import SetAside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.model.problems import Problem


_JSON: Final = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class _Aside:
    raw: str
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Layout:
    """The pieces of a file, as `dlbib.store.models.ImportedFile.layout` keeps them.

    What can't change any more is kept as the JSON that it will be, for a file has no end of pieces.
    """

    aside: list[SetAside] = field(default_factory=list)
    _open: list[str | list[str] | _Aside] = field(default_factory=list)
    _settled: StringIO = field(default_factory=StringIO)

    def text(self, raw: str) -> None:
        """Text between records, which stands for itself."""
        if raw:
            self._open.append(raw)

    def record(self, source_id: str) -> int:
        """A record; its place, by which it can be set aside until the layout is settled."""
        self._open.append([source_id])
        return len(self._open) - 1

    def set_aside(self, raw: str, problems: Sequence[Problem], place: int | None = None) -> None:
        """What can't be kept as an entry; ``place`` is that of a record which is refused after all."""
        aside = _Aside(raw, tuple(problems))
        if place is None:
            self._open.append(aside)
        else:
            self._open[place] = aside

    def settle(self) -> None:
        """Let the pieces so far be what they are."""
        for piece in self._open:
            self._settled.write("," if self._settled.tell() else "")
            self._settled.write(_JSON(self._kept(piece)))
        self._open.clear()

    def _kept(self, piece: str | list[str] | _Aside) -> str | list[str] | int:
        if not isinstance(piece, _Aside):
            return piece
        self.aside.append(SetAside(len(self.aside), piece.raw, piece.problems))
        return len(self.aside) - 1

    def as_json(self) -> str:
        """All pieces, settled."""
        self.settle()
        return f"[{self._settled.getvalue()}]"
