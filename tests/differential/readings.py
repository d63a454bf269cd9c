"""What a tool reads of an entry, in one form for all tools: names by their words, the year, the title's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dlbib.model.markup import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dlbib.model.entry import Entry


class Reading(NamedTuple):
    """What is said of one entry; a year that is no number is 0."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    title: str = ""
    year: int = 0


def name_text(family: str, given: str) -> str:
    """A name as the words of its family part, particles and all, before those of its given part."""
    return f"{fold(family)} | {fold(given)}"


def of_entry(entry: Entry) -> Reading:
    """What dlbib reads."""
    found = []
    for role in ("author", "editor"):
        names = entry.names(role)
        particles = [f"{each.dropping_particle} {each.non_dropping_particle}" for each in names]
        found.append(
            tuple(
                name_text(f"{particle} {each.literal or each.family} {each.suffix}", each.given)
                for each, particle in zip(names, particles, strict=True)
            )
        )
    return Reading(found[0], found[1], fold(entry.title or ""), entry.year or 0)


def differences(ours: Mapping[str, Entry], theirs: Mapping[str, Reading]) -> Iterator[tuple[str, str, str]]:
    """Key, what differs, and how, for every entry that either of the two has read."""
    for key in ours.keys() | theirs.keys():
        if key not in theirs or key not in ours:
            yield key, "entry", "only dlbib has it" if key in ours else "dlbib hasn't"
            continue
        said = of_entry(ours[key])
        for name, our, their in zip(Reading._fields, said, theirs[key], strict=True):
            if our != their:
                yield key, name, f"{_apart(our, their)}, not {_apart(their, our)}"


def _apart(one: object, other: object) -> object:
    """Of lists, what the other doesn't have."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(each for each in one if each not in other)
    return one
