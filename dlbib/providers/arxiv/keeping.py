"""Entries kept one by one, so that an answer serves whoever asks for any of its ids, in whatever company."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from dlbib.providers.arxiv.entries import entry_of, facts_of
from dlbib.providers.arxiv.feed import NotAFeedError, read_item
from dlbib.providers.outcomes import Outcome
from dlbib.providers.transport import DAY_S, FOR_EVER, Kept

if TYPE_CHECKING:
    from dlbib.model.identifiers import Identifier
    from dlbib.providers.arxiv.asked import Asked
    from dlbib.providers.arxiv.feed import Item
    from dlbib.providers.transport import Transport

_STATUS: Final = "status"
_FOUND: Final = "found"
_MISSING: Final = "not_found"
NOT_THERE: Final = "arXiv has no paper by this id"


class Shelf:
    """What the cache has of single ids: for a day, or for ever where the id names its version."""

    def __init__(self, transport: Transport) -> None:
        self._cache = transport.cache
        self._options = transport.options
        self._wall = transport.clock.wall

    def outcome(self, asked: Asked) -> Outcome | None:
        """The outcome of an id, if it is here and fresh; whatever its age while offline."""
        kept = None if self._options.refresh else self._cache.get(_name(asked.identifier))
        if kept is None:
            return None
        is_found = kept.notes.get(_STATUS) == _FOUND
        lifetime = FOR_EVER if is_found and asked.identifier.version is not None else DAY_S
        if not (self._options.offline or kept.is_fresh(self._wall(), lifetime)):
            return None
        if not is_found:
            return asked.outcome("not_found", NOT_THERE, retrieved=instant(kept.stored_at))
        return _read(asked, kept)

    def has_had(self, identifier: Identifier) -> bool:
        """Whether an id was ever found, however long ago."""
        kept = self._cache.get(_name(identifier))
        return kept is not None and kept.notes.get(_STATUS) == _FOUND

    def put(self, asked: Asked, item: Item, received_at: float) -> None:
        """Keep an entry."""
        self._cache.put(_name(asked.identifier), Kept(item.raw.encode(), received_at, {_STATUS: _FOUND}))

    def put_missing(self, asked: Asked, received_at: float) -> None:
        """Keep that there is none."""
        self._cache.put(_name(asked.identifier), Kept(b"", received_at, {_STATUS: _MISSING}))


def found(asked: Asked, item: Item, received_at: float) -> Outcome:
    """The outcome of an id whose entry came; ``unknown`` if that has a fault."""
    if item.result is None or item.identifier is None:
        return asked.outcome("unknown", f"what arXiv sent can't be used: {item.fault}")
    return Outcome(
        asked.text,
        asked.identifier,
        "found",
        entry=entry_of(item.identifier, item.result),
        facts=facts_of(item.identifier, item.result, is_latest=asked.identifier.version is None),
        raw=item.raw,
        retrieved=instant(received_at),
    )


def instant(at: float) -> str:
    """An instant in POSIX seconds by ISO 8601, in UTC."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _read(asked: Asked, kept: Kept) -> Outcome | None:
    """The outcome that was kept; ``None`` if this dlbib can't read what an older one kept."""
    try:
        item = read_item(kept.body.decode())
    except (NotAFeedError, UnicodeDecodeError):
        return None
    return found(asked, item, kept.stored_at) if item.result is not None else None


def _name(identifier: Identifier) -> str:
    return f"entry {identifier.value}"
