"""The command: measures every task, prints a table and writes the same as JSON."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import Measurement, measure
from benchmarks.samples import sample
from benchmarks.tasks import Task, all_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RESULTS = Path(__file__).parent / "results" / "latest.json"


@dataclass(frozen=True, slots=True)
class Result:
    """A measurement, the parts it took of what it is held against, and what it took too much of."""

    measurement: Measurement
    parts: dict[str, float]
    at_most: dict[str, float]
    at_most_mib: float
    missed: list[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives 1 if a task took more than it may, else 0."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or _made_file(Path(folder), options.entries)
        measured = {each.task: each for each in _measurements(path, options.only, options.repeats)}
    results = [_result(all_tasks()[name], measured) for name in measured]
    sys.stdout.write(_table(results))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    about = {"file": path.name, "python": platform.python_version(), "machine": platform.platform()}
    options.json.write_text(
        json.dumps({**about, "results": [asdict(each) for each in results]}, indent=2) + "\n",
        encoding="utf-8",
    )
    return int(any(each.missed for each in results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "file", type=Path, nargs="?", help="a .bib file; without one, the same is made every time"
    )
    parser.add_argument("--entries", type=int, default=20_000, help="how many entries the made file has")
    parser.add_argument(
        "--repeats", type=int, default=3, help="how often each task runs; the least time counts"
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


def _measurements(path: Path, only: str, repeats: int) -> Iterator[Measurement]:
    tasks = all_tasks()
    chosen = {name for name in tasks if only in name}
    chosen |= {baseline for name in chosen for baseline in tasks[name].at_most}
    for name, task in tasks.items():
        if name in chosen and (reason := task.skip_reason()):
            sys.stderr.write(f"{name} is left out: {reason}\n")
        elif name in chosen:
            yield measure(name, path, repeats)


def _result(task: Task, measured: dict[str, Measurement]) -> Result:
    mine = measured[task.name]
    parts = {name: mine.seconds / measured[name].seconds for name in task.at_most if name in measured}
    missed = [name for name, part in parts.items() if part > task.at_most[name]]
    if task.at_most_mib and mine.peak_mib > task.at_most_mib:
        missed.append("memory")
    return Result(mine, parts, dict(task.at_most), task.at_most_mib, missed)


def _table(results: list[Result]) -> str:
    lines = [f"{'task':30} {'seconds':>8} {'MiB':>6} {'entries':>8}  part of (at most)"]
    for result in results:
        each = result.measurement
        held = [f"{part:.3f} of {name} ({result.at_most[name]:g})" for name, part in result.parts.items()]
        missed = [f"MISSED: {name}" for name in result.missed]
        numbers = f"{each.task:30} {each.seconds:8.3f} {each.peak_mib:6.0f} {each.entries:8}"
        lines.append("  ".join([numbers, *held, *missed]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
