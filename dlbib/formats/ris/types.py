"""THE table of RIS types: ``TY`` <-> CSL type.

Source: "RIS Format Specifications", Reference Manager 12, "Reference types"; EndNote's RIS export, 2011
and later; CSL 1.0.2, appendix III.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

GENERIC: Final = "GEN"
"""The type of a record that says no other."""

TYPES: Final = MappingProxyType(
    {
        "ABST": "article-journal",
        "ADVS": "motion_picture",
        "AGGR": "dataset",
        "ANCIENT": "classic",
        "ART": "graphic",
        "BILL": "bill",
        "BLOG": "post-weblog",
        "BOOK": "book",
        "CASE": "legal_case",
        "CHAP": "chapter",
        "CHART": "figure",
        "CLSWK": "classic",
        "COMP": "software",
        "CONF": "paper-conference",
        "CPAPER": "paper-conference",
        "CTLG": "book",
        "DATA": "dataset",
        "DBASE": "dataset",
        "DICT": "entry-dictionary",
        "EBOOK": "book",
        "ECHAP": "chapter",
        "EDBOOK": "book",
        "EJOUR": "article-journal",
        "ELEC": "webpage",
        "ENCYC": "entry-encyclopedia",
        "EQUA": "document",
        "FIGURE": "figure",
        "GEN": "document",
        "GOVDOC": "report",
        "GRANT": "document",
        "GRNT": "document",
        "HEAR": "hearing",
        "ICOMM": "personal_communication",
        "INPR": "article-journal",
        "INTV": "interview",
        "JFULL": "periodical",
        "JOUR": "article-journal",
        "LEGAL": "regulation",
        "MANSCPT": "manuscript",
        "MAP": "map",
        "MGZN": "article-magazine",
        "MPCT": "motion_picture",
        "MULTI": "motion_picture",
        "MUSIC": "musical_score",
        "NEWS": "article-newspaper",
        "PAMP": "pamphlet",
        "PAT": "patent",
        "PCOMM": "personal_communication",
        "POD": "broadcast",
        "PRESS": "document",
        "RPRT": "report",
        "SER": "book",
        "SLIDE": "speech",
        "SOUND": "song",
        "STAND": "standard",
        "STAT": "legislation",
        "STD": "standard",
        "THES": "thesis",
        "UNBILL": "bill",
        "UNPB": "manuscript",
        "UNPD": "manuscript",
        "VIDEO": "motion_picture",
        "WEB": "webpage",
    }
)
"""The CSL type of each RIS type."""

_JOURNALS: Final = frozenset({"J1", "J2", "JA", "JF", "JO"})
_COUNTS: Final = frozenset({"IS", "VL"})


def csl_type(written: str, tags: AbstractSet[str]) -> str:
    """The CSL type of a record by its RIS type and the names of its tags.

    A generic record that names a journal, or what it is in and which volume or issue of that, is an article.

    >>> csl_type("GEN", {"TI", "JO"}), csl_type("GEN", {"TI", "T2"}), csl_type("BOOK", {"JO"})
    ('article-journal', 'document', 'book')
    """
    is_in_volume = "T2" in tags and not _COUNTS.isdisjoint(tags)
    if written == GENERIC and (is_in_volume or not _JOURNALS.isdisjoint(tags)):
        return TYPES["JOUR"]
    return TYPES.get(written, TYPES[GENERIC])


WRITTEN: Final = MappingProxyType(
    {
        "article": "UNPB",
        "article-journal": "JOUR",
        "article-magazine": "MGZN",
        "article-newspaper": "NEWS",
        "bill": "BILL",
        "book": "BOOK",
        "broadcast": "POD",
        "chapter": "CHAP",
        "classic": "CLSWK",
        "dataset": "DATA",
        "entry": "ENCYC",
        "entry-dictionary": "DICT",
        "entry-encyclopedia": "ENCYC",
        "figure": "FIGURE",
        "graphic": "ART",
        "hearing": "HEAR",
        "interview": "INTV",
        "legal_case": "CASE",
        "legislation": "STAT",
        "manuscript": "MANSCPT",
        "map": "MAP",
        "motion_picture": "MPCT",
        "musical_score": "MUSIC",
        "pamphlet": "PAMP",
        "paper-conference": "CONF",
        "patent": "PAT",
        "periodical": "JFULL",
        "personal_communication": "PCOMM",
        "post": "BLOG",
        "post-weblog": "BLOG",
        "regulation": "LEGAL",
        "report": "RPRT",
        "review": "JOUR",
        "review-book": "JOUR",
        "software": "COMP",
        "song": "SOUND",
        "speech": "SLIDE",
        "standard": "STAND",
        "thesis": "THES",
        "treaty": "LEGAL",
        "webpage": "ELEC",
    }
)
"""The RIS type that a CSL type is written as; the others are `GENERIC`."""
