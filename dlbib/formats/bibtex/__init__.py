"""BibTeX and BibLaTeX: one reader and one writer, two dialects."""

from __future__ import annotations

from dlbib.formats import Format
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.formats.bibtex.writer import render_biblatex, render_bibtex

FORMATS = (
    Format("bibtex", "BibTeX", (".bib",), parse_bibtex, render_bibtex),
    Format("biblatex", "BibLaTeX", (".biblatex",), parse_biblatex, render_biblatex, keeps_aliases=True),
)
