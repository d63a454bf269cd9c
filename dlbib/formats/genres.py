"""What kind of thesis, report or patent: CSL's ``genre`` <-> the field ``type`` and the entry type.

BibLaTeX translates the kinds it knows when they are written by its localisation keys. BibTeX's
``phdthesis``, ``mastersthesis`` and ``techreport`` say a kind by themselves.

Source: BibLaTeX manual, sections 2.3.13 ("type") and 4.9.2.11; Oren Patashnik, "BibTeXing", section 3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.model.tex.terms import KINDS

if TYPE_CHECKING:
    from dlbib.formats.fields import Dialect

_KEY_OF: Final = {text: key for key, text in KINDS.items()}

_IMPLIED: Final = {
    "mastersthesis": "Master's thesis",
    "phdthesis": "PhD thesis",
    "techreport": "technical report",
}
_NAMELESS: Final = {
    "mastersthesis": "Thesis",
    "phdthesis": "Thesis",
    "report": "Report",
    "techreport": "Report",
    "thesis": "Thesis",
}
_DOCTORAL: Final = ("phd", "ph.d", "doctor", "dissertation", "dphil")


def written_genre(genre: str | None, entry_type: str, dialect: Dialect) -> str | None:
    """What the field ``type`` says of a genre, None when the entry type says it all.

    A thesis or report of unknown kind is called just that, or BibTeX would call it a PhD thesis.

    >>> written_genre("PhD thesis", "thesis", "biblatex"), written_genre("PhD thesis", "phdthesis", "bibtex")
    ('phdthesis', None)
    """
    if not genre:
        return _NAMELESS.get(entry_type)
    plain = genre.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if plain == _IMPLIED.get(entry_type):
        return None
    return _KEY_OF.get(plain, genre) if dialect == "biblatex" else genre


def read_genre(text: str | None, entry_type: str) -> str | None:
    """The genre that the field ``type`` and the entry type say together.

    >>> read_genre(None, "techreport"), read_genre("mathesis", "thesis"), read_genre("Thesis", "thesis")
    ('technical report', "Master's thesis", None)
    """
    if not text:
        return _IMPLIED.get(entry_type)
    return None if text == _NAMELESS.get(entry_type) else KINDS.get(text.lower(), text)


def is_doctoral(genre: str | None) -> bool:
    """Whether a thesis of that genre is none, or may be one, for a lower degree."""
    return not genre or any(word in genre.casefold() for word in _DOCTORAL)
