"""The members of a CSL-JSON item to the attributes of an entry."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from dlbib.formats.csl_json.members import PREFIX, PREPRINT
from dlbib.formats.csl_json.readings import (
    Reading,
    is_arxiv_number,
    read_date,
    read_identifiers,
    read_keywords,
    read_names,
    read_text,
)
from dlbib.formats.csl_json.values import Json, Repeated, encode
from dlbib.formats.csl_json.variables import ALIASES, TEXTS, VARIABLES, Variable, canonical_name
from dlbib.model.entry import TYPES, Contributor

_SPECIAL: Final = frozenset({"id", "citation-key", "type", "custom"})
_PLAIN: Final = {name: each.attribute for name, each in TEXTS.items() if name != "number"}


class Complaint(NamedTuple):
    """What is odd about a member of an item, and what was done about it; it does not set the item aside."""

    code: str
    member: str
    what: str


class Draft:
    """An entry in the making: the ``values`` of its attributes, its ``extra``, and the complaints.

    What no attribute holds of a member is kept in ``extra``, as JSON. ``id``, ``citation-key`` and ``custom``
    are left to the reader.
    """

    def __init__(self, members: dict[str, Json]) -> None:
        self.values: dict[str, Any] = {}
        self.extra: dict[str, str] = {}
        self.complaints: list[Complaint] = []
        self._members = members
        self._misnamed: set[str] = set()

    def read(self) -> Draft:
        """Read every member; gives the draft itself."""
        self._read_type(self._members.get("type"))
        for name, value in self._members.items():
            if type(value) is str and name in _PLAIN:
                self.values[_PLAIN[name]] = value
            elif name not in _SPECIAL:
                self._read_member(name, value)
        if isinstance(self._members, Repeated):
            self._keep_repeated(self._members)
        return self

    def keep(self, name: str, value: Json) -> None:
        """Keep the member ``name`` as it was read."""
        self.keep_text(f"{PREFIX}{name}", encode(value))

    def keep_text(self, name: str, text: str) -> None:
        """Keep ``text`` in ``extra`` by ``name``, or by ``name#2`` and so on where there is one already."""
        place, count = name, 1
        while place in self.extra:
            count += 1
            place = f"{name}#{count}"
        self.extra[place] = text

    def complain(self, code: str, member: str, what: str) -> None:
        """Add a complaint."""
        self.complaints.append(Complaint(code, member, what))

    def _read_type(self, value: Json) -> None:
        known = value.casefold() if isinstance(value, str) else ""
        self.values["type"] = known if known in TYPES else "document"
        if value not in TYPES:
            self.keep("type", value)
            what = f"{encode(value)} is no type of CSL; read as {self.values['type']}, and kept as it is"
            self.complain("CSL-TYPE", "type", what)

    def _read_member(self, name: str, value: Json) -> None:
        variable = VARIABLES.get(name) or self._meant(name)
        if name in ALIASES:
            variable = self._aliased(name, value)
        if variable is None or not variable.attribute:
            self.keep(name, value)
        else:
            self._take(self._reading(variable, value), variable, name, value)

    def _meant(self, name: str) -> Variable | None:
        """The variable that a name unknown to CSL means, if nothing else is that variable."""
        canonical = canonical_name(name)
        if canonical == name or self._members.get(canonical) is not None or canonical in self._misnamed:
            return None
        self._misnamed.add(canonical)
        self.complain("CSL-NAME", name, f"CSL calls it {canonical}; read as that")
        return VARIABLES[canonical]

    def _aliased(self, name: str, value: Json) -> Variable | None:
        canonical = TEXTS[ALIASES[name]]
        is_free = self._members.get(canonical.name) is None and canonical.attribute not in self.values
        return canonical if is_free and type(value) is str else None

    def _reading(self, variable: Variable, value: Json) -> Reading[Any]:
        match variable.kind:
            case "names":
                return read_names(value)
            case "date":
                return read_date(value)
            case "identifier":
                return read_identifiers(variable.attribute, value)
            case "keyword":
                return read_keywords(value)
            case _:
                return read_text(value)

    def _take(self, reading: Reading[Any], variable: Variable, name: str, value: Json) -> None:
        if reading.said is not None:
            self._set(variable, reading.said)
        if not reading.is_whole:
            self.keep(name, value)
        if reading.complaint:
            what = f"{reading.complaint}; {'read as far as it goes, and' if reading.said else 'it is'} kept as it is"
            self.complain("CSL-VALUE", name, what)

    def _set(self, variable: Variable, said: Any) -> None:  # noqa: ANN401  # a value of the variable's kind
        if variable.kind == "names":
            named = tuple(Contributor(variable.attribute, name) for name in said)
            self.values["contributors"] = self.values.get("contributors", ()) + named
        elif variable.kind == "identifier":
            self._identify(said)
        elif variable.name == "number" and self.values["type"] == PREPRINT and is_arxiv_number(said):
            arxiv = read_identifiers("arxiv", said)
            if arxiv.said:
                self._identify(arxiv.said)
            else:
                self.values["number"] = said
        else:
            self.values[variable.attribute] = said

    def _identify(self, identifiers: tuple[Any, ...]) -> None:
        self.values["identifiers"] = self.values.get("identifiers", ()) + identifiers

    def _keep_repeated(self, members: Repeated) -> None:
        last = dict(members)
        for name, value in members.pairs:
            if value is not last[name]:
                self.keep(name, value)
                self.complain(
                    "CSL-REPEATED", name, "stands twice in one item; the last is read, the others are kept"
                )
