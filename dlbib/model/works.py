"""What a library holds, as values: applications, and the papers and resources they group.

They are complete the moment they are given out and can be kept after the library is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from dlbib.model.entry import Entry

Kind = Literal["paper", "resource"]
LinkStatus = Literal["unknown", "alive", "moved", "dead"]


@dataclass(frozen=True, slots=True)
class Link:
    """An address that goes with a work or an application, and what it is there.

    ``role`` is a word such as ``cited``, ``website``, ``webpage``, ``image credit``, ``mention``;
    ``successor`` is where the page is now, when it moved.
    """

    url: str
    role: str
    text: str = ""
    status: LinkStatus = "unknown"
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """How a reading list cites a work, as printed there.

    ``list`` is the list's slug, ``application`` the application's (empty for a work that the list
    names under none), ``role`` what the list has it as (``paper``, ``further reading``, ``code``,
    ``more resources``), ``position`` its one-based place among those.
    """

    list: str
    application: str
    role: str
    position: int
    title: str
    url: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Aspect:
    """A list inside an application's text: what it enumerates, and the items in order."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """A use of deep learning that groups works; ordered as its list orders them.

    ``name`` is what the list's overview calls it, ``heading`` what its own section does.
    ``papers`` and ``resources`` count the works.
    """

    slug: str
    name: str
    heading: str
    section: str
    position: int
    description: str = ""
    aspects: tuple[Aspect, ...] = ()
    links: tuple[Link, ...] = ()
    papers: int = 0
    resources: int = 0

    def __str__(self) -> str:
        return self.name


class Work(Entry):
    """An entry as a library holds it: with the applications, citations, links and tags it has there.

    ``applications`` stand in their list's order, ``cited`` and ``links`` in theirs; ``tags`` are sorted.
    """

    model_config = ConfigDict(defer_build=True)  # until there is one: mostly of papers alone

    kind: ClassVar[Kind]

    applications: tuple[Application, ...] = ()
    cited: tuple[Cited, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()


class Paper(Work):
    """A work to cite."""

    kind: ClassVar[Kind] = "paper"


class Resource(Work):
    """A page, demo, talk, code or list to read."""

    kind: ClassVar[Kind] = "resource"
