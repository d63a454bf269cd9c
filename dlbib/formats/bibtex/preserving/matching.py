"""Which entry stands where in a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from dlbib.formats.bibtex.preserving.changes import differing, said_by
from dlbib.formats.bibtex.splitter import EntryBlock
from dlbib.model.citekeys import key_fingerprint, key_problem
from dlbib.model.identifiers import Identifier
from dlbib.model.identity.naming import ONE_WORK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dlbib.formats.bibtex.preserving.document import Document
    from dlbib.model.entry import Entry

_PARENTS: Final = frozenset({"extra:bibtex:crossref", "extra:bibtex:xdata", "extra:bibtex:xref"})


@dataclass(slots=True)
class Match:
    """An entry and the block that holds it.

    ``index`` is that of the block among the parts, ``old`` what was read from it, ``what`` the entry says
    otherwise (as `said_by` names it), ``key`` the key it gets and ``aliases`` the older ones. ``others`` are
    blocks of the same work under one of those, which stay. ``fields`` are those that are written anew.
    """

    index: int
    block: EntryBlock
    old: Entry
    entry: Entry
    key: str
    aliases: tuple[str, ...]
    what: frozenset[str]
    others: tuple[int, ...] = ()
    fields: set[str] = field(default_factory=set)


def matched(document: Document, entries: Sequence[Entry]) -> tuple[list[Match], list[Entry]]:
    """The entries that a document holds, in their order, and those that it doesn't."""
    matcher = _Matcher(document, entries)
    found = [matcher.place(entry) for entry in entries]
    # A key of today counts before an older one, whichever entry comes first.
    for number, entry in enumerate(entries):
        if found[number] is None:
            found[number] = matcher.place_by_alias(entry)
    matches = [
        matcher.match(index, entry) for index, entry in zip(found, entries, strict=True) if index is not None
    ]
    return matches, [entry for index, entry in zip(found, entries, strict=True) if index is None]


class _Matcher:
    def __init__(self, document: Document, entries: Sequence[Entry]) -> None:
        self._parts = document.parts
        self._owners = {identifier.work: entry.key for entry in entries for identifier in entry.identifiers}
        self._named = {
            key_fingerprint(key): entry.key
            for entry in reversed(entries)
            for key in (*entry.aliases, entry.key)
        }
        self._by_key: dict[str, int] = {}
        self._by_fingerprint: dict[str, list[int]] = {}
        self._placed: set[int] = set()
        for index, part in enumerate(self._parts):
            if part.entry is not None:
                self._by_key[part.entry.key] = index
                self._by_fingerprint.setdefault(key_fingerprint(part.entry.key), []).append(index)

    def place(self, entry: Entry) -> int | None:
        return self._free(entry.key)

    def place_by_alias(self, entry: Entry) -> int | None:
        return next((index for alias in entry.aliases if (index := self._free(alias)) is not None), None)

    def _free(self, key: str) -> int | None:
        """The block of a key that no entry has yet: that by the very key, else one that differs in case."""
        for index in self._indexes(key):
            if index not in self._placed:
                self._placed.add(index)
                return index
        return None

    def _indexes(self, key: str) -> Iterator[int]:
        if key in self._by_key:
            yield self._by_key[key]
        yield from self._by_fingerprint.get(key_fingerprint(key), ())

    def match(self, index: int, entry: Entry) -> Match:
        part = self._parts[index]
        block, old = part.block, part.entry
        if old is None or not isinstance(block, EntryBlock):  # no other block holds an entry
            message = f"block {index} is no entry"
            raise TypeError(message)
        others = tuple(self._claim(index, entry))
        aliases = self._aliases(old, entry, index)
        rest = [said_by(other) for each in others if (other := self._parts[each].entry) is not None]
        before, now = said_by(old), said_by(entry, aliases)
        what = {name for name in differing(before, now, rest) if not self._is_elsewhere(name, before, now)}
        return Match(index, block, old, entry, self._key(block, entry), aliases, frozenset(what), others)

    def _is_elsewhere(self, name: str, before: Mapping[str, object], now: Mapping[str, object]) -> bool:
        """Whether what differs is said all the same: a parent's other key, or a DOI that another work has."""
        old, new = before.get(name), now.get(name)
        if name in _PARENTS and isinstance(old, str) and isinstance(new, str):
            return [*map(self._name_of, old.split(","))] == [*map(self._name_of, new.split(","))]
        if name in ONE_WORK and isinstance(old, tuple) and new is None:
            return all(isinstance(each, Identifier) and each.work in self._owners for each in old)
        return False

    def _name_of(self, key: str) -> str:
        """The key of today of the entry that a key names."""
        return self._named.get(key_fingerprint(key.strip()), key.strip())

    def _claim(self, index: int, entry: Entry) -> Iterator[int]:
        """The further blocks of the same work, under its older keys."""
        for alias in entry.aliases:
            for other in self._indexes(alias):
                if other != index and other not in self._placed:
                    self._placed.add(other)
                    yield other

    def _aliases(self, old: Entry, entry: Entry, index: int) -> tuple[str, ...]:
        """The older keys without those that are keys of the document, in the order of the text."""
        own = {key_fingerprint(old.key)} if entry.key == old.key else set()
        free = [
            alias
            for alias in entry.aliases
            if key_fingerprint(alias) not in own and all(each == index for each in self._indexes(alias))
        ]
        same = [alias for alias in old.aliases if alias in free]
        return old.aliases if set(free) == set(old.aliases) else (*same, *(a for a in free if a not in same))

    @staticmethod
    def _key(block: EntryBlock, entry: Entry) -> str:
        """The key an entry gets: its own, unless that is but the text's in another form of Unicode, or none."""
        is_same = normalize("NFC", block.key) == normalize("NFC", entry.key) or key_problem(entry.key)
        return block.key if is_same else entry.key
