"""What a document cites, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlbib.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; ``line`` and ``column`` are one-based.

    >>> print(Place("thesis.tex", 12, 3))
    thesis.tex:12:3
    """

    source: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A key that is cited, and where: at least once, in the order of the document."""

    key: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Citations:
    r"""What a document cites: each key once, in the order of its first place.

    ``everything`` tells of ``\nocite{*}``: all that a bibliography holds is cited, beside the keys.
    ``problems`` names what could not be read or told; the citations there are not counted.
    """

    citations: tuple[Citation, ...] = ()
    everything: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, each once, in the order of their first citation."""
        return tuple(citation.key for citation in self.citations)
