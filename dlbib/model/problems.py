"""Problems: what is wrong in an input, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in an input.

    An ``error`` set its record aside, a ``warning`` did not. ``line`` and ``column`` are one-based,
    0 when unknown. ``message`` says what is wrong, what was done, and how to mend it, parted by
    ``; ``. ``code`` is a short upper-case word that stays the same between releases.
    """

    code: str
    message: str
    severity: Severity = "error"
    source: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    field: str = ""

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.source, self.line, self.column) if part)
        about = "".join(
            f" {word} {value!r}" for word, value in (("key", self.key), ("field", self.field)) if value
        )
        return f"{f'{where}: ' if where else ''}{self.severity}[{self.code}]{about}: {self.message}"
