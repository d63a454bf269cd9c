"""The records of one file, sorted: into the library, aside, or with the text between them."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from dlbib.library.importing.layouts import Layout
from dlbib.model.problems import Problem
from dlbib.store.importing import Arrival

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.formats import Parsed
    from dlbib.library.importing.wishes import Wishes
    from dlbib.model.entry import Entry
    from dlbib.store.importing import Arrived, Importer

BATCH: Final = 1000
"""How many records go into the library at once, or how many letters of them."""

_BATCH_LETTERS: Final = 1 << 22
_MOST_TOLD: Final = 10_000
_BESIDES: Final = ("title", "issued", "identifiers", "contributors", "container_title", "page", "type")

_SKIPPED: Final = "the record in line {line} has that key and says something else; passed over, as asked"
_RENAMED: Final = (
    "the record in line {line} has that key and says something else; it got one of its own, as asked"
)
_MERGED: Final = (
    "the record in line {line} has that key; this one was taken for one of the same work, as asked"
)
_REPLACED: Final = "a record below has that key, and counts instead, as asked; passed over"
_KEY_MADE: Final = "it has no key; one was made for it; write it into the file"


@dataclass(slots=True)
class _Waiting:
    """A record on its way: where its piece of the layout is, and whose record it goes with."""

    arrival: Arrival
    parsed: Parsed
    place: int
    goes_with: str = ""


@dataclass(slots=True)
class Sorter:
    """Sorts what a format's reader gives; ``counts`` add up to ``read``."""

    source: str
    importer: Importer
    wishes: Wishes
    last_of: dict[str, int] = field(default_factory=dict)
    read: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    untold: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)
    _number: int = -1
    _waiting: list[_Waiting] = field(default_factory=list)
    _letters: int = 0

    def tell(self, problems: Sequence[Problem]) -> None:
        """Keep problems to be told; of a great many only the first."""
        if not problems:
            return
        room = _MOST_TOLD - len(self.problems)
        self.problems += problems[:room]
        self.untold += max(0, len(problems) - room)

    def sort(self, parsed: Parsed) -> None:
        """Take one piece of the file."""
        self._number += 1
        if parsed.entry is not None:
            self._record(parsed, parsed.entry)
        elif parsed.unkeyed is not None:
            self.read += 1
            self._without_key(parsed, parsed.unkeyed)
        elif parsed.repeats:
            self._pass_over(parsed)
        elif any(problem.severity == "error" for problem in parsed.problems):
            self.read += 1
            self._set_aside(parsed)
        else:
            self._text(parsed)

    def _record(self, parsed: Parsed, entry: Entry) -> None:
        if self.last_of.get(entry.key, self._number) != self._number:
            self._pass_over(parsed._replace(problems=(self._problem(parsed, "KEY-REPLACED", _REPLACED),)))
            return
        self.read += 1
        if parsed.made_key or not entry.key:
            self._arrive_unnamed(parsed, entry)
        else:
            self._arrive(parsed, entry, entry.key)

    def _arrive_unnamed(self, parsed: Parsed, entry: Entry) -> None:
        """Let a record arrive that names no key; the one that was made for it depends on its neighbours."""
        unnamed = entry.model_copy(update={"key": ""})
        self._arrive(parsed, unnamed, self._named(unnamed), made_key=True)

    def _arrive(
        self, parsed: Parsed, entry: Entry, source_id: str, *, made_key: bool = False, goes_with: str = ""
    ) -> None:
        source_id = self._once(source_id)
        self.seen[source_id] = parsed.line
        arrival = Arrival(source_id, entry, parsed.raw, made_key)
        self._waiting.append(_Waiting(arrival, parsed, self.layout.record(source_id), goes_with))
        self._letters += len(parsed.raw)
        self.tell(parsed.problems)
        if len(self._waiting) >= BATCH or self._letters >= _BATCH_LETTERS or goes_with:
            self.flush()

    def _named(self, entry: Entry) -> str:
        """What a record is called that names no key: after what it says of itself."""
        said = entry.model_dump_json(include=set(_BESIDES), exclude_defaults=True)
        return "~" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]

    def _once(self, source_id: str) -> str:
        number = 1
        name = source_id
        while name in self.seen:
            number += 1
            name = f"{source_id}#{number}"
        return name

    def _text(self, parsed: Parsed) -> None:
        self.tell(parsed.problems)
        self.layout.text(parsed.raw)

    def _pass_over(self, parsed: Parsed) -> None:
        self.read += 1
        self.counts["unchanged"] += 1
        self._text(parsed)

    def _set_aside(self, parsed: Parsed) -> None:
        self.counts["set aside"] += 1
        self.tell(parsed.problems)
        self.layout.set_aside(parsed.raw, parsed.problems)

    # --- records without a key of their own -----------------------------------------------------------

    def _without_key(self, parsed: Parsed, entry: Entry) -> None:
        if not entry.key:
            if not self.wishes.get("generate_keys"):
                self._set_aside(parsed)
                return
            self._arrive_unnamed(self._eased(parsed, _KEY_MADE), entry)
            return
        line = self.seen.get(entry.key, 0)
        match self.wishes.get("on_duplicate", "set-aside"):
            case "skip":
                self.read -= 1
                self._pass_over(self._eased(parsed, _SKIPPED.format(line=line)))
            case "replace" if self.last_of.get(entry.key) == self._number:
                self._arrive(self._eased(parsed, ""), entry, entry.key)
            case "replace":
                self.read -= 1
                self._pass_over(self._eased(parsed, _REPLACED))
            case "rename":
                self._arrive(self._eased(parsed, _RENAMED.format(line=line)), entry, entry.key)
            case "merge":
                self.flush()
                eased = self._eased(parsed, _MERGED.format(line=line))
                self._arrive(eased, entry, entry.key, goes_with=entry.key)
            case _:
                self._set_aside(parsed)

    def _eased(self, parsed: Parsed, message: str) -> Parsed:
        """A record that is not set aside after all: its errors are warnings of what was done."""
        problems = [
            each if each.severity == "warning" else replace(each, severity="warning", message=message)
            for each in parsed.problems
        ]
        return parsed._replace(problems=tuple(each for each in problems if each.message))

    # --- into the library ------------------------------------------------------------------------------

    def flush(self) -> None:
        """Let those that wait arrive."""
        waiting, self._waiting, self._letters = self._waiting, [], 0
        together = [each for each in waiting if not each.goes_with]
        arrived = self.importer.take([each.arrival for each in together]) if together else []
        for each, result in zip(together, arrived, strict=True):
            self._arrived(each, result)
        for each in waiting:
            if each.goes_with:
                self._arrived(each, self.importer.attach(each.arrival, each.goes_with))
        self.layout.settle()

    def _arrived(self, each: _Waiting, arrived: Arrived) -> None:
        parsed = each.parsed
        is_refused = arrived.outcome == "refused"
        problems = [
            replace(
                self._problem(parsed, remark.code, remark.message),
                key=each.arrival.entry.key,
                field=remark.field,
            )
            for remark in arrived.remarks
        ]
        if is_refused:
            problems[-1] = replace(problems[-1], severity="error")
            self.layout.set_aside(parsed.raw, (*parsed.problems, *problems), each.place)
            self.seen.pop(each.arrival.source_id)
        self.tell(problems)
        self.counts["set aside" if is_refused else arrived.outcome] += 1

    def _problem(self, parsed: Parsed, code: str, message: str) -> Problem:
        key = parsed.entry.key if parsed.entry is not None else ""
        return Problem(code, message, "warning", self.source, parsed.line, 1, key)
