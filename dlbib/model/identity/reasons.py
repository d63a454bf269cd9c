"""The reasons for and against two entries being one work, rule by rule.

A rule looks at the traits of both and gives the reasons it sees. Each is symmetric but for the order of
the values in its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from dlbib.model.identity import kinds, people, titles, venues
from dlbib.model.identity.judgements import Reason
from dlbib.model.identity.kinds import PREPRINT_DOI
from dlbib.model.identity.naming import ONE_WORK
from dlbib.model.identity.notices import notice
from dlbib.model.identity.numerals import numbers
from dlbib.model.identity.titles import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.model.identity.traits import Traits

_LABELS: Final[Mapping[str, str]] = {"doi": "DOI", "arxiv": "arXiv id", "pmid": "PMID", "pmcid": "PMCID"}
_SCHEMES: Final = tuple(scheme for scheme in _LABELS if scheme in ONE_WORK)
_VERSION: Final = re.compile(r"[./-]v[0-9]+\Z")
_PUBLICATION_YEARS: Final = range(-1, 5)
"""How many years after its preprint a publication may be dated; it can be dated before."""
_PARTS: Final = frozenset({"article", "paper", "part"})
_IN_VOLUMES: Final = frozenset({"paper", "part"})
_VOLUMES: Final = frozenset({"book", "issue"})
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


def _both(name: str, what: str, value: object) -> Reason:
    return Reason(name, f"both have the {what} {value}")


def _apart(name: str, what: str, one: object, other: object) -> Reason:
    return Reason(name, f"{what} {one} | {other}")


# --- identifiers -----------------------------------------------------------------------------------


def shared_names(one: Traits, other: Traits) -> Iterator[Reason]:
    """The identifiers of one work that both have."""
    for scheme in _SCHEMES:
        for value in sorted(one.named(scheme) & other.named(scheme)):
            yield _both(f"same-{scheme}", _LABELS[scheme], value)


def unlikeness(one: Traits, other: Traits) -> Iterator[Reason]:
    """Why an identifier that both have may be that of neither, but of what contains them.

    Two of three must say so: the titles, the makers, the pages on which they stand. Where the DOI may be
    that of a volume, titles that aren't nearly alike are enough.
    """
    if titles.relation(one.title, other.title) == "same":
        return
    both_parts = one.kind in _PARTS and other.kind in _PARTS
    signs = (
        not titles.are_alike(one.title, other.title),
        people.relation(one.people, other.people) == "none",
        both_parts and _differ(one.page, other.page),
    )
    of_volume = _may_share_a_volume(one, other) and not titles.are_alike(one.title, other.title, nearly=True)
    if sum(signs) > 1 or of_volume:
        yield Reason("unlike", f"{_called(one)} | {_called(other)}")


def _may_share_a_volume(one: Traits, other: Traits) -> bool:
    """Whether a DOI is all that names both, and one at least stands in a volume which it may name."""
    kinds_of_both = {one.kind, other.kind}
    only_doi = not any(one.named(scheme) & other.named(scheme) for scheme in _SCHEMES if scheme != "doi")
    return only_doi and bool(kinds_of_both & _IN_VOLUMES) and kinds_of_both <= _IN_VOLUMES | _VOLUMES


def _called(traits: Traits) -> str:
    return f"{traits.title.text!r} by {traits.people}"


def other_names(one: Traits, other: Traits) -> Iterator[Reason]:
    """The identifiers of one scheme by which both are named apart."""
    for scheme in _SCHEMES:
        ours, theirs = one.named(scheme), other.named(scheme)
        if not ours or not theirs or (scheme != "arxiv" and _names_apart_nothing(scheme, one, other)):
            continue
        yield _apart(f"other-{scheme}", _LABELS[scheme], min(ours), min(theirs))


def _names_apart_nothing(scheme: str, one: Traits, other: Traits) -> bool:
    """Whether a preprint and a publication, or the versions of a preprint, have names of their own."""
    if scheme != "doi":
        return one.is_preprint != other.is_preprint
    ours, theirs = min(one.named("doi")), min(other.named("doi"))
    posted = [PREPRINT_DOI.match(each) is not None for each in (ours, theirs)]
    if all(posted) and ours.partition("/")[0] == theirs.partition("/")[0]:
        return _VERSION.sub("", ours) == _VERSION.sub("", theirs)
    return any(posted) or _VERSION.sub("", ours) == _VERSION.sub("", theirs)


def isbns(one: Traits, other: Traits) -> Iterator[Reason]:
    """ISBNs, which name books and what else is published whole."""
    if not (one.is_book and one.kind == other.kind and one.isbns and other.isbns):
        return
    shared = sorted(set(one.isbns) & set(other.isbns))
    if shared:
        yield _both("same-isbn", "ISBN", shared[0])
        if not titles.are_alike(one.title, other.title):
            yield Reason("other-title-of-isbn", f"{_called(one)} | {_called(other)}")
    else:
        yield _apart("other-isbn", "ISBN", one.isbns[0], other.isbns[0])


def addresses(one: Traits, other: Traits) -> Iterator[Reason]:
    """The same page of the web; a whole site is no page."""
    shared = sorted(each for each in {*one.addresses} & {*other.addresses} if "/" in each)
    if shared:
        yield _both("same-address", "address", shared[0])


# --- titles ----------------------------------------------------------------------------------------


def title(one: Traits, other: Traits) -> Iterator[Reason]:
    """What the titles have in common."""
    said = f"title {one.title.text!r} | {other.title.text!r}"
    match titles.relation(one.title, other.title):
        case "same":
            yield Reason(_same_title(one), f"both are called {one.title.text!r}")
        case "subtitle":
            whole = one.kind == other.kind and one.kind in _PUBLISHED_WHOLE
            yield Reason("book-with-subtitle" if whole else "title-with-subtitle", said)
            yield from _bearings(one, other)
        case "similar":
            yield Reason("similar-title", said)
            yield from _bearings(one, other)
        case "unlike":
            yield Reason("other-title", said)
            yield from _bearings(one, other)
        case "unknown":
            return


def _same_title(traits: Traits) -> str:
    if traits.title.is_recurring:
        return "same-recurring-title"
    return "same-short-title" if traits.title.is_short else "same-title"


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


def makers(one: Traits, other: Traits) -> Iterator[Reason]:
    """Those who made it: authors, or editors where there are no authors."""
    relation = people.relation(one.people, other.people)
    if relation in {"unknown", "incomparable"}:
        return
    name = _RELATIONS.get(relation) or _same_people(len(one.people.persons))
    yield Reason(name, f"by {one.people} | {other.people}")


def _same_people(count: int) -> str:
    if count >= _LONG:
        return "same-many-authors"
    return "same-authors" if count == 1 else "same-two-authors"


# --- years -----------------------------------------------------------------------------------------


def years(one: Traits, other: Traits) -> Iterator[Reason]:
    """The years, and whether a preprint can have come before its publication."""
    if one.year is None or other.year is None:
        return
    apart = abs(one.year - other.year)
    if not apart:
        yield Reason("same-year", f"both are of {one.year}")
        if _differ(one.day, other.day) and one.kind == other.kind and not one.is_preprint:
            yield _apart("other-day", "day", one.day, other.day)
    else:
        yield _apart(_other_year(one, other, apart), "year", one.year, other.year)


def _other_year(one: Traits, other: Traits, apart: int) -> str:
    if one.is_preprint != other.is_preprint:
        posted, published = (one, other) if one.is_preprint else (other, one)
        if (published.year or 0) - (posted.year or 0) in _PUBLICATION_YEARS:
            return "year-beside" if apart == 1 else "preprint-first"
        return "other-year"
    if {one.kind, other.kind} & _DATED or one.are_organizations or _is_of_series(one):
        return "other-of-series"
    return "year-beside" if apart == 1 else "other-year"


def _is_of_series(traits: Traits) -> bool:
    """Whether its title comes again each year, as that of proceedings does."""
    return traits.title.is_recurring or (traits.is_book and _MEETING.search(traits.title.text) is not None)


# --- kinds and places ------------------------------------------------------------------------------


def kind(one: Traits, other: Traits) -> Iterator[Reason]:
    """What kinds of things they are."""
    relation = kinds.relation(one.kind, other.kind)
    if relation in {"doubtful", "other"}:
        yield _apart(f"{relation}-kind", "kind", one.kind, other.kind)
    if _differ(one.degree, other.degree):
        yield _apart("other-degree", "degree", one.degree, other.degree)


def place(one: Traits, other: Traits) -> Iterator[Reason]:
    """Where they were published; where a preprint stands is no such place."""
    if one.is_preprint or other.is_preprint or one.is_book or other.is_book:
        return
    same_page = bool(one.page) and one.page == other.page
    if (
        one.venue
        and other.venue
        and not _in_one_volume(one, other)
        and not venues.are_one(one.venue, other.venue)
    ):
        yield _apart("other-venue", "in", repr(one.venue), repr(other.venue))
        if same_page and one.year == other.year:
            yield _both("same-page", "first page", one.page)
    elif same_page:
        complete = bool(one.venue and other.venue)
        yield _both("same-place" if complete else "same-page", "first page", one.page)
    elif one.venue and other.venue:
        yield from _within(one, other)


def _in_one_volume(one: Traits, other: Traits) -> bool:
    return bool({*one.isbns} & {*other.isbns})


def _within(one: Traits, other: Traits) -> Iterator[Reason]:
    """Where in one venue they stand."""
    yield Reason("same-venue", f"in {one.venue!r} | {other.venue!r}")
    other_volume = _differ(one.volume, other.volume) or _differ(one.issue, other.issue)
    said = f"{_where(one)} | {_where(other)}"
    if _differ(one.page, other.page):
        yield Reason("other-place" if other_volume else "elsewhere", said)
    elif other_volume:
        yield Reason("elsewhere", said)


def _where(traits: Traits) -> str:
    said = (("volume", traits.volume), ("issue", traits.issue), ("page", traits.page))
    return " ".join(f"{what} {value}" for what, value in said if value) or "no place"


def _differ(one: str, other: str) -> bool:
    return bool(one) and bool(other) and one != other


def publisher(one: Traits, other: Traits) -> Iterator[Reason]:
    """Who published it, where that tells something."""
    if one.kind not in _PUBLISHED_WHOLE or one.kind != other.kind or not one.publisher or not other.publisher:
        return
    if letters(one.publisher) == letters(other.publisher) or venues.are_one(one.publisher, other.publisher):
        yield Reason("same-publisher", f"published by {one.publisher!r} | {other.publisher!r}")
    else:
        yield _apart("other-publisher", "published by", repr(one.publisher), repr(other.publisher))


# --- parts, volumes, editions, translations --------------------------------------------------------


def portions(one: Traits, other: Traits) -> Iterator[Reason]:
    """Volumes, parts, chapters and editions."""
    if one.is_book and other.is_book and _are_other_volumes(one.volume, other.volume):
        yield _apart("other-volume", "volume", one.volume, other.volume)
    if _differ(one.part, other.part):
        yield _apart("other-part", "part", one.part, other.part)
    if _differ(one.edition, other.edition):
        yield _apart("other-edition", "edition", one.edition, other.edition)
    if _differ(one.version, other.version) and not one.is_preprint and not other.is_preprint:
        yield _apart("other-version", "version", one.version, other.version)
    if one.kind == other.kind and one.kind in _NUMBERED and _are_other_numbers(one.number, other.number):
        yield _apart("other-report", "number", one.number, other.number)


def _are_other_volumes(one: str, other: str) -> bool:
    """Whether two volumes differ; 4 may be any of 4A and 4B."""
    if not _differ(one, other):
        return False
    ours, theirs = _DIGITS.match(one), _DIGITS.match(other)
    return not ours or not theirs or ours[0] != theirs[0] or (ours[0] != one and theirs[0] != other)


def _are_other_numbers(one: str, other: str) -> bool:
    """Whether two numbers of reports have no digits in common, however much was written around these."""
    return bool(one and other) and {*_DIGITS.findall(one)}.isdisjoint(_DIGITS.findall(other)) and one != other


def languages(one: Traits, other: Traits) -> Iterator[Reason]:
    """Languages, and whether one is a translation."""
    if _differ(one.language, other.language):
        yield _apart("other-language", "language", one.language, other.language)
    if one.is_translated != other.is_translated:
        yield Reason("one-translated", "one is a translation | the other says nothing of one")


Rule = Callable[["Traits", "Traits"], "Iterator[Reason]"]

RULES: Final[tuple[Rule, ...]] = (
    isbns, title, makers, years, kind, place, publisher, portions, languages, addresses, other_names,
)  # fmt: skip
"""The rules for entries that share no identifier of one work, in the order in which people read them."""

WITHOUT_TITLE: Final[tuple[Rule, ...]] = (makers, years, kind, portions, other_names)
"""The rules for entries one of which has no title; they are never surely the same."""
