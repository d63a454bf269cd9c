"""The keys of a file: each once, whatever its case or Unicode form, and none that can't be seen."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from dlbib.model.citekeys import key_fingerprint, key_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlbib.formats.bibtex.reader.records import Record


class _Seen(NamedTuple):
    key: str
    line: int
    text: int


class Keys:
    """The keys and aliases met so far; ``recall`` reads the entry of a fingerprint again, if it can.

    Of a large file they are most of what is remembered: by their fingerprints, and those that differ
    from the first of theirs once more as they are.
    """

    def __init__(self, recall: Callable[[str], Record | None]) -> None:
        self._recall = recall
        self._first: dict[str, _Seen] = {}
        self._namesakes: dict[str, _Seen] = {}
        self._aliases: dict[str, str] = {}

    def take(self, record: Record) -> bool:
        """Note the key of an entry, and tell what is wrong with it; False when it belongs to another."""
        key = record.block.key
        if problem := key_problem(key):
            record.warn("BIB-ODDKEY", f"{problem}; the entry was read; other programs may refuse it")
        composed = key if key.isascii() else unicodedata.normalize("NFC", key)
        fingerprint = key_fingerprint(composed)
        seen = _Seen(composed, record.block.line, hash(record.block.raw))
        first = self._first.setdefault(fingerprint, seen)
        if first is not seen and not self._is_other(record, first, seen):
            return False
        if self._aliases and (owner := self._aliases.get(fingerprint)):
            message = f"is an alias of {owner!r}; both were read; take it out of the 'ids' there"
            record.warn("BIB-ALIAS", message)
        return True

    def free_aliases(self, record: Record, aliases: tuple[str, ...]) -> tuple[str, ...]:
        """Those of an entry's aliases that name no other entry, told of the others."""
        free: list[str] = []
        for alias in aliases:
            fingerprint = key_fingerprint(alias)
            seen = self._first.get(fingerprint)
            owner = seen.key if seen else self._aliases.setdefault(fingerprint, record.block.key)
            if key_fingerprint(owner) == key_fingerprint(record.block.key):
                free.append(alias)
                continue
            message = f"the alias {alias!r} belongs to {owner!r}; it was left out; rename one of them"
            record.warn("BIB-ALIAS", message, "ids")
        return tuple(free)

    def _is_other(self, record: Record, first: _Seen, seen: _Seen) -> bool:
        """Whether a key differs from the first of its fingerprint and its namesakes; told of in either case."""
        same = first if first.key == seen.key else self._namesakes.setdefault(seen.key, seen)
        if same is not seen:
            self._refuse(record, same, seen)
            return False
        message = (
            f"differs in case alone from {first.key!r} in line {first.line}, which BibTeX takes for the same; "
            "both were read; rename one of them"
        )
        record.warn("BIB-CASEKEY", message)
        return True

    def _refuse(self, record: Record, first: _Seen, again: _Seen) -> None:
        if first.text == again.text or self._says_the_same(record):
            message = f"says the same as the entry by that key in line {first.line}; skipped; delete one"
            record.warn("BIB-SAMEKEY", message)
        else:
            message = (
                f"another entry in line {first.line} has that key; the one in line {again.line} was set "
                "aside; rename one of them, or merge them"
            )
            record.warn("BIB-DUPKEY", message, severity="error")

    def _says_the_same(self, record: Record) -> bool:
        """Whether the first entry by that key has the same fields, whatever their order and white space."""
        first = self._recall(key_fingerprint(record.block.key))
        return first is not None and first.type == record.type and _squeezed(first) == _squeezed(record)


def _squeezed(record: Record) -> dict[str, str]:
    return {name: " ".join(text.split()) for name, text in record.values.items()}
