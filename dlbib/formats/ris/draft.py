"""The tags of a record to the attributes of an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dlbib.errors import InvalidIdentifierError
from dlbib.formats.ris.dates import read_date, settle
from dlbib.formats.ris.names import read_name
from dlbib.formats.ris.pages import read_pages
from dlbib.formats.ris.records import Remark, Tag
from dlbib.formats.ris.tags import KNOWN, NUMBER_TAG, readings
from dlbib.formats.ris.texts import decoded, one_line
from dlbib.model.dates import Date
from dlbib.model.entry import ROLES, Contributor
from dlbib.model.identifiers import SCHEMES, Identifier, parse_identifier
from dlbib.model.identifiers.several import split_identifiers, without_qualifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dlbib.formats.ris.tags import Kind

PAIRS: Final = {
    "paper-conference": (("container_title", "event_title"), ("publisher_place", "event_place")),
}
"""Attributes of which the second has the usual tag, which yet means the first where it stands alone."""

_FURTHER_ADDRESS: Final = "LK"
"""What leads elsewhere beside ``UR``, to a library's catalogue for example."""

_LATE: Final = frozenset({"JO", _FURTHER_ADDRESS, "M3"})
_COUNTED: Final = frozenset({"M1", "VL"})
"""Tags that are a date in some types, and count something everywhere else."""

_NUMBER: Final = re.compile(r"\d+")
_SHORT: Final = re.compile(r"[0-9][0-9A-Za-z()./\u2013-]{0,9}")
_DOI: Final = re.compile(r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)?10\.\S+", re.IGNORECASE)
_LABELLED: Final = re.compile(r"(?:arxiv|pmid):\s*\S+|PMC[0-9]+", re.IGNORECASE)
_PUBMED_ADDRESS: Final = re.compile(r"PM:\s*([0-9]+)")  # as Reference Manager has it
_BETWEEN_ADDRESSES: Final = re.compile(r"\n|(?:;|(?<![ \t]))[ \t]+(?=https?://)")
_BETWEEN_KEYWORDS: Final = re.compile(r"\n|;(?=\s|\Z)")
_SAID_OTHERWISE: Final = "says what an earlier tag says otherwise, which counts"


class _Told(NamedTuple):
    """What a tag tells: the attribute it is of, and its value in one line; where it stands in the record."""

    position: int
    tag: Tag
    attribute: str
    value: str


