"""Which entry of an answer is which of the ids asked for: by id and version, never by position."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.model.identifiers import Identifier
    from dlbib.providers.arxiv.feed import Item


def matched(asked: Sequence[Identifier], items: Sequence[Item]) -> dict[Identifier, Item]:
    """The entry of each id that has one, the first where it came twice; other entries are nobody's.

    An id without version means the latest: the entry of the highest version, unless that may have come
    for one who asked for this very version.
    """
    by_id: dict[Identifier, Item] = {}
    versions: dict[str, list[Identifier]] = {}
    for item in items:
        if item.identifier is not None and item.identifier not in by_id:
            by_id[item.identifier] = item
            versions.setdefault(item.identifier.work, []).append(item.identifier)
    found = {each: by_id[each] for each in asked if each in by_id}
    came, spoken_for = Counter(item.identifier for item in items), frozenset(asked)
    for each in asked:
        if each.version is None and each not in found:
            free = [i for i in versions.get(each.work, ()) if i not in spoken_for or came[i] > 1]
            if free:
                found[each] = by_id[max(free, key=lambda identifier: identifier.version or 0)]
    return found


def unasked(asked: Sequence[Identifier], items: Sequence[Item]) -> list[Identifier]:
    """The ids of works that an answer tells of and nobody asked for, each once, in its order."""
    wanted = {each.work for each in asked}
    found = (item.identifier for item in items if item.identifier is not None)
    return list(dict.fromkeys(each for each in found if each.work not in wanted))


def newest(work: str, items: Sequence[Item]) -> int | None:
    """The highest version among the entries of a work."""
    versions = [i.identifier.version for i in items if i.identifier is not None and i.identifier.work == work]
    return max((version for version in versions if version is not None), default=None)
