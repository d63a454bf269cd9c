"""Filling a library: reading lists and files come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from dlbib import files
from dlbib.formats import reading_list
from dlbib.library.importing import ImportReport, keeping
from dlbib.library.importing.several import Importing
from dlbib.library.sessions import Sessions
from dlbib.model.reading_lists import ReadingList
from dlbib.store import seeding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from dlbib.library.importing import AsideRecord, FileReport, Given, Wishes
    from dlbib.library.importing.several import Input
    from dlbib.store.seeding import SeedReport


def read_lists(path: str | PathLike[str] | None = None) -> tuple[ReadingList, ...]:
    """The reading list in a file, or those that come with dlbib without one.

    Raises `InputError`, or `ReadingListError` with every problem of a malformed list.
    """
    paths = [Path(path)] if path is not None else sorted(files.shipped("seeds").glob("*.yaml"))
    return tuple(reading_list.read(each) for each in paths)


class Filling(Sessions):
    """What brings works into a library."""

    def seed(self, *given: str | PathLike[str] | ReadingList) -> tuple[SeedReport, ...]:
        """Put reading lists, or the files that hold them, into the library; without any, dlbib's own.

        A report per list. Seeding again changes nothing, and what was edited stays. Raises as
        `read_lists` does, and then nothing is seeded.
        """
        named = [(each,) if isinstance(each, ReadingList) else read_lists(each) for each in given]
        lists = [each for several in named or [read_lists()] for each in several]
        with self._writing("seed", ", ".join(each.slug for each in lists)) as session:
            return tuple(seeding.seed(session, each) for each in lists)

    def import_file(self, path: str | PathLike[str] | Given, **wishes: Unpack[Wishes]) -> FileReport:
        """Put the records of a file into the library, in one transaction.

        What can't be read as an entry is set aside, as text, and stays in the library. Importing a file
        again changes nothing but what the file says otherwise now. Raises `InputError` or `ParseError` for
        a file that can't be read at all, or that ``strict`` refuses, and `NotFoundError` for an unknown
        application; then nothing is imported.
        """
        (report,) = self.import_files([path], **wishes).files
        if report.error is not None:
            raise report.error
        return report

    def import_files(self, paths: Iterable[Input], **wishes: Unpack[Wishes]) -> ImportReport:
        """Put the records of files into the library, each file as `import_file` does.

        A file that can't be imported is told of in its report's ``error``, and the others are imported all
        the same; unless ``atomic`` is asked for, with which one error keeps all of them out.
        """
        return Importing(self._writing, self._database.place.path, wishes).all(paths)

    def set_aside(self, path: str | None = None) -> tuple[AsideRecord, ...]:
        """The records of imported files that are kept as text alone, in the order of the files.

        Those of the file that is or was at ``path``, or goes by that name, if one is named.
        """
        with self._reading() as session:
            return keeping.set_aside(session, path)

    def retry(self, path: str | None = None, **wishes: Unpack[Wishes]) -> ImportReport:
        """Read the files again of which anything was set aside; what can be read now leaves the list.

        A file that was changed since is read as it is now, any other as the library keeps it.
        """
        sources = dict.fromkeys(each.source for each in self.set_aside(path))
        reports = []
        for source in sources:
            with self._reading() as session:
                known = keeping.kept(session, source)
            reports.append(Importing(self._writing, self._database.place.path, wishes).again(known))
        return ImportReport(tuple(reports))
