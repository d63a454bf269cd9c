"""From entries to the subjects of checks, and from the changes that mend them back to entries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from dlbib.checks.subjects import PEOPLE, TITLES, FieldText, Subject, nowhere
from dlbib.formats.bibtex.entry_fields import entry_type_of
from dlbib.formats.entry_types import BIBTEX_TYPES
from dlbib.formats.fields import DATE_PARTS, FIELDS, csl_name, fields_by_name
from dlbib.model.editing import stated
from dlbib.model.identifiers import Identifier
from dlbib.model.merging import People, Value, assemble, values
from dlbib.model.names import bibtex_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dlbib.checks.subjects import Origin, Place
    from dlbib.formats import WrittenField
    from dlbib.formats.fields import Dialect
    from dlbib.model.entry import Entry

_BOOK: Final = "booktitle"
"""Of what is in a book what that is called; of a book what its parts are to call it, which no attribute says."""

_PARTS: Final = (TITLES | PEOPLE | {"addendum", *DATE_PARTS}) - {_BOOK, *(row.attribute for row in FIELDS)}
"""The fields that are part of what another says, or say what no attribute of their own does."""

_BIBLATEX_ALONE: Final = frozenset(
    {"date", "eprinttype"}
    | {row.biblatex for row in FIELDS if row.biblatex not in {row.bibtex, "institution"}}
)


def written_subject(
    entry: Entry, written: Iterable[WrittenField], entry_type: str, origin: Origin, place: Place
) -> Subject:
    """An entry whose text is BibTeX; of a field put together of several pieces the ``text`` is empty.

    Types and fields that only BibLaTeX knows tell that its tables hold, whatever the file is called.
    """
    fields = {each.name: _written_field(each, entry_type) for each in written}
    is_plain = entry_type in BIBTEX_TYPES and _BIBLATEX_ALONE.isdisjoint(fields)
    dialect: Dialect = origin.dialect if is_plain else "biblatex"
    return Subject(entry, fields, entry_type, dialect, origin, place)


def _written_field(field: WrittenField, entry_type: str) -> FieldText:
    name = field.name
    return FieldText(name, name, _attribute(name, entry_type), field.text or "", field.written)


def _attribute(name: str, entry_type: str) -> str:
    """What of an entry a field of BibTeX's is."""
    row = fields_by_name(entry_type).get(name)
    is_own = name in _PARTS or (row is None and name == _BOOK)
    return name if is_own else row.attribute if row else ""


def plain_subject(entry: Entry, origin: Origin, place: Place = nowhere) -> Subject:
    """An entry that has no BibTeX text; its fields are called as edits call them."""
    entry_type, _ = entry_type_of(entry, origin.dialect)
    said = values(entry)
    fields = {name: _plain_field(name, said, entry_type, origin) for name in said}
    return Subject(entry, fields, entry_type, origin.dialect, origin, place)


def _plain_field(name: str, said: Mapping[str, Value], entry_type: str, origin: Origin) -> FieldText:
    text = typed(said[name])
    if not name.startswith("extra:"):
        shown = csl_name(name) or name if origin.is_csl else name
        return FieldText(name, shown, name, text, text)
    format_name, _, inner = name.removeprefix("extra:").partition(":")
    attribute = _meant(format_name, inner, entry_type)
    is_csl = format_name == "csl"
    text = _plain_json(text) if is_csl else text
    shown = inner if origin.is_csl and is_csl else name
    return FieldText(name, shown, "" if attribute in said else attribute, text, text)


def _plain_json(text: str) -> str:
    """What a text in JSON says; any other value as it is written."""
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError:
        return text


def _meant(format_name: str, name: str, entry_type: str) -> str:
    """The attribute that a field should be that no attribute could hold."""
    if format_name == "bibtex":
        return _attribute(name, entry_type)
    return next((row.attribute for row in FIELDS if format_name == "csl" and row.csl == name), "")


def typed(value: Value) -> str:
    """A value as people type it for `dlbib.model.editing.stated`."""
    if isinstance(value, People):
        return bibtex_names(value.names, others=value.others)
    if isinstance(value, tuple):
        return ", ".join(each.value if isinstance(each, Identifier) else str(each) for each in value)
    return str(value)


def revised(entry: Entry, changes: Mapping[str, str]) -> Entry:
    """``entry`` with fields changed to what is typed for them; one with nothing typed is taken out.

    Raises as `dlbib.model.editing.stated` does.
    """
    said = values(entry)
    for name, text in changes.items():
        field, value = stated(name, text)
        said.pop(field, None)
        if value is not None:
            said[field] = value
    return assemble(said, entry.key, entry.aliases)
