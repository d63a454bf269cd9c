"""The reasons for and against two entries being one work, rule by rule.

A rule looks at the traits of both and gives the reasons it sees. Each is symmetric but for the order of
the values in its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from dlbib.model.identity import kinds, people, titles, venues
from dlbib.model.identity.judgements import Reason, apart, both, differ
from dlbib.model.identity.namesakes import addresses, isbns, other_names
from dlbib.model.identity.notices import notice
from dlbib.model.identity.numerals import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.model.identity.traits import Traits

_PUBLICATION_YEARS: Final = range(-1, 5)
"""How many years after its preprint a publication may be dated; it can be dated before."""
_DATED: Final = frozenset(
    {"data", "issue", "law", "page", "recording", "report", "review", "software", "talk"}
)
"""The kinds of which another year is mostly another issue or version."""
_PUBLISHED_WHOLE: Final = frozenset({"book", "report", "thesis"})
_NUMBERED: Final = frozenset({"law", "patent", "report"})
"""The kinds of which each has a number of its own."""
_MEETING: Final = re.compile(
    r"\b(?:proceedings|workshop|conference|symposium|tagung|conférence|actes|atti|congress)\b", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"[0-9]+")
_LONG: Final = 3


# --- titles ----------------------------------------------------------------------------------------


def title(one: Traits, other: Traits) -> Iterator[Reason]:
    """What the titles have in common."""
    said = f"title {one.title.text!r} | {other.title.text!r}"
    match titles.relation(one.title, other.title):
        case "same":
            yield Reason(_same_title(one, other), f"both are called {one.title.text!r}")
        case "subtitle":
            whole = one.kind == other.kind and one.kind in _PUBLISHED_WHOLE and not _has_remark(one, other)
            yield Reason("book-with-subtitle" if whole else "title-with-subtitle", said)
            yield from _bearings(one, other)
        case "respelt":
            yield Reason("respelt-title" if _are_at_one_place(one, other) else "misspelt-title", said)
            yield from _bearings(one, other)
        case "similar":
            yield Reason("similar-title", said)
            yield from _bearings(one, other)
        case "unlike":
            yield Reason("other-title", said)
            yield from _bearings(one, other)
        case "unknown":
            return


def _are_at_one_place(one: Traits, other: Traits) -> bool:
    """Whether both stand on one page of a year under one first name: there a letter more or less is a slip of the pen."""
    ours, theirs = one.people.persons[:1], other.people.persons[:1]
    heads = {person.last for person in (*ours, *theirs)}
    is_one = (one.page, one.year) == (other.page, other.year)
    return is_one and bool(one.page and ours and theirs) and len(heads) == 1


def _has_remark(one: Traits, other: Traits) -> bool:
    return one.title.has_remark or other.title.has_remark


def _same_title(one: Traits, other: Traits) -> str:
    """What a title counts that both have; a short one of one author may be that of a column."""
    if one.title.is_recurring:
        return "same-recurring-title"
    if not one.title.is_short:
        return "same-title"
    is_column = min(len(one.people.persons), len(other.people.persons)) == 1
    return "same-brief-title" if is_column else "same-short-title"


def _bearings(one: Traits, other: Traits) -> Iterator[Reason]:
    """The numbers and notices that titles bear, where these are not the same."""
    said = f"{one.title.text!r} | {other.title.text!r}"
    ours, theirs = notice(one.title), notice(other.title)
    if ours != theirs:
        yield Reason("notice", f"{ours or theirs}: {said}")
    mine, yours = set(numbers(one.title)), set(numbers(other.title))
    if mine != yours:
        name = "one-numbered" if mine <= yours or yours <= mine else "other-number"
        yield Reason(
            name, f"number {', '.join(sorted(mine)) or 'none'} | {', '.join(sorted(yours)) or 'none'}"
        )


# --- people ----------------------------------------------------------------------------------------

_RELATIONS: Final[Mapping[people.PeopleRelation, str]] = {
    "loosely-same": "same-names",
    "reordered": "other-order",
    "cut": "and-others",
    "most": "most-authors",
    "fewer": "fewer-authors",
    "some": "some-authors",
    "none": "other-authors",
}
_SAME: Final[Mapping[int, str]] = {1: "same-authors", 2: "same-two-authors"}


def makers(one: Traits, other: Traits) -> Iterator[Reason]:
    """Those who made it: authors, or editors where there are no authors."""
    relation = people.relation(one.people, other.people)
    if relation in {"unknown", "incomparable"}:
        return
    fewest = min(len(one.people.persons), len(other.people.persons))
    yield Reason(_agreement(relation, fewest), f"by {one.people} | {other.people}")


def _agreement(relation: people.PeopleRelation, count: int) -> str:
    """What it counts that so many names agree so: one that is written otherwise may be another person's."""
    if relation == "same":
        return _SAME.get(count, "same-many-authors")
    if relation == "cut" and count >= _LONG:
        return "many-and-others"
    if relation == "loosely-same" and count == 1:
        return "similar-author"
    return _RELATIONS[relation]


