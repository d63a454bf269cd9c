"""What comes, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from dlbib.model.citekeys import key_fingerprint
from dlbib.model.identity import ONE_WORK
from dlbib.model.storable import is_storable

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.model.merging import Record

Outcome = Literal["added", "merged", "unchanged", "refused"]

LONGEST_KEY: Final = 500
_LONGEST_FINGERPRINT: Final = 600
_LONGEST_NAME: Final = 500
_LATEST_YEAR: Final = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record of a file: ``source_id`` is what it is called by there, ``made_key`` as in `Parsed`."""

    source_id: str
    entry: Entry
    raw: str
    made_key: bool = False


class Newcomer(NamedTuple):
    """A record that is new: how it came, as a record, its entry as JSON, and under what it is filed."""

    arrival: Arrival
    record: Record
    entry: str
    blocks: tuple[str, ...]


class Remark(NamedTuple):
    """Something to tell of a record: a problem's code, message and field."""

    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a record.

    ``added`` made a new work, ``merged`` went into one that was there, or says something new of it;
    ``unchanged`` says what it said before; ``refused`` can't be kept, and the last of the remarks tells why.
    """

    outcome: Outcome
    remarks: tuple[Remark, ...] = ()


def unfit(arrival: Arrival, entry: str) -> Remark | None:
    """Why no database keeps a record, whose entry as JSON is ``entry``; nothing if it can be kept."""
    key = arrival.entry.key
    if is_too_long(key):
        return Remark("KEY-LONG", f"its key has {len(key)} letters; set aside; {LONGEST_KEY} at most, please")
    if not is_storable(arrival.raw) or ("\\u0000" in entry and _holds_nul(arrival.entry)):
        return Remark("CHARACTER", "it holds a character that no database keeps; set aside; take it out")
    year = arrival.entry.year
    if year is not None and abs(year) > _LATEST_YEAR:
        return Remark("YEAR", "its year is beyond all counting; set aside; mend it", "year")
    for identifier in arrival.entry.identifiers:
        if len(identifier.value) > _LONGEST_NAME and identifier.scheme in ONE_WORK:
            message = f"it has {len(identifier.work)} letters; set aside; {_LONGEST_NAME} at most, please"
            return Remark("IDENTIFIER-LONG", message, identifier.scheme)
    return None


def is_too_long(key: str) -> bool:
    """Whether a key is longer than the library keeps."""
    if key.isascii():
        return len(key) > LONGEST_KEY
    return len(key) > LONGEST_KEY or len(key_fingerprint(key)) > _LONGEST_FINGERPRINT


def _holds_nul(entry: Entry) -> bool:
    return any("\0" in text for text in _texts(entry.model_dump(mode="json", exclude_defaults=True)))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for each in pair for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return []
