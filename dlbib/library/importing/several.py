"""Several files: each once, and each by itself unless all are to go together."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from os import PathLike
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from dlbib.errors import InputError, ParseError, UnknownFormatError
from dlbib.files.collecting import seldom_collected
from dlbib.files.paths import shown
from dlbib.library.importing import running
from dlbib.library.importing.keeping import Kept, opened_again
from dlbib.library.importing.reports import FileReport, ImportReport
from dlbib.library.importing.wishes import Given
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dlbib.library.importing.wishes import Wishes

Input = str | PathLike[str] | Given
Writing = Callable[[str, str], AbstractContextManager[Session]]
"""Opens a transaction in which an operation of a kind is done to something."""

_TWICE: Final = "the file is given twice, before as {first}; it was imported once"
_UNREADABLE: Final = (InputError, ParseError, UnknownFormatError)


class _RefusedError(Exception):
    """What was done has to be taken back."""


@dataclass(frozen=True, slots=True)
class Importing:
    """Imports files into a library whose file, if it has one, is at ``library``."""

    writing: Writing
    library: Path | None
    wishes: Wishes

    def all(self, inputs: Iterable[Input]) -> ImportReport:
        """What came of each of ``inputs``."""
        once = list(_once_each(inputs))
        with seldom_collected():
            if self.wishes.get("atomic"):
                return ImportReport(self._together(once))
            return ImportReport(tuple(self._alone(given, problem) for given, problem in once))

    def again(self, known: Kept) -> FileReport:
        """What comes of a file that was imported before: as it is now if it changed, else as it was."""
        try:
            with seldom_collected(), self.writing("import", known.path) as session:
                with opened_again(known) as text:
                    report = running.run(session, text, self.wishes, self.library)
                self._end(session, [report])
        except _UNREADABLE as error:
            return FileReport(known.path, error=error)
        return report

    def _alone(self, given: Input, problem: Problem | None) -> FileReport:
        """Import one file in a transaction of its own."""
        if problem is not None:
            return FileReport(name_of(given), problems=(problem,))
        report = FileReport(name_of(given))
        try:
            with self.writing("import", report.path) as session:
                report = self._one(session, given)
                self._end(session, [report])
        except _UNREADABLE as error:
            return replace(report, error=error)
        except _RefusedError:
            return report
        return report

    def _together(self, once: list[tuple[Input, Problem | None]]) -> tuple[FileReport, ...]:
        """Import files in one transaction; if one can't be imported, none is."""
        reports: list[FileReport] = []
        try:
            with self.writing("import", ", ".join(name_of(given) for given, _ in once)) as session:
                for given, problem in once:
                    twice = FileReport(name_of(given), problems=(problem,)) if problem else None
                    reports.append(twice or self._caught(session, given))
                self._end(session, reports)
        except _RefusedError:
            return tuple(map(_kept_out, reports))
        return tuple(reports)

    def _caught(self, session: Session, given: Input) -> FileReport:
        try:
            return self._one(session, given)
        except _UNREADABLE as error:
            return FileReport(name_of(given), error=error)

    def _one(self, session: Session, given: Input) -> FileReport:
        with running.open_input(given, self.wishes) as text:
            report = running.run(session, text, self.wishes, self.library)
        is_refused = self.wishes.get("strict") and report.set_aside
        return running.refused(report) if is_refused else report

    def _end(self, session: Session, reports: Iterable[FileReport]) -> None:
        if any(report.error for report in reports):
            raise _RefusedError
        if self.wishes.get("dry_run"):
            session.rollback()


def readable(inputs: Iterable[Input], wishes: Wishes) -> bool:
    """Whether any of ``inputs`` can be opened; raises the error of the first when none can."""
    first: InputError | ParseError | UnknownFormatError | None = None
    for given in inputs:
        try:
            with running.open_input(given, wishes):
                return True
        except _UNREADABLE as error:
            first = first or error
    if first is not None:
        raise first
    return False


def name_of(given: Input) -> str:
    """What an input is called in messages."""
    return given.name if isinstance(given, Given) else shown(given)


def _once_each(inputs: Iterable[Input]) -> Iterator[tuple[Input, Problem | None]]:
    """The inputs; of one that was there before, by whatever name, a warning tells."""
    first: dict[object, str] = {}
    for given in inputs:
        number = _number(given)
        if number is not None and number in first:
            message = _TWICE.format(first=first[number])
            yield given, Problem("FILE-TWICE", message, "warning", name_of(given))
            continue
        first[number] = name_of(given)
        yield given, None


def _number(given: Input) -> object:
    """What tells a file from all others, by whatever name it goes; nothing if there is none."""
    if isinstance(given, Given):
        return id(given.stream)
    try:
        status = os.stat(given)  # noqa: PTH116  # a path may hold what pathlib refuses
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino)


def _kept_out(report: FileReport) -> FileReport:
    """The report of a file that was not imported because another one could not be."""
    if report.error is not None:
        return report
    message = (
        f"{report.path}: was not imported, because another file could not be, and all or none was asked for"
    )
    return FileReport(report.path, problems=report.problems, error=InputError(message))
