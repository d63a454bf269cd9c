"""What was done to a library, as its user is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """An operation that was undone, or would be: what was done to what, when, and to how many works."""

    kind: str
    what: str
    done_at: datetime
    works: int
