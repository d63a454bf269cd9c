"""A file of entries as a text: its records examined where they stand, and changed there."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass, replace
from functools import cached_property, partial
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dlbib.checking.differences import difference
from dlbib.checks.findings import Finding, as_finding
from dlbib.checks.making import plain_subject, revised, written_subject
from dlbib.checks.mending import ROUNDS, compatible
from dlbib.checks.subjects import Origin, Shelf
from dlbib.errors import DlbibError, OutputError, UnknownFormatError
from dlbib.files import open_bytes, write_atomically
from dlbib.files.paths import shown
from dlbib.formats import RenderOptions
from dlbib.formats.opening import open_entries

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from dlbib.checks.findings import Examiner
    from dlbib.checks.subjects import Subject
    from dlbib.formats import Format, Parsed
    from dlbib.model.entry import Entry
    from dlbib.model.problems import Problem


_ORDERS: Final = {
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}
_ORDERED: Final = frozenset(name for orders in _ORDERS.values() for _, name in orders)


def opened_sheet(path: str | PathLike[str], *, format: str | None, encoding: str | None) -> Sheet:  # noqa: A002  # as `dlbib.read` has it
    """The text of a file, whole. Raises as `dlbib.read` does."""
    with open_entries(path, format=format, encoding=encoding) as opened:
        if opened.format.parse is None:
            message = f"{opened.format.title} can be written, not read"
            raise UnknownFormatError(message)
        stamp = _stamp(path)
        text = opened.stream.read()
        written_in = _written_in(path, getattr(opened.stream, "encoding", "utf-8"))
        return Sheet(opened.format, fspath(path), text, written_in, opened.problems, stamp)


def _written_in(path: str | PathLike[str], encoding: str) -> str:
    """The encoding by which a file is written as it was: with the order of bytes that its mark tells."""
    if encoding not in _ORDERS:
        return encoding
    with open_bytes(path) as stream:
        head = stream.read(4)
    return next((name for mark, name in _ORDERS[encoding] if head.startswith(mark)), encoding)


def _stamp(path: str | PathLike[str]) -> tuple[int, int]:
    """What tells that a file was changed, or taken away."""
    try:
        status = Path(path).stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


@dataclass(frozen=True)
class Sheet:
    """The text of a file; ``problems`` are those met when it was opened, ``stamp`` tells its state then."""

    format: Format
    source: str
    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()
    stamp: tuple[int, int] = (0, 0)

    @cached_property
    def records(self) -> tuple[Parsed, ...]:
        """The records of the text, in order."""
        parse = self.format.parse
        return tuple(parse(io.StringIO(self.text, newline=""), self.source)) if parse else ()

    def findings(self, examiner: Examiner, today: dt.date, *, tells_all: bool) -> list[Finding]:
        """What its reader says, and what the checks find, record by record.

        Without ``tells_all`` the reader's warnings are left out.
        """
        subjects = self._subjects(today)
        beside = examiner.compare(Shelf(tuple(each for each in subjects if each is not None)))
        told = [as_finding(each) for each in self.problems if tells_all]
        for record, subject in zip(self.records, subjects, strict=True):
            found: list[Finding] = []
            if subject is not None:
                found = [*examiner.examine(subject), *beside.pop(subject.entry.key, ())]
            told += (
                as_finding(problem)
                for problem in record.problems
                if problem.severity == "error" or (tells_all and not examiner.told_better(problem, found))
            )
            told += sorted(found, key=lambda finding: (finding.line, finding.column))
        return told

    def mended(self, examiner: Examiner, today: dt.date) -> tuple[Sheet, list[Finding]]:
        """The text with all changed that can be, and the findings that were mended."""
        sheet, done = self, []
        places: set[int] | None = None
        for _ in range(ROUNDS):
            changed: dict[int, str] = {}
            for place, subject in enumerate(sheet._subjects(today, places)):
                if subject is not None and (places is None or place in places):
                    text, mended = sheet._changed(place, subject, examiner)
                    if mended:
                        changed[place] = text
                        done += mended
            if not changed:
                break
            sheet = sheet._with(changed)
            places = set(changed)
        return sheet, done

    def write(self) -> None:
        """Put the text in the place of the file's, unless that was changed since. Raises `OutputError`."""
        path = self.source
        if _stamp(path) != self.stamp:
            message = f"{shown(path)}: was changed or taken away while it was checked; nothing was written; check it again"
            raise OutputError(message)
        mark = "\ufeff" if self.encoding in _ORDERED else ""
        write_atomically(path, [mark, self.text], encoding=self.encoding)

    def _subjects(self, today: dt.date, places: set[int] | None = None) -> list[Subject | None]:
        """The subject of each record, where it is one and its place is wanted."""
        origin = Origin(
            today,
            self.source,
            dialect="biblatex" if self.format.name == "biblatex" else "bibtex",
            is_latex=self.format.source is not None,
            is_ascii=self.text.isascii(),
            is_csl=self.format.name == "csl-json",
        )
        return [
            self._subject(record, origin) if places is None or place in places else None
            for place, record in enumerate(self.records)
        ]

    def _subject(self, record: Parsed, origin: Origin) -> Subject | None:
        if record.entry is None:
            return None
        place = partial(self._place, record)
        source = self.format.source
        if source is None:
            return plain_subject(record.entry, origin, place)
        written = source.fields_in(record.raw)
        return written_subject(record.entry, written, source.type_in(record.raw), origin, place)

    def _place(self, record: Parsed, name: str) -> tuple[int, int]:
        place_in = self.format.place_in
        below, column = place_in(record.raw, name) if place_in and name else (0, 1)
        return record.line + below, column + (0 if below else record.column - 1)

    def _changed(self, place: int, subject: Subject, examiner: Examiner) -> tuple[str, list[Finding]]:
        """The text of a record with what its findings call for, and these; nothing of what can't be read again."""
        raw = self.records[place].raw
        done: list[Finding] = []
        for finding in compatible(examiner.examine(subject)):
            text = self._revised(raw, subject, finding)
            if text is not None and text != raw:
                raw = text
                done.append(finding)
        return raw, done

    def _revised(self, raw: str, subject: Subject, finding: Finding) -> str | None:
        source = self.format.source
        if source is not None:
            changed = source.changed(raw, {change.field: change.new or None for change in finding.fix})
            return changed if self._is_read(changed, subject.entry.key) else None
        try:
            before = next(each.entry for each in self._parsed(raw) if each.entry)
            after = revised(before, {change.field: change.new for change in finding.fix})
        except (DlbibError, ValueError):
            return None
        return self._rewritten(raw, before, after)

    def _rewritten(self, raw: str, before: Entry, after: Entry) -> str | None:
        """The text of a record that says what another entry says: changed where they differ, or else as a whole."""
        texts = [
            next((each.raw for each in self._rendered(entry) if each.entry), "") for entry in (before, after)
        ]
        if not all(texts):
            return None
        parts = self.format.revised(raw, *texts) if self.format.revised else None
        if parts is not None and [each.entry for each in self._parsed(parts) if each.entry] == [after]:
            return parts
        whole = texts[1].rstrip() + raw[len(raw.rstrip()) :]
        # Blank lines behind a record that wasn't ended would be a piece of their own now.
        return whole if len(self._parsed(whole)) == len(self._parsed(raw)) else None

    def _is_read(self, raw: str, key: str) -> bool:
        """Whether a record's text is that one record still."""
        parsed = [each for each in self._parsed(raw) if each.entry is not None]
        errors = (problem for each in parsed for problem in each.problems if problem.severity == "error")
        return len(parsed) == 1 and parsed[0].raw == raw and not any(errors) and _key(parsed[0]) == key

    def _parsed(self, text: str) -> tuple[Parsed, ...]:
        return replace(self, text=text).records

    def _rendered(self, entry: Entry) -> tuple[Parsed, ...]:
        render = self.format.render
        if render is None:
            return ()
        return self._parsed("".join(render([entry], RenderOptions())))

    def _with(self, changed: dict[int, str]) -> Sheet:
        """The text with some records, by their places, in another wording."""
        return replace(self, text="".join(after for _, after in self._pieces(changed)))

    def difference(self, other: Sheet) -> str:
        """How another wording of the same records differs, as a unified diff."""
        changed = {
            place: after.raw
            for place, (before, after) in enumerate(zip(self.records, other.records, strict=True))
            if before.raw != after.raw
        }
        return difference(self.source, self._pieces(changed))

    def _pieces(self, changed: dict[int, str]) -> Iterator[tuple[str, str]]:
        """All of the text in pieces, each as it is and as it would be."""
        at = 0
        for place, record in enumerate(self.records):
            if record.raw:
                start = self.text.index(record.raw, at)
                between = self.text[at:start]
                yield between, between
                yield record.raw, changed.get(place, record.raw)
                at = start + len(record.raw)
        yield self.text[at:], self.text[at:]


def _key(record: Parsed) -> str:
    return record.entry.key if record.entry else ""