# --- years -----------------------------------------------------------------------------------------


def years(one: Traits, other: Traits) -> Iterator[Reason]:
    """The years, and whether a preprint can have come before its publication."""
    if one.year is None or other.year is None:
        return
    distance = abs(one.year - other.year)
    if not distance:
        yield Reason("same-year", f"both are of {one.year}")
        if differ(one.day, other.day) and one.kind == other.kind and not one.is_preprint:
            yield apart("other-day", "day", one.day, other.day)
    else:
        yield apart(_other_year(one, other, distance), "year", one.year, other.year)


def _other_year(one: Traits, other: Traits, distance: int) -> str:
    if one.is_preprint != other.is_preprint:
        posted, published = (one, other) if one.is_preprint else (other, one)
        if (published.year or 0) - (posted.year or 0) in _PUBLICATION_YEARS:
            return "year-beside" if distance == 1 else "preprint-first"
        return "other-year"
    if {one.kind, other.kind} & _DATED or one.are_organizations or _is_of_series(one):
        return "other-of-series"
    return "year-beside" if distance == 1 else "other-year"


def _is_of_series(traits: Traits) -> bool:
    """Whether its title comes again each year, as that of proceedings does."""
    return traits.title.is_recurring or (traits.is_book and _MEETING.search(traits.title.text) is not None)


# --- kinds and places ------------------------------------------------------------------------------


def kind(one: Traits, other: Traits) -> Iterator[Reason]:
    """What kinds of things they are."""
    relation = kinds.relation(one.kind, other.kind)
    if relation in {"doubtful", "other"}:
        yield apart(f"{relation}-kind", "kind", one.kind, other.kind)
    if differ(one.degree, other.degree):
        yield apart("other-degree", "degree", one.degree, other.degree)


def place(one: Traits, other: Traits) -> Iterator[Reason]:
    """Where they were published; where a preprint stands is no such place."""
    if one.is_preprint or other.is_preprint or one.is_book or other.is_book:
        return
    same_page = bool(one.page) and one.page == other.page and not _other_volume(one, other)
    if (
        one.venue
        and other.venue
        and not _in_one_volume(one, other)
        and not venues.are_one(one.venue, other.venue)
    ):
        venue = "later-venue" if _are_years_apart(one, other) else "other-venue"
        yield apart(venue, "in", repr(one.venue), repr(other.venue))
        if (
            same_page
            and one.page != "1"
            and one.year == other.year
            and venues.may_be_one(one.venue, other.venue)
        ):
            yield both("same-page", "first page", one.page)
    elif same_page:
        complete = bool(one.venue and other.venue)
        yield both("same-place" if complete else "same-page", "first page", one.page)
    elif one.venue and other.venue:
        yield from _within(one, other)


def _are_years_apart(one: Traits, other: Traits) -> bool:
    """Whether one came out years after the other: what is printed again then is mostly printed elsewhere."""
    return one.year is not None and other.year is not None and abs(one.year - other.year) > 1


