"""THE table of entry types: CSL type <-> BibLaTeX entry type <-> BibTeX entry type.

Several CSL types share an entry type. Where the entry type alone would be read as another CSL type,
the field ``entrysubtype`` names the right one (``magazine`` and ``newspaper``, as BibLaTeX's manual
has them, else the CSL type itself): both dialects may hold it, and no standard style prints it.

Source: BibLaTeX manual, section 2.1; Oren Patashnik, "BibTeXing", section 3.1; CSL 1.0.2, appendix III.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from dlbib.model.entry import TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.formats.fields import Dialect

Fact = Literal["arxiv", "contained", "doctoral", "edited", "event", "located", "noted"]
"""What the choice of a type may depend on: an arXiv id, a container, a genre that is empty or doctoral,
an editor, an event, something that leads there (URL, DOI or arXiv id), a note."""


@dataclass(frozen=True, slots=True)
class TypeRow:
    """What a CSL type is written as, ``when`` a fact holds or always."""

    csl: str
    biblatex: str
    bibtex: str
    when: Fact | None = None

    def name(self, dialect: Dialect) -> str:
        """The entry type in ``dialect``."""
        return self.bibtex if dialect == "bibtex" else self.biblatex


TYPE_ROWS: Final = (
    TypeRow("article", "online", "misc", "located"),
    TypeRow("article", "misc", "misc"),
    TypeRow("article-journal", "article", "article"),
    TypeRow("article-magazine", "article", "article"),
    TypeRow("article-newspaper", "article", "article"),
    TypeRow("bill", "misc", "misc"),
    TypeRow("book", "book", "book"),
    TypeRow("broadcast", "misc", "misc"),
    TypeRow("chapter", "incollection", "incollection", "edited"),
    TypeRow("chapter", "inbook", "incollection", "contained"),
    TypeRow("chapter", "inbook", "inbook"),
    TypeRow("classic", "misc", "misc"),
    TypeRow("collection", "misc", "misc"),
    TypeRow("dataset", "dataset", "misc"),
    TypeRow("document", "misc", "misc"),
    TypeRow("entry", "inreference", "incollection", "contained"),
    TypeRow("entry", "misc", "misc"),
    TypeRow("entry-dictionary", "inreference", "incollection", "contained"),
    TypeRow("entry-dictionary", "misc", "misc"),
    TypeRow("entry-encyclopedia", "inreference", "incollection", "contained"),
    TypeRow("entry-encyclopedia", "misc", "misc"),
    TypeRow("event", "misc", "misc"),
    TypeRow("figure", "misc", "misc"),
    TypeRow("graphic", "misc", "misc"),
    TypeRow("hearing", "misc", "misc"),
    TypeRow("interview", "misc", "misc"),
    TypeRow("legal_case", "misc", "misc"),
    TypeRow("legislation", "misc", "misc"),
    TypeRow("manuscript", "unpublished", "unpublished", "noted"),
    TypeRow("manuscript", "unpublished", "misc"),
    TypeRow("map", "misc", "misc"),
    TypeRow("motion_picture", "misc", "misc"),
    TypeRow("musical_score", "misc", "misc"),
    TypeRow("pamphlet", "booklet", "booklet"),
    TypeRow("paper-conference", "inproceedings", "inproceedings"),
    TypeRow("patent", "patent", "misc"),
    TypeRow("performance", "misc", "misc"),
    TypeRow("periodical", "periodical", "misc"),
    TypeRow("personal_communication", "misc", "misc"),
    TypeRow("post", "online", "misc", "located"),
    TypeRow("post", "misc", "misc"),
    TypeRow("post-weblog", "online", "misc", "located"),
    TypeRow("post-weblog", "misc", "misc"),
    TypeRow("regulation", "misc", "misc"),
    TypeRow("report", "report", "techreport"),
    TypeRow("review", "review", "article", "contained"),
    TypeRow("review", "misc", "misc"),
    TypeRow("review-book", "review", "article", "contained"),
    TypeRow("review-book", "misc", "misc"),
    TypeRow("software", "software", "misc"),
    TypeRow("song", "misc", "misc"),
    TypeRow("speech", "unpublished", "unpublished", "noted"),
    TypeRow("speech", "unpublished", "misc"),
    TypeRow("standard", "misc", "misc"),
    TypeRow("thesis", "thesis", "phdthesis", "doctoral"),
    TypeRow("thesis", "thesis", "mastersthesis"),
    TypeRow("treaty", "misc", "misc"),
    TypeRow("webpage", "online", "misc", "located"),
    TypeRow("webpage", "misc", "misc"),
)
"""How each CSL type is written: of the rows for a type the first whose fact holds.

