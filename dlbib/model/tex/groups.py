"""A group of LaTeX that is open while a text is decoded."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Group:
    """A group that is open.

    ``opened`` and what is in ``closing``, last first, go around its content; ``accents`` still wait for
    its first letter, which the last of them is on first. ``start`` is the place of ``opened`` among the
    pieces. A group that ``is_plain`` belongs to no command; one that ``protects`` does so only if there
    is anything in it.
    """

    start: int = 0
    opened: str = ""
    closing: list[str] = field(default_factory=list)
    accents: list[str] = field(default_factory=list)
    is_plain: bool = False
    protects: bool = False
    quotes: int = 0
