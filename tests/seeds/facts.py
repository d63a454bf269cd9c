"""What the tests of the seeds share: the seed's works by their parts, and the facts' words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dlbib.model.names import Name

if TYPE_CHECKING:
    from dlbib.model.merging import Record
    from dlbib.model.reading_lists import ListedWork

Facts = dict[str, Any]


def curated(work: ListedWork) -> Record:
    """The one record of what is known of the work itself."""
    (record,) = (r for r in work.records if r.kind == "curated")
    return record


def versions(work: ListedWork) -> list[Record]:
    """The records of its other versions."""
    return [r for r in work.records if r.kind == "version"]


def clean(text: str) -> str:
    """A text of the post with plain spaces and without the full stop at its end."""
    return " ".join(text.split()).removesuffix(".")


def names(people: list[Facts]) -> tuple[Name, ...]:
    """People of the facts as names."""
    parts = ({k: v for k, v in person.items() if k != "display"} for person in people)
    return tuple(Name(**each) for each in parts)
