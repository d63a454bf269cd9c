"""Measuring a task in a process of its own, so that its memory is its own."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tasks import all_tasks


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a task took: the least of several times, and the most memory its process ever held."""

    task: str
    seconds: float
    peak_mib: float
    entries: int


def measure(task: str, path: Path, repeats: int) -> Measurement:
    """Run a task in a child process; raises `subprocess.CalledProcessError` if it fails."""
    command = [sys.executable, "-m", "benchmarks.measuring", task, str(path), str(repeats)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603  # ourselves
    return Measurement(**json.loads(output))


def _measure_here(name: str, path: Path, repeats: int) -> dict[str, object]:
    task = all_tasks()[name]
    least, entries = float("inf"), 0
    for _ in range(repeats):
        prepared = task.prepare(path)
        gc.collect()
        start = time.perf_counter()
        entries = task.run(prepared)
        least = min(least, time.perf_counter() - start)
        del prepared
    return {"task": name, "seconds": least, "peak_mib": _peak_mib(), "entries": entries}


def _peak_mib() -> float:
    """The most memory that this process, or a child it waited for, ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) * unit / 2**20


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure_here(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
