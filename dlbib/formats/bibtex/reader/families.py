"""The entries that others inherit from, and the entries that inherit.

BibTeX wants a parent behind its children, BibLaTeX takes it anywhere. What came before is remembered
as text, up to a limit, because any entry may turn out to be a parent and few do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.reader.heritage import adopt, inherit
from dlbib.formats.fields import WHOLES
from dlbib.model.citekeys import key_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlbib.formats.bibtex.reader.records import Record
    from dlbib.formats.fields import Dialect

ROOM: Final = 1 << 24
"""How many characters of entries are remembered that hold others, and so may yet turn out to be parents."""

LITTLE_ROOM: Final = 1 << 22
"""The same for all other entries, which seldom do."""

_CONTAINERS: Final = WHOLES | {"periodical", "xdata"}

_DEEPEST: Final = 16
"""How many generations are followed; real libraries have three."""

_NEW, _OPEN, _SETTLED = 0, 1, 2


@dataclass(slots=True)
class _Member:
    """An entry of a family: ``open`` while its parents are being looked at."""

    type: str
    values: dict[str, str]
    state: int = _NEW
    is_cyclic: bool = False
    waiting: list[tuple[str, str]] = field(default_factory=list)
    parents: list[tuple[str, _Member]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)


class Families:
    """The families of one file; ``recall`` reads the entry of a text again."""

    def __init__(self, dialect: Dialect, recall: Callable[[str], Record | None]) -> None:
        self._dialect = dialect
        self._recall = recall
        self._texts: dict[str, str] = {}
        self._room = {True: ROOM, False: LITTLE_ROOM}
        self._members: dict[str, _Member] = {}
        self._wanted: set[str] = set()
        self._complete: set[str] = set()

    def remember(self, record: Record) -> None:
        """Keep an entry for those that may inherit from it."""
        own = key_fingerprint(record.block.key)
        if own in self._wanted:
            self._members.setdefault(own, _Member(record.type, record.values))
        elif self._room[record.type in _CONTAINERS] > 0:
            self._room[record.type in _CONTAINERS] -= len(record.block.raw)
            self._texts.setdefault(own, record.block.raw)

    def first(self, own: str) -> Record | None:
        """The entry of a fingerprint, read again, while it is remembered."""
        text = self._texts.get(own)
        return self._recall(text) if text else None

    def awaited(self, record: Record) -> Iterator[str]:
        """The fingerprints of the entries that ``record`` inherits from and that haven't come yet.

        Whoever asks for the next one says that the last has come, or never will.
        """
        seen: set[str] = set()
        pending = [key for _, key in _relations(record.values)]
        while pending:
            own = pending.pop()
            if own in seen or own in self._complete:
                continue
            seen.add(own)
            if self._member(own) is None:
                self._wanted.add(own)
                yield own
            if member := self._member(own):
                pending += (key for _, key in _relations(member.values))
        self._complete |= {own for own in seen if own in self._members}

    def settle(self, record: Record, *, is_known: bool = True) -> None:
        """Give an entry what it inherits, and tell what can't be; one that isn't known by its key too."""
        member = _Member(record.type, record.values)
        if is_known:
            member = self._members.setdefault(key_fingerprint(record.block.key), member)
        if member.state == _NEW:
            self._settle(member)
        record.values = dict(member.values)
        if member.is_cyclic:
            self._report_cycle(record)
        for relation, key in member.missing:
            written = _as_written(record.values.get(relation, ""), key)
            message = f"there is no entry {written!r} to inherit from; nothing was inherited; add it, or take this out"
            record.warn("BIB-NOPARENT", message, relation)
        if not any(relation == "xdata" for relation, _ in member.missing):
            record.values.pop("xdata", None)

    def _settle(self, first: _Member) -> None:
        stack = [first]
        while stack:
            member = stack[-1]
            if member.state == _NEW:
                member.state = _OPEN
                member.waiting = _relations(member.values)
            if not member.waiting:
                self._endow(member)
                stack.pop()
                continue
            relation, key = member.waiting.pop()
            parent = self._member(key)
            if parent is None:
                member.missing.append((relation, key))
            elif parent.state == _OPEN:
                for each in stack[stack.index(parent) :]:
                    each.is_cyclic = True
            elif parent.state == _SETTLED or len(stack) < _DEEPEST:
                member.parents.append((relation, parent))
                stack += [parent] if parent.state == _NEW else []

    def _endow(self, member: _Member) -> None:
        """Give a member what its parents, who have all of theirs, leave to it."""
        member.state = _SETTLED
        for relation, parent in member.parents:
            if member.is_cyclic and parent.is_cyclic:
                continue
            if relation == "xdata":
                adopt(member.values, parent.values)
            else:
                inherit(member.type, member.values, parent.type, parent.values, self._dialect)
        member.parents = []

    def _member(self, own: str) -> _Member | None:
        found = self._members.get(own)
        text = None if found else self._texts.pop(own, None)
        if text is not None and (record := self._recall(text)):
            found = self._members[own] = _Member(record.type, record.values)
        return found

    @staticmethod
    def _report_cycle(record: Record) -> None:
        for relation in ("xdata", "crossref"):
            if record.values.pop(relation, ""):
                message = "the entry inherits from itself in the end; it was read without that; take it out"
                record.warn("BIB-CYCLE", message, relation)


def is_child(record: Record) -> bool:
    """Whether an entry inherits from any other."""
    return "crossref" in record.values or "xdata" in record.values


def _as_written(keys: str, own: str) -> str:
    """Of a list of keys that whose fingerprint is ``own``."""
    return next((key.strip() for key in keys.split(",") if key_fingerprint(key.strip()) == own), own)


def _relations(values: dict[str, str]) -> list[tuple[str, str]]:
    """How an entry is related to which keys, the nearest last."""
    found = [("crossref", values["crossref"])] if "crossref" in values else []
    found += [("xdata", key) for key in reversed(values.get("xdata", "").split(","))]
    return [(relation, key_fingerprint(key.strip())) for relation, key in found if key.strip()]