def _in_one_volume(one: Traits, other: Traits) -> bool:
    return bool({*one.isbns} & {*other.isbns})


def _within(one: Traits, other: Traits) -> Iterator[Reason]:
    """Where in one venue they stand."""
    yield Reason("same-venue", f"in {one.venue!r} | {other.venue!r}")
    other_volume = _other_volume(one, other)
    said = f"{_where(one)} | {_where(other)}"
    if _other_page(one.page, other.page):
        yield Reason("other-place" if other_volume else "elsewhere", said)
    elif other_volume:
        yield Reason("elsewhere", said)


def _other_volume(one: Traits, other: Traits) -> bool:
    return differ(one.volume, other.volume) or differ(one.issue, other.issue)


def _other_page(one: str, other: str) -> bool:
    """Whether first pages differ; 27:1 is the first page of article 27, and others call it 1 or 27."""
    return differ(one, other) and one not in other.split(":") and other not in one.split(":")


def _where(traits: Traits) -> str:
    said = (("volume", traits.volume), ("issue", traits.issue), ("page", traits.page))
    return " ".join(f"{what} {value}" for what, value in said if value) or "no place"


def publisher(one: Traits, other: Traits) -> Iterator[Reason]:
    """Who published it, where that tells something."""
    if one.kind not in _PUBLISHED_WHOLE or one.kind != other.kind or not one.publisher or not other.publisher:
        return
    if venues.are_one_house(one.publisher, other.publisher):
        yield Reason("same-publisher", f"published by {one.publisher!r} | {other.publisher!r}")
    else:
        yield apart("other-publisher", "published by", repr(one.publisher), repr(other.publisher))


# --- parts, volumes, editions, translations --------------------------------------------------------


def portions(one: Traits, other: Traits) -> Iterator[Reason]:
    """Volumes, parts, chapters and editions."""
    if one.is_book and other.is_book and _are_other_volumes(one.volume, other.volume):
        yield apart("other-volume", "volume", one.volume, other.volume)
    if differ(one.part, other.part):
        yield apart("other-part", "part", one.part, other.part)
    if differ(one.edition, other.edition):
        yield apart("other-edition", "edition", one.edition, other.edition)
    if differ(one.version, other.version) and not one.is_preprint and not other.is_preprint:
        yield apart("other-version", "version", one.version, other.version)
    if one.kind == other.kind and one.kind in _NUMBERED and _are_other_numbers(one.number, other.number):
        yield apart("other-report", "number", one.number, other.number)


def _are_other_volumes(one: str, other: str) -> bool:
    """Whether two volumes differ; 4 may be any of 4A and 4B."""
    if not differ(one, other):
        return False
    ours, theirs = _DIGITS.match(one), _DIGITS.match(other)
    return not ours or not theirs or ours[0] != theirs[0] or (ours[0] != one and theirs[0] != other)


def _are_other_numbers(one: str, other: str) -> bool:
    """Whether two numbers of reports have no digits in common, however much was written around these."""
    return bool(one and other) and {*_DIGITS.findall(one)}.isdisjoint(_DIGITS.findall(other)) and one != other


def languages(one: Traits, other: Traits) -> Iterator[Reason]:
    """Languages, and whether one is a translation."""
    if differ(one.language, other.language):
        yield apart("other-language", "language", one.language, other.language)
    if one.is_translated != other.is_translated:
        yield Reason("one-translated", "one is a translation | the other says nothing of one")


Rule = Callable[["Traits", "Traits"], "Iterator[Reason]"]

RULES: Final[tuple[Rule, ...]] = (
    isbns, title, makers, years, kind, place, publisher, portions, languages, addresses, other_names,
)  # fmt: skip
"""The rules for entries that share no identifier of one work, in the order in which people read them."""

WITHOUT_TITLE: Final[tuple[Rule, ...]] = (makers, years, kind, portions, other_names)
"""The rules for entries one of which has no title; they are never surely the same."""
