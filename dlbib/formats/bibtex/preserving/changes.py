"""Which fields of an entry's text are meant by what changed in the entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.entry_fields import ENTRY_TYPE, entry_fields, entry_type_of, field_name
from dlbib.formats.bibtex.implied import implied_fields
from dlbib.formats.bibtex.issued import bibtex_date
from dlbib.formats.bibtex.wholes import titled
from dlbib.formats.fields import DATE_PARTS, fallback_of, field_rank, fields_by_name
from dlbib.model.merging import values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dlbib.formats.bibtex.editing import Editing
    from dlbib.formats.bibtex.spans import Span
    from dlbib.formats.bibtex.value_writer import ValueWriter
    from dlbib.model.entry import Entry

_EXTRA: Final = "extra:"
_DATES: Final = frozenset({"date", *DATE_PARTS})
_BASES: Final = {
    "subtitle": "title",
    "titleaddon": "title",
    "booksubtitle": "booktitle",
    "booktitleaddon": "booktitle",
    "journalsubtitle": "journal",
    "journaltitleaddon": "journal",
    "eventtitleaddon": "eventtitle",
    "addendum": "note",
    "eprinttype": "eprint",
    "archiveprefix": "eprint",
    "authortype": "author",
    "editortype": "editor",
    "langidopts": "language",
}
"""The fields that are one variable together with another one, and that."""
_BEHIND_TITLE: Final = frozenset({"subtitle", "titleaddon"})
_ALIKE: Final = {"eprinttype": "archiveprefix"}


def said_by(entry: Entry, aliases: Iterable[str] | None = None) -> dict[str, object]:
    """What an entry says, by what says it, its older keys included; ``aliases`` in their place, if given."""
    said: dict[str, object] = dict(values(entry))
    known = tuple(entry.aliases if aliases is None else aliases)
    if known:
        said["aliases"] = known
    return said


def differing(
    old: Mapping[str, object], new: Mapping[str, object], others: Sequence[Mapping[str, object]]
) -> set[str]:
    """What two entries say otherwise, but for what any of ``others`` says as the new one does."""
    found = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    return {
        name for name in found if not any(name in each and each[name] == new.get(name) for each in others)
    }


@dataclass(frozen=True, slots=True)
class Change:
    """An entry, and what of it differs from the one that was read from the text: names as `said_by` has them."""

    old: Entry
    new: Entry
    what: frozenset[str]
    writer: ValueWriter

    def type_for(self, written: str) -> str:
        """The entry type, in small letters, where the text has that of ``written``."""
        old, new = (entry_type_of(each, self.writer.dialect)[0] for each in (self.old, self.new))
        return written.lower() if old == new else new

    def apply(self, editing: Editing) -> list[str]:
        """Make the change in a text; gives the names of the fields that were written."""
        old_type, old_subtype = entry_type_of(self.old, self.writer.dialect)
        new_type, new_subtype = entry_type_of(self.new, self.writer.dialect)
        before = self._fields(self.old, old_type, old_subtype, editing.spans)
        after = self._fields(self.new, new_type, new_subtype, editing.spans)
        spans = self._spans(editing.spans)
        there, wanted = _Names(spans, old_type), _Names(after, new_type)
        variables = {_variable(name, new_type) for name in self.what}
        if (old_type, old_subtype) != (new_type, new_subtype):
            variables |= {"type", "genre"} | there.moving_to(new_type)
        if "title" in variables and not _BEHIND_TITLE.isdisjoint(spans) and "shorttitle" not in spans:
            # What stood before a subtitle was the short title, and has to be said now.
            variables.add("title_short")
            before.pop("shorttitle", None)
        touched: list[str] = []
        for variable in sorted(variables):
            new = {wanted.place(name): (name, after[name]) for name in wanted.of(variable)}
            old = {there.place_in(new_type, name): spans[name] for name in there.of(variable)}
            touched += _settle(editing, old, new, before)
        return touched

    def _spans(self, spans: Iterable[Span]) -> dict[str, Span]:
        """The fields of the text by their names, but for those that weren't understood and stay so."""
        kept = {f"{_EXTRA}{name}" for name in self.old.extra} - self.what
        return {
            name: span for name, span in _first_of_each(spans).items() if f"{_EXTRA}bibtex:{name}" not in kept
        }

    def _fields(self, entry: Entry, entry_type: str, subtype: str, spans: Sequence[Span]) -> dict[str, str]:
        """The fields of an entry as the writer has them, in its order, dates as the text has them."""
        fields = entry_fields(entry, entry_type, self.writer)
        if subtype:
            fields["entrysubtype"] = f"{{{subtype}}}"
        present = {span.name.lower() for span in spans}
        if self.writer.dialect == "bibtex":
            for name, text in implied_fields(entry, entry_type):
                if name not in present and fields.get(name) == f"{{{self.writer.text(text)}}}":
                    del fields[name]
        self._suit_date(entry, fields, present)
        return {name: fields[name] for name in sorted(fields, key=field_rank)}

    def _suit_date(self, entry: Entry, fields: dict[str, str], present: set[str]) -> None:
        """Write the date in one field where the text has it in one, and in its parts where it has these."""
        date = entry.issued
        if date is None or date.literal:
            return
        if "date" in present and "year" not in present:
            parts = {"date": f"{{{self.writer.verbatim(str(date))}}}"}
        elif "year" in present and "date" not in present:
            parts, is_whole = bibtex_date(date)
            if not is_whole:
                return
        else:
            return
        for name in _DATES:
            fields.pop(name, None)
        fields.update(parts)


