"""Progress bars."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from dlbib.cli.output import visible
from dlbib.progress import Progress, Watch


@contextlib.contextmanager
def drawn_bars() -> Iterator[Watch]:
    """What draws a bar for each thing that is being done, until the end of the block, when they vanish."""
    bars = Bars(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[amount]}"),
        _RateColumn(),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
    with bars:
        yield _Drawing(bars)


class _RateColumn(ProgressColumn):
    """How much is done in a second."""

    def render(self, task: Task) -> Text:
        """The rate of a task; nothing before there is one."""
        if not task.speed:
            return Text("")
        if task.fields["unit"] == "bytes":
            return Text(f"{task.speed / 1e6:.1f} MB/s")
        return Text(f"{task.speed:.3g} {task.fields['unit']}/s")


class _Drawing:
    """A bar for each thing that is being done."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, moment: Progress) -> None:
        task = self._tasks.get(moment.doing)
        if task is None:
            task = self._bars.add_task(visible(moment.doing), amount="", counts="", unit=moment.unit)
            self._tasks[moment.doing] = task
        counts = "  ".join(f"{count} {outcome}" for outcome, count in moment.counts.items() if count)
        self._bars.update(
            task, completed=moment.done, total=moment.total, amount=_amount(moment), counts=counts
        )


def _amount(moment: Progress) -> str:
    if moment.unit == "bytes":
        return f"{moment.done / 1e6:.1f} MB"
    of_all = f"/{moment.total}" if moment.total is not None else ""
    return f"{moment.done}{of_all} {moment.unit}"
