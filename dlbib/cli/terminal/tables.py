"""Tables for people, and what they are drawn on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text


def terminal() -> Console:
    """Standard output for people, in colour unless ``NO_COLOR`` is set."""
    return Console(color_system=None if os.environ.get("NO_COLOR") else "auto", highlight=False)


def draw_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, whole: int) -> None:
    """Draw rows of plain text below the names of their columns; the first ``whole`` keep their width as long as they can."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        is_whole = place < whole
        table.add_column(
            column, overflow="ellipsis" if is_whole else "fold", no_wrap=is_whole, min_width=len(column)
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    terminal().print(table)
