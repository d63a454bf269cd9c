"""What a source knows of a work that is no part of its entry: versions, withdrawals, where it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dlbib.model.dates import Date  # noqa: TC001  # pydantic reads the annotations of Facts
from dlbib.model.identifiers import Identifier  # noqa: TC001  # as above
from dlbib.model.works import Link  # noqa: TC001  # as above


@dataclass(frozen=True, slots=True)
class Facts:
    """What a service knows of a work beyond its entry.

    ``version`` is the version that the entry describes, ``latest`` the newest there is where the answer
    tells; ``submitted`` is the date of the first version, ``revised`` that of this one. ``withdrawn`` is
    said of this version alone. ``published_doi`` and ``published_in`` (a journal reference as typed) are
    of the published version, which the entry is not.
    """

    version: int | None = None
    latest: int | None = None
    submitted: Date | None = None
    revised: Date | None = None
    withdrawn: bool = False
    comment: str = ""
    categories: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    published_doi: Identifier | None = None
    published_in: str = ""


NO_FACTS: Final = Facts()
