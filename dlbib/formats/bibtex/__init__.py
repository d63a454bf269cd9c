"""BibTeX and BibLaTeX: one reader and one writer, two dialects."""

from __future__ import annotations

from dlbib.formats import Format
from dlbib.formats.bibtex.writer import render_biblatex, render_bibtex

FORMATS = (
    Format("bibtex", "BibTeX", (".bib",), render=render_bibtex),
    Format("biblatex", "BibLaTeX", (".biblatex",), render=render_biblatex, keeps_aliases=True),
)
