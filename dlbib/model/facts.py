"""What a source knows of a work that is no part of its entry: versions, withdrawals, where it was published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from pydantic import TypeAdapter

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


@cache
def _adapter() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)


def facts_as_json(facts: Facts) -> str | None:
    """``facts`` as JSON, without what they don't say; ``None`` when they say nothing."""
    if facts is NO_FACTS or facts == NO_FACTS:
        return None
    return _adapter().dump_json(facts, exclude_defaults=True).decode()


def facts_from_json(text: str) -> Facts:
    """Read what `facts_as_json` gave. Raises ``ValueError`` for what it can't have given."""
    return _adapter().validate_json(text)
