"""Filling a library: reading lists come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlbib import files
from dlbib.formats import reading_list
from dlbib.library.sessions import Sessions
from dlbib.model.reading_lists import ReadingList
from dlbib.store import seeding

if TYPE_CHECKING:
    from os import PathLike

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
