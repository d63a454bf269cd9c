"""Library: the one object users hold. It alone owns sessions and commits.

What it does stands in a module for each stage: `filling`, `enriching`, `asking`, `curating`, `checking`, `writing`,
`maintaining`.
"""

from __future__ import annotations

import contextlib
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from dlbib.errors import LibraryFileError
from dlbib.library.asking import Asking
from dlbib.library.checking import Checking
from dlbib.library.curating import Curating
from dlbib.library.enriching import Enriching
from dlbib.library.filling import Filling, read_lists
from dlbib.library.maintaining import Maintaining
from dlbib.library.writing import Writing
from dlbib.store.database import open_database
from dlbib.store.restoring import restore as restored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

__all__ = ["Library", "default_path", "open", "opened", "read_lists", "restore"]


class Library(Filling, Enriching, Curating, Checking, Asking, Writing, Maintaining):
    """A bibliography in a database: applications, papers and resources, and who said what of them.

    Open one with `dlbib.open`, in a ``with`` statement. What it gives out are values, which can be
    kept after it is closed. Every method that changes something is one transaction.
    """


def open(target: str | PathLike[str] | None = None, *, create: bool = True) -> Library:  # noqa: A001  # dlbib.open
    """The library at ``target``: a path, a database URL, or nothing for the default place.

    It is created where there is none, unless ``create`` is false; an older one is brought up to
    date. Raises `LibraryMissingError`, `LibraryFileError` or `SchemaVersionError`.
    """
    if target is None:
        target = default_path()
        if create:
            _make_folder(target.parent)
    return Library(open_database(target, create=create))


def restore(backup: str | PathLike[str], target: str | PathLike[str] | None = None) -> Path | None:
    """Make the library at ``target``, or at the default place, hold what a backup does.

    Gives the copy of what it held, which stands beside it; ``None`` where there was no library. See
    `dlbib.store.restoring.restore`, which tells what is raised.
    """
    return restored(Path(backup), default_path() if target is None else target)


@contextlib.contextmanager
def opened(target: str | PathLike[str] | None = None) -> Iterator[Library]:
    """The library at ``target``, as `open` gives it; one that was made for it and then not used doesn't stay."""
    with open(target) as library:
        try:
            yield library
        except BaseException as error:
            # Where it was interrupted, a question may still be open, which keeps the file locked.
            traceback.clear_frames(error.__traceback__)
            raise
        finally:
            library._database.drop_unused()  # noqa: SLF001  # it is the library's own


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: can't be made: {error.strerror}; name a file for the library: --library FILE"
        raise LibraryFileError(message) from error


def default_path() -> Path:
    """Where the library is when nobody says: ``library.db`` in the user's data folder."""
    return platformdirs.user_data_path("dlbib", appauthor=False) / "library.db"
