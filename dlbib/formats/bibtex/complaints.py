"""What there is to say about an entry as it was written: nothing of it stops the writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.entry_fields import field_name
from dlbib.formats.entry_types import REQUIRED
from dlbib.model.citekeys import key_problem
from dlbib.model.problems import Problem
from dlbib.model.tex.braces import is_balanced
from dlbib.model.tex.encode import beyond_ascii
from dlbib.model.tex.hazards import hazards

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.model.entry import Entry

_BY_AUTHOR_ALONE: Final = frozenset({"book", "inbook"})
_SHOWN: Final = 5
"""How many letters one complaint names."""


def complaints(
    entry: Entry, entry_type: str, fields: Mapping[str, str], *, for_bibtex: bool
) -> Iterator[Problem]:
    """Everything that should be known of an entry that was written with ``fields``."""
    if for_bibtex:
        yield from _unfit(entry_type, fields)
    for alias in entry.aliases:
        if problem := key_problem(alias):
            yield _warning("KEY", f"{problem}; left out of the entry's older keys", "ids")
    for key, text in entry.extra.items() if entry.extra else ():
        origin, _, name = key.partition(":")
        if origin == "bibtex":
            yield from _odd(name, text)


def _odd(name: str, text: str) -> Iterator[Problem]:
    """What is odd about a field that no variable holds."""
    written = field_name(name)
    if not is_balanced(text):
        yield _warning("BRACES", _BRACES, written)
    if written != name.lower():
        yield _warning("FIELD-NAME", _NAME.format(ascii(name)), written)


def dangers(fields: Mapping[str, str]) -> Iterator[Problem]:
    """The fields that hold TeX that does more than set text."""
    for name, written in fields.items():
        if found := hazards(written):
            yield _warning("SEC-LATEX", _DANGER.format(", ".join(found)), name)


def unencodable(fields: Mapping[str, str]) -> Iterator[Problem]:
    """What is left in ``fields`` that is not ASCII though it should be."""
    for name, written in fields.items():
        if found := beyond_ascii(written):
            letters = ", ".join(f"{c!a} ({c})" if c.isprintable() else f"{c!a}" for c in found[:_SHOWN])
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            yield _warning("UNENCODABLE", _LETTERS.format(letters + more), name)


def _unfit(entry_type: str, fields: Mapping[str, str]) -> list[Problem]:
    """What BibTeX's styles will miss, or can't print."""
    found = [
        _warning("REQUIRED", _REQUIRED.format(entry_type, " or ".join(names)), names[0])
        for names in REQUIRED.get(entry_type, ())
        if names[0] not in fields and fields.keys().isdisjoint(names)
    ]
    if "date" in fields and "year" in fields:
        found.append(_warning("DATE-INEXACT", _DATE.format(fields["year"][1:-1]), "date"))
    if "author" in fields and "editor" in fields and entry_type in _BY_AUTHOR_ALONE:
        found.append(_warning("EDITOR-UNPRINTED", _EDITOR, "editor"))
    return found


def _warning(code: str, message: str, field: str) -> Problem:
    return Problem(code, message, "warning", field=field)


_DANGER: Final = (
    "{} does more than set text; it was written as it is; write with --safe, or take it out of the value"
)
_REQUIRED: Final = "BibTeX's styles want an @{} to have {}; written without it; add it"
_DATE: Final = (
    "BibTeX knows a year and a month, and the date is more than that; {} was written as its year and the whole in "
    "'date', which BibTeX passes over; use BibLaTeX to print it"
)
_EDITOR: Final = (
    "BibTeX's styles print the authors of a book, and warn of editors beside them; both were written; "
    "use BibLaTeX to print both"
)
_BRACES: Final = "its braces are not balanced; the odd ones were written as characters; mend the value"
_NAME: Final = "BibTeX can't read a field called {}; written under another name; rename it"
_LETTERS: Final = (
    "LaTeX has no ASCII spelling for {}; written as it is, in UTF-8; use BibLaTeX, or write UTF-8"
)
