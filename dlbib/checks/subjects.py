"""What checks look at: an entry with its fields as they are written, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from dlbib.formats.fields import fields_by_name
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import ROLES
from dlbib.model.identifiers import SCHEMES
from dlbib.model.identity import partition
from dlbib.model.tex.encode import encode

if TYPE_CHECKING:
    import datetime as dt

    from dlbib.formats.fields import Dialect
    from dlbib.model.entry import Entry

Place = Callable[[str], tuple[int, int]]
"""Gives the line and column of a field, by its name; those of the entry for any other text."""


def nowhere(name: str) -> tuple[int, int]:  # noqa: ARG001  # a `Place`
    """The place of what stands in no text."""
    return 0, 0


TITLES: Final = frozenset(
    "title title_short container_title container_title_short collection_title event_title volume_title part_title "  # noqa: SIM905  # a list of them fills a page
    "original_title reviewed_title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle "
    "maintitleaddon journalsubtitle issuetitle issuesubtitle".split()
)
"""The attributes that hold titles, and the fields that are part of one."""

PRINTED: Final = TITLES | frozenset(
    "publisher publisher_place event_place edition volume issue number collection_number chapter_number page "  # noqa: SIM905  # as above
    "genre medium note addendum status version number_of_pages original_publisher".split()
)
"""The attributes and fields that a bibliography prints as text; people and addresses are not among them."""

PEOPLE: Final = frozenset({*ROLES, "editora", "editorb", "editorc", "bookauthor"})
"""The attributes and fields that hold names."""


class FieldText(NamedTuple):
    """One field of an entry as it is written.

    ``name`` is what changes call it, ``shown`` what messages call it, ``attribute`` what of an entry it is:
    an attribute of `Entry`, a role, a scheme; a field's own name where it is part of another's, empty where
    nothing knows it. ``text`` is what it says, in LaTeX or with CSL's markup, ``written`` that with its
    delimiters.
    """

    name: str
    shown: str
    attribute: str
    text: str
    written: str

    def with_text(self, text: str) -> dict[str, str | None]:
        """The change that makes the field say ``text``, in the delimiters that it has.

        An identifier that could be none is kept under another name; what it should be goes to its own.
        """
        if self.name.startswith("extra:") and self.attribute in SCHEMES:
            return {self.name: None, self.attribute: text}
        if self.written == self.text or self.written.isdigit():
            return {self.name: text}
        return {self.name: f"{self.written[0]}{text}{self.written[-1]}"}

    def gone(self) -> dict[str, str | None]:
        """The change that takes the field out."""
        return {self.name: None}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where entries come from, and when they are looked at.

    ``today`` is in UTC. ``is_latex`` tells that texts are LaTeX, as in a .bib file; else they have CSL's
    markup. ``is_ascii`` tells that all of the source is ASCII and should stay so, ``is_csl`` that its fields
    are called as CSL calls them. ``dialect`` is what its entries are in for all that is known.
    """

    today: dt.date
    source: str = ""
    dialect: Dialect = "bibtex"
    is_latex: bool = False
    is_ascii: bool = False
    is_csl: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry to be checked.

    ``fields`` are those that its own text has, by name: of what it inherits, ``entry`` alone tells.
    ``entry_type`` is the BibTeX type that it has or would be written as, in small letters, ``dialect``
    that whose tables hold for it.
    """

    entry: Entry
    fields: Mapping[str, FieldText]
    entry_type: str
    dialect: Dialect
    origin: Origin
    place: Place = nowhere

    @property
    def is_latex(self) -> bool:
        """Whether the texts of its fields are LaTeX."""
        return self.origin.is_latex

    def of(self, attribute: str) -> FieldText | None:
        """The first field that says an attribute."""
        return next((each for each in self.fields.values() if each.attribute == attribute), None)

    def shown(self, attribute: str) -> str:
        """What messages call an attribute here, whether there is one or not."""
        if found := self.of(attribute):
            return found.shown
        return self.named(attribute)

    def named(self, attribute: str) -> str:
        """What a field that says an attribute would be called."""
        if not self.is_latex:
            return attribute
        if attribute == "issued":
            return "year" if self.dialect == "bibtex" else "date"
        rows = fields_by_name(self.entry_type).values()
        return next((row.name(self.dialect) for row in rows if row.attribute == attribute), attribute)

    def spelled(self, text: str) -> str:
        """Plain text as the texts of this entry spell it."""
        return encode(text, ascii_only=self.origin.is_ascii) if self.is_latex else text

    def setting(self, name: str, text: str) -> dict[str, str | None]:
        """The change that adds a field, by its name here, or replaces all of it."""
        return {name: f"{{{text}}}" if self.is_latex else text}


@dataclass(frozen=True)
class Shelf:
    """All the entries that are there, in order; the indexes are made when a check asks for them."""

    subjects: tuple[Subject, ...]

    def __iter__(self) -> Iterator[Subject]:
        return iter(self.subjects)

    @cached_property
    def by_key(self) -> Mapping[str, Subject]:
        """The subjects by the fingerprints of their keys and aliases."""
        found: dict[str, Subject] = {}
        for subject in self.subjects:
            found.setdefault(key_fingerprint(subject.entry.key), subject)
        for subject in self.subjects:
            for alias in subject.entry.aliases:
                found.setdefault(key_fingerprint(alias), subject)
        return found

    @cached_property
    def works(self) -> tuple[tuple[Subject, ...], ...]:
        """The subjects that are surely one work, in groups of two and more."""
        places = partition([subject.entry for subject in self.subjects])
        return tuple(tuple(self.subjects[place] for place in work) for work in places if len(work) > 1)

    def grouped(self, by: Callable[[Subject], Iterable[object]]) -> Iterator[list[Subject]]:
        """The subjects that share something, in groups of two and more, in order."""
        groups: dict[object, list[Subject]] = {}
        for subject in self.subjects:
            for shared in dict.fromkeys(by(subject)):
                groups.setdefault(shared, []).append(subject)
        return (group for group in groups.values() if len(group) > 1)
