"""The fields of an entry, each with its value as it stands in a .bib file.

Nothing of an entry is left out: what a dialect can't say is in a field that it passes over.

Source: BibLaTeX manual, sections 2.2 and 2.3; Oren Patashnik, "BibTeXing", section 3.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.bibtex.eprints import address_of
from dlbib.formats.bibtex.implied import implied_fields
from dlbib.formats.bibtex.issued import bibtex_date
from dlbib.formats.bibtex.wholes import by_part
from dlbib.formats.entry_types import (
    BIBTEX_TYPES,
    EVENT,
    UNCONDITIONAL,
    read_type,
    written_subtype,
    written_type,
)
from dlbib.formats.fields import (
    AUTHOR_TYPES,
    DATE_PARTS,
    EDITOR_TYPES,
    EPRINT_TYPE,
    IN_SERIES,
    VERBATIM,
    fallback_of,
    fields_by_name,
    fields_of,
)
from dlbib.formats.genres import is_doctoral, written_genre

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.formats.bibtex.value_writer import ValueWriter
    from dlbib.formats.entry_types import Fact
    from dlbib.formats.fields import Dialect, Kind
    from dlbib.model.dates import Date
    from dlbib.model.entry import Entry
    from dlbib.model.names import Name

_DATES: Final = frozenset({"date", *DATE_PARTS})

ENTRY_TYPE: Final = "bibtex:entrytype"
"""Where ``extra`` keeps an entry type that another one would be written for."""

_ADDRESSES: Final = frozenset({"doi", "url"})
_NO_ENTRIES: Final = frozenset({"comment", "preamble", "string"})
_NOT_IN_NAME: Final = re.compile(r"[\x00-\x20\x7f-\xa0\"#%'(),={}~\\@\u2028\u2029\ud800-\udfff]+")
_NAME: Final = re.compile(r"[^\W\d]")
_NO_FACTS: Final[frozenset[Fact]] = frozenset()
_EDITOR_SLOTS: Final = ("editor", "editora", "editorb", "editorc")


class _Step(NamedTuple):
    name: str
    kind: Kind
    attribute: str


def entry_type_of(entry: Entry, dialect: Dialect) -> tuple[str, str]:
    """The entry type, and the ``entrysubtype`` that tells it from others (empty for none).

    The type that a file had is kept while it still fits the entry's.
    """
    facts = _NO_FACTS if entry.type in UNCONDITIONAL else _facts(entry)
    given = entry.extra.get(ENTRY_TYPE, "").lower() if entry.extra else ""
    if given and _fits(given, entry.type, facts, dialect):
        return given, written_subtype(given, entry.type, facts) if read_type(given, facts) else ""
    written = written_type(entry.type, facts, dialect)
    return written, written_subtype(written, entry.type, facts)


def _fits(given: str, csl_type: str, facts: frozenset[Fact], dialect: Dialect) -> bool:
    known = read_type(given, facts)
    if known is None:
        return csl_type == "document" and given not in _NO_ENTRIES and given == field_name(given)
    known = read_type(given, facts, written_subtype(given, csl_type, facts))
    return known == csl_type and (dialect == "biblatex" or given in BIBTEX_TYPES)


def _facts(entry: Entry) -> frozenset[Fact]:
    schemes = {identifier.scheme for identifier in entry.identifiers}
    said: dict[Fact, object] = {
        "arxiv": "arxiv" in schemes,
        "contained": entry.container_title,
        "doctoral": is_doctoral(entry.genre),
        "edited": any(contributor.role == "editor" for contributor in entry.contributors),
        "event": any(getattr(entry, attribute) for attribute in EVENT),
        "located": not schemes.isdisjoint(("arxiv", "doi", "url")),
        "noted": entry.note,
    }
    return frozenset(fact for fact, holds in said.items() if holds)


def entry_fields(entry: Entry, entry_type: str, writer: ValueWriter) -> dict[str, str]:
    """The fields of ``entry`` as an entry of ``entry_type``, each with its value as source text, unordered."""
    dialect, language = writer.dialect, entry.language
    fields: dict[str, str] = {}
    steps = _steps(entry_type, dialect)
    values = entry.__dict__
    for attribute, value in compress(values.items(), values.values()):  # of sixty attributes, most are empty
        if attribute in steps:
            name, kind, _ = steps[attribute]
            if kind == "date":
                _add_date(fields, steps[attribute], value, writer)
            elif written := writer.value(kind, value, language):
                fields[name] = f"{{{written}}}"
    if genre := written_genre(entry.genre, entry_type, dialect):
        fields["type"] = f"{{{writer.text(genre)}}}"
    _add_names(fields, entry, entry_type, writer)
    _add_identifiers(fields, entry, entry_type, writer)
    if dialect == "bibtex":
        _suit_bibtex(fields, entry, entry_type, writer)
    elif entry.type == "article" and entry_type == "online":
        fields.setdefault("pubstate", "{prepublished}")
    if dialect == "biblatex":
        by_part(fields, entry_type)
    if entry.extra:
        fields.update(_extra(entry, entry_type, fields, writer))
    return fields


@lru_cache(maxsize=256)
def _steps(entry_type: str, dialect: Dialect) -> Mapping[str, _Step]:
    """What of an entry is written by itself: by attribute, the field and its kind."""
    elsewhere = {"names", "identifier", "genre"}
    rows = fields_of(entry_type)
    return MappingProxyType(
        {a: _Step(row.name(dialect), row.kind, a) for a, row in rows.items() if row.kind not in elsewhere}
    )


def _add_names(fields: dict[str, str], entry: Entry, entry_type: str, writer: ValueWriter) -> None:
    by_role: dict[str, list[Name]] = {role: [] for role in entry.others}
    for contributor in entry.contributors:
        if contributor.role in by_role:
            by_role[contributor.role].append(contributor.name)
        else:
            by_role[contributor.role] = [contributor.name]
    rows = fields_of(entry_type)
    leading = next((role for role in AUTHOR_TYPES if role in by_role), "") if "author" not in by_role else ""
    slots = [slot for slot in _EDITOR_SLOTS if slot not in by_role]
    for role, names in by_role.items():
        written = writer.names(names, others=role in entry.others)
        if not written:
            continue
        name = rows[role].name(writer.dialect)
        if role in EDITOR_TYPES and writer.dialect == "biblatex":
            name = slots.pop(0)
            fields[f"{name}type"] = f"{{{role}}}"
        elif role == leading and "author" not in fields:
            name = "author"
            fields["authortype"] = f"{{{role}}}"
        fields[name] = f"{{{written}}}"


def _add_date(fields: dict[str, str], step: _Step, date: Date, writer: ValueWriter) -> None:
    is_issued = step.name == "date"
    if date.literal:
        name = "year" if is_issued else fallback_of(step.attribute)
        fields[name] = f"{{{writer.text(date.literal)}}}"
        return
    if is_issued and writer.dialect == "bibtex":
        parts, is_whole = bibtex_date(date)
        fields.update(parts)
        if is_whole:
            return
    fields[step.name] = f"{{{writer.verbatim(str(date))}}}"


def _add_identifiers(fields: dict[str, str], entry: Entry, entry_type: str, writer: ValueWriter) -> None:
    rows = fields_of(entry_type)
    implied = address_of(entry.extra, "bibtex:") if entry.extra else None
    for identifier in entry.identifiers:
        scheme, value = identifier.scheme, identifier.value
        if scheme == "url" and value == implied:
            continue
        written = writer.address(value) if scheme in _ADDRESSES else writer.verbatim(value)
        name = rows[scheme].name(writer.dialect)
        if name not in fields:
            fields[name] = f"{{{written}}}"
            if scheme == "arxiv":
                fields[EPRINT_TYPE[writer.dialect]] = "{arXiv}" if writer.dialect == "bibtex" else "{arxiv}"
        else:
            further = fallback_of(scheme)
            before = f"{fields[further][1:-1]} " if further in fields else ""
            fields[further] = f"{{{before}{written}}}"


def _suit_bibtex(fields: dict[str, str], entry: Entry, entry_type: str, writer: ValueWriter) -> None:
    """Add what BibTeX's styles look for, and put aside what they can't take beside another field."""
    if entry_type == "misc" or "author" not in fields:
        for name, text in implied_fields(entry, entry_type):
            if f"bibtex:{name}" not in entry.extra:
                fields.setdefault(name, f"{{{writer.text(text)}}}")
    if "language" in fields and "bibtex:language" in entry.extra:
        fields["langid"] = fields.pop("language")
    if "number" in fields and entry_type in IN_SERIES and ("volume" in fields or "series" not in fields):
        fields[fallback_of("collection_number")] = fields.pop("number")


def _extra(
    entry: Entry, entry_type: str, fields: dict[str, str], writer: ValueWriter
) -> Iterator[tuple[str, str]]:
    """What the entry holds beside the table's fields; what those say otherwise stands as a field given twice."""
    rows = fields_by_name(entry_type)
    for key, text in entry.extra.items():
        origin, _, given = key.partition(":")
        if key == ENTRY_TYPE:
            continue
        name = field_name(given if origin == "bibtex" else f"{origin}-{given}")
        row = rows.get(name)
        if origin != "bibtex":
            written = writer.text(text)
        else:
            written = writer.verbatim(text) if name in VERBATIM else writer.latex(text)
        is_other_name = row is not None and name in row.names and row.kind != "language"
        beside = row.name(writer.dialect) if row is not None and is_other_name else name
        known = fields.get(name, fields.get(beside))
        if known is None:
            yield name, f"{{{written}}}"
        elif known[1:-1] != written and name in _DATES:
            yield _free(name, fields, entry), f"{{{written}}}"


def _free(name: str, fields: Mapping[str, str], entry: Entry) -> str:
    """A name for what is said otherwise of a field, by which the reader keeps what is given again."""
    count = 2
    while f"{name}-{count}" in fields or f"bibtex:{name}-{count}" in entry.extra:
        count += 1
    return f"{name}-{count}"


def field_name(given: str) -> str:
    """``given`` as a name that every BibTeX takes for one.

    >>> field_name("Owner"), field_name("1 a={b")
    ('owner', 'x-1-a-b')
    """
    name = _NOT_IN_NAME.sub("-", given.lower()).strip("-")
    return name if _NAME.match(name) else f"x-{name}"
