"""Entries to RIS.

No value can end its record, begin another or become a tag of its own. A record is read back as soon as it
is written, and what doesn't come back as it was is reported.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from dlbib.formats.ris.dates import write_date
from dlbib.formats.ris.draft import PAIRS
from dlbib.formats.ris.names import write_name
from dlbib.formats.ris.pages import write_pages
from dlbib.formats.ris.reader import PREFIX, parse
from dlbib.formats.ris.tags import NUMBER_TAG, writings
from dlbib.formats.ris.texts import encoded, tag_line, tag_lines
from dlbib.formats.ris.types import GENERIC, TYPES, WRITTEN, csl_type
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dlbib.formats import RenderOptions
    from dlbib.formats.ris.tags import Kind, Row
    from dlbib.model.dates import Date
    from dlbib.model.entry import Entry

_TAG: Final = re.compile(r"(?!TY|ER)[A-Z][A-Z0-9]")
_TYPE: Final = re.compile(r"[A-Z0-9][A-Z0-9 _/-]*")
_END: Final = "\r\n"
_MAKERS_TAG: Final = "AU"
_MAKERS: Final = ("author", "composer", "director")
"""The roles that the tag has, each in other types: where nobody has the type's own, the others are written there."""

_ET_AL: Final = "et al."
_ACCESSIONS: Final = {"arxiv": "arXiv:{}", "pmid": "PMID:{}", "pmcid": "{}"}
_READ_OTHERWISE: Final = frozenset({"key", "type", "contributors", "extra"})


def render(entries: Iterable[Entry], options: RenderOptions) -> Iterator[str]:
    """A piece of text for each entry; lines end as RIS has them, in carriage return and line feed."""
    for entry in entries:
        lines = _lines(entry)
        yield "".join(f"{line}{_END}" for line in (*lines, ""))
        for problem in _problems(entry, "\n".join(lines)):
            options.report(problem)


def _lines(entry: Entry) -> list[str]:
    values = _paired(entry)
    lines: list[str] = []
    for row in writings(entry.type):
        write = _WRITERS.get(row.kind)
        lines.extend(write(row, entry) if write else _text_lines(row.tag, values[row.attribute]))
    lines.extend(_kept(entry))
    if entry.type == TYPES["JOUR"] and entry.extra.get(f"{PREFIX}TY") == GENERIC:
        lines = [
            f"JF{line[2:]}" if line.startswith("T2") else line for line in lines
        ]  # by which it is an article
    return [tag_line("TY", _type(entry, lines)), *lines, "ER  - "]


def _type(entry: Entry, lines: Iterable[str]) -> str:
    """The type that the record came with if it still fits, else the usual one."""
    tags = {line[:2] for line in lines}
    usual = WRITTEN.get(entry.type, GENERIC)
    for written in (entry.extra.get(f"{PREFIX}TY", ""), usual):
        if _TYPE.fullmatch(written) and csl_type(written, tags) == entry.type:
            return written
    return usual


def _paired(entry: Entry) -> dict[str, Any]:
    """The attributes of ``entry``; what stands alone of a pair takes the usual tag of the other."""
    values = {name: getattr(entry, name) for name in type(entry).model_fields}
    for usual, other in PAIRS.get(entry.type, ()):
        if values[usual] and not values[other]:
            values[other], values[usual] = values[usual], None
    return values


def _text_lines(tag: str, value: str | None) -> list[str]:
    return [tag_line(tag, encoded(value))] if value else []


def _value_lines(row: Row, entry: Entry) -> list[str]:
    value: str | None = getattr(entry, row.attribute) if row.attribute else None
    return _text_lines(row.tag, value)


def _key_lines(row: Row, entry: Entry) -> list[str]:
    return _text_lines(NUMBER_TAG if entry.key.isdecimal() else row.tag, entry.key)


def _long_lines(row: Row, entry: Entry) -> list[str]:
    """An abstract goes on in further lines; of a note, which may come in many tags, each line has its own."""
    value: str = getattr(entry, row.attribute) or ""
    if row.attribute == "abstract":
        return tag_lines(row.tag, encoded(value)) if value else []
    return [tag_line(row.tag, encoded(line)) for line in value.split("\n")] if value else []


def _name_lines(row: Row, entry: Entry) -> list[str]:
    """The names of a role; where the work's own makers are not known, others who made it and have no tag in the type."""
    roles = [row.attribute]
    if row.tag == _MAKERS_TAG and not entry.names(row.attribute):
        told = {each.attribute for each in writings(entry.type)}
        roles += [role for role in _MAKERS if role not in told]
    names = [write_name(name) for role in roles for name in entry.names(role)]
    others = [_ET_AL] if any(role in entry.others for role in roles) else []
    return [tag_line(row.tag, encoded(each)) for each in (*names, *others)]


