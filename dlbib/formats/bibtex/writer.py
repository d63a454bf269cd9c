"""Entries to BibTeX and BibLaTeX.

Each field has a line of its own, fields stand in a fixed order, and nothing is aligned, so that an
edit of one field touches one line.

Source: Oren Patashnik, "BibTeXing"; BibLaTeX manual, sections 2.1 to 2.4.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.complaints import complaints, dangers, unencodable
from dlbib.formats.bibtex.entry_fields import entry_fields, entry_type_of
from dlbib.formats.bibtex.ordering import children_first, keyed
from dlbib.formats.bibtex.safety import made_safe
from dlbib.formats.bibtex.through import written_through
from dlbib.formats.bibtex.value_writer import ValueWriter
from dlbib.formats.fields import field_rank
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dlbib.formats import RenderOptions
    from dlbib.model.entry import Entry

_PARENTS: Final = ("crossref", "xref")


def render_bibtex(entries: Iterable[Entry], options: RenderOptions) -> Iterator[str]:
    """The text of each entry in BibTeX's dialect: in ASCII unless ``options`` ask for UTF-8."""
    return _render(entries, ValueWriter("bibtex", ascii_only=not options.utf8), options)


def render_biblatex(entries: Iterable[Entry], options: RenderOptions) -> Iterator[str]:
    """The text of each entry in BibLaTeX's dialect, in UTF-8."""
    return _render(entries, ValueWriter("biblatex", ascii_only=False), options)


def _render(entries: Iterable[Entry], writer: ValueWriter, options: RenderOptions) -> Iterator[str]:
    pieces = _pieces(entries, writer, options)
    if options.middleware:
        pieces = written_through(pieces, options.middleware, options.report)
    return made_safe(pieces, options.report) if options.safe else pieces


def _pieces(entries: Iterable[Entry], writer: ValueWriter, options: RenderOptions) -> Iterator[str]:
    """The pieces of a text, one for each entry; all but the first begin with the blank line between."""
    given = list(entries)
    keys = frozenset(key_fingerprint(entry.key) for entry in given)
    layout = _Layout(writer, keys, options.report, warns=not options.safe)
    gap = ""
    for key, entry in keyed(children_first(given), options.report):
        yield f"{gap}{layout.entry(key, entry)}"
        gap = "\n"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Writes entries out; ``keys`` are the fingerprints of those that are written.

    ``warns`` tells whether dangerous TeX is told of here.
    """

    writer: ValueWriter
    keys: frozenset[str]
    report: Callable[[Problem], None]
    warns: bool

    def entry(self, key: str, entry: Entry) -> str:
        entry_type, subtype = entry_type_of(entry, self.writer.dialect)
        fields = entry_fields(entry, entry_type, self.writer)
        if subtype:
            fields["entrysubtype"] = f"{{{subtype}}}"
        problems = list(self._orphaned(fields) if entry.extra else ())
        problems += complaints(entry, entry_type, fields, for_bibtex=self.writer.dialect == "bibtex")
        if self.warns and entry.extra:
            problems += dangers(fields)
        lines = "".join([f"  {name} = {fields[name]},\n" for name in sorted(fields, key=field_rank)])
        text = f"@{entry_type}{{{key},\n{lines}}}\n"
        if self.writer.ascii_only and not text.isascii():
            problems += unencodable(fields)
        for problem in problems:
            self.report(replace(problem, key=key))
        return text

    def _orphaned(self, fields: dict[str, str]) -> Iterator[Problem]:
        """Take out what points to an entry that is not written: BibTeX calls that an error."""
        for name in _PARENTS:
            parent = fields.get(name, "")[1:-1]
            if parent and key_fingerprint(parent) not in self.keys:
                del fields[name]
                message = f"inherits from {parent!r}, which is not written; written without it; write both"
                yield Problem("CROSSREF-MISSING", message, "warning", field=name)
