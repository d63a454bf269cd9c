"""BibTeX and BibLaTeX: one reader and one writer, two dialects."""

from __future__ import annotations

import re
from typing import Final

from dlbib.formats import Ability, Format, Source
from dlbib.formats.bibtex.declared import declared_encoding
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.formats.bibtex.source import changed, fields_in, place_in, type_in
from dlbib.formats.bibtex.through import parse_biblatex_through, parse_bibtex_through
from dlbib.formats.bibtex.writer import render_biblatex, render_bibtex

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
