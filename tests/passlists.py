"""Lists of what agrees with a judge, which may only grow, and of what doesn't, each with its reason.

A list is a file of lines ``name<TAB>reason``; what agrees has no reason. A name that no list has is new, and
isn't judged until somebody has looked at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def listed(path: Path) -> dict[str, str]:
    """The reason for each name in a list, empty for what agrees."""
    lines = (line.partition("\t") for line in path.read_text("utf-8").splitlines() if line)
    return {name: reason for name, _, reason in lines}


def judge(found: Mapping[str, Sequence[str]], path: Path) -> None:
    """Fail where something differs that once agreed, and where something agrees that has a reason not to.

    ``found`` are the differences of each case; those that are absent are not judged.
    """
    reasons = listed(path)
    lost = {name: found[name] for name, reason in reasons.items() if not reason and found.get(name)}
    assert lost == {}, "these agreed once"
    gained = [name for name, reason in reasons.items() if reason and name in found and not found[name]]
    assert gained == [], "these agree now: take out their reasons"
