"""Lists of names that are parted by something else than "and", or end in something else than "others"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.people import quoted, rewritten, written_names
from dlbib.checks.subjects import PEOPLE
from dlbib.model.names.words import outside_braces, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_BRACE: Final = re.compile(r"[{}]")
_ENTITY: Final = re.compile(r"&#?\w{1,32};")
_AMPERSAND: Final = re.compile(r"(?<!\s)\s+(?:\\?&|et|und|AND)\s+")
_FIRM: Final = re.compile(
    r"\b(?:sons?|cie|co|company|brothers|bros|associates|partners|inc|ltd)\b", re.IGNORECASE
)
_INITIALS: Final = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.[~\s-]*){1,4}")
_ET_AL: Final = re.compile(
    r"(?:(?<!\s),?\s*\b(?:et\.?\s*al(?:ii|\.)?|u\.\s?a\.|and\s+others)|(?<!\.)\.\.\.|…)[\s.]*\Z",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(r"(?<![\s,])[\s,]*,\s*\Z")
_SUFFIX: Final = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
_FEWEST: Final = 3
"""From how many parts on a list with commas is one of people and not a name with its parts."""


def _find_separators(subject: Subject, field: FieldText) -> Iterator[Found]:
    for name in written_names(subject, field):
        parts, what = _parted(name.text)
        if not what:
            continue
        changes = rewritten(field, [(name, " and ".join(parts))]) if parts else {}
        message = f"{quoted(name)} are several names parted by {what}; it is read as one; part them by 'and'"
        yield Found(message, field.name, changes)
        return


def _parted(text: str) -> tuple[list[str], str]:
    """The names in what is written as one, and what parts them; no names where that can't be told for sure."""
    free = outside_braces(text)
    if ";" in free and ";" in _ENTITY.sub("", free):
        parts = [part.strip() for part in _split(text, ";")]
        return [part for part in parts if part], "';'"
    if (found := _AMPERSAND.search(free)) and not _FIRM.search(free):
        parts = [part.strip(" ,") for part in _AMPERSAND.split(text)] if free == text else []
        if all(len(part.split()) > 1 or "," in part for part in parts) and parts:
            return parts, repr(found.group().strip())
    if free.count(",") >= _FEWEST - 1 and free == text:
        return _parted_by_commas([" ".join(words) for words in sections(text)])
    return [], ""


def _parted_by_commas(parts: list[str]) -> tuple[list[str], str]:
    parts = [part for part in parts if part]
    if len(parts) < _FEWEST or any(_SUFFIX.fullmatch(part) for part in parts):
        return [], ""
    if all(len(part.split()) > 1 and _INITIALS.fullmatch(part.split()[-1]) for part in parts):
        split = (part.rpartition(" ") for part in parts)
        return [f"{family}, {initials}" for family, _, initials in split], "commas"
    if (
        len(parts) % 2 == 0
        and len(parts) > _FEWEST
        and all(_INITIALS.fullmatch(p.strip()) for p in parts[1::2])
    ):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)], "commas"
    if all(1 < len(part.split()) <= _FEWEST + 1 and part[0].isupper() for part in parts):
        return parts, "commas"
    return [], ""


def _split(text: str, sign: str) -> list[str]:
    """The pieces of ``text`` between signs outside braces."""
    pieces, depth, start = [], 0, 0
    for found in re.finditer(rf"[{{}}]|{re.escape(sign)}", text):
        if found.group() == sign and not depth:
            pieces.append(text[start : found.start()])
            start = found.end()
        elif found.group() != sign:
            depth += 1 if found.group() == "{" else -1
    return [*pieces, text[start:]]


def _find_et_al(subject: Subject, field: FieldText) -> Iterator[Found]:
    names = written_names(subject, field)
    if not names:
        return
    last = names[-1]
    text = last.text.strip("{}") if last.name.literal else last.text
    is_bare = str(last.name).lower().replace(".", "").replace(" ", "") in {"etal", "others", "etalii", "ua"}
    found = _ET_AL.search(text)
    if not (is_bare or found):
        return
    rest = "" if is_bare or found is None else text[: found.start()].rstrip(" ,~")
    new = f"{rest} and others" if rest else "others"
    message = f"{quoted(last)} ends the list; it is printed as somebody's name; end it with 'and others'"
    yield Found(message, field.name, rewritten(field, [(last, new)]))


def _find_empty(subject: Subject, field: FieldText) -> Iterator[Found]:
    names = written_names(subject, field)
    ending = [(name, _TRAILING.sub("", name.text)) for name in names if name.text.endswith(",")]
    if ending:
        message = f"{quoted(ending[0][0])} ends with a comma; what should follow is missing; take it out, or write the rest"
        changes = rewritten(field, ending) if all(new for _, new in ending) else {}
        yield Found(message, field.name, changes)


CHECKS = (
    Check(
        "name-separators",
        "names parted by something else than 'and'",
        "BibTeX parts names by the word 'and' alone. Names parted by semicolons, commas or & are read as one strange name, "
        "so that the list is sorted and abbreviated wrongly. The mended field has 'and' between them, where it is sure "
        "where one ends: 'A. Smith; B. Jones', 'Smith J, Jones B', 'Smith, J., Jones, B.', three full names and more. "
        "An organisation with & in its name belongs into braces.",
        wrong="@misc{a, author = {Smith, John; Jones, Betty}, title = {A title}}",
        right="@misc{a, author = {Smith, John and Jones, Betty}, title = {A title}}",
        in_field=_find_separators,
        attributes=PEOPLE,
        instead_of=("NAME-SUSPECT", "NAME-COMMAS", "RIS-NAME"),
    ),
    Check(
        "name-et-al",
        "'et al.' for 'and others'",
        "Lists that end before their end have 'and others' there, which styles print as 'et al.' in the right language. "
        "'et al.' itself is read as the name of a person.",
        wrong="@misc{a, author = {Smith, John and Jones, Betty and et al.}, title = {A title}}",
        right="@misc{a, author = {Smith, John and Jones, Betty and others}, title = {A title}}",
        in_field=_find_et_al,
        attributes=PEOPLE,
        instead_of=("NAME-SUSPECT",),
    ),
    Check(
        "name-trailing-comma",
        "names that end with a comma",
        "Behind the comma of 'Smith,' the given name is missing, and behind that of 'Smith, John,' nothing should come. "
        "BibTeX warns of some. The comma is taken out; what is missing you must add.",
        wrong="@misc{a, author = {Smith, John, and Jones, Betty}, title = {A title}}",
        right="@misc{a, author = {Smith, John and Jones, Betty}, title = {A title}}",
        in_field=_find_empty,
        attributes=PEOPLE,
        instead_of=("NAME-COMMAS",),
    ),
)
