"""What works, names, identifiers, records and keys are in the tables: the one place that makes their rows.

Rows are tuples in the order of the columns named beside them, for many come at once; as attributes of a
class they are the same.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dlbib.model import markup
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import ROLES, Entry
from dlbib.model.facts import facts_as_json
from dlbib.model.identifiers import SCHEMES, Identifier
from dlbib.model.identity import blocks
from dlbib.model.names.name import PARTS, PARTS_OF
from dlbib.store import models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dlbib.model.entry import Contributor
    from dlbib.model.merging import Record

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

CONTRIBUTION: Final = ("role", "position", *PARTS, "folded")
IDENTIFIER: Final = ("scheme", "value", "work_value", "position")
RECORD: Final = (
    *("kind", "source", "source_id", "note", "retrieved", "entry", "raw"),
    *("single_source", "absent", "facts"),
)
KEY: Final = ("fingerprint", "key", "position")

LENT: Final = "identifiers"
"""The name among a work's ``variables`` of the identifiers that it has though no row of it holds them.

The row of another work holds them, which has them first, or its own does in another version. Each is a
scheme, a value, and the place that it has among all identifiers of the work.
"""

_LAST: Final = 1 << 30

_ELSEWHERE: Final = frozenset({*ATTRIBUTES, "key", "aliases", "contributors", "identifiers", "issued"})
_OTHERS: Final = tuple(name for name in Entry.model_fields if name not in _ELSEWHERE)
_ROLE: Final = attrgetter("role")
_FOLDED: Final = CONTRIBUTION.index("folded")
_ATTRIBUTES: Final = itemgetter(*ATTRIBUTES)
_UNSAID: Final = tuple(Entry.model_fields[name].default for name in _OTHERS)
_OTHER: Final = itemgetter(*_OTHERS)
_SERIALIZER: Final = Entry.__pydantic_serializer__  # what model_dump_json asks, by a long way round
_ROLES: Final = {role: place for place, role in enumerate(ROLES)}
_SCHEMES: Final = {scheme: place for place, scheme in enumerate(SCHEMES)}


class Lent(NamedTuple):
    """An identifier that no row of a work holds (`LENT`), and its place among all that the work has, from 0."""

    identifier: Identifier
    place: int


class Folding:
    """Folds names and short texts, and remembers the last ``most`` of each; many come again and again."""

    def __init__(self, most: int = 0) -> None:
        self.text = lru_cache(most)(markup.fold)
        self.name = lru_cache(most)(_folded)


def _folded(parts: tuple[str, ...]) -> str:
    """The name that has these `PARTS`, folded; how its parts are joined makes no word of it another."""
    family, given, dropping_particle, non_dropping_particle, suffix, literal = parts
    return markup.fold(literal or f"{given} {dropping_particle} {non_dropping_particle} {family} {suffix}")


FORGETFUL: Final = Folding()
"""Folds each anew."""


def view(
    entry: Entry,
    key: str,
    people: Sequence[tuple[Any, ...]],
    folding: Folding = FORGETFUL,
    lent: Sequence[Lent] = (),
) -> tuple[Any, ...]:
    """The columns `VIEW` of a work with that key, of which ``entry`` is the merged view.

    ``people`` are the `contributions` of ``entry``. ``lent`` are identifiers that the work has besides,
    see `LENT`.
    """
    said: Mapping[str, Any] = entry.__dict__
    date = entry.issued
    dates = (str(date), date.year, date.month, date.day) if date else (None, None, None, None)
    return (
        *_ATTRIBUTES(said),
        *dates,
        _variables(entry) | _lent(lent),
        markup.fold(entry.title or ""),
        search_text(entry, key, people, folding),
    )


def _variables(entry: Entry) -> dict[str, Any]:
    values = _OTHER(entry.__dict__)
    if values == _UNSAID:
        return {}
    names = {name for name, value in zip(_OTHERS, values, strict=True) if value or value == ""}
    return entry.model_dump(mode="json", include=names, exclude_defaults=True)


def _lent(lent: Sequence[Lent]) -> dict[str, Any]:
    return {LENT: [[each.scheme, each.value, place] for each, place in lent]} if lent else {}


def lent_in(variables: Mapping[str, Any]) -> list[Lent]:
    """What `view` put among the variables; older ones name no places, and stand behind all others."""
    said = (tuple(each) for each in variables.get(LENT, ()))
    return [
        Lent(Identifier(scheme, value), place)
        for scheme, value, place in ((*each, _LAST)[:3] for each in said)
    ]


def with_lent(own: Sequence[Identifier], lent: Sequence[Lent]) -> tuple[Identifier, ...]:
    """All the identifiers of a work, in their order: those that its rows hold, and the others."""
    if not lent:
        return tuple(own)
    both = [*own]
    for each, place in lent:
        both.insert(place, each)
    return in_schemes(both)


def search_text(
    entry: Entry, key: str, people: Iterable[tuple[Any, ...]], folding: Folding = FORGETFUL
) -> str:
    """The text that a work is found by: folded names, venue, keywords, abstract, note and key.

    ``people`` are the `contributions` of ``entry``.
    """
    texts = [row[_FOLDED] for row in people]
    places = (entry.container_title, entry.event_title, entry.collection_title, entry.publisher)
    texts += [folding.text(text) for text in (*places, *entry.keywords) if text]
    texts += [markup.fold(text) for text in (entry.abstract, entry.note, key) if text]
    return " ".join(filter(None, texts))


def contributions(entry: Entry, folding: Folding = FORGETFUL) -> list[tuple[Any, ...]]:
    """A row `CONTRIBUTION` for each part that somebody had in the work, role by role."""
    named = [(each.role, PARTS_OF(each.name)) for each in in_roles(entry)]
    return [(role, place, *parts, folding.name(parts)) for place, (role, parts) in enumerate(named)]


def in_roles(entry: Entry) -> tuple[Contributor, ...]:
    """The contributors as a merged view has them: role by role."""
    given = entry.contributors
    if len(set(map(_ROLE, given))) <= 1:  # one role needs no order
        return given
    return tuple(sorted(given, key=lambda each: _ROLES[each.role]))


def identifiers(entry: Entry) -> list[tuple[Any, ...]]:
    """A row `IDENTIFIER` for each identifier of the work, scheme by scheme."""
    return [
        (each.scheme, each.value, each.work, place)
        for place, each in enumerate(in_schemes(entry.identifiers))
    ]


def in_schemes(given: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Identifiers as a merged view has them: scheme by scheme."""
    return tuple(sorted(given, key=lambda each: _SCHEMES[each.scheme]))


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
    return _SERIALIZER.to_json(entry, exclude_defaults=True).decode()


def key(text: str, position: int = 0) -> tuple[Any, ...]:
    """The row `KEY` of a key: 0 is the place of a work's key of today, the others are those of aliases."""
    return (key_fingerprint(text), text, position)