BibLaTeX's standard styles have no driver for its types ``audio``, ``movie``, ``legal`` and their like (manual,
section 2.1.3) and warn of each; what would be one is ``misc``, and its ``entrysubtype`` tells the CSL type.
"""

_READ_AS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "article": "article-journal",
        "artwork": "graphic",
        "audio": "song",
        "book": "book",
        "bookinbook": "chapter",
        "booklet": "pamphlet",
        "collection": "book",
        "commentary": "book",
        "conference": "paper-conference",
        "dataset": "dataset",
        "electronic": "webpage",
        "image": "graphic",
        "inbook": "chapter",
        "incollection": "chapter",
        "inproceedings": "paper-conference",
        "inreference": "entry-encyclopedia",
        "jurisdiction": "legal_case",
        "legal": "treaty",
        "legislation": "legislation",
        "letter": "personal_communication",
        "manual": "book",
        "mastersthesis": "thesis",
        "misc": "document",
        "movie": "motion_picture",
        "music": "song",
        "mvbook": "book",
        "mvcollection": "book",
        "mvproceedings": "book",
        "mvreference": "book",
        "online": "webpage",
        "patent": "patent",
        "performance": "performance",
        "periodical": "periodical",
        "phdthesis": "thesis",
        "proceedings": "book",
        "reference": "book",
        "report": "report",
        "review": "review",
        "set": "document",
        "software": "software",
        "standard": "standard",
        "suppbook": "chapter",
        "suppcollection": "chapter",
        "suppperiodical": "article-journal",
        "techreport": "report",
        "thesis": "thesis",
        "unpublished": "manuscript",
        "video": "motion_picture",
        "www": "webpage",
    }
)

_MAY_BE_PREPRINT: Final = frozenset({"electronic", "misc", "online", "unpublished", "www"})
_MAY_DEPEND: Final = _MAY_BE_PREPRINT | {"unpublished"}

BIBTEX_TYPES: Final = frozenset(
    {"article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual"}
    | {"mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished"}
)
"""The entry types that BibTeX's standard styles know."""

REQUIRED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "article": (("author",), ("title",), ("journal",), ("year",)),
        "book": (("author", "editor"), ("title",), ("publisher",), ("year",)),
        "booklet": (("title",),),
        "conference": (("author",), ("title",), ("booktitle",), ("year",)),
        "inbook": (("author", "editor"), ("title",), ("chapter", "pages"), ("publisher",), ("year",)),
        "incollection": (("author",), ("title",), ("booktitle",), ("publisher",), ("year",)),
        "inproceedings": (("author",), ("title",), ("booktitle",), ("year",)),
        "manual": (("title",),),
        "mastersthesis": (("author",), ("title",), ("school",), ("year",)),
        "misc": (),
        "phdthesis": (("author",), ("title",), ("school",), ("year",)),
        "proceedings": (("title",), ("year",)),
        "techreport": (("author",), ("title",), ("institution",), ("year",)),
        "unpublished": (("author",), ("title",), ("note",)),
    }
)
"""The fields that each type of BibTeX requires; of several names any one will do."""

EVENT: Final = ("event_title", "event_place", "event_date")
"""The attributes any of which tells that a work was given at an event."""

