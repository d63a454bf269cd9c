"""The keys of a file: each once, whatever its case or Unicode form, and none that can't be seen."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from dlbib.model.citekeys import key_fingerprint, key_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlbib.formats.bibtex.reader.records import Record


class _Seen(NamedTuple):
    line: int
    text: int


class Keys:
    """The keys and aliases met so far; ``recall`` reads the entry of a fingerprint again, if it can."""

    def __init__(self, recall: Callable[[str], Record | None]) -> None:
        self._recall = recall
        self._seen: dict[str, _Seen] = {}
        self._folded: dict[str, str] = {}
        self._aliases: dict[str, str] = {}

    def take(self, record: Record) -> bool:
        """Note the key of an entry, and tell what is wrong with it; False when it belongs to another."""
        key = record.block.key
        if problem := key_problem(key):
            record.warn("BIB-ODDKEY", f"{problem}; the entry was read; other programs may refuse it")
        composed = key if key.isascii() else unicodedata.normalize("NFC", key)
        seen = _Seen(record.block.line, hash(record.block.raw))
        first = self._seen.setdefault(composed, seen)
        if first is not seen:
            self._refuse(record, first, seen)
            return False
        if clash := self._clash(composed):
            line = self._seen[clash].line
            message = (
                f"differs in case alone from {clash!r} in line {line}, which BibTeX takes for the same; "
                "both were read; rename one of them"
            )
            record.warn("BIB-CASEKEY", message)
        if owner := self._aliases.get(key_fingerprint(composed)):
            message = f"is an alias of {owner!r}; both were read; take it out of the 'ids' there"
            record.warn("BIB-ALIAS", message)
        return True

    def free_aliases(self, record: Record, aliases: tuple[str, ...]) -> tuple[str, ...]:
        """Those of an entry's aliases that name no other entry, told of the others."""
        free: list[str] = []
        for alias in aliases:
            fingerprint = key_fingerprint(alias)
            owner = self._folded.get(fingerprint) or self._aliases.setdefault(fingerprint, record.block.key)
            if key_fingerprint(owner) == key_fingerprint(record.block.key):
                free.append(alias)
                continue
            message = f"the alias {alias!r} belongs to {owner!r}; it was left out; rename one of them"
            record.warn("BIB-ALIAS", message, "ids")
        return tuple(free)

    def _clash(self, key: str) -> str:
        """The first key that differs from ``key`` in case alone."""
        first = self._folded.setdefault(key_fingerprint(key), key)
        return first if first != key else ""

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