def _keyword_lines(row: Row, entry: Entry) -> list[str]:
    return [tag_line(row.tag, encoded(each)) for each in entry.keywords]


def _identifier_lines(row: Row, entry: Entry) -> list[str]:
    return _forms(row.tag, entry, {row.attribute: "{}"})


def _serial_lines(row: Row, entry: Entry) -> list[str]:
    return [*_value_lines(row, entry), *_forms(row.tag, entry, {"isbn": "{}", "issn": "{}"})]


def _accession_lines(row: Row, entry: Entry) -> list[str]:
    named = {each.attribute for each in writings(entry.type)}
    return [
        *_value_lines(row, entry),
        *_forms(
            row.tag, entry, {scheme: form for scheme, form in _ACCESSIONS.items() if scheme not in named}
        ),
    ]


def _forms(tag: str, entry: Entry, forms: Mapping[str, str]) -> list[str]:
    found = [each for each in entry.identifiers if each.scheme in forms]
    return [tag_line(tag, encoded(forms[each.scheme].format(each.value))) for each in found]


def _date_lines(row: Row, entry: Entry) -> list[str]:
    date: Date | None = getattr(entry, row.attribute)
    if date is None:
        return []
    year, day = write_date(date)
    if row.attribute != "issued":
        return _text_lines(row.tag, day or year)
    return [*_text_lines(row.tag, year), *_text_lines("DA", day)]


def _page_lines(row: Row, entry: Entry) -> list[str]:
    is_extent = row.kind == "extent"
    if not entry.page:
        return _text_lines(row.tag, entry.number_of_pages if is_extent else None)
    start, end = write_pages(entry.page, is_extent=is_extent)
    return [*_text_lines("SP", start), *_text_lines("EP", end)]


_WRITERS: Final[Mapping[Kind, Callable[[Row, Entry], list[str]]]] = {
    "accession": _accession_lines,
    "date": _date_lines,
    "extent": _page_lines,
    "identifier": _identifier_lines,
    "key": _key_lines,
    "keywords": _keyword_lines,
    "lines": _long_lines,
    "names": _name_lines,
    "pages": _page_lines,
    "serial": _serial_lines,
}


def _kept(entry: Entry) -> Iterator[str]:
    for name, value in entry.extra.items():
        tag = name.removeprefix(PREFIX).partition("#")[0]
        if name.startswith(PREFIX) and _TAG.fullmatch(tag):
            yield from tag_lines(tag, value)


def _problems(entry: Entry, text: str) -> Iterator[Problem]:
    """What a reader of the record would not have of the entry, or have otherwise."""
    back = next(parsed.entry for parsed in parse(io.StringIO(text), "") if parsed.entry)
    if back.type != entry.type:
        message = f"RIS has no type for {entry.type}; written as {_written_type(text)}"
        yield Problem("RIS-TYPE", message, "warning", key=entry.key, field="type")
    lost = [*_other_attributes(entry, back), *_other_names(entry, back), *_other_extra(entry, back)]
    if lost:
        message = f"RIS can't hold all of: {', '.join(lost)}; left out, or written as near as can be"
        yield Problem("RIS-LOST", message, "warning", key=entry.key)


def _written_type(text: str) -> str:
    return text.partition("\n")[0].removeprefix("TY  - ")


def _other_attributes(entry: Entry, back: Entry) -> list[str]:
    names = [name for name in type(back).model_fields if name not in _READ_OTHERWISE]
    lost = [name for name in names if _compared(getattr(entry, name)) != _compared(getattr(back, name))]
    return ["key", *lost] if entry.key and entry.key != back.key else lost


def _compared(value: object) -> object:
    """``value`` without what doesn't count: white space, and the order of identifiers."""
    if isinstance(value, str):
        return " ".join(value.split())
    return set(value) if isinstance(value, tuple) else value


def _other_names(entry: Entry, back: Entry) -> list[str]:
    """The roles whose names are not there; how a name is parted doesn't count, nor the order of roles."""
    ours, theirs = _by_role(entry), _by_role(back)
    return [role for role, names in ours.items() if theirs.get(role) != names]


def _by_role(entry: Entry) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in entry.contributors:
        found.setdefault(each.role, []).append(str(each.name))
    return found


def _other_extra(entry: Entry, back: Entry) -> list[str]:
    return [name for name in entry.extra if name not in back.extra and name != f"{PREFIX}TY"]