class Draft:
    """An entry in the making: the ``values`` of its attributes, and ``remarks`` on what is odd.

    What no attribute holds is ``kept`` by its tag.
    """

    def __init__(self, type_: str) -> None:
        self.values: dict[str, Any] = {"type": type_}
        self.remarks: list[Remark] = []
        self._rows = readings(type_)
        self._takers: dict[Kind, Callable[[_Told], None]] = {
            "accession": self._take_accession,
            "date": self._take_date,
            "extent": self._take_page,
            "genre": self._take_type_of_work,
            "identifier": self._take_identifier,
            "key": self._take_key,
            "keywords": self._take_keywords,
            "lines": self._take_lines,
            "names": self._take_name,
            "pages": self._take_page,
            "serial": self._take_serial,
            "short": self._take_short,
        }
        self._kept: list[tuple[int, str, str]] = []
        self._unknown: set[str] = set()
        self._contributors: list[Contributor] = []
        self._others: list[str] = []
        self._identifiers: list[Identifier] = []
        self._keywords: list[str] = []
        self._dates: dict[str, list[_Told]] = {}
        self._pages: dict[str, _Told] = {}

    def read(self, tags: Iterable[Tag]) -> Draft:
        """Read all tags of a record; gives the draft itself."""
        for position, tag in sorted(enumerate(tags), key=lambda each: each[1].name in _LATE):
            self._take(position, tag)
        for attribute, dated in self._dates.items():
            self._settle_date(attribute, dated)
        self._settle_pages()
        self._settle_titles()
        self.values["contributors"] = sorted(self._contributors, key=lambda each: ROLES.index(each.role))
        self.values["others"] = tuple(self._others)
        self.values["identifiers"] = sorted(self._identifiers, key=lambda each: SCHEMES.index(each.scheme))
        self.values["keywords"] = tuple(self._keywords)
        return self

    def kept(self) -> list[tuple[str, str]]:
        """Tags and values that no attribute holds, in their order in the record."""
        return [(tag, value) for _, tag, value in sorted(self._kept)]

    def _keep(self, position: int, tag: Tag, code: str = "", message: str = "") -> None:
        self._kept.append((position, tag.name, tag.value))
        if code:
            self.remarks.append(Remark(code, f"{message}; kept as it is", tag.line, tag.name))

    def _take(self, position: int, tag: Tag) -> None:
        row = self._rows.get("SP" if tag.name == "EP" else tag.name)
        if row is None or not (row.attribute or row.kind == "serial"):
            is_new = tag.name not in KNOWN and tag.name not in self._unknown
            self._unknown.add(tag.name)
            self._keep(position, tag, "RIS-TAG" if is_new else "", "RIS has no such tag")
        elif tag.name == "EP" and row.kind == "text":
            self._keep(position, tag)
        elif tag.value or row.kind == "lines":
            told = _Told(position, tag, row.attribute, one_line(decoded(tag.value)))
            self._takers.get(row.kind, self._take_text)(told)

    def _take_text(self, told: _Told) -> None:
        """Set an attribute once; another value is kept by its tag, unless it can only be the short title."""
        current = self.values.setdefault(told.attribute, told.value)
        if current == told.value:
            return
        if (
            told.tag.name == "JO"
            and self.values.setdefault("container_title_short", told.value) == told.value
        ):
            return
        self._keep(told.position, told.tag, "RIS-REPEATED", _SAID_OTHERWISE)

    def _take_key(self, told: _Told) -> None:
        """Any ID but a number, which is EndNote's own and means nothing elsewhere; a number in ``LB``."""
        is_number = _NUMBER.fullmatch(told.value) is not None
        if "key" in self.values or is_number != (told.tag.name == NUMBER_TAG):
            self._keep(told.position, told.tag)
        else:
            self.values["key"] = told.value

    def _take_short(self, told: _Told) -> None:
        if _SHORT.fullmatch(told.value):
            self._take_text(told)
        else:
            self._keep(told.position, told.tag)

    def _take_lines(self, told: _Told) -> None:
        value = decoded(told.tag.value)
        if told.attribute == "abstract":
            if value:
                self._take_text(told._replace(value=value))
        elif told.attribute in self.values:
            self.values[told.attribute] += f"\n{value}"
        else:
            self.values[told.attribute] = value

    def _take_name(self, told: _Told) -> None:
        name, is_others, oddity = read_name(told.value)
        if is_others:
            self._others.append(told.attribute)
        if name:
            self._contributors.append(Contributor(told.attribute, name))
        if oddity:
            done = "kept in one" if name else "left out"
            message = f"{told.value!r} {oddity}; {done}; write Last, First, Suffix, each in a tag of its own"
            self.remarks.append(Remark("RIS-NAME", message, told.tag.line, told.tag.name))

    def _take_keywords(self, told: _Told) -> None:
        found = (one_line(each) for each in _BETWEEN_KEYWORDS.split(decoded(told.tag.value)))
        self._keywords.extend(each for each in found if each)

    def _take_identifier(self, told: _Told) -> None:
        lines = _BETWEEN_ADDRESSES.split(told.tag.value) if told.attribute == "url" else [told.value]
        for line in filter(None, lines):
            part = told.tag._replace(value=line) if len(lines) > 1 else told.tag
            pubmed = _PUBMED_ADDRESS.fullmatch(line)
            try:
                found = Identifier("pmid", pubmed[1]) if pubmed else Identifier(told.attribute, decoded(line))
                self._identify(told.position, part, found)
            except InvalidIdentifierError as error:
                self._keep(told.position, part, "RIS-IDENTIFIER", str(error))

    def _identify(self, position: int, tag: Tag, found: Identifier) -> None:
        first = next((each for each in self._identifiers if each.scheme == found.scheme), None)
        if first is None:
            self._identifiers.append(found)
        elif first != found and tag.name == _FURTHER_ADDRESS:
            self._keep(position, tag)
        elif first != found:
            self._keep(
                position,
                tag,
                "RIS-REPEATED",
                f"names another {found.scheme} than an earlier tag, which counts",
            )

    def _take_type_of_work(self, told: _Told) -> None:
        """Some databases have the DOI there."""
        if _DOI.fullmatch(told.value):
            self._take_identifier(told._replace(attribute="doi"))
        else:
            self._take_text(told)

    def _take_accession(self, told: _Told) -> None:
        if _LABELLED.fullmatch(told.value):
            try:
                self._identify(told.position, told.tag, parse_identifier(told.value))
            except InvalidIdentifierError:
                self._take_text(told)
        else:
            self._take_text(told)

    def _take_serial(self, told: _Told) -> None:
        """The ISSN or ISBN, or several, that a value holds; else a number where the type has one."""
        found = _serials(told.value)
        if not found and (bare := without_qualifiers(told.value)) != told.value:
            found = _serials(bare)
            if found:
                self._keep(told.position, told.tag)
        if found:
            self._identifiers.extend(found)
        elif told.attribute:
            self._take_text(told)
        else:
            self._keep(
                told.position, told.tag, "RIS-IDENTIFIER", f"{told.value!r} is neither an ISSN nor an ISBN"
            )

    def _take_date(self, told: _Told) -> None:
        if told.tag.name in _COUNTED and read_date(told.value).date is None:
            self._keep(told.position, told.tag)
        else:
            self._dates.setdefault(told.attribute, []).append(told)

    def _settle_date(self, attribute: str, dated: list[_Told]) -> None:
        weighty = next((at for at, told in enumerate(dated) if told.tag.name == "PY"), None)
        settled = settle([told.value for told in dated], weighty)
        self.values[attribute] = settled.date or Date(literal=dated[0].value)
        for at, (told, complaint) in enumerate(zip(dated, settled.complaints, strict=True)):
            if complaint and (at or settled.date):
                self._keep(told.position, told.tag, "RIS-DATE", f"{told.value!r} {complaint}")

    def _take_page(self, told: _Told) -> None:
        if self._pages.setdefault(told.tag.name, told).value != told.value:
            self._keep(told.position, told.tag, "RIS-REPEATED", _SAID_OTHERWISE)

    def _settle_pages(self) -> None:
        start, end = self._pages.get("SP"), self._pages.get("EP")
        if start:
            is_extent = self._rows["SP"].kind == "extent"
            pages = read_pages(start.value, end.value if end else "", is_extent=is_extent)
            self.values[pages.attribute] = pages.text
            if end and not pages.is_end_told:
                self._keep(end.position, end.tag, "RIS-PAGES", "ends pages that SP tells whole")
        elif end:
            self._keep(end.position, end.tag, "RIS-PAGES", "ends pages that don't begin")

    def _settle_titles(self) -> None:
        for attribute in ("note", "annote"):
            if attribute in self.values:
                self.values[attribute] = self.values[attribute].strip("\n") or None
        for usual, other in PAIRS.get(self.values["type"], ()):
            if other in self.values and usual not in self.values:
                self.values[usual] = self.values.pop(other)
        if self.values.get("container_title_short") == self.values.get("container_title"):
            self.values.pop("container_title_short", None)


def _serials(value: str) -> list[Identifier]:
    """The ISSN or ISBN that a value is, or the several that it is made of; none where it is anything else."""
    found = [_serial(value)]
    if found == [None]:
        found = [_serial(each) for each in split_identifiers(value)]
    known = [each for each in found if each]
    return known if len(known) == len(found) else []


def _serial(value: str) -> Identifier | None:
    for scheme in ("issn", "isbn"):
        try:
            return Identifier(scheme, value)
        except InvalidIdentifierError:
            continue
    return None
