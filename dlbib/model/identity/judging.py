"""Whether two entries are one work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.model.identity import namesakes, reasons, titles
from dlbib.model.identity.judgements import Judgement, Reason, judgement_of
from dlbib.model.identity.traits import Traits, traits_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.entry import Entry


def judge(one: Entry, other: Entry) -> Judgement:
    """Whether two entries are one work, and why; symmetric to the letter.

    An identifier that names one work decides, unless both title and authors (or title and pages) say
    that it is that of something else; then a person must. Without one, title, authors and year must
    go together, and nothing speak against it: a title alone is never enough.
    """
    return compare(traits_of(one), traits_of(other))


def compare(one: Traits, other: Traits) -> Judgement:
    """`judge`, for traits."""
    if order(other) < order(one):
        one, other = other, one
    named = tuple(namesakes.shared_names(one, other))
    if named:
        return judgement_of((*named, *namesakes.unlikeness(one, other)))
    return judgement_of(_compared(one, other))


def can_be_same(one: Traits, other: Traits) -> bool:
    """Whether it is worth while to compare two that may surely be one work.

    Titles that are unlike are enough against it, and other identifiers are.
    """
    if not {*one.names}.isdisjoint(other.names):
        return True
    if {*one.isbns}.isdisjoint(other.isbns) and titles.relation(one.title, other.title) == "unlike":
        return False
    return next(namesakes.other_names(one, other), None) is None


def same_work(one: Entry, other: Entry) -> bool:
    """Whether two entries surely are one work; symmetric."""
    return judge(one, other).verdict == "same"


def _compared(one: Traits, other: Traits) -> Iterator[Reason]:
    """The reasons for and against; titles that have nothing in common are enough, but for what shares an ISBN.

    Where one has no title, only the ISBN of what is published whole tells as much as that.
    """
    relation = titles.relation(one.title, other.title)
    share_isbn = not {*one.isbns}.isdisjoint(other.isbns)
    rules = reasons.RULES
    if relation == "unlike" and not share_isbn:
        rules = (reasons.title,)
    elif relation == "unknown" and not (share_isbn and one.is_book and one.kind == other.kind):
        rules = reasons.WITHOUT_TITLE
    for rule in rules:
        yield from rule(one, other)


def order(traits: Traits) -> tuple[object, ...]:
    """What puts traits in an order of their own, whatever order they came in."""
    return (
        traits.title.text,
        traits.year or 0,
        traits.venue,
        traits.page,
        traits.kind,
        traits.names,
        traits.isbns,
        traits.addresses,
        tuple(person.text for person in traits.people.persons),
        traits.volume,
        traits.issue,
        traits.part,
        traits.edition,
        traits.version,
        traits.number,
        traits.degree,
        traits.day,
        traits.publisher,
        traits.language,
        traits.people.is_cut,
    )
