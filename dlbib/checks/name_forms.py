"""Single names: in capitals, with initials glued together, with digits, with a suffix in a wrong place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.checks import Check, Found
from dlbib.checks.people import quoted, rewritten, written_names
from dlbib.checks.subjects import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlbib.checks.people import Written
    from dlbib.checks.subjects import FieldText, Subject

    Mend = Callable[[Written], str | None]
    """Gives a name written anew; an empty text if it is odd and can't be, nothing if it isn't odd."""

_GLUED: Final = re.compile(r"(?<![^\s,~{])(?:[^\W\d_]\.){2,4}(?![^\s,~}-])")
_MAY_BE_GLUED: Final = re.compile(r"[^\W\d_]\.[^\W\d_]\.|,\s*[A-Z]{2}")
_BARE_INITIALS: Final = re.compile(r"[A-Z]{2,3}")
_NO_INITIALS: Final = frozenset({"II", "III", "IV", "JR", "SR"})
_DBLP_NUMBER: Final = re.compile(r"(?<!\s)\s+0\d{3}\Z")
_DIGIT: Final = re.compile(r"\d")
_MIXED_PREFIX: Final = re.compile(r"MA?C[A-Z]")
_CAPITALS: Final = re.compile(r"[^\W\d_]{2,}")
_VOWEL: Final = re.compile(r"[AEIOU\u00c0-\u024f]")
"""In every name that is no row of initials, as PVS is one."""
_SHORTEST_SHOUT: Final = 3
_SUFFIX: Final = r"(?:Jr|Sr)\.?|I{2,3}|IV"
_ANY_SUFFIX: Final = re.compile(_SUFFIX)
_LAST_SUFFIX: Final = re.compile(rf"(?P<given>[^,{{}}]+)\s(?P<family>[^\s,{{}}]+),?\s+(?P<suffix>{_SUFFIX})")
_FAMILY_SUFFIX: Final = re.compile(
    rf"(?P<family>[^,{{}}]+)\s+(?P<suffix>{_SUFFIX})\s*,\s*(?P<given>[^,{{}}]+)"
)
_GIVEN_SUFFIX: Final = re.compile(
    rf"(?P<family>[^,{{}}]+),\s*(?P<given>[^,{{}}]+?),?\s+(?P<suffix>{_SUFFIX})"
)


def _find(
    subject: Subject, field: FieldText, mend: Mend, message: str, sign: re.Pattern[str] | None = None
) -> Iterator[Found]:
    """One finding for all names of a field that are odd in a way and can be mended, and one for the others.

    ``sign`` is found in the text of every field with a name that is odd in that way.
    """
    if sign and not sign.search(field.text):
        return
    odd = [(name, new) for name in written_names(subject, field) if (new := mend(name)) is not None]
    for some in ([each for each in odd if each[1]], [each for each in odd if not each[1]]):
        if some:
            more = f" and {len(some) - 1} more" if len(some) > 1 else ""
            changes = rewritten(field, some) if some[0][1] else {}
            yield Found(f"{quoted(some[0][0])}{more} {message}", field.name, changes)


def _find_case(subject: Subject, field: FieldText) -> Iterator[Found]:
    return _find(
        subject,
        field,
        _in_small_letters,
        "shouts; styles print it so, and sorting takes it for another name; write it in small letters",
    )


def _in_small_letters(name: Written) -> str | None:
    family, given = name.name.family, name.name.given
    if not given or not family.isupper():
        return None
    capitals = [letter for letter in family if letter.isupper()]
    if len(capitals) < _SHORTEST_SHOUT or not _VOWEL.search(family):
        return None
    if _BARE_INITIALS.fullmatch(given) or any(len(word) == 1 for word in family.split()):
        return None
    words = _CAPITALS.findall(name.text)
    if (
        "\\" in name.text
        or "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" in name.text
        or any(_MIXED_PREFIX.match(word) for word in words)
    ):
        return ""
    if not name.has_comma:
        head, _, last = name.text.rpartition(" ")
        return f"{head} {_capitalised(last)}" if last == family else ""
    written, comma, rest = name.text.partition(",")
    return f"{_capitalised(written)}{comma}{_capitalised(rest) if _shouts(rest) else rest}"


def _shouts(text: str) -> bool:
    return text.isupper() and any(len(word) >= _SHORTEST_SHOUT for word in _CAPITALS.findall(text))


def _capitalised(text: str) -> str:
    return _CAPITALS.sub(lambda word: word.group().capitalize(), text)


def _find_glued(subject: Subject, field: FieldText) -> Iterator[Found]:
    return _find(
        subject,
        field,
        _spaced,
        "has initials without space between them; styles that abbreviate print the first alone; part them",
        _MAY_BE_GLUED,
    )


def _spaced(name: Written) -> str | None:
    if name.name.literal or name.name.family.isupper():
        return None
    if name.has_comma:
        family, _, given = name.text.partition(",")
        bare = given.strip()
        if _BARE_INITIALS.fullmatch(bare) and bare not in _NO_INITIALS and family.strip():
            return f"{family}, {' '.join(f'{letter}.' for letter in bare)}"
    spaced = _GLUED.sub(lambda found: found.group().replace(".", ". ").rstrip(), name.text)
    return spaced if spaced != name.text else None


def _find_digits(subject: Subject, field: FieldText) -> Iterator[Found]:
    return _find(
        subject,
        field,
        _without_number,
        "has digits; no person's name has; take them out, or put an organisation's name in braces",
        _DIGIT,
    )


def _without_number(name: Written) -> str | None:
    said = name.name
    if said.literal or not _DIGIT.search(f"{said.family}{said.given}") or not _DIGIT.search(name.text):
        return None
    return _DBLP_NUMBER.sub("", name.text) if _DBLP_NUMBER.search(name.text) else ""


def _find_suffix(subject: Subject, field: FieldText) -> Iterator[Found]:
    return _find(
        subject,
        field,
        _with_suffix,
        "has a suffix in a place where it is read as a name; it is sorted by that; write 'Family, Jr., Given'",
        _ANY_SUFFIX,
    )


def _with_suffix(name: Written) -> str | None:
    if name.name.literal:
        return None
    for pattern in (_FAMILY_SUFFIX, _GIVEN_SUFFIX) if "," in name.text else (_LAST_SUFFIX,):
        if found := pattern.fullmatch(name.text):
            return f"{found['family'].strip()}, {found['suffix']}, {found['given'].strip()}"
    return None


CHECKS = (
    Check(
        "name-capitals",
        "family names in capitals",
        "Databases write SMITH, John to tell the family name. A bibliography prints that as it stands. The mended name is "
        "in small letters; a name that may have capitals inside (MCDONALD) is left to you.",
        wrong="@misc{a, author = {SMITH, John}, title = {A title}}",
        right="@misc{a, author = {Smith, John}, title = {A title}}",
        in_field=_find_case,
        attributes=PEOPLE,
    ),
    Check(
        "name-initials",
        "initials that are glued together",
        "BibTeX takes J.R.R. for one given name and abbreviates it to J.; JRR is no better. With spaces between them "
        "each initial is one: J. R. R. Styles that want them close set them close.",
        wrong="@misc{a, author = {Tolkien, J.R.R.}, title = {A title}}",
        right="@misc{a, author = {Tolkien, J. R. R.}, title = {A title}}",
        in_field=_find_glued,
        attributes=PEOPLE,
    ),
    Check(
        "name-digits",
        "digits in names",
        "DBLP tells people of one name apart by a number behind it (Wei Wang 0001), others leave a footnote's mark. "
        "DBLP's number is taken out; any other is left to you. An organisation whose name has digits belongs into braces.",
        wrong="@misc{a, author = {Wei Wang 0001}, title = {A title}}",
        right="@misc{a, author = {Wei Wang}, title = {A title}}",
        in_field=_find_digits,
        attributes=PEOPLE,
    ),
    Check(
        "name-suffix",
        "Jr. and III where they are read as names",
        "BibTeX takes the last word of 'Martin Luther King Jr.' for the family name, and 'King, Martin, Jr.' for somebody "
        "called Jr. of the line of Martin. The one form it reads is 'King, Jr., Martin Luther'.",
        wrong="@misc{a, author = {Martin Luther King Jr.}, title = {A title}}",
        right="@misc{a, author = {King, Jr., Martin Luther}, title = {A title}}",
        in_field=_find_suffix,
        attributes=PEOPLE,
    ),
)
