"""Looking after the database of a library: what it is, whether it is sound, copies to keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlbib.library.sessions import Sessions
from dlbib.store import checking, copying, describing

if TYPE_CHECKING:
    from os import PathLike

    from dlbib.store.describing import Description
    from dlbib.store.migrating import Migration


class Maintaining(Sessions):
    """What a library tells of its database, and does for it."""

    @property
    def migration(self) -> Migration | None:
        """How opening the library changed it, if an older dlbib had made it: revisions before and after, the copy kept."""
        return self._database.migration

    def describe(self) -> Description:
        """Where the library is, what made it, and how much it holds."""
        with self._reading() as session:
            return describing.describe(session, self.location)

    def find_damage(self) -> tuple[str, ...]:
        """What is wrong with the library's file, at most twenty things of a kind; empty when it is sound.

        See `dlbib.store.checking.find_damage`, which tells what is not noticed. Raises `LibraryDamagedError` when it can't
        be read at all, `LibraryFileError` when it is write-protected, `LibraryError` for PostgreSQL.
        """
        return checking.find_damage(self._database)

    def mend_indexes(self) -> Path:
        """Make the indexes of the library's file anew out of its tables; gives the copy of before, beside it.

        Raises `LibraryFileError` when the copy can't be made, `LibraryError` for PostgreSQL.
        """
        with self._database.translated_errors():
            kept = copying.keep_beside(copying.file_of(self._database.place), "mending")
        checking.mend_indexes(self._database)
        return kept

    def back_up(self, path: str | PathLike[str]) -> None:
        """Copy the library's file to ``path``, whoever uses it meanwhile, and check the copy.

        Nothing is replaced. Raises `OutputError` when something stands there or it can't be written,
        `LibraryDamagedError`, and `LibraryError` for PostgreSQL.
        """
        copying.back_up(self._database, Path(path))
