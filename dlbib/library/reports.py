"""What came of asking a metadata service, as values to keep."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlbib.store.jobs import counted

if TYPE_CHECKING:
    from dlbib.model.problems import Problem
    from dlbib.store.jobs import Answered


@dataclass(frozen=True, slots=True)
class EnrichReport:
    """What came of a job: an outcome for everything that was asked, in order, and what there is to say of it.

    ``job`` is what to resume it by, such as ``J3``; empty for a rehearsal. ``stopped`` says why not
    everything was asked; empty where it was.
    """

    job: str
    outcomes: tuple[Answered, ...]
    problems: tuple[Problem, ...] = ()
    stopped: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many were ``asked``, and of those ``found``, ``not_found``, ``invalid`` and ``unknown``: they add up."""
        counts = counted(self.outcomes)
        return {name: counts[name] for name in ("asked", "found", "not_found", "invalid", "unknown")}

    @property
    def changes(self) -> dict[str, int]:
        """What that did to works: how many were ``added``, ``changed`` or left ``unchanged``."""
        works = {each.key or each.asked: each.change for each in reversed(self.outcomes) if each.change}
        counts = Counter(works.values())
        return {name: counts[name] for name in ("added", "changed", "unchanged")}

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be asked."""
        return not self.stopped and not self.counts["unknown"]
