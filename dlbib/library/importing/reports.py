"""What came of an import, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dlbib.errors import DlbibError
    from dlbib.model.problems import Problem


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one file: of the records that were ``read``, how many were what.

    ``added`` made new works; ``merged`` went into works that were there, or say something new of them;
    ``unchanged`` say what they said before; ``set_aside`` can't be kept as entries and are kept as
    text. ``keys`` maps the keys in the file to those of the works, in the order of the file; what a record
    without key is called by instead begins with ``~``. ``problems``
    are the first ten thousand; ``untold`` counts the rest. ``gone`` are the keys of records that were in the
    file when it was imported before; they stay. ``error`` tells why nothing of the file was imported.
    """

    path: str
    read: int = 0
    added: int = 0
    merged: int = 0
    unchanged: int = 0
    set_aside: int = 0
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    untold: int = 0
    gone: tuple[str, ...] = ()
    error: DlbibError | None = None

    def __str__(self) -> str:
        return f"{self.path}: {_sum(self)}"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of several files: a `FileReport` each, and their sums."""

    files: tuple[FileReport, ...]

    @property
    def read(self) -> int:
        """How many records were read."""
        return sum(each.read for each in self.files)

    @property
    def added(self) -> int:
        """How many made new works."""
        return sum(each.added for each in self.files)

    @property
    def merged(self) -> int:
        """How many went into works that were there, or say something new of them."""
        return sum(each.merged for each in self.files)

    @property
    def unchanged(self) -> int:
        """How many say what they said before."""
        return sum(each.unchanged for each in self.files)

    @property
    def set_aside(self) -> int:
        """How many are kept as text alone."""
        return sum(each.set_aside for each in self.files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all files, in their order."""
        return tuple(problem for each in self.files for problem in each.problems)

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys in the files and those of the works; a key of several files is the last one's."""
        return {given: key for each in self.files for given, key in each.keys.items()}

    def __str__(self) -> str:
        return f"total: {_sum(self)}"


def _sum(report: FileReport | ImportReport) -> str:
    return (
        f"read {report.read} = added {report.added} + merged {report.merged} + unchanged {report.unchanged} "
        f"+ set aside {report.set_aside}"
    )


def failed(reports: Iterable[FileReport]) -> DlbibError | None:
    """The error of the first file that could not be imported."""
    return next((each.error for each in reports if each.error is not None), None)
