"""Where sources contradict each other: not every difference does.

Two statements of a field agree when one says no more than the other does more precisely: the same words in
another case, spelling of accents or punctuation; a year and a day of it; initials and the names they are of;
a list of names that ends in "and others"; an abbreviated venue. What sources word each in their own way
(abstracts, notes, keywords, addresses) is not compared, nor what is said of another version of the work; and
the date of a preprint does not contradict that of its publication.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from dlbib.model.entry import ROLES
from dlbib.model.identity import ONE_WORK
from dlbib.model.markup import fold
from dlbib.model.merging import People, Statement, Value, why
from dlbib.model.preprints import IN_COMMON, is_published
from dlbib.model.spans import meet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dlbib.model.dates import Date
    from dlbib.model.identifiers import Identifier
    from dlbib.model.merging import Record
    from dlbib.model.names import Name


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of a work of which sources say what can't both be so.

    ``won`` is the statement that counts, ``others`` are those that contradict it, by precedence.
    """

    key: str
    field: str
    won: Statement
    others: tuple[Statement, ...]


def conflicts(records: Iterable[Record], key: str = "") -> tuple[Conflict, ...]:
    """The fields on which ``records`` of one work contradict each other, in the order of `why`."""
    statements = why(record for record in records if record.kind != "version")
    found = []
    for field, said in groupby(statements, key=lambda statement: statement.field):
        won, *others = said
        against = tuple(other for other in others if _contradicts(field, won, other))
        if against:
            found.append(Conflict(key, field, won, against))
    return tuple(found)


def _contradicts(field: str, won: Statement, other: Statement) -> bool:
    agree = _AGREE.get(field)
    if agree is None or _of_preprint_and_publication(field, won, other):
        return False
    if won.value is None or other.value is None:
        return won.value is not other.value
    return not agree(won.value, other.value)


# --- a preprint and what was published of it ---------------------------------------------------------


def _of_preprint_and_publication(field: str, one: Statement, other: Statement) -> bool:
    if field in IN_COMMON:
        return False
    preprints = [statement.record.kind == "arxiv" for statement in (one, other)]
    published = [is_published(statement.record.entry) for statement in (one, other)]
    return (preprints[0] and published[1]) or (preprints[1] and published[0])


# --- when two values agree ---------------------------------------------------------------------------


def _texts(one: Value, other: Value) -> bool:
    return fold(str(one)) == fold(str(other))


def _numbers(one: Value, other: Value) -> bool:
    ours, theirs = ([word.lstrip("0") or "0" for word in fold(str(text)).split()] for text in (one, other))
    return ours == theirs


def _pages(one: Value, other: Value) -> bool:
    ours, theirs = (fold(str(text)).split() for text in (one, other))
    shorter = min(len(ours), len(theirs))
    return ours[:shorter] == theirs[:shorter]


def _venues(one: Value, other: Value) -> bool:
    """Whether the words of one begin, in order, like words of the other: as an abbreviation's do."""
    shorter, longer = sorted((fold(str(text)).split() for text in (one, other)), key=len)
    rest = iter(longer)
    return all(any(_alike(word, candidate) for candidate in rest) for word in shorter)


def _alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _kinds(one: Value, other: Value) -> bool:
    return one == other or not {one, other}.isdisjoint({"article", "document", "webpage"})


def _languages(one: Value, other: Value) -> bool:
    ours, theirs = (fold(str(text)).partition(" ")[0] for text in (one, other))
    return _alike(ours, theirs)


def _dates(one: Value, other: Value) -> bool:
    return meet(cast("Date", one), cast("Date", other))


def _identifiers(one: Value, other: Value) -> bool:
    """Whether a work is named by both; the DOIs that arXiv gives are none of a publication."""
    given = (cast("tuple[Identifier, ...]", said) for said in (one, other))
    ours, theirs = ({i.work for i in said if i.scheme != "doi" or i.arxiv is None} for said in given)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _people(one: Value, other: Value) -> bool:
    ours, theirs = cast("People", one), cast("People", other)
    if len(ours.names) > len(theirs.names):
        ours, theirs = theirs, ours
    if len(ours.names) < len(theirs.names) and not ours.others:
        return False
    return all(map(_one_person, ours.names, theirs.names))


def _one_person(one: Name, other: Name) -> bool:
    if one.literal or other.literal:
        return sorted(fold(str(one)).split()) == sorted(fold(str(other)).split())
    return _surnames(one, other) and _given(fold(one.given), fold(other.given))


def _surnames(one: Name, other: Name) -> bool:
    return fold(one.family) == fold(other.family) or _whole_surname(one) == _whole_surname(other)


def _whole_surname(name: Name) -> str:
    return fold(f"{name.dropping_particle} {name.non_dropping_particle} {name.family}")


def _given(one: str, other: str) -> bool:
    """Whether initials and names are of one person; a name may be left out at the end."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    return all(map(_alike, one.split(), other.split()))


_AGREE: Final[Mapping[str, Callable[[Value, Value], bool]]] = {
    "type": _kinds,
    "title": _texts,
    "language": _languages,
    "page": _pages,
    **dict.fromkeys(("issued", "event_date", "original_date"), _dates),
    **dict.fromkeys(("container_title", "collection_title", "event_title", "event_place"), _venues),
    **dict.fromkeys(("publisher", "publisher_place"), _venues),
    **dict.fromkeys(("volume", "issue", "number", "collection_number", "edition"), _numbers),
    **dict.fromkeys(("part", "chapter_number", "number_of_pages", "number_of_volumes"), _numbers),
    **dict.fromkeys(sorted(ONE_WORK), _identifiers),
    **dict.fromkeys(ROLES, _people),
}
"""The fields that are compared, and when two values of one agree."""
