"""BibTeX and BibLaTeX: one reader and one writer, two dialects.

`to_library` and `from_library` are our blocks as bibtexparser's library, and back; `Document` is a file whose
layout can be kept.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any, Final

from dlbib.formats import Ability, Format, Source
from dlbib.formats.bibtex.declared import declared_encoding
from dlbib.formats.bibtex.preserving import Document
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.formats.bibtex.source import changed, fields_in, place_in, type_in
from dlbib.formats.bibtex.through import parse_biblatex_through, parse_bibtex_through
from dlbib.formats.bibtex.writer import render_biblatex, render_bibtex

if TYPE_CHECKING:
    from dlbib.formats.bibtex.library import from_library, to_library

__all__ = ["FORMATS", "Document", "from_library", "to_library"]

_SIGN: Final = re.compile(r"^[^\S\r\n]*@[^\S\r\n]*[A-Za-z][\w-]*\s{0,8}[{(]", re.MULTILINE)

_TAKES: Final[frozenset[Ability]] = frozenset({"middleware", "preserve"})
_SOURCE: Final = Source(type_in, fields_in, changed)

FORMATS = (
    Format(
        "bibtex",
        "BibTeX",
        (".bib",),
        parse_bibtex,
        render_bibtex,
        parse_through=parse_bibtex_through,
        takes=_TAKES,
        sign=_SIGN,
        declared_encoding=declared_encoding,
        place_in=place_in,
        source=_SOURCE,
    ),
    Format(
        "biblatex",
        "BibLaTeX",
        (".biblatex",),
        parse_biblatex,
        render_biblatex,
        keeps_aliases=True,
        parse_through=parse_biblatex_through,
        takes=_TAKES,
        sign=_SIGN,
        declared_encoding=declared_encoding,
        place_in=place_in,
        source=_SOURCE,
    ),
)


def __getattr__(name: str) -> Any:  # noqa: ANN401  # as a module's attributes are
    # bibtexparser is loaded by those who ask for its library: it takes as long as all the rest of a small command.
    if name in {"from_library", "to_library"}:
        return getattr(importlib.import_module("dlbib.formats.bibtex.library"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
