"""What an entry inherits from another by ``crossref`` and ``xdata``.

BibTeX inherits fields by their own names, BibLaTeX by a table. The table is used for both where it adds
what the child would lack, because files of either kind end in ``.bib``. What identifies the parent
alone (a DOI, a file) is not inherited, though BibLaTeX does: the child would be taken for its parent.

Source: BibLaTeX manual, appendix B and section 3.13.6; Oren Patashnik, "BibTeXing", section 2.1.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.reader.preparing import TOGETHER
from dlbib.formats.fields import DATE_PARTS, fields_by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlbib.formats.fields import Dialect

CHAPTERS: Final = frozenset({"bookinbook", "inbook", "suppbook"})
"""Entry types of parts of a book."""

_OF_COLLECTION: Final = frozenset({"incollection", "inreference", "suppcollection"})
_ARTICLES: Final = frozenset({"article", "suppperiodical"})
_OWN: Final = frozenset(
    "archiveprefix crossref doi entryset entrysubtype eprint eprintclass eprinttype execute file ids key label "  # noqa: SIM905  # a list of them fills a page
    "options pdf pmcid pmid presort primaryclass related relatedoptions relatedstring relatedtype shorthand "
    "shorthandintro sortkey xdata xref".split()
)
_TITLE_ONLY: Final = frozenset({"indexsorttitle", "indextitle", "shortjournal", "shorttitle", "sorttitle"})
_DATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{prefix}{part}": prefix.removeprefix("end")
        for prefix in ("", "end", "event", "orig", "url")
        for part in ("date", *DATE_PARTS)
    }
)
"""Which date a field is of, or a part of."""

_BESIDE_TABLE: Final = TOGETHER | _DATES.keys() | {"booktitle"}
"""The fields that say something and aren't in the table of fields."""


def _titles(into: str) -> Mapping[str, str]:
    return MappingProxyType(
        {"title": f"{into}title", "subtitle": f"{into}subtitle", "titleaddon": f"{into}titleaddon"}
    )


_IN_MAIN: Final = _titles("main")
_IN_BOOK: Final = _titles("book")
_IN_JOURNAL: Final = _titles("journal")
_PARTS: Final = (
    (frozenset({"mvbook"}), CHAPTERS | {"book"}, _IN_MAIN),
    (
        frozenset({"mvcollection", "mvreference"}),
        _OF_COLLECTION | {"collection", "reference"},
        _IN_MAIN,
    ),
    (frozenset({"mvproceedings"}), frozenset({"inproceedings", "conference", "proceedings"}), _IN_MAIN),
    (frozenset({"book"}), CHAPTERS, _IN_BOOK),
    (frozenset({"book", "collection", "reference"}), _OF_COLLECTION, _IN_BOOK),
    (frozenset({"proceedings"}), frozenset({"inproceedings", "conference"}), _IN_BOOK),
    (frozenset({"periodical"}), _ARTICLES, _IN_JOURNAL),
)
_BOOKS: Final = frozenset({"book", "mvbook"})


def inherit(
    child_type: str, child: dict[str, str], parent_type: str, parent: Mapping[str, str], dialect: Dialect
) -> None:
    """Add to the fields of ``child`` what it inherits from ``parent``; what it has stays."""
    renamed = _renamed(parent_type, child_type)
    known = fields_by_name(parent_type or "misc")
    dated = {_DATES[name] for name in child if name in _DATES}
    # BibTeX itself knows no other names: what a parent calls "booktitle" is meant for its parts, and a part that
    # has no title takes that of the book.
    has_names = dialect == "bibtex" and renamed.get("title") in parent
    takes_title = dialect == "bibtex" and renamed is not _IN_JOURNAL and "title" not in child
    gained: dict[str, str] = {}
    for name, text in parent.items():
        if name in _OWN or _DATES.get(name) in dated or not (name in known or name in _BESIDE_TABLE):
            continue
        if renamed and name in _TITLE_ONLY:
            continue
        if name not in renamed or takes_title:
            gained.setdefault(name, text)
        if name in renamed and not has_names:
            gained.setdefault(renamed[name], text)
        if name == "author" and parent_type in _BOOKS and child_type in CHAPTERS:
            gained.setdefault("bookauthor", text)
    for name, text in gained.items():
        child.setdefault(name, text)


def adopt(child: dict[str, str], data: Mapping[str, str]) -> None:
    """Add to the fields of ``child`` those of an ``@xdata``; what it has stays."""
    for name, text in data.items():
        if name not in {"ids", "xdata"}:
            child.setdefault(name, text)


def _renamed(parent_type: str, child_type: str) -> Mapping[str, str]:
    for parents, children, titles in _PARTS:
        if parent_type in parents and child_type in children:
            return titles
    return MappingProxyType({})
