"""Where the time of an import goes: ``python -m benchmarks.stages FILE``.

A timer of the processor looks a few hundred times a second at what is being done. What lies between two
looks is counted for what was done at the second, so a long statement of SQLite counts for as long as it took.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import dlbib

if TYPE_CHECKING:
    from types import FrameType

_EVERY_S: Final = 0.002

STAGES: Final = (
    ("sqlalchemy/engine/default.py", "SQLite"),
    ("dlbib/formats/", "reading"),
    ("dlbib/model/identity/", "identity: blocks and comparisons"),
    ("dlbib/store/matching.py", "identity: what is there already"),
    ("dlbib/store/regrouping.py", "identity: what is there already"),
    ("dlbib/store/rows.py", "rows: folding, search text, JSON"),
    ("dlbib/store/bulk.py", "rows: for the driver"),
    ("dlbib/store/journal.py", "journal"),
    ("dlbib/store/importing/keys.py", "keys"),
    ("dlbib/store/importing/", "records into works"),
    ("dlbib/library/importing/", "sorting and reporting"),
)
"""Parts of the names of modules, and the stage that is on when one is at work: the innermost that is named."""


class Looking:
    """Counts how long each stage was on, in seconds of the processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._last = time.process_time()

    def look(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  # as a handler of signals is called
        """Count the time since the last look."""
        now = time.process_time()
        self.seconds[stage_of(frame)] += now - self._last
        self._last = now


def stage_of(frame: FrameType | None) -> str:
    """The stage that is on in a frame."""
    while frame is not None:
        name = frame.f_code.co_filename
        for part, stage in STAGES:
            if part in name:
                return stage
        frame = frame.f_back
    return "else"


def main(path: Path) -> None:
    """Print how long each stage of importing a file took, the longest first."""
    looking = Looking()
    with tempfile.TemporaryDirectory() as folder, dlbib.open(Path(folder) / "library.db") as library:
        looking.look(0, None)  # what opening took is else
        signal.signal(signal.SIGPROF, looking.look)
        signal.setitimer(signal.ITIMER_PROF, _EVERY_S, _EVERY_S)
        library.import_file(path)
        signal.setitimer(signal.ITIMER_PROF, 0)
    whole = sum(looking.seconds.values())
    for stage, seconds in sorted(looking.seconds.items(), key=lambda each: -each[1]):
        sys.stdout.write(f"{seconds:7.2f} s {seconds / whole:5.0%}  {stage}\n")
    sys.stdout.write(f"{whole:7.2f} s        in all\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
