"""The command: measures every task, prints a table and writes the same as JSON."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import Measurement, measure
from benchmarks.samples import sample
from benchmarks.tasks import Task, all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RESULTS = Path(__file__).parent / "results" / "latest.json"

ROUNDS = 3
"""In how many rounds a task must have run before it can have missed anything."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of another task's time a task took, by the clock and of the processor.

    It may be ``at_most`` that of the processor's; ``None`` when it is shown for comparison only.
    """

    of: str
    seconds: float
    cpu_seconds: float
    at_most: float | None

    @property
    def is_missed(self) -> bool:
        """Whether it is more of the processor's time than it may be: the clock tells how busy others are besides."""
        return self.at_most is not None and self.cpu_seconds > self.at_most

    def __str__(self) -> str:
        limit = "" if self.at_most is None else f" <={self.at_most:.3g}"
        return f"cpu {self.cpu_seconds:.3f}{limit} of {self.of} (clock {self.seconds:.3f})"


@dataclass(frozen=True, slots=True)
class Result:
    """A measurement, the parts it took of what it is held against, and what it took too much of."""

    measurement: Measurement
    parts: list[Part]
    at_most_mib: float
    missed: list[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives 1 if a task took more than it may in `ROUNDS` rounds or more, else 0."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or _made_file(Path(folder), options.entries)
        measured = _measurements(path, list(_chosen(options.only)), options.repeats)
    results = [_result(all_tasks()[name], measured) for name in measured]
    sys.stdout.write(_table(results))
    is_judged = options.repeats >= ROUNDS
    if not is_judged:
        sys.stdout.write(f"nothing is judged by fewer than {ROUNDS} rounds\n")
    options.json.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "file": path.name,
        "dlbib": version("dlbib"),
        "python": platform.python_version(),
        "machine": platform.platform(),
    }
    options.json.write_text(
        json.dumps({**about, "results": [asdict(each) for each in results]}, indent=2) + "\n",
        encoding="utf-8",
    )
    return int(is_judged and any(each.missed for each in results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "file", type=Path, nargs="?", help="a .bib file; without one, the same is made every time"
    )
    parser.add_argument("--entries", type=int, default=20_000, help="how many entries the made file has")
    parser.add_argument(
        "--repeats", type=int, default=ROUNDS, help="how often each task runs, in turns; the least counts"
    )
    parser.add_argument(
        "--only", default="", help="only tasks with this in their name, and what they are held against"
    )
    parser.add_argument("--json", type=Path, default=RESULTS, help="where the results go")
    return parser


def _made_file(folder: Path, entries: int) -> Path:
    path = folder / f"made-{entries}.bib"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(sample(entries))
    return path


def _chosen(only: str) -> Iterator[str]:
    """The names of the tasks to run; says which are left out, and why."""
    tasks = all_tasks()
    chosen = {name for name in tasks if only in name}
    chosen |= {peer for name in chosen for peer in tasks[name].peers}
    for name, task in tasks.items():
        if name in chosen and (reason := task.skip_reason()):
            sys.stderr.write(f"{name} is left out: {reason}\n")
        elif name in chosen:
            yield name


def _measurements(path: Path, names: Sequence[str], repeats: int) -> dict[str, Measurement]:
    """The least of several rounds: tasks take turns, so that a busy minute strikes what it is held against too."""
    tasks = all_tasks()
    measured: dict[str, Measurement] = {}
    for turn in range(repeats):
        for name in names:
            if name not in measured:
                measured[name] = measure(name, path)
            elif not tasks[name].once:
                measured[name] = measured[name].least(measure(name, path))
        sys.stderr.write(f"round {turn + 1} of {repeats} is done\n")
    return measured


def _result(task: Task, measured: dict[str, Measurement]) -> Result:
    mine = measured[task.name]
    parts = [_part(task, mine, measured[name]) for name in task.peers if name in measured]
    missed = [part.of for part in parts if part.is_missed]
    if task.at_most_mib and mine.peak_mib > task.at_most_mib:
        missed.append("memory")
    return Result(mine, parts, task.at_most_mib, missed)


def _part(task: Task, mine: Measurement, other: Measurement) -> Part:
    cpu_seconds = mine.cpu_seconds / max(other.cpu_seconds, 1e-9)
    return Part(other.task, mine.seconds / other.seconds, cpu_seconds, task.at_most.get(other.task))


def _table(results: list[Result]) -> str:
    lines = [f"{'task':30} {'seconds':>8} {'cpu':>8} {'MiB':>10} {'entries':>8}  part of others' time"]
    for result in results:
        each = result.measurement
        mib = f"{each.peak_mib:.0f}" + (f" <={result.at_most_mib:.0f}" if result.at_most_mib else "")
        missed = [f"MISSED: {name}" for name in result.missed]
        numbers = f"{each.task:30} {each.seconds:8.3f} {each.cpu_seconds:8.3f} {mib:>10} {each.entries:8}"
        lines.append("  ".join([numbers, *map(str, result.parts), *missed]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
