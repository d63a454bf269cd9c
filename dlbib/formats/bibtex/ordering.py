"""In which order entries stand in a file, and under which keys.

BibTeX asks that an entry follow those that inherit from it. Source: Oren Patashnik, "BibTeXing", section 2.1.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from dlbib.model.citekeys import key_fingerprint, key_problem, propose_key, unique_key
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dlbib.model.entry import Entry

_CROSSREF: Final = "bibtex:crossref"


def children_first(entries: Sequence[Entry]) -> Iterator[Entry]:
    """``entries`` in their order, but each that others inherit from right behind the last of those.

    Entries that inherit from each other in a circle come last.
    """
    waiting_for = Counter(_parent(entry) for entry in entries if entry.extra and _CROSSREF in entry.extra)
    if not waiting_for:
        yield from entries
        return
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        own = key_fingerprint(entry.key)
        if waiting_for[own]:
            held.setdefault(own, []).append(entry)
        else:
            yield from _released(entry, waiting_for, held)
    for each in held.values():
        yield from each


def in_circles(entries: Iterable[Entry]) -> frozenset[str]:
    """The fingerprints of the keys of entries that inherit from themselves, at once or by way of others.

    Programs that follow them would never end.
    """
    parents = {
        key_fingerprint(entry.key): _parent(entry)
        for entry in entries
        if entry.extra and _CROSSREF in entry.extra
    }
    found: set[str] = set()
    seen: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        at = start
        while at in parents and at not in seen:
            seen.add(at)
            path[at] = None
            at = parents[at]
        if at in path:
            way = [*path]
            found.update(way[way.index(at) :])
    return frozenset(found)


def _released(entry: Entry, waiting_for: Counter[str], held: dict[str, list[Entry]]) -> Iterator[Entry]:
    """``entry``, and the entries that waited for it and for nothing else now."""
    ready = [entry]
    while ready:
        each = ready.pop(0)
        yield each
        if parent := _parent(each):
            waiting_for[parent] -= 1
            if not waiting_for[parent]:
                ready += held.pop(parent, [])


def _parent(entry: Entry) -> str:
    return key_fingerprint(entry.extra.get(_CROSSREF, "").strip())


def keyed(
    entries: Iterable[Entry], report: Callable[[Problem], None], others: Iterable[str] = ()
) -> Iterator[tuple[str, Entry]]:
    """Each entry with the key it gets: its own, unless that is no key or was given to another entry.

    ``others`` are the fingerprints of keys that were given before.
    """
    taken = set(others)
    for entry in entries:
        key = entry.key
        problem = key_problem(key)
        if problem:
            key = "".join(c for c in key if key_problem(c) is None) or propose_key(entry)
        own = key_fingerprint(key)
        free = key if own not in taken else unique_key(key, taken)
        taken.add(own if free is key else key_fingerprint(free))
        if problem:
            report(Problem("KEY", f"{problem}; written as {free!r}", "warning", key=entry.key))
        elif free != key:
            message = (
                f"another entry has that key, but perhaps for case; written as {free!r}; rename one of them"
            )
            report(Problem("KEY-TAKEN", message, "warning", key=key))
        yield free, entry
