"""How one entry is laid out: each field has a line of its own, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.complaints import complaints, dangers, unencodable
from dlbib.formats.bibtex.entry_fields import entry_fields, entry_type_of
from dlbib.formats.fields import field_rank
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dlbib.formats.bibtex.value_writer import ValueWriter
    from dlbib.model.entry import Entry

_PARENTS: Final = ("crossref", "xref")
_KEY: Final = "its key is not ASCII, which BibTeX's older programs may refuse; written as it is; use BibLaTeX, or rename it"

_CIRCLE: Final = "inherits from {!r}, and so from itself; written without it; name another parent"


@lru_cache(maxsize=1024)
def _in_order(*names: str) -> tuple[str, ...]:
    """The names of fields in the order in which they are written: few of the orders that there may be are met."""
    return tuple(sorted(names, key=field_rank))


@dataclass(frozen=True, slots=True)
class Layout:
    """Writes entries out, a field to a line; ``keys`` are those that are written, by their fingerprints.

    ``circular`` are the fingerprints of those that would inherit from themselves; ``warns`` tells whether
    dangerous TeX is told of here.
    """

    writer: ValueWriter
    keys: Mapping[str, str]
    report: Callable[[Problem], None]
    warns: bool
    circular: frozenset[str] = frozenset()

    def entry(self, key: str, entry: Entry) -> str:
        """The text of an entry under a key; tells of what is odd about it."""
        entry_type, subtype = entry_type_of(entry, self.writer.dialect)
        fields = entry_fields(entry, entry_type, self.writer)
        if subtype:
            fields["entrysubtype"] = f"{{{subtype}}}"
        has_extra = bool(entry.extra)
        problems = list(self._orphaned(entry, fields) if has_extra else ())
        problems += complaints(entry, entry_type, fields, for_bibtex=self.writer.dialect == "bibtex")
        if self.warns and has_extra:
            problems += dangers(fields)
        lines = "".join([f"  {name} = {fields[name]},\n" for name in _in_order(*fields)])
        text = f"@{entry_type}{{{key},\n{lines}}}\n"
        if self.writer.ascii_only and not text.isascii():
            problems += unencodable(fields)
            if not key.isascii():
                problems.append(Problem("UNENCODABLE", _KEY, "warning"))
        for problem in problems:
            self.report(replace(problem, key=key))
        return text

    def _orphaned(self, entry: Entry, fields: dict[str, str]) -> Iterator[Problem]:
        """Name parents as they are written, and none that is not written, or that would lead back to the entry.

        BibTeX calls it an error if a parent is not there, and Biber knows none by a key in another case.
        """
        for name in _PARENTS:
            parent = fields.get(name, "")[1:-1]
            if not parent:
                continue
            written = self.keys.get(key_fingerprint(parent))
            if written is None:
                del fields[name]
                message = f"inherits from {parent!r}, which is not written; written without it; write both"
                yield Problem("CROSSREF-MISSING", message, "warning", field=name)
            elif name == "crossref" and key_fingerprint(entry.key) in self.circular:
                del fields[name]
                yield Problem("CROSSREF-CYCLE", _CIRCLE.format(parent), "warning", field=name)
            else:
                fields[name] = f"{{{written}}}"
