"""Entries that refer to others: to none that is there, or to one that BibTeX has read already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.formats.entry_types import BIBTEX_TYPES
from dlbib.model.citekeys import key_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Shelf, Subject

_RELATIONS: Final = ("crossref", "xref", "xdata", "related", "entryset")


def _related(subject: Subject) -> Iterator[tuple[FieldText, str, str]]:
    """The fields that refer to other entries: each with its relation, and every key in it."""
    for relation in _RELATIONS:
        field = subject.fields.get(relation) or subject.fields.get(f"extra:bibtex:{relation}")
        if field is not None:
            for key in field.text.split(","):
                if key.strip():
                    yield field, relation, key.strip()


def _find_dangling(shelf: Shelf) -> Iterator[tuple[Subject, Found]]:
    for subject in shelf:
        for field, relation, key in _related(subject):
            # Of a file, entries that only hold data for others are none; its reader knows them.
            if key_fingerprint(key) in shelf.by_key or (subject.is_latex and relation == "xdata"):
                continue
            message = f"there is no entry {key!r}; nothing is inherited from it; add it, or take this out"
            yield subject, Found(message, field.name)


def _find_order(shelf: Shelf) -> Iterator[tuple[Subject, Found]]:
    places = {key_fingerprint(subject.entry.key): number for number, subject in enumerate(shelf)}
    for number, subject in enumerate(shelf):
        for field, relation, key in _related(subject):
            place = places.get(key_fingerprint(key), number)
            if (
                relation == "crossref"
                and place < number
                and _is_bibtex(subject, shelf.by_key[key_fingerprint(key)])
            ):
                message = f"{key!r} stands before this entry; BibTeX then inherits nothing; move it behind"
                yield subject, Found(message, field.name)


def _is_bibtex(*subjects: Subject) -> bool:
    return all(
        subject.is_latex and subject.dialect == "bibtex" and subject.entry_type in BIBTEX_TYPES
        for subject in subjects
    )


CHECKS = (
    Check(
        "dangling-crossref",
        "entries that refer to one that isn't there",
        "crossref, xdata, xref, related and entryset name other entries by their keys. One that isn't there leaves the entry "
        "without what it should inherit, such as its booktitle. Add the entry, or take the field out.",
        wrong="@inproceedings{a, author = {Smith, John}, title = {A title}, booktitle = {B}, year = 2014, crossref = {nowhere}}",
        right="@inproceedings{a, author = {Smith, John}, title = {A title}, booktitle = {B}, year = 2014}",
        among=_find_dangling,
        instead_of=("BIB-NOPARENT",),
    ),
    Check(
        "crossref-order",
        "parents that stand before their children",
        "BibTeX inherits from entries that come later in the file alone, and says that the parent doesn't exist when it stands "
        "before. Biber and dlbib don't mind. dlbib's exports have parents behind their children.",
        wrong="@proceedings{p, title = {Proceedings}, booktitle = {Proceedings}, year = 2014}\n"
        "@inproceedings{a, author = {Smith, John}, title = {A title}, crossref = {p}}",
        right="@inproceedings{a, author = {Smith, John}, title = {A title}, crossref = {p}}\n"
        "@proceedings{p, title = {Proceedings}, booktitle = {Proceedings}, year = 2014}",
        among=_find_order,
    ),
)
