"""What is measured: a job, and what it is held against."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import benchmarks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Task:
    """A job that is timed in a process of its own.

    ``prepare`` gets the path of the .bib file and gives what ``run`` needs; it isn't timed. ``run``
    gives how many entries it met, so that a fast answer that is wrong shows. ``at_most`` maps the
    names of other tasks to the part of their time that this one may take; ``beside`` names tasks whose
    part is shown and has no limit. ``at_most_mib`` is the most memory its process may ever hold, in MiB.
    A task that is there for its memory runs ``once``. One that `skip_reason` speaks against is left out.
    """

    name: str
    run: Callable[[Any], int]
    prepare: Callable[[Path], Any] = lambda path: path
    at_most: Mapping[str, float] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    at_most_mib: float = 0
    once: bool = False
    skip_reason: Callable[[], str] = lambda: ""

    @property
    def peers(self) -> tuple[str, ...]:
        """The names of all tasks that this one is shown beside."""
        return (*self.at_most, *self.beside)


def all_tasks() -> dict[str, Task]:
    """Every task by its name, baselines first, in the order of the modules that hold them."""
    names = sorted(
        (module.name for module in pkgutil.iter_modules(benchmarks.__path__)), key=_baselines_first
    )
    modules = [importlib.import_module(f"benchmarks.{name}") for name in names if name != "__main__"]
    return {task.name: task for module in modules for task in getattr(module, "TASKS", ())}


def _baselines_first(name: str) -> tuple[bool, str]:
    return name != "baselines", name
