"""Many records of one work, and the one view that follows from them.

The table of precedence stands here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, cast

from dlbib.errors import NotFoundError
from dlbib.model.entry import ROLES, Contributor, Entry
from dlbib.model.facts import NO_FACTS, Facts
from dlbib.model.identifiers import SCHEMES, Identifier
from dlbib.model.preprints import IN_COMMON, OF_POSTING, is_preprint, is_published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dlbib.model.names import Name

SourceKind = Literal["user", "curated", "publisher", "file", "arxiv", "reading_list", "version"]

SOURCE_KINDS: Final[Mapping[SourceKind, str]] = {
    "user": "your own edit",
    "curated": "checked metadata",
    "publisher": "a publisher's record",
    "file": "an imported file",
    "arxiv": "arXiv",
    "reading_list": "a reading list",
    "version": "another version of the work",
}
"""Whose word counts, first to last, and what to call it.

``curated`` is metadata read off the publication and checked by hand; ``version`` is what is said of
another version of the work (its extended journal article, a registry's other byline), which counts
only where nobody speaks of the work itself.
"""

PRECEDENCE: Final[tuple[SourceKind, ...]] = tuple(SOURCE_KINDS)

_ARXIV_FIRST: Final[tuple[SourceKind, ...]] = (
    "user",
    "arxiv",
    *(kind for kind in PRECEDENCE if kind not in {"user", "arxiv"}),
)

FIELD_PRECEDENCE: Final[Mapping[str, tuple[SourceKind, ...]]] = {
    "arxiv": _ARXIV_FIRST,
    "arxiv_category": _ARXIV_FIRST,
    "abstract": _ARXIV_FIRST,
}
"""The fields for which another order holds: what only arXiv knows, arXiv says first."""

FIELD_ALIASES: Final[Mapping[str, str]] = {
    "address": "publisher_place",
    "arxiv_id": "arxiv",
    "authors": "author",
    "booktitle": "container_title",
    "date": "issued",
    "editors": "editor",
    "eprint": "arxiv",
    "eprintclass": "arxiv_category",
    "institution": "publisher",
    "journal": "container_title",
    "journaltitle": "container_title",
    "keyword": "keywords",
    "location": "publisher_place",
    "organization": "publisher",
    "pages": "page",
    "primaryclass": "arxiv_category",
    "school": "publisher",
    "series": "collection_title",
    "venue": "container_title",
    "year": "issued",
}
"""Other names people know a field by."""

Value = object
"""What a source says of a field: a text, a `Date`, the names in a role, the identifiers of a scheme."""

_WHOLE: Final = frozenset({"key", "aliases", "contributors", "others", "identifiers", "extra"})
_ATTRIBUTES: Final = tuple(name for name in Entry.model_fields if name not in _WHOLE)
_EXTRA: Final = "extra:"


@dataclass(frozen=True, slots=True)
class Record:
    """What one source said about one work, kept whole.

    ``source`` names the source (``user``, ``curated``, ``reading list inspirational-applications``),
    ``source_id`` the work there; together they are unique. ``retrieved`` is an ISO 8601 instant in
    UTC, empty when unknown. ``single_source`` names the fields that no second source confirms,
    ``absent`` those of which the source says that the work has none. ``raw`` is the text as it came,
    ``facts`` what the source knows beyond the entry.
    """

    kind: SourceKind
    source: str
    source_id: str
    entry: Entry
    note: str = ""
    retrieved: str = ""
    raw: str = ""
    single_source: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    facts: Facts = NO_FACTS


@dataclass(frozen=True, slots=True)
class People:
    """The names in one role, and whether "and others" follows them."""

    names: tuple[Name, ...]
    others: bool = False

    def __str__(self) -> str:
        return "; ".join([*map(str, self.names), *(["and others"] if self.others else [])])


@dataclass(frozen=True, slots=True)
class Statement:
    """What one record says of one field, whether that won, and why.

    ``value`` is ``None`` when the record says that the work has no such thing.
    """

    field: str
    value: Value | None
    record: Record
    won: bool
    reason: str

    @property
    def text(self) -> str:
        """The value for people to read; empty when there is none."""
        return "" if self.value is None else text_of(self.value)

    @property
    def single_source(self) -> bool:
        """Whether no second source confirms the value."""
        return self.field in self.record.single_source


@dataclass(eq=False)
class _Voice:
    """A record with what it says, by field. As good as no other: that is quick to tell, and records are large."""

    record: Record
    said: Mapping[str, Value]

    @cached_property
    def is_of_preprint(self) -> bool:
        """Whether it describes what was posted."""
        return is_preprint(self.record.entry)

    @cached_property
    def is_of_publication(self) -> bool:
        """Whether it describes a publication and not its preprint."""
        return is_published(self.record.entry) and not self.is_of_preprint

    def speaks_of(self, field: str) -> bool:
        """Whether it says anything of a field, be it that the work has none."""
        return field in self.said or field in self.record.absent


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged view of a work, and the record that each field of it comes from."""

    entry: Entry
    winners: Mapping[str, Record]


def values(entry: Entry) -> dict[str, Value]:
    """What ``entry`` says, by field: attributes, roles, identifier schemes, ``extra:<name>``.

    Its key and aliases are the library's matter and not among them; nor is ``document``, the type
    of what has none.
    """
    given = ((name, getattr(entry, name)) for name in _ATTRIBUTES)
    said: dict[str, Value] = {name: value for name, value in given if value is not None and value != ()}
    if said["type"] == "document":
        del said["type"]
    for role in dict.fromkeys((*(c.role for c in entry.contributors), *entry.others)):
        said[role] = People(entry.names(role), role in entry.others)
    for scheme in dict.fromkeys(i.scheme for i in entry.identifiers):
        said[scheme] = tuple(i for i in entry.identifiers if i.scheme == scheme)
    said.update((f"{_EXTRA}{name}", value) for name, value in entry.extra.items())
    return said


def text_of(value: Value) -> str:
    """A field's value for people to read: names parted by ``;``, identifiers and keywords by ``,``."""
    if isinstance(value, tuple):
        return ", ".join(each.value if isinstance(each, Identifier) else str(each) for each in value)
    return str(value)


def assemble(said: Mapping[str, Value], key: str = "", aliases: Sequence[str] = ()) -> Entry:
    """The entry that says what ``said`` says: the inverse of `values`."""
    people = {role: cast("People", said[role]) for role in ROLES if role in said}
    identifiers = (cast("tuple[Identifier, ...]", said[scheme]) for scheme in SCHEMES if scheme in said)
    attributes = {name: value for name, value in said.items() if name in _ATTRIBUTES}
    return Entry.model_validate(
        {
            **attributes,
            "key": key,
            "aliases": tuple(aliases),
            "contributors": tuple(Contributor(role, n) for role in people for n in people[role].names),
            "others": tuple(role for role in people if people[role].others),
            "identifiers": tuple(i for group in identifiers for i in group),
            "extra": {n.removeprefix(_EXTRA): v for n, v in said.items() if n.startswith(_EXTRA)},
        }
    )


def merge(records: Iterable[Record], key: str = "", aliases: Sequence[str] = ()) -> Merged:
    """The one view of a work that its ``records`` give, whatever the order they come in."""
    voices = _in_order(records)
    winners: dict[str, _Voice] = {}
    for field in _fields(voices):
        winner = next((each for each in _ranked(field, voices) if not _silenced(field, each, voices)), None)
        if winner is not None and field in winner.said:
            winners[field] = winner
    merged = {field: voice.said[field] for field, voice in winners.items()}
    return Merged(assemble(merged, key, aliases), {field: voice.record for field, voice in winners.items()})


def why(records: Iterable[Record], field: str | None = None) -> tuple[Statement, ...]:
    """Every statement about ``field``, the winner first; about every field when none is named.

    Fields may be named as CSL, BibTeX or the attributes name them. Raises `NotFoundError` for a
    name that is no field; the result is empty for a field that nobody speaks of.
    """
    voices = _in_order(records)
    wanted = _fields(voices) if field is None else [field_name(field)]
    return tuple(statement for each in wanted for statement in _statements(each, voices))


def field_name(name: str) -> str:
    """The field that people mean by ``name``; raises `NotFoundError`."""
    folded = name if name.startswith(_EXTRA) else name.strip().lower().replace("-", "_")
    folded = FIELD_ALIASES.get(folded, folded)
    known = (*_ATTRIBUTES, *ROLES, *SCHEMES)
    if folded in known or folded.startswith(_EXTRA):
        return folded
    msg = "field"
    raise NotFoundError.among(msg, name, (*known, *FIELD_ALIASES))


def _in_order(records: Iterable[Record]) -> list[_Voice]:
    """The voices of records, each heard once, in an order that doesn't depend on theirs."""
    in_order = sorted(records, key=lambda r: (PRECEDENCE.index(r.kind), r.source, r.source_id))
    heard = [each for place, each in enumerate(in_order) if not place or each != in_order[place - 1]]
    return [_Voice(record, values(record.entry)) for record in heard]


def _fields(voices: Sequence[_Voice]) -> list[str]:
    return list(dict.fromkeys(field for each in voices for field in (*each.said, *each.record.absent)))


def _ranked(field: str, voices: Sequence[_Voice]) -> list[_Voice]:
    """Those that speak of a field, the first to count first."""
    order = FIELD_PRECEDENCE.get(field, PRECEDENCE)
    speaking = [each for each in voices if each.speaks_of(field)]
    if len(speaking) == 1 or field in IN_COMMON:
        return sorted(speaking, key=lambda each: order.index(each.record.kind))
    return sorted(speaking, key=lambda each: (order.index(each.record.kind), not each.is_of_publication))


_DESCRIBING: Final = frozenset({"curated", "publisher", "file"})


def _silenced(field: str, voice: _Voice, voices: Sequence[_Voice]) -> str:
    """Why a record's word doesn't count, though it speaks; empty when it does.

    That of another version counts only where nobody describes the work itself, and that of the preprint,
    for what a publication has of its own, only where nobody describes the publication.
    """
    kind = voice.record.kind
    if kind == "version" and any(each.record.kind not in {"version", "reading_list"} for each in voices):
        return "it speaks of another version of the work"
    of_preprint = (kind == "arxiv" and field not in IN_COMMON) or (
        kind == "file" and field in OF_POSTING and voice.is_of_preprint
    )
    if of_preprint and any(each.record.kind in _DESCRIBING and each.is_of_publication for each in voices):
        return "it speaks of the preprint, not of its publication"
    return ""


def _statements(field: str, voices: Sequence[_Voice]) -> list[Statement]:
    silenced = {each: _silenced(field, each, voices) for each in _ranked(field, voices)}
    counting = [each for each, why_not in silenced.items() if not why_not]
    alone = "nobody else speaks of this version" if len(silenced) > 1 else "nobody else speaks of it"
    reasons = [_reason(field, counting, place) or alone for place in range(len(counting))]
    kept = [(each, reason) for each, reason in silenced.items() if reason]
    return [
        Statement(field, each.said.get(field), each.record, place == 0 and not silenced[each], reason)
        for place, (each, reason) in enumerate([*zip(counting, reasons, strict=True), *kept])
    ]


def _reason(field: str, ranked: Sequence[_Voice], place: int) -> str:
    if len(ranked) == 1:
        return ""
    kind, winner = ranked[place].record.kind, ranked[0].record.kind
    above, below = (kind, ranked[1].record.kind) if place == 0 else (winner, kind)
    if above == below:
        beside = ranked[place or 1]
        parted = field not in IN_COMMON and ranked[0].is_of_publication != beside.is_of_publication
        return "a publication comes before its preprint" if parted else "by the order of the sources' names"
    arxiv_matter = " in what arXiv knows best" if field in FIELD_PRECEDENCE and above == "arxiv" else ""
    return f"{SOURCE_KINDS[above]} comes before {SOURCE_KINDS[below]}{arxiv_matter}"
