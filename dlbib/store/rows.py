"""What works, names, identifiers, records and keys are in the tables: the one place that makes their rows.

Rows are tuples in the order of the columns named beside them, for many come at once; as attributes of a
class they are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dlbib.model import markup
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import ROLES, Entry
from dlbib.model.facts import facts_as_json
from dlbib.model.identifiers import SCHEMES
from dlbib.model.identity import blocks
from dlbib.store import models

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dlbib.model.entry import Contributor
    from dlbib.model.identifiers import Identifier
    from dlbib.model.merging import Record

    Fold = Callable[[str], str]

ATTRIBUTES: Final = tuple(
    name
    for name in Entry.model_fields
    if name in models.Work.__table__.columns and name not in {"key", "issued"}
)
"""The attributes of an entry that have a column of their own."""

VIEW: Final = (
    *ATTRIBUTES,
    *("issued", "issued_year", "issued_month", "issued_day"),
    *("variables", "title_folded", "search_text"),
)
"""The columns of a work that follow from its merged view."""

NAME_PARTS: Final = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")
CONTRIBUTION: Final = ("role", "position", *NAME_PARTS, "folded")
IDENTIFIER: Final = ("scheme", "value", "work_value", "position")
RECORD: Final = (
    *("kind", "source", "source_id", "note", "retrieved", "entry", "raw"),
    *("single_source", "absent", "facts"),
)
KEY: Final = ("fingerprint", "key", "position")

_ELSEWHERE: Final = frozenset({*ATTRIBUTES, "key", "aliases", "contributors", "identifiers", "issued"})
_OTHERS: Final = tuple(name for name in Entry.model_fields if name not in _ELSEWHERE)
_ROLES: Final = {role: place for place, role in enumerate(ROLES)}
_SCHEMES: Final = {scheme: place for place, scheme in enumerate(SCHEMES)}


def view(entry: Entry, key: str, fold: Fold = markup.fold) -> tuple[Any, ...]:
    """The columns `VIEW` of a work with that key, of which ``entry`` is the merged view."""
    said: Mapping[str, Any] = entry.__dict__
    date = entry.issued
    dates = (str(date), date.year, date.month, date.day) if date else (None, None, None, None)
    return (
        *[said[name] for name in ATTRIBUTES],
        *dates,
        _variables(entry),
        markup.fold(entry.title or ""),
        search_text(entry, key, fold),
    )


def _variables(entry: Entry) -> dict[str, Any]:
    said: Mapping[str, Any] = entry.__dict__
    names = {name for name in _OTHERS if (value := said[name]) or value == ""}
    return entry.model_dump(mode="json", include=names, exclude_defaults=True) if names else {}


def search_text(entry: Entry, key: str, fold: Fold = markup.fold) -> str:
    """The text that a work is found by: folded names, venue, keywords, abstract, note and key."""
    names = (fold(str(each.name)) for each in in_roles(entry))
    places = (entry.container_title, entry.event_title, entry.collection_title, entry.publisher)
    short = (fold(text) for text in (*places, *entry.keywords) if text)
    long = (markup.fold(text) for text in (entry.abstract, entry.note, key) if text)
    return " ".join(text for texts in (names, short, long) for text in texts if text)


def contributions(entry: Entry, fold: Fold = markup.fold) -> list[tuple[Any, ...]]:
    """A row `CONTRIBUTION` for each part that somebody had in the work, role by role."""
    rows = []
    for position, (role, name) in enumerate((each.role, each.name) for each in in_roles(entry)):
        parts = (name.family, name.given, name.dropping_particle, name.non_dropping_particle)
        rows.append((role, position, *parts, name.suffix, name.literal, fold(str(name))))
    return rows


def in_roles(entry: Entry) -> tuple[Contributor, ...]:
    """The contributors as a merged view has them: role by role."""
    given = entry.contributors
    if len({each.role for each in given}) < 2:  # noqa: PLR2004  # one role needs no order
        return given
    return tuple(sorted(given, key=lambda each: _ROLES[each.role]))


def identifiers(entry: Entry) -> list[tuple[Any, ...]]:
    """A row `IDENTIFIER` for each identifier of the work, scheme by scheme."""
    return [(each.scheme, each.value, each.work, place) for place, each in enumerate(in_schemes(entry))]


def in_schemes(entry: Entry) -> tuple[Identifier, ...]:
    """The identifiers as a merged view has them: scheme by scheme."""
    given = entry.identifiers
    return tuple(sorted(given, key=lambda each: _SCHEMES[each.scheme])) if len(given) > 1 else given


def record(said: Record, entry: str = "") -> tuple[Any, ...]:
    """The row `RECORD` of what a source said; ``entry`` is its entry `as_json`, if that was made already."""
    return (
        *(said.kind, said.source, said.source_id, said.note, said.retrieved),
        *(entry or as_json(said.entry), said.raw),
        *(list(said.single_source), list(said.absent), facts_as_json(said.facts)),
    )


def filings(said: Record) -> tuple[str, ...]:
    """The blocks under which a record is filed; one that speaks of another version is under none."""
    return () if said.kind == "version" else blocks(said.entry)


def as_json(entry: Entry) -> str:
    """An entry as a record keeps it: JSON without what is nothing."""
    return entry.model_dump_json(exclude_defaults=True)


def key(text: str, position: int = 0) -> tuple[Any, ...]:
    """The row `KEY` of a key: 0 is the place of a work's key of today, the others are those of aliases."""
    return (key_fingerprint(text), text, position)