def _settle(
    editing: Editing, old: dict[str, Span], new: Mapping[str, tuple[str, str]], before: Mapping[str, str]
) -> list[str]:
    """Make the fields of one variable, by their places, say what they should; gives the names of those written."""
    touched = []
    for place, (name, written) in new.items():
        span = old.pop(place, None)
        if before.get(name) == written:
            continue
        touched.append(name)
        if span is None:
            editing.add(name, written)
        else:
            editing.replace(span, written)
    for span in old.values():
        editing.remove(span)
    return touched


class _Names:
    """Names of fields that stand together in an entry of a type, and the variables they belong to."""

    def __init__(self, names: Collection[str], entry_type: str) -> None:
        self._names = names
        self._type = entry_type
        whole = {}
        if "maintitle" in names:
            title = titled(entry_type)
            whole = {"maintitle": title, title: fallback_of("volume_title"), "mainsubtitle": title}
        self._tabled: Mapping[str, str] = whole

    def of(self, variable: str) -> list[str]:
        """The names of a variable."""
        return [name for name in self._names if self._variable(name, self._type) == variable]

    def moving_to(self, entry_type: str) -> set[str]:
        """The variables that the names belong to in either of two types and not in the other."""
        pairs = [(self._variable(name, self._type), self._variable(name, entry_type)) for name in self._names]
        return {variable for pair in pairs if pair[0] != pair[1] for variable in pair}

    def _variable(self, name: str, entry_type: str) -> str:
        return _variable_of(self._tabled.get(name, name), entry_type)

    def place_in(self, entry_type: str, name: str) -> str:
        """The place of a name in an entry of another type; one of its own where it means something else there."""
        means_other = self._variable(name, self._type) != self._variable(name, entry_type)
        return f"{name} before" if means_other else self.place(name)

    def place(self, name: str) -> str:
        """What two names of the same field share."""
        name = _ALIKE.get(name, name)
        if name in _BASES:
            return name
        name = self._tabled.get(name, name)
        row = fields_by_name(self._type).get(name)
        if row is None or name in _DATES:
            return name
        return name if name == fallback_of(row.attribute) != row.bibtex else row.attribute


def _first_of_each(spans: Iterable[Span]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for span in spans:
        name, count = span.name.lower(), 2
        if name in found:
            while f"{name}-{count}" in found:
                count += 1
            name = f"{name}-{count}"
        found[name] = span
    return found


def _variable(said: str, entry_type: str) -> str:
    """The variable that something said of an entry belongs to."""
    if said == f"{_EXTRA}{ENTRY_TYPE}":
        return "type"
    if not said.startswith(_EXTRA):
        return said
    origin, _, given = said.removeprefix(_EXTRA).partition(":")
    return _variable_of(field_name(given if origin == "bibtex" else f"{origin}-{given}"), entry_type)


def _variable_of(name: str, entry_type: str) -> str:
    """The variable that a field belongs to; its own name when it is none."""
    if name in _DATES:
        return "issued"
    if name == "entrysubtype":
        return "type"
    name = _BASES.get(name, name)
    row = fields_by_name(entry_type).get(name)
    return row.attribute if row else f"{_EXTRA}{name}"
