"""THE table of fields: Entry attribute <-> CSL variable <-> BibLaTeX field <-> BibTeX field.

Readers and writers look up the same rows, so they can't disagree. A row holds for some entry types of
BibTeX and BibLaTeX or for all; of several rows for one attribute the first that fits counts. What neither
dialect has a field for is called after its CSL variable (``csl-dimensions``): BibTeX and Biber pass
over fields that they don't know, and nothing is lost.

Source: BibLaTeX manual, sections 2.2.2, 2.2.5 and 2.3; Oren Patashnik, "BibTeXing", section 3;
CSL 1.0.2, appendix IV.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from dlbib.model.entry import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

Dialect = Literal["bibtex", "biblatex"]
Kind = Literal[
    "text",
    "title",
    "list",
    "names",
    "date",
    "identifier",
    "keywords",
    "keys",
    "pages",
    "edition",
    "genre",
    "language",
    "series",
    "state",
    "countries",
]

_CSL_NAMES: Final = {
    "aliases": "",
    "archive_collection": "archive_collection",
    "archive_location": "archive_location",
    "arxiv": "",
    "arxiv_category": "",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "keywords": "keyword",
    "pmcid": "PMCID",
    "pmid": "PMID",
    "url": "URL",
}

PREFIX: Final = "csl-"
"""What a field's name begins with that is called after a CSL variable."""

ARTICLES: Final = frozenset({"article", "periodical", "review", "suppperiodical"})
"""Entry types of what appears in a numbered periodical."""

IN_SERIES: Final = frozenset(
    {"book", "bookinbook", "collection", "conference", "inbook", "incollection", "inproceedings"}
    | {"inreference", "manual", "mvbook", "mvcollection", "mvproceedings", "mvreference", "proceedings"}
    | {"reference", "suppbook", "suppcollection"}
)
"""Entry types of what may be part of a numbered series."""

WHOLES: Final = frozenset(
    {
        "book",
        "collection",
        "mvbook",
        "mvcollection",
        "mvproceedings",
        "mvreference",
        "proceedings",
        "reference",
    }
)
"""Entry types of what is in nothing else: a ``booktitle`` that one has is what its parts are to inherit."""

ORGANIZED: Final = frozenset({"electronic", "manual", "misc", "online", "software", "www"})
"""Entry types of what an organization puts out rather than a publisher."""

THESES: Final = frozenset({"mastersthesis", "phdthesis", "thesis"})
REPORTS: Final = frozenset({"report", "techreport"})
PATENTS: Final = frozenset({"patent"})


@dataclass(frozen=True, slots=True)
class Field:
    """A row: what an attribute of an entry is called in each format, and what kind of value it has.

    ``attribute`` is an attribute of `Entry`, a role for ``names``, a scheme for ``identifier``.
    ``types`` are the entry types that the row holds for, all when empty. ``aliases`` are further
    names that are read as this field.
    """

    attribute: str
    csl: str
    biblatex: str
    bibtex: str
    kind: Kind = "text"
    types: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()

    def name(self, dialect: Dialect) -> str:
        """What the field is called in ``dialect``."""
        return self.bibtex if dialect == "bibtex" else self.biblatex

    @property
    def names(self) -> tuple[str, str]:
        """What the field is called in BibTeX and in BibLaTeX."""
        return self.bibtex, self.biblatex

    def only_in(self, types: frozenset[str]) -> Field:
        """The same row for those entry types alone."""
        return replace(self, types=types)

    def also(self, *aliases: str) -> Field:
        """The same row, read by further names."""
        return replace(self, aliases=aliases)


def csl_name(attribute: str) -> str:
    """The CSL variable that an attribute, role or scheme is; empty for what CSL has no variable for.

    >>> csl_name("container_title"), csl_name("archive_location"), csl_name("doi"), csl_name("arxiv")
    ('container-title', 'archive_location', 'DOI', '')
    """
    return _CSL_NAMES[attribute] if attribute in _CSL_NAMES else attribute.replace("_", "-")


def csl_field(variable: str) -> str:
    """What a field is called after a CSL variable that no dialect has a field for.

    Second and later identifiers of a scheme stand there too, parted by spaces.

    >>> csl_field("DOI")
    'csl-doi'
    """
    return f"{PREFIX}{variable.lower().replace('_', '-')}"


