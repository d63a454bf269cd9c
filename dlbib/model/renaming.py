"""Which key each work gets when many are renamed at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlbib.model.citekeys import key_fingerprint, unique_key

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from dlbib.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Renaming:
    """One work's key, before and after."""

    old: str
    new: str


def plan(
    entries: Iterable[Entry], wanted: Callable[[Entry], str], taken: Container[str]
) -> tuple[Renaming, ...]:
    """The keys that change when every one of ``entries`` gets the key that is ``wanted`` of it.

    ``taken`` holds the fingerprint of every key ever given. A key is never given to another work, so
    that works can't swap keys: what one of them had, today or once, is its own and nobody else's; a
    clash gets a suffix, ``a`` … ``z``, ``aa`` …. Who has the wanted key already keeps it, the others
    come in the order of their keys, so that the same entries give the same plan in whatever order
    they come, and a second plan changes nothing. An empty key changes nothing. Sorted by old key.
    """
    asked = {entry.key: (entry, key) for entry in entries if (key := wanted(entry))}
    given: set[str] = set()
    planned = []
    for old in sorted(asked, key=lambda old: (not _has(*asked[old]), key_fingerprint(old), old)):
        entry, key = asked[old]
        own = {key_fingerprint(each) for each in (entry.key, *entry.aliases)}
        new = unique_key(key, _Others(taken, own, given))
        given.add(key_fingerprint(new))
        if new != old:
            planned.append(Renaming(old, new))
    return tuple(sorted(planned, key=lambda each: (each.old.casefold(), each.old)))


def _has(entry: Entry, key: str) -> bool:
    return key_fingerprint(entry.key) == key_fingerprint(key)


@dataclass(frozen=True, slots=True)
class _Others:
    """The keys that a work can't have: those of others, of today, once, or in this plan."""

    taken: Container[str]
    own: set[str]
    given: set[str]

    def __contains__(self, fingerprint: object) -> bool:
        return fingerprint in self.given or (fingerprint in self.taken and fingerprint not in self.own)
