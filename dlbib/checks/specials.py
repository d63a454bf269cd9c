r"""Characters that LaTeX takes for commands, and quotation marks that it doesn't set as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.subjects import PEOPLE, PRINTED
from dlbib.checks.tex import HIDDEN, has_odd_dollar, masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_SPECIAL: Final = re.compile(r"[&%#_^]")
_ENTITY: Final = re.compile(r"&(?:#\w{1,8}|[A-Za-z]\w{1,31});")
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://[^\s{}\0]+")
_BETWEEN_NAMES: Final = re.compile(r"(?<=\s)&(?=\s)")
_DOES: Final = {
    "&": "LaTeX stops at it, as at a tab in no table",
    "%": "LaTeX drops the rest of the line",
    "#": "LaTeX stops at it",
    "_": "LaTeX stops at it outside math",
    "^": "LaTeX stops at it outside math",
}
_QUOTED: Final = re.compile(r'(?<![^\s([{\0-])"([^"\s](?:[^"]*[^"\s])?)"(?![^\s)\]},.;:!?\0-])')


def _find_special(subject: Subject, field: FieldText) -> Iterator[Found]:
    if not subject.is_latex or not _SPECIAL.search(field.text) or has_odd_dollar(field.text):
        return
    sight = _ADDRESS.sub(_hidden, _ENTITY.sub(_hidden, masked(field.text)))
    if field.attribute in PEOPLE:
        sight = _BETWEEN_NAMES.sub(_hidden, sight)
    places = [found.start() for found in _SPECIAL.finditer(sight)]
    if not places:
        return
    signs = list(dict.fromkeys(sight[place] for place in places))
    how = "write $x^2$" if "^" in signs else "write " + " ".join(f"\\{sign}" for sign in signs)
    what = f"{_excerpt(field.text, places[0])} has a bare {' and '.join(signs)}"
    fix = {} if "^" in signs else field.with_text(_escaped(field.text, places))
    yield Found(f"{what}; {_DOES[signs[0]]}; {how}", field.name, fix)


def _hidden(found: re.Match[str]) -> str:
    return HIDDEN * len(found.group())


def _escaped(text: str, places: list[int]) -> str:
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    return "\\".join(pieces)


def _excerpt(text: str, place: int, reach: int = 12) -> str:
    start, end = max(0, place - reach), place + reach
    piece = " ".join(text[start:end].split())
    return f"'{'…' if start else ''}{piece}{'…' if end < len(text) else ''}'"


def _find_quotes(subject: Subject, field: FieldText) -> Iterator[Found]:
    if not subject.is_latex or '"' not in field.text:
        return
    sight = masked(field.text)
    found = list(_QUOTED.finditer(sight))
    if not found or 2 * len(found) != sight.count('"'):
        return
    text = field.text
    for match in reversed(found):
        text = f"{text[: match.start()]}``{text[match.start() + 1 : match.end() - 1]}''{text[match.end() :]}"
    message = (
        f"{_excerpt(field.text, found[0].start())} has straight quotation marks; LaTeX sets both as closing "
        "ones, and babel takes them for commands in some languages; write ``…''"
    )
    yield Found(message, field.name, field.with_text(text))


CHECKS = (
    Check(
        "unescaped-special",
        "& % # _ ^ that LaTeX takes for commands",
        "In LaTeX & parts the columns of a table, % begins a comment, # is a parameter, _ and ^ belong to math. "
        "One of them in a title stops the document, or swallows the rest of the line. The mended text has a "
        "backslash before each; a ^ is left to you, for it most likely should be math: $10^6$. Addresses "
        "(url, doi, \\url{...}) and math are left alone.",
        wrong="@misc{a, title = {Research & development: 50% more}}",
        right=r"@misc{a, title = {Research \& development: 50\% more}}",
        in_field=_find_special,
        attributes=PRINTED | PEOPLE,
        severity="error",
    ),
    Check(
        "straight-quotes",
        "straight quotation marks in LaTeX",
        'LaTeX sets the mark " as a closing quotation mark wherever it stands, and with babel it is the beginning '
        "of a command in German and other languages. The mended text has `` before and '' behind what is "
        "quoted. Marks that come in no pairs, such as inches, are left alone.",
        wrong='@misc{a, title = {The "unreasonable" effectiveness of data}}',
        right="@misc{a, title = {The ``unreasonable'' effectiveness of data}}",
        in_field=_find_quotes,
        attributes=PRINTED,
    ),
)
