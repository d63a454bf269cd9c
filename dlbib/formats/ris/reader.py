"""RIS to entries.

What an entry can't hold is kept in ``extra`` by its tag, in order: ``"ris:C1"``, ``"ris:C1#2"``; so is the
type of a record, ``"ris:TY"``, where it isn't the one that an entry of its type is written as.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from dlbib.errors import ParseError
from dlbib.formats import Parsed
from dlbib.formats.recognition import text_sign
from dlbib.formats.ris.draft import Draft
from dlbib.formats.ris.procite import unlabelled
from dlbib.formats.ris.records import Record, Remark, split_records
from dlbib.formats.ris.tags import KNOWN
from dlbib.formats.ris.types import GENERIC, TYPES, WRITTEN, csl_type
from dlbib.model.citekeys import key_fingerprint, propose_key, unique_key
from dlbib.model.entry import Entry
from dlbib.model.markup import fold
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO


PREFIX: Final = "ris:"
"""What the names of a record's tags begin with in ``extra``."""

_EDITED: Final = "EDBOOK"
_IN_PRESS: Final = "INPR"
_AUTHORS: Final = frozenset({"A1", "AU"})
_TAGGED: Final = re.compile(r"([A-Z][A-Z0-9])  -")
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def parse(stream: TextIO, source: str) -> Iterator[Parsed]:
    """The records of a text and what stands between them, in order, reading no further than it has to.

    The pieces' raw texts together are the text. A record that names no key gets one that follows from
    what it says and from the records before it. Raises `ParseError` for another format.
    """
    keys = _Keys()
    records = 0
    for record in split_records(stream):
        if record.type is not None:
            records += 1
            yield _Reader(record, source).parsed(keys)
        elif record.is_blank:
            yield Parsed(None, "".join(record.raw), record.line)
        else:
            if not records:
                _refuse_others(record, source)
            yield _stray(record, source)
    if not records:
        message = "there are no records in it; nothing was read"
        yield Parsed(None, line=1, problems=(Problem("RIS-EMPTY", message, "warning", source, 1),))


def _refuse_others(record: Record, source: str) -> None:
    text = "".join(record.raw)
    sign = text_sign(text)
    if sign:
        line = record.line + text.count("\n", 0, sign.at)
        message = f"looks like {sign.what}, not RIS; nothing was read; {sign.advice}"
        raise ParseError(message, source, line, 1)


def _stray(record: Record, source: str) -> Parsed:
    written = [number for number, line in enumerate(record.raw, record.line) if line.strip()]
    if _is_untyped(record):
        message = "the record has no type; it was set aside; write TY  - and a type such as JOUR before it"
        problem = Problem("RIS-NOTYPE", message, "error", source, written[0])
        return Parsed(None, "".join(record.raw), record.line, (problem,))
    lines = "a line stands" if len(written) == 1 else f"{len(written)} lines stand"
    message = f"{lines} outside any record; passed over"
    problem = Problem("RIS-STRAY", message, "warning", source, written[0])
    return Parsed(None, "".join(record.raw), record.line, (problem,))


def _is_untyped(record: Record) -> bool:
    """Tells a record that lacks nothing but its ``TY`` from what producers write between records."""
    names = [match[1] for line in record.raw if (match := _TAGGED.match(line)) and match[1] in KNOWN]
    return any(name != "ER" and after == "ER" for name, after in pairwise(names))


class _Reader:
    """One record on its way to an entry."""

    def __init__(self, record: Record, source: str) -> None:
        self._record = record
        self._source = source

    def parsed(self, keys: _Keys) -> Parsed:
        """What can be made of the record; ``keys`` names it."""
        record = self._record
        raw = "".join(record.raw)
        bad = _UNSTORABLE.search(raw)
        if bad:
            return Parsed(None, raw, record.line, (self._unstorable(raw, bad),))
        unnamed, remarks = self._entry()
        if _CONTROL.search(raw):
            message = "it holds control characters; kept; look at it in a text editor"
            remarks.append(Remark("RIS-CONTROL", message, record.line))
        entry = keys.named(unnamed)
        problems = [self._problem(remark, entry.key) for remark in (*record.remarks, *remarks)]
        problems.extend(keys.problems(unnamed.key, entry, record.line, self._source))
        return Parsed(entry, raw, record.line, tuple(problems), made_key=not unnamed.key)

    def _unstorable(self, raw: str, bad: re.Match[str]) -> Problem:
        what = "a NUL" if bad.group() == "\0" else "half a surrogate pair"
        line = self._record.line + raw.count("\n", 0, bad.start())
        message = f"it holds {what}, which no database can store; set aside; remove it"
        return Problem("RIS-CHARACTER", message, "error", self._source, line)

    def _entry(self) -> tuple[Entry, list[Remark]]:
        written = (self._record.type or "").upper()
        tags = unlabelled(self._record.tags, written)
        if written == _EDITED:
            tags = [tag._replace(name="ED") if tag.name in _AUTHORS else tag for tag in tags]
        type_ = csl_type(written, {tag.name for tag in tags if tag.value})
        draft = Draft(type_).read(tags)
        if written == _IN_PRESS:
            draft.values["status"] = "in press"
        if written not in TYPES:
            draft.remarks.insert(0, self._untyped(written))
        kept = draft.kept()
        if written and written != WRITTEN.get(type_, GENERIC):
            kept.insert(0, ("TY", written))
        return Entry(**draft.values, extra=_named(kept)), draft.remarks

    def _untyped(self, written: str) -> Remark:
        what = f"RIS has no type {written!r}" if written else "it names no type"
        return Remark(
            "RIS-TYPE", f"{what}; read as {GENERIC}; name one such as JOUR", self._record.line, "TY"
        )

    def _problem(self, remark: Remark, key: str) -> Problem:
        return Problem(
            remark.code, remark.message, "warning", self._source, remark.line, key=key, field=remark.tag
        )


def _named(kept: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is kept of a record, each value by a name of its own."""
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for tag, value in kept:
        counts[tag] += 1
        found[f"{PREFIX}{tag}#{counts[tag]}" if counts[tag] > 1 else f"{PREFIX}{tag}"] = value
    return found


class _Keys:
    """The keys and DOIs of a file so far, each with the line of its record."""

    def __init__(self) -> None:
        self._dois: dict[str, tuple[int, str]] = {}
        self._taken: set[str] = set()

    def named(self, entry: Entry) -> Entry:
        """``entry`` with a key that no entry before it has."""
        key = unique_key(entry.key or propose_key(entry), self._taken)
        self._taken.add(key_fingerprint(key))
        # What an entry is made of was checked; a key that was made up needs no check.
        return entry if key == entry.key else entry.model_copy(update={"key": key})

    def problems(self, wanted: str, entry: Entry, line: int, source: str) -> Iterator[Problem]:
        """What is odd about an entry beside those before it: a key that is taken, the DOI of another."""
        if wanted and wanted != entry.key:
            message = f"its ID {wanted!r} is taken by another record; it got the key {entry.key!r}"
            yield Problem("RIS-DUPKEY", message, "warning", source, line, key=entry.key, field="ID")
        doi = entry.identifier("doi")
        if doi is None:
            return
        title = fold(entry.title or "")
        first, other = self._dois.setdefault(doi.work, (line, title))
        if other != title:
            message = (
                f"has the DOI of the record in line {first} but another title; both read; mend the DOI of one"
            )
            yield Problem("RIS-SAMEDOI", message, "warning", source, line, key=entry.key, field="DO")
