"""Checking entries and files, and mending files: without a library."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from os import PathLike
from typing import TYPE_CHECKING

from dlbib.checking.sheets import opened_sheet
from dlbib.checks import READING, chosen
from dlbib.checks.findings import Examiner
from dlbib.checks.making import plain_subject
from dlbib.checks.subjects import Origin, Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dlbib.checking.sheets import Sheet
    from dlbib.checks.findings import Finding
    from dlbib.model.entry import Entry

__all__ = ["MendedFile", "check", "check_entries", "mend", "tells_warnings", "today"]


def check(
    target: str | PathLike[str] | Iterable[Entry],
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    format: str | None = None,  # noqa: A002  # the word people look for
    encoding: str | None = None,
) -> list[Finding]:
    """What is wrong with a file, or with entries: what its reader says, and what the checks find.

    In the order of the entries, of each what its reader says first. ``only`` and ``skip`` name checks;
    ``reading`` stands for the warnings of the reader, whose errors are always told, for what it set
    aside wasn't checked. Format and encoding are chosen as in `dlbib.read`, which tells what is raised;
    `NotFoundError` for a name that is no check.
    """
    examiner = Examiner(chosen(only, skip))
    if isinstance(target, str | PathLike):
        sheet = opened_sheet(target, format=format, encoding=encoding)
        return sheet.findings(examiner, today(), tells_all=tells_warnings(only, skip))
    return check_entries(target, examiner)


def check_entries(entries: Iterable[Entry], examiner: Examiner) -> list[Finding]:
    """What the checks find in entries, in their order."""
    origin = Origin(today())
    shelf = Shelf(tuple(plain_subject(entry, origin) for entry in entries))
    return examiner.findings(shelf, shelf)


@dataclass(frozen=True, slots=True)
class MendedFile:
    """What would become of a file: the findings that are mended, those that are left, and the lines that differ.

    ``difference`` is a unified diff. The file stays as it is until `save`.
    """

    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]
    difference: str
    sheet: Sheet = field(repr=False)

    def save(self) -> None:
        """Replace the file whole, or not at all; one that was changed since stays as it is. Raises `OutputError`."""
        if self.mended:
            self.sheet.write()


def mend(
    path: str | PathLike[str],
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    format: str | None = None,  # noqa: A002  # as above
    encoding: str | None = None,
) -> MendedFile:
    """What a file would be with all changed that findings call for, and nothing else.

    In a .bib file the changed fields alone are written anew, in other formats the changed records. Raises as
    `check` does.
    """
    examiner = Examiner(chosen(only, skip))
    before = opened_sheet(path, format=format, encoding=encoding)
    after, mended = before.mended(examiner, today())
    left = after.findings(examiner, today(), tells_all=tells_warnings(only, skip))
    return MendedFile(tuple(mended), tuple(left), before.difference(after), after)


def tells_warnings(only: Collection[str], skip: Collection[str]) -> bool:
    """Whether the warnings of readers are wanted."""
    return (not only or READING in only) and READING not in skip


def today() -> dt.date:
    """The day that it is, in UTC."""
    return dt.datetime.now(tz=dt.UTC).date()
