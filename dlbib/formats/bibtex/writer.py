"""Entries to BibTeX and BibLaTeX.

Each field has a line of its own, fields stand in a fixed order, and nothing is aligned, so that an
edit of one field touches one line.

Source: Oren Patashnik, "BibTeXing"; BibLaTeX manual, sections 2.1 to 2.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.formats.bibtex.layout import Layout
from dlbib.formats.bibtex.ordering import children_first, in_circles, keyed
from dlbib.formats.bibtex.preserving import rewritten
from dlbib.formats.bibtex.safety import made_safe
from dlbib.formats.bibtex.through import written_through
from dlbib.formats.bibtex.value_writer import ValueWriter
from dlbib.model.citekeys import key_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib.formats import RenderOptions
    from dlbib.model.entry import Entry


def render_bibtex(entries: Iterable[Entry], options: RenderOptions) -> Iterator[str]:
    """The text of each entry in BibTeX's dialect: in ASCII unless ``options`` ask for UTF-8."""
    return _render(entries, ValueWriter("bibtex", ascii_only=not options.utf8), options)


def render_biblatex(entries: Iterable[Entry], options: RenderOptions) -> Iterator[str]:
    """The text of each entry in BibLaTeX's dialect, in UTF-8."""
    return _render(entries, ValueWriter("biblatex", ascii_only=False), options)


def _render(entries: Iterable[Entry], writer: ValueWriter, options: RenderOptions) -> Iterator[str]:
    if options.original is None:
        pieces = _pieces(entries, writer, options)
    else:
        pieces = rewritten(options.original, entries, writer, options)
    if options.middleware:
        pieces = written_through(pieces, options.middleware, options.report)
    return made_safe(pieces, options.report) if options.safe else pieces


def _pieces(entries: Iterable[Entry], writer: ValueWriter, options: RenderOptions) -> Iterator[str]:
    """The pieces of a text, one for each entry; all but the first begin with the blank line between."""
    given = list(entries)
    placed = list(keyed(children_first(given), options.report))
    keys: dict[str, str] = {}
    for key, entry in placed:
        keys.setdefault(key_fingerprint(entry.key), key)
    layout = Layout(writer, keys, options.report, warns=not options.safe, circular=in_circles(given))
    gap = ""
    for key, entry in placed:
        yield f"{gap}{layout.entry(key, entry)}"
        gap = "\n"
