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


def _kept_for_nobody(fingerprint: str, entry: Entry) -> bool:  # noqa: ARG001  # as the others have them
    return False


def plan(
    entries: Iterable[Entry],
    wanted: Callable[[Entry], str],
    taken: Container[str],
    is_kept_for: Callable[[str, Entry], bool] = _kept_for_nobody,
) -> tuple[Renaming, ...]:
    """The keys that change when every one of ``entries`` gets the key that is ``wanted`` of it.

    ``taken`` holds the fingerprint of every key ever given, and ``is_kept_for`` tells of one that nobody has
    whether it is kept for the work of an entry. A key is never given to another work, so
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
        new = unique_key(key, _Others(entry, taken, given, is_kept_for))
        given.add(key_fingerprint(new))
        if new != old:
            planned.append(Renaming(old, new))
    return tuple(sorted(planned, key=lambda each: (each.old.casefold(), each.old)))


def _has(entry: Entry, key: str) -> bool:
    return key_fingerprint(entry.key) == key_fingerprint(key)


@dataclass(frozen=True, slots=True)
class _Others:
    """The keys that the work of an entry can't have: those of others, of today, once, or in this plan."""

    entry: Entry
    taken: Container[str]
    given: set[str]
    is_kept_for: Callable[[str, Entry], bool]

    def __contains__(self, fingerprint: object) -> bool:
        if fingerprint in self.given:
            return True
        return fingerprint in self.taken and not self._is_own(str(fingerprint))

    def _is_own(self, fingerprint: str) -> bool:
        own = (key_fingerprint(each) for each in (self.entry.key, *self.entry.aliases))
        return fingerprint in own or self.is_kept_for(fingerprint, self.entry)
