"""Letters that came out wrong on the way: invisible ones, ligatures, and those of another encoding."""

# ruff: noqa: RUF001  # they are what this is about

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.subjects import PEOPLE, PRINTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.checks.subjects import FieldText, Subject

_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?<![\u0600-\u0dff])[\u200c\u200d](?![\u0600-\u0dff\u2600-\U0001ffff])"
)
_LIGATURE: Final = re.compile("[\ufb00-\ufb06]")
# UTF-8 read as Windows-1252: a lead byte as a letter, and as many of the others behind it.
_TAIL: Final = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MISREAD: Final = re.compile(
    f"Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’•˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€{_TAIL}|[ÄÅ][\u0080-\u009f\u00a1-\u00bf]"
)
_TEXTS: Final = PRINTED | PEOPLE


def _find_invisible(subject: Subject, field: FieldText) -> Iterator[Found]:
    if field.text.isascii():
        return
    found = _INVISIBLE.search(field.text)
    if found:
        name = unicodedata.name(found.group(), "a control character").lower()
        where = "LaTeX may stop at it" if subject.is_latex else "searching and sorting go wrong"
        message = (
            f"has the character U+{ord(found.group()):04X}, {name}, which nobody sees; {where}; take it out"
        )
        yield Found(message, field.name, field.with_text(_INVISIBLE.sub("", field.text)))


def _find_ligature(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as every check is asked
    if field.text.isascii():
        return
    found = _LIGATURE.search(field.text)
    if found:
        meant = unicodedata.normalize("NFKC", found.group())
        message = (
            f"has {found.group()!r}, copied from a page, for {meant!r}; many fonts lack it; write the letters"
        )
        text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), field.text)
        yield Found(message, field.name, field.with_text(text))


def _find_misread(subject: Subject, field: FieldText) -> Iterator[Found]:  # noqa: ARG001  # as above
    if field.text.isascii():
        return
    if "\N{REPLACEMENT CHARACTER}" in field.text:
        message = "has U+FFFD where a letter was lost on the way; it is printed as a box; look the letter up"
        yield Found(message, field.name)
    text = _MISREAD.sub(_meant, field.text)
    if text != field.text:
        odd = next(match.group() for match in _MISREAD.finditer(field.text) if _meant(match) != match.group())
        message = f"{odd!r} is UTF-8 that was read as Windows-1252; it is printed so; write {_MISREAD.sub(_meant, odd)!r}"
        yield Found(message, field.name, field.with_text(unicodedata.normalize("NFC", text)))


def _meant(found: re.Match[str]) -> str:
    """The letter that a misread one is; itself where it isn't misread."""
    try:
        return b"".join(map(_byte, found.group())).decode()
    except UnicodeError:
        return found.group()


def _byte(letter: str) -> bytes:
    # Windows-1252 leaves five bytes without a letter; programs read them as Latin-1 has them.
    return letter.encode("latin-1") if ord(letter) <= 0xFF else letter.encode("cp1252")  # noqa: PLR2004  # Latin-1's last


CHECKS = (
    Check(
        "invisible-character",
        "characters that nobody sees",
        "Copied from web pages and PDFs, texts bring soft hyphens, zero-width spaces and marks of direction. They break "
        "searching, sorting and hyphenation, and LaTeX may stop at them. They are taken out; joiners between letters of "
        "scripts that need them stay.",
        wrong="@misc{a, title = {Deep lear\u00adning}}",
        right="@misc{a, title = {Deep learning}}",
        in_field=_find_invisible,
        attributes=_TEXTS,
    ),
    Check(
        "copied-ligature",
        "ligatures copied from a page",
        "PDFs give one character for the letters f and i. Most fonts have no such letter, nobody finds the word, and "
        "LaTeX makes ligatures itself. The letters are written apart.",
        wrong="@misc{a, title = {Classi\ufb01cation}}",
        right="@misc{a, title = {Classification}}",
        in_field=_find_ligature,
        attributes=_TEXTS,
    ),
    Check(
        "misread-letters",
        "letters read in a wrong encoding",
        "Ã© for é: UTF-8 was read as Windows-1252 and saved so. What is certain is turned back. A letter that "
        "became U+FFFD is lost for good and must be looked up.",
        wrong="@misc{a, title = {CafÃ© culture}}",
        right="@misc{a, title = {Café culture}}",
        in_field=_find_misread,
        attributes=_TEXTS,
    ),
)
