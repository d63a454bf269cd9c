"""The keys that records bring: kept where they are free, and never taken from another work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import select

from dlbib.model.citekeys import key_fingerprint, propose_key, unique_key
from dlbib.store import models, reserving
from dlbib.store.bulk import selected
from dlbib.store.importing.arrivals import Remark, is_too_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry

_KEYS: Final = cast("Table", models.Key.__table__).c

NOBODY: Final = 0
"""The owner of a key whose work is gone."""

_TAKEN: Final = "its key is {owner}; it is {key!r} in the library; cite it by that, or rename one of them"
_UNNAMED: Final = "its key is {owner}; it is found as {key!r} alone; cite it by that, or rename one of them"
_NO_ALIAS: Final = "the older key {alias!r} is {owner}; left out; take it out of the older keys"


class Keys:
    """The keys that a library ever gave, as far as they were asked for, and those given since.

    Works that are joined or parted meanwhile make it out of date.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._owners: dict[str, int | None] = {}
        self._names: dict[int, str] = {}

    def look_up(self, keys: Iterable[str]) -> None:
        """Ask for many keys at once."""
        fingerprints = dict.fromkeys(map(key_fingerprint, keys))
        self._owners.update(fingerprints)
        known = selected(
            self._session.connection(), (_KEYS.fingerprint, _KEYS.work_id), _KEYS.fingerprint, fingerprints
        )
        self._owners.update((fingerprint, work_id or NOBODY) for fingerprint, work_id in known)

    def _owner(self, fingerprint: str) -> int | None:
        if fingerprint not in self._owners:
            self._owners[fingerprint] = None
            row = self._session.get(models.Key, fingerprint)
            if row is not None:
                self._owners[fingerprint] = row.work_id or NOBODY
        return self._owners[fingerprint]

    def first(self, work: int, entry: Entry, *, made_key: bool) -> tuple[str, Remark | None]:
        """The key of a new work, and what there is to tell if it isn't the one that its record brings."""
        wanted, taken = "" if made_key else entry.key, _Taken(self, entry)
        if not wanted:
            return self._given(unique_key(propose_key(entry), taken), work), None
        fingerprint = key_fingerprint(wanted)
        if self.is_free(fingerprint, entry):
            return self._given(wanted, work), None
        owner = self._owner(fingerprint)
        key = unique_key(wanted, taken)
        key = self._given(key if not is_too_long(key) else unique_key(propose_key(entry), taken), work)
        return key, Remark("KEY-TAKEN", _TAKEN.format(owner=self._called(owner), key=key))

    def is_free(self, fingerprint: str, entry: Entry) -> bool:
        """Whether the work of which ``entry`` speaks may have a key: nobody ever had it, or that very work."""
        owner = self._owner(fingerprint)
        if owner == NOBODY:
            return reserving.is_reserved_for(self._session, fingerprint, [entry])
        return owner is None

    def _given(self, key: str, work: int) -> str:
        self._owners[key_fingerprint(key)] = work
        self._names.setdefault(work, key)
        return key

    def others(self, work: int, entry: Entry, *, with_own: bool) -> Iterator[tuple[str, Remark | None]]:
        """The keys besides its first that a work gets, and what to tell of those that it can't have.

        They are the older keys that ``entry`` names, and before them its own if it is ``with_own``.
        """
        if with_own and entry.key:
            given, owner = self._alias(work, entry.key, entry)
            message = _UNNAMED.format(owner=owner, key=self._name(work)) if owner else ""
            yield given, Remark("KEY-TAKEN", message) if owner else None
        for alias in entry.aliases:
            given, owner = self._alias(work, alias, entry)
            message = _NO_ALIAS.format(alias=alias, owner=owner)
            yield given, Remark("KEY-TAKEN", message, "ids") if owner else None

    def _alias(self, work: int, key: str, entry: Entry) -> tuple[str, str]:
        """A key, if a work gets it; else to whom it belongs, if that is another."""
        if is_too_long(key):
            return "", "longer than is kept"
        fingerprint = key_fingerprint(key)
        if self.is_free(fingerprint, entry):
            return self._given(key, work), ""
        owner = self._owner(fingerprint)
        return "", "" if owner == work else self._called(owner)

    def _called(self, owner: int | None) -> str:
        if not owner:
            return "that of a work that was removed"
        name = self._name(owner)
        title = self._session.scalar(select(models.Work.title).where(models.Work.id == owner))
        return f"that of another work, {name!r}" + (f" ({title})" if title else "")

    def _name(self, work: int) -> str:
        if work not in self._names:
            asked = select(models.Work.key).where(models.Work.id == work)
            self._names[work] = self._session.scalar(asked) or ""
        return self._names[work]


class _Taken:
    """The fingerprints of the keys that the work of which an entry speaks can't have."""

    def __init__(self, keys: Keys, entry: Entry) -> None:
        self._keys = keys
        self._entry = entry

    def __contains__(self, fingerprint: object) -> bool:
        return not self._keys.is_free(str(fingerprint), self._entry)