_WHO: Final = ("author", "editor")
_WHEN: Final = ("date", "year")
_BOOK: Final = (_WHO, ("title",), _WHEN)
_COLLECTION: Final = (("editor",), ("title",), _WHEN)
_IN_BOOK: Final = (("author",), ("title",), ("booktitle",), _WHEN)
_ARTICLE: Final = (("author",), ("title",), ("journaltitle",), _WHEN)
_REPORT: Final = (("author",), ("title",), ("institution",), _WHEN)

REQUIRED_BY_BIBLATEX: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("article", "suppperiodical"), _ARTICLE),
        **dict.fromkeys(("book", "mvbook", "booklet", "dataset", "manual", "misc", "software"), _BOOK),
        **dict.fromkeys(
            ("collection", "mvcollection", "reference", "mvreference", "periodical"), _COLLECTION
        ),
        **dict.fromkeys(("inbook", "bookinbook", "suppbook", "inproceedings", "conference"), _IN_BOOK),
        **dict.fromkeys(("incollection", "suppcollection", "inreference"), _IN_BOOK),
        **dict.fromkeys(("proceedings", "mvproceedings"), (("title",), _WHEN)),
        **dict.fromkeys(("mastersthesis", "phdthesis", "techreport"), _REPORT),
        **dict.fromkeys(("report", "thesis"), (*_REPORT, ("type",))),
        **dict.fromkeys(("online", "electronic", "www"), (*_BOOK, ("url", "doi", "eprint"))),
        "patent": (("author",), ("title",), ("number",), _WHEN),
        "unpublished": (("author",), ("title",), _WHEN),
    }
)
"""The fields that each type of BibLaTeX requires (manual, section 2.1.1); of several names any one will do.

A book or a booklet may have editors instead of authors, as the standard styles print it.
"""

_SUBTYPES: Final = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_SUBTYPE_OF: Final = {csl: subtype for subtype, csl in _SUBTYPES.items()}


@lru_cache(maxsize=1024)
def written_type(csl_type: str, facts: frozenset[Fact], dialect: Dialect) -> str:
    """The entry type that a CSL type is written as.

    >>> written_type("webpage", frozenset({"located"}), "biblatex")
    'online'
    """
    rows = _ROWS_OF[csl_type]
    return next(row for row in rows if row.when is None or row.when in facts).name(dialect)


@lru_cache(maxsize=1024)
def written_subtype(entry_type: str, csl_type: str, facts: frozenset[Fact]) -> str:
    """The ``entrysubtype`` by which ``entry_type`` is read as ``csl_type``; empty when it needs none.

    >>> written_subtype("misc", "dataset", frozenset())
    'dataset'
    """
    if read_type(entry_type, facts) == csl_type:
        return ""
    return _SUBTYPE_OF.get(csl_type, csl_type)


def read_type(entry_type: str, facts: frozenset[Fact] = frozenset(), subtype: str = "") -> str | None:
    """The CSL type that an entry type is, ``arxiv`` and ``event`` of ``facts`` counting; None for an unknown one.

    Case does not count. A ``subtype`` that the entry type is not written with says nothing.
    """
    name = entry_type.lower()
    named = _SUBTYPES.get(subtype.lower(), subtype.lower())
    if named in TYPES and any(name in (row.biblatex, row.bibtex) for row in _ROWS_OF[named]):
        return named
    if subtype.lower() in _SUBTYPES and _READ_AS.get(name) == "article-journal":
        return named
    if "arxiv" in facts and name in _MAY_BE_PREPRINT:
        return "article"
    if "event" in facts and name == "unpublished":
        return "speech"
    return _READ_AS.get(name)


def _rows_of() -> Mapping[str, tuple[TypeRow, ...]]:
    return MappingProxyType({csl: tuple(row for row in TYPE_ROWS if row.csl == csl) for csl in TYPES})


_ROWS_OF: Final = _rows_of()

UNCONDITIONAL: Final = frozenset(
    csl
    for csl, rows in _ROWS_OF.items()
    if len(rows) == 1 and _MAY_DEPEND.isdisjoint((rows[0].biblatex, rows[0].bibtex))
)
"""The CSL types that are written and read the same whatever the facts."""