@cache
def fallback_of(attribute: str) -> str:
    """The field that holds an attribute wherever the one it has in a type can't.

    >>> fallback_of("collection_number"), fallback_of("arxiv")
    ('csl-collection-number', 'csl-arxiv')
    """
    return csl_field(csl_name(attribute) or attribute)


def _row(attribute: str, biblatex: str = "", bibtex: str = "", kind: Kind = "text") -> Field:
    name = biblatex or fallback_of(attribute)
    return Field(attribute, csl_name(attribute), name, bibtex or name, kind)


_PUBLISHERS: Final = ("publisher", "institution", "organization", "school")

_TEXTS: Final = (
    _row("title", "title", kind="title"),
    _row("title_short", "shorttitle", kind="title"),
    _row("container_title", "journaltitle", "journal").only_in(ARTICLES).also("booktitle"),
    _row("container_title").only_in(WHOLES),
    _row("container_title", "booktitle").also("journaltitle", "journal"),
    _row("container_title_short", "shortjournal"),
    _row("collection_title", "series", kind="series").only_in(ARTICLES),
    _row("collection_title", "series"),
    _row("collection_number", "number").only_in(IN_SERIES),
    _row("collection_number"),
    _row("volume", "volume"),
    _row("number_of_volumes", "volumes"),
    _row("volume_title", "issuetitle").only_in(ARTICLES - {"periodical"}),
    _row("volume_title"),
    _row("volume_title_short"),
    _row("issue", "number").only_in(ARTICLES).also("issue"),
    _row("issue", "issue"),
    _row("number", "eid").only_in(ARTICLES),
    _row("number").only_in(IN_SERIES),
    _row("number", "number"),
    _row("page", "pages", kind="pages"),
    _row("number_of_pages", "pagetotal"),
    _row("chapter_number", "chapter"),
    _row("part", "part"),
    _row("part_title"),
    _row("supplement"),
    _row("edition", "edition", kind="edition"),
    _row("printing"),
    _row("version", "version"),
    _row("section"),
    _row("division"),
    _row("publisher", "institution", "school", "list").only_in(THESES).also(*_PUBLISHERS),
    _row("publisher", "institution", kind="list").only_in(REPORTS).also(*_PUBLISHERS),
    _row("publisher", "organization", kind="list").only_in(ORGANIZED).also(*_PUBLISHERS),
    _row("publisher", "publisher", kind="list").also(*_PUBLISHERS),
    _row("publisher_place").only_in(PATENTS),
    _row("publisher_place", "location", "address", "list"),
    _row("authority"),
    _row("jurisdiction", "location", "address", "countries").only_in(PATENTS),
    _row("jurisdiction"),
    _row("event_title", "eventtitle"),
    _row("event_place", "venue"),
    _row("genre", "type", kind="genre"),
    _row("medium", "howpublished"),
    _row("status", "pubstate", kind="state"),
    _row("dimensions"),
    _row("scale"),
    _row("archive"),
    _row("archive_collection"),
    _row("archive_location"),
    _row("archive_place"),
    _row("call_number", "library"),
    _row("source"),
    _row("original_title", "origtitle"),
    _row("original_publisher", "origpublisher", kind="list"),
    _row("original_publisher_place", "origlocation", kind="list"),
    _row("reviewed_title"),
    _row("reviewed_genre"),
    _row("references"),
    _row("language", "langid", "language", "language").also("hyphenation"),
    _row("abstract", "abstract"),
    _row("annote", "annotation", "annote"),
    _row("note", "note"),
    _row("keywords", "keywords", kind="keywords").also("keyword"),
    _row("arxiv_category", "eprintclass", "primaryclass"),
    _row("aliases", "ids", kind="keys"),
)

_NAMES: Final = (
    _row("author", "author", kind="names"),
    _row("editor", "editor", kind="names"),
    _row("translator", "translator", kind="names"),
    _row("container_author", "bookauthor", kind="names"),
    *(
        _row(role, kind="names")
        for role in ROLES
        if role not in {"author", "editor", "translator", "container_author"}
    ),
)

