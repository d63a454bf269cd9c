"""Progress: drawn on standard error where that is a terminal, and nowhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from dlbib.progress import Watch, unwatched


@contextlib.contextmanager
def drawn_progress() -> Iterator[Watch]:
    """What draws the progress it is told of, until the end of the block; each new ``doing`` on a line of its own.

    The bars vanish at the end: what came of the work is said by whoever did it.
    """
    if not sys.stderr.isatty():
        yield unwatched
        return
    from dlbib.cli.terminal.bars import drawn_bars

    with drawn_bars() as watch:
        yield watch
