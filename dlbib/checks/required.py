"""Fields that a type of entry requires, by BibTeX's table or BibLaTeX's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.formats.entry_types import BIBTEX_TYPES, REQUIRED, REQUIRED_BY_BIBLATEX
from dlbib.formats.fields import DATE_PARTS, fields_by_name
from dlbib.model.entry import ROLES
from dlbib.model.identifiers import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import Subject
    from dlbib.model.entry import Entry

_OF_OTHER_TYPES: Final = (
    ("article", "journal", "booktitle", "inproceedings or @incollection"),
    ("inproceedings", "booktitle", "journal", "article"),
    ("incollection", "booktitle", "journal", "article"),
)


def required(subject: Subject) -> tuple[tuple[str, ...], ...]:
    """The names that the subject's type requires; of several any one will do."""
    if subject.dialect == "bibtex" and subject.entry_type in BIBTEX_TYPES:
        return REQUIRED.get(subject.entry_type, ())
    return REQUIRED_BY_BIBLATEX.get(subject.entry_type, ())


def _find(subject: Subject) -> Iterator[Found]:
    for names in required(subject):
        if _is_displaced(subject, names) or not any(_is_said(subject, name) for name in names):
            yield Found(_message(subject, names), names[0])


def _is_displaced(subject: Subject, names: tuple[str, ...]) -> bool:
    """Whether the entry says it by a field that styles read in entries of another type alone."""
    row = fields_by_name(subject.entry_type).get(names[0])
    if row is None or any(name in subject.fields for name in row.names):
        return False
    return any(
        subject.entry_type == entry_type and wanted in row.names and other in subject.fields
        for entry_type, wanted, other, _ in _OF_OTHER_TYPES
    )


def _is_said(subject: Subject, name: str) -> bool:
    """Whether the entry has a field, by itself or from a parent, under any of its names."""
    row = fields_by_name(subject.entry_type).get(name)
    attribute = "issued" if name in {"date", *DATE_PARTS} else row.attribute if row else ""
    return bool(attribute and _value(subject.entry, attribute)) or bool(
        subject.entry.extra.get(f"bibtex:{name}")
    )


def _value(entry: Entry, attribute: str) -> object:
    if attribute in ROLES:
        return entry.names(attribute) or attribute in entry.others
    return entry.identifier(attribute) if attribute in SCHEMES else getattr(entry, attribute)


def _message(subject: Subject, names: tuple[str, ...]) -> str:
    who = "BibTeX's styles want" if subject.dialect == "bibtex" else "BibLaTeX wants"
    article = "an" if subject.entry_type[0] in "aeiou" else "a"
    what = f"{who} {article} @{subject.entry_type} to have {' or '.join(names)}"
    for entry_type, wanted, other, type_name in _OF_OTHER_TYPES:
        if subject.entry_type == entry_type and wanted in names[0] and other in subject.fields:
            return (
                f"{what}, and it has {other}; the place of publication is not printed; make it @{type_name}"
            )
    return f"{what}; the printed entry has a gap; add it"


CHECKS = (
    Check(
        "required-fields",
        "fields that the entry's type can't do without",
        "Every type of entry has fields that styles rely on: an @article its journal, a @book its publisher "
        "(BibTeX only). Without one BibTeX warns and prints an entry with a gap, and readers can't find the "
        "work. What is inherited by crossref counts. Only you can know what is missing: add it, or choose a "
        "type that fits what you have, such as @misc.",
        wrong="@article{graves2013, author = {Graves, Alex}, title = {Generating Sequences}, year = 2013}",
        right="@article{graves2013, author = {Graves, Alex}, title = {Generating Sequences}, journal = {Nature}, "
        "year = 2013}",
        in_entry=_find,
    ),
)