_DATES: Final = (
    _row("issued", "date", kind="date"),
    _row("accessed", "urldate", kind="date").also("lastchecked"),
    _row("event_date", "eventdate", kind="date"),
    _row("original_date", "origdate", kind="date"),
    _row("available_date", kind="date"),
    _row("submitted", kind="date"),
)

_IDENTIFIERS: Final = (
    _row("doi", "doi", kind="identifier"),
    _row("isbn", "isbn", kind="identifier"),
    _row("issn", "issn", kind="identifier"),
    _row("url", "url", kind="identifier"),
    _row("pmid", "pmid", kind="identifier"),
    _row("pmcid", "pmcid", kind="identifier"),
    _row("arxiv", "eprint", kind="identifier"),
)

FIELDS: Final = (*_TEXTS, *_NAMES, *_DATES, *_IDENTIFIERS)
"""Every row."""

EPRINT_TYPE: Final = MappingProxyType({"biblatex": "eprinttype", "bibtex": "archiveprefix"})
"""The field that says, in each dialect, whose identifier ``eprint`` is."""

_VERBATIM: Final = (
    "archiveprefix crossref doi entryset eprint eprintclass eprinttype file ids options pdf pmcid pmid "
    "primaryclass related url verba verbb verbc xdata xref"
)
VERBATIM: Final = frozenset(_VERBATIM.split())
"""The fields whose values are no LaTeX: they are written and read as they are."""

DATE_PARTS: Final = ("year", "month", "day")
"""The fields that BibTeX has, and BibLaTeX reads, instead of ``date``."""

EDITOR_TYPES: Final = frozenset({"compiler", "director", "organizer"})
"""The roles that BibLaTeX has as kinds of editor: ``editor`` to ``editorc``, with an ``editortype`` each."""

AUTHOR_TYPES: Final = ("composer", "director")
"""The roles of those who are cited as authors of what has none, the first that there is: ``author``, with an ``authortype``."""


@cache
def fields_of(entry_type: str) -> Mapping[str, Field]:
    """The row of each attribute for an entry type, by attribute, in the table's order."""
    rows: dict[str, Field] = {}
    for row in FIELDS:
        if not row.types or entry_type in row.types:
            rows.setdefault(row.attribute, row)
    return MappingProxyType(rows)


@cache
def fields_by_name(entry_type: str) -> Mapping[str, Field]:
    """The row of each field for an entry type, by its name in either dialect or by an alias."""
    rows = fields_of(entry_type).values()
    named = {name: row for row in rows for name in (row.bibtex, row.biblatex)}
    for row in rows:
        for name in (*row.aliases, fallback_of(row.attribute)):
            named.setdefault(name, row)
    return MappingProxyType(named)


_FIRST: Final = (
    "type entrysubtype ids title subtitle titleaddon shorttitle maintitle booktitle booksubtitle author "
    "authortype "
    "editor editortype editora editoratype editorb editorbtype editorc editorctype translator bookauthor "
    "options date origdate year month day journal journaltitle shortjournal series edition volume volumes "
    "part chapter number issue eid howpublished eprint eprinttype archiveprefix eprintclass primaryclass "
    "pages pagetotal publisher organization address location institution school eventtitle eventdate venue "
    "pubstate version isbn issn doi pmid pmcid url urldate langid language"
)
_LAST: Final = "abstract keywords annotation annote note groups timestamp file"


def _ranks() -> Mapping[str, int]:
    first, last = _FIRST.split(), _LAST.split()
    return MappingProxyType(
        {name: i for i, name in enumerate(first)} | {name: len(first) + 1 + i for i, name in enumerate(last)}
    )


_RANKS: Final = _ranks()
_BETWEEN: Final = len(_FIRST.split())


@lru_cache(maxsize=512)
def field_rank(name: str) -> tuple[int, str]:
    """What fields are ordered by within an entry: a fixed order, with the names it doesn't know by the alphabet.

    >>> sorted(["note", "zone", "year", "title", "area"], key=field_rank)
    ['title', 'year', 'area', 'zone', 'note']
    """
    return _RANKS.get(name, _BETWEEN), name
