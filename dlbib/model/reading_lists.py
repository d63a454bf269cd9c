"""Reading lists: papers and resources in order, under headings, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlbib.model.merging import Record
    from dlbib.model.works import Application, Cited, Kind, Link


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A work that a reading list cites, in one place or several, and the records that come with it.

    ``records`` hold the citation itself (kind ``reading_list``) and what else the list's makers know;
    ``cited`` the places, in the list's order.
    """

    kind: Kind
    records: tuple[Record, ...]
    cited: tuple[Cited, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A reading list as its file gives it; applications and works in the order of the list.

    ``date`` is EDTF text; ``author``, ``date`` and ``url`` are empty when unknown.
    """

    slug: str
    title: str
    applications: tuple[Application, ...]
    works: tuple[ListedWork, ...]
    author: str = ""
    date: str = ""
    url: str = ""
