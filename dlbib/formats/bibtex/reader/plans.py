"""What becomes of each field of an entry type: the tables, prepared for reading."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.entry_types import UNCONDITIONAL, read_type, written_type
from dlbib.formats.fields import fallback_of, fields_by_name
from dlbib.formats.genres import read_genre

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.formats.fields import Dialect, Kind

_PROTECTED: Final = ("title", "title_short")
_FACTUAL: Final = frozenset({"electronic", "misc", "online", "unpublished", "www"})


class Step(NamedTuple):
    """What a field is: an attribute of `Entry` (a role, a scheme), its kind, and how good a name for it.

    Of several fields that are one attribute that with the lowest ``rank`` counts. ``is_written`` tells
    that the name is one that a dialect has for the attribute, and none that is only read as it.
    """

    attribute: str
    kind: Kind
    rank: int
    is_written: bool


class Plan(NamedTuple):
    """How entries of a type are read.

    ``second_names`` are the fields that another name is better than. ``csl_type`` is what the type is
    without any facts (None for an unknown type), ``is_factual`` that facts may change it, ``comes_back``
    that the type is what the writer makes of ``csl_type`` anyway. ``genre`` is what the type says of one.
    """

    steps: Mapping[str, Step]
    second_names: frozenset[str]
    csl_type: str | None
    is_factual: bool
    comes_back: bool
    genre: str | None


@cache
def plan_of(entry_type: str, dialect: Dialect) -> Plan:
    """The plan for an entry type, in small letters; there are as many as types in the tables."""
    csl_type = read_type(entry_type)
    named = fields_by_name(entry_type)
    steps = {name: _step(name, entry_type, dialect) for name in named if name != "date"}
    comes_back = csl_type in UNCONDITIONAL and written_type(csl_type, frozenset(), dialect) == entry_type
    return Plan(
        steps,
        frozenset(name for name, step in steps.items() if step.rank),
        csl_type,
        entry_type in _FACTUAL,
        comes_back,
        read_genre(None, entry_type),
    )


def _step(name: str, entry_type: str, dialect: Dialect) -> Step:
    row = fields_by_name(entry_type)[name]
    # Where "langid" stands, "language" is BibLaTeX's: what languages the work is in, perhaps several.
    best = row.biblatex if row.kind == "language" else row.name(dialect)
    names = (best, *row.names, fallback_of(row.attribute), *row.aliases)
    is_title = row.kind in {"text", "title"} and row.attribute.endswith(_PROTECTED)
    return Step(row.attribute, "title" if is_title else row.kind, names.index(name), name in row.names)
