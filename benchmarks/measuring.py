"""Measuring a task in a process of its own, so that its memory is its own."""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tasks import all_tasks


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a task took: by the clock, of the processor, and the most memory its process ever held."""

    task: str
    seconds: float
    cpu_seconds: float
    peak_mib: float
    entries: int

    def least(self, other: Measurement) -> Measurement:
        """The least that either says; noise only ever adds."""
        return Measurement(
            self.task,
            min(self.seconds, other.seconds),
            min(self.cpu_seconds, other.cpu_seconds),
            min(self.peak_mib, other.peak_mib),
            other.entries,
        )


def measure(task: str, path: Path) -> Measurement:
    """Run a task in a child process; raises `subprocess.CalledProcessError` if it fails."""
    command = [sys.executable, "-m", "benchmarks.measuring", task, str(path)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603  # ourselves
    return Measurement(**json.loads(output))


def _measure_here(name: str, path: Path) -> dict[str, object]:
    task = all_tasks()[name]
    prepared = task.prepare(path)
    gc.collect()
    start, cpu_start = time.perf_counter(), _cpu_seconds()
    entries = task.run(prepared)
    cpu_seconds, seconds = _cpu_seconds() - cpu_start, time.perf_counter() - start
    return {
        "task": name,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_mib": _peak_mib(),
        "entries": entries,
    }


def _cpu_seconds() -> float:
    """What this process, and the children it waited for, took of the processor."""
    return sum(os.times()[:4])


def _peak_mib() -> float:
    """The most memory that this process, or a child it waited for, ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) * unit / 2**20


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure_here(sys.argv[1], Path(sys.argv[2]))))
