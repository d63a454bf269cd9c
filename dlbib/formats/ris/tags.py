"""THE table of RIS tags: tag <-> attribute of an entry, for some types or for all.

Reader and writer look up the same rows, so they can't disagree. The first row that fits the type
counts, for a tag as for an attribute. What no row names is kept verbatim by its tag.

Source: "RIS Format Specifications", Reference Manager 12; EndNote's RIS export, 2011 and later, whose
tags mean other things in other types; what databases write.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

Kind = Literal[
    "accession",
    "date",
    "extent",
    "genre",
    "identifier",
    "key",
    "keywords",
    "lines",
    "names",
    "pages",
    "serial",
    "short",
    "text",
]

_ARTICLES: Final = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "periodical", "review", "review-book"}
)
_BOOKS: Final = frozenset({"book", "classic"})
_PARTS: Final = frozenset({"chapter", "entry", "entry-dictionary", "entry-encyclopedia"})
_CONFERENCE: Final = frozenset({"paper-conference"})
_SCREEN: Final = frozenset({"motion_picture", "broadcast"})
_MUSIC: Final = frozenset({"song", "musical_score"})
_STATUTES: Final = frozenset({"bill", "legislation", "regulation", "treaty"})
_IN_SESSION: Final = frozenset({"bill", "hearing", "legislation"})
"""What a parliament does in a session, which is a chapter to CSL."""

_NUMBERED: Final = frozenset({"patent", "report", "standard"})
_PAGED: Final = _BOOKS | {"manuscript", "pamphlet", "thesis"}


@dataclass(frozen=True, slots=True)
class Row:
    """What a tag says: an attribute of an entry, a role, or a scheme of identifiers, by ``kind``.

    ``types`` are the CSL types that the row holds for, all when empty. ``aliases`` are further tags that
    are read as this one. Without ``attribute`` the tag says nothing that an entry of those types can hold.
    """

    tag: str
    attribute: str
    kind: Kind = "text"
    types: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()


def _row(
    tag: str,
    attribute: str = "",
    kind: Kind = "text",
    *aliases: str,
    types: frozenset[str] | set[str] = frozenset(),
) -> Row:
    return Row(tag, attribute, kind, frozenset(types), aliases)


NUMBER_TAG: Final = "LB"
"""Where a key stands that is a number."""

ROWS: Final = (
    _row("ID", "key", "key", NUMBER_TAG),
    _row("TI", "title", "text", "T1", "CT", "BT", types=_BOOKS | {"manuscript"}),
    _row("TI", "title", "text", "T1", "CT"),
    _row("ST", "title_short"),
    _row("AU", "director", "names", "A1", types={"motion_picture"}),
    _row("AU", "composer", "names", "A1", types=_MUSIC),
    _row("AU", "author", "names", "A1"),
    _row("A2", "collection_editor", "names", types=_BOOKS | {"report"}),
    _row("A2", "interviewer", "names", types={"interview"}),
    _row("A2", "performer", "names", types=_MUSIC),
    _row("A2", "recipient", "names", types={"personal_communication"}),
    _row("A2", "contributor", "names", types={"bill"}),
    _row("A2", "authority", types={"patent"}),
    _row("A2", "container_title", types={"legal_case"}),
    _row("A2", "author", "names", types={"speech"}),
    _row("A2", "editor", "names", "ED"),
    _row("A3", "editor", "names", "ED", types=_BOOKS),
    _row("A3", "producer", "names", types=_SCREEN),
    _row("A3", "contributor", "names", types={"bill", "thesis"}),
    _row("A3", "collection_editor", "names"),
    _row("A4", "contributor", "names", types=_CONFERENCE | _SCREEN | {"dataset", "legal_case"}),
    _row("A4", "translator", "names"),
    _row("ED", "editor", "names"),
    _row("PY", "issued", "date", "DA", "Y1", "C2", types={"patent"}),
    _row("PY", "issued", "date", "DA", "Y1"),
    _row("T2", "event_title", types=_CONFERENCE | {"speech"}),
    _row("C3", "container_title", "text", "JF", "JO", "BT", types=_CONFERENCE),
    _row("T2", "collection_title", types=_BOOKS | {"report", "software", "map"}),
    _row("T2", "section", types={"hearing"}),
    _row("T2", types={"thesis"}),
    _row("T2", "container_title", "text", "JF", "JO", "BT"),
    _row("JF", "container_title", "text", "JO", "BT"),
    _row("J2", "container_title_short", "text", "JA", "J1"),
    _row("T3", "authority", types={"bill", "hearing"}),
    _row("T3", types={"legal_case", "legislation", "regulation"}),
    _row("T3", "collection_title"),
    _row("VL", types={"patent"}),
    _row("Y2", "accessed", "date", "M1", types={"webpage"}),
    _row("VL", "accessed", "date", types={"webpage"}),
    _row("VL", "volume"),
    _row("ET", "version", types={"dataset", "software"}),
    _row("IS", "version", types={"dataset", "software"}),
    _row("IS", "issue", types=_ARTICLES),
    _row("M1", "issue", "short", types=_ARTICLES),
    _row("SN", "number", "serial", types=_NUMBERED),
    _row("IS", "number", types=_NUMBERED),
    _row("IS", "number_of_volumes", "text", "M1", types={"chapter"}),
    _row("IS", "issue"),
    _row("SV", "number", types={"legal_case"}),
    _row("SV", "collection_number", "text", "M1", types=_BOOKS | _PARTS | _CONFERENCE),
    _row("SV", "collection_number"),
    _row("M1", "number", types=_STATUTES | {"broadcast", "hearing", "report", "standard"}),
    _row("C7", "number", types=_ARTICLES),
    _row("SN", kind="serial"),
    _row("NV", "number_of_volumes"),
    _row("SP", "dimensions", types=_SCREEN),
    _row("SP", "number_of_pages", "extent", types=_PAGED),
    _row("SP", "page", "pages"),
    _row("ET", "chapter_number", types=_IN_SESSION),
    _row("ET", "edition"),
    _row("SE", "chapter_number", types={"chapter"}),
    _row("SE", "section"),
    _row("C1", "publisher_place", types=_CONFERENCE),
    _row("CY", "event_place", types=_CONFERENCE),
    _row("CY", "jurisdiction", types={"patent"}),
    _row("CY", "publisher_place", "text", "PP"),
    _row("PB", "authority", types={"legal_case"}),
    _row("PB", "publisher"),
    _row("C1", "scale", types={"map"}),
    _row("C1", "performer", "names", types=_SCREEN),
    _row("C1", "submitted", "date", types={"patent"}),
    _row("C2", "container_author", "names", types={"chapter"}),
    _row("C3", "dimensions", types={"graphic"}),
    _row("C5", "medium", types=_SCREEN | _MUSIC),
    _row("M3", "medium", "text", "M1", types={"graphic"}),
    _row("M1", "medium", types={"software"}),
    _row("M3", "medium", types={"interview"}),
    _row("M3", "genre", "genre", "C4", types={"motion_picture"}),
    _row("M3", "genre", "genre"),
    _row("C6", "status", types={"patent"}),
    _row("C5", "references", types={"patent"}),
    _row("OP", "references", types=_STATUTES | {"hearing", "legal_case"}),
    _row("DO", "doi", "identifier"),
    _row("C2", "pmcid", "identifier", types=_ARTICLES),
    _row("UR", "url", "identifier", "LK"),
    _row("AN", "archive_location", "accession", "AV"),
    _row("DB", "archive"),
    _row("DP", "source", "text", "H1"),
    _row("CN", "call_number", "text", "H2"),
    _row("LA", "language"),
    _row("RI", "reviewed_title"),
    _row("Y2", "accessed", "date"),
    _row("KW", "keywords", "keywords"),
    _row("AB", "abstract", "lines", "N2"),
    _row("N1", "note", "lines"),
    _row("RN", "annote", "lines"),
)
"""Every row, in the order in which tags are written."""

KNOWN: Final = frozenset(
    {tag for row in ROWS for tag in (row.tag, *row.aliases)}
    | {
        "TY",
        "ER",
        "EP",
        "TT",
        "TA",
        "AD",
        "RP",
        "OP",
        "LB",
        "CA",
        "CR",
        "CP",
        "FD",
        "DI",
        "M2",
        "C4",
        "C6",
        "C8",
    }
    | {f"{letter}{digit}" for letter in "UL" for digit in range(1, 6)}
)
"""The tags that RIS has, whether an entry can hold what they say or not."""


@cache
def readings(type_: str) -> dict[str, Row]:
    """The row that each tag is read by in a record of a CSL type."""
    found: dict[str, Row] = {}
    fitting = [row for row in ROWS if not row.types or type_ in row.types]
    for row in fitting:
        found.setdefault(row.tag, row)
    for row in fitting:
        if found[row.tag] is row:
            for alias in row.aliases:
                found.setdefault(alias, row)
    return found


@cache
def writings(type_: str) -> tuple[Row, ...]:
    """The rows that an entry of a CSL type is written by, one per attribute, in the order of their tags."""
    read = readings(type_)
    found: dict[str, Row] = {}
    for row in ROWS:
        if read.get(row.tag) is row and (row.attribute or row.kind == "serial"):
            found.setdefault(row.attribute or row.tag, row)
    return tuple(found.values())
