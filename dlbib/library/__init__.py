"""Library: the one object users hold. It alone owns sessions and commits."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack, cast

import platformdirs
from sqlalchemy.orm import Session

from dlbib import files
from dlbib.errors import ConflictError, LibraryFileError
from dlbib.formats import format_for, get_format, reading_list
from dlbib.formats.cited import cited
from dlbib.library import exporting
from dlbib.model import merging
from dlbib.model.editing import stated
from dlbib.model.reading_lists import ReadingList
from dlbib.store import edits, models, records, seeding, selection
from dlbib.store.database import Database, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.library.choosing import Choice, Filters
    from dlbib.library.exporting import ExportReport
    from dlbib.model.merging import Record, Statement
    from dlbib.model.works import Application, Paper, Resource, Work
    from dlbib.store.seeding import SeedReport


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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: can't be made: {error.strerror}; name a file for the library: --library FILE"
        raise LibraryFileError(message) from error


def read_lists(path: str | PathLike[str] | None = None) -> tuple[ReadingList, ...]:
    """The reading list in a file, or those that come with dlbib without one.

    Raises `InputError`, or `ReadingListError` with every problem of a malformed list.
    """
    paths = [Path(path)] if path is not None else sorted(files.shipped("seeds").glob("*.yaml"))
    return tuple(reading_list.read(each) for each in paths)


def default_path() -> Path:
    """Where the library is when nobody says: ``library.db`` in the user's data folder."""
    return platformdirs.user_data_path("dlbib", appauthor=False) / "library.db"


class Library:
    """A bibliography in a database: applications, papers and resources, and who said what of them.

    Open one with `dlbib.open`, in a ``with`` statement. What it gives out are values, which can be
    kept after it is closed. Every method that changes something is one transaction.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @property
    def location(self) -> str:
        """The file, or the URL without its password."""
        return str(self._database.place)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A SQLAlchemy session for ``select()`` and edits, committed at the end of the block.

        What you change of a `dlbib.store.models.Work` is recorded as your own edit.
        """
        with self._writing() as session:
            edits.record_edits(session)
            yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self._database.translated_errors(), Session(self._database.reader) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self._database.translated_errors(), Session(self._database.engine) as session, session.begin():
            yield session

    # --- filling ---------------------------------------------------------------------------------

    def seed(self, *given: str | PathLike[str] | ReadingList) -> tuple[SeedReport, ...]:
        """Put reading lists, or the files that hold them, into the library; without any, dlbib's own.

        A report per list. Seeding again changes nothing, and what was edited stays. Raises as
        `read_lists` does, and then nothing is seeded.
        """
        named = [(each,) if isinstance(each, ReadingList) else read_lists(each) for each in given]
        lists = [each for several in named or [read_lists()] for each in several]
        with self._writing() as session:
            return tuple(seeding.seed(session, each) for each in lists)

    def edit(self, key: str, /, **changes: object) -> Work:
        """Say yourself what fields are, by the names CSL or BibTeX give them; ``None`` for nothing.

        Your word stands before every other source's, whatever is seeded, imported or fetched later.
        Raises `NotFoundError` for an unknown key or field, `ConflictError` for a value it can't have.
        """
        said = dict(stated(name, typed) for name, typed in changes.items())
        if len(said) < len(changes):
            message = f"{', '.join(changes)}: two of these are one field; say it once"
            raise ConflictError(message)
        with self._writing() as session:
            edits.edit(session, selection.get_row(session, key), said)
        return self.get(key)

    def tag(self, key: str, *names: str) -> tuple[str, ...]:
        """Put tags on a work; gives all its tags, sorted. Raises `NotFoundError`."""
        with self._writing() as session:
            return edits.tag(session, selection.get_row(session, key), names)

    def untag(self, key: str, *names: str) -> tuple[str, ...]:
        """Take tags from a work; gives those that are left, sorted. Raises `NotFoundError`."""
        with self._writing() as session:
            return edits.untag(selection.get_row(session, key), names)

    # --- asking ----------------------------------------------------------------------------------

    def applications(self) -> tuple[Application, ...]:
        """Every application, in the order of its list."""
        with self._reading() as session:
            return tuple(records.applications_by_id(session).values())

    def papers(self, query: str = "", **filters: Unpack[Filters]) -> list[Paper]:
        """The papers that ``query`` and ``filters`` choose; all of them without any.

        In the order of the application's list when one is named, else by key. Raises
        `NotFoundError` for an unknown application, `InvalidQueryError` for a malformed query.
        """
        return cast("list[Paper]", self._works(models.Paper, query, filters))

    def resources(self, query: str = "", **filters: Unpack[Filters]) -> list[Resource]:
        """The resources that ``query`` and ``filters`` choose, as `papers` does."""
        return cast("list[Resource]", self._works(models.Resource, query, filters))

    def works(self, query: str = "", **filters: Unpack[Filters]) -> list[Work]:
        """The papers and resources that ``query`` and ``filters`` choose, as `papers` does."""
        return self._works(models.Work, query, filters)

    def _works(self, row_class: type[models.Work], query: str, filters: Filters) -> list[Work]:
        with self._reading() as session:
            return selection.choose(session, row_class, query, cast("dict[str, object]", filters))

    def get(self, key: str) -> Work:
        """The paper or resource with this key, or that once had it, whatever the case.

        Raises `NotFoundError` with the nearest keys.
        """
        with self._reading() as session:
            return selection.get(session, key)

    def records(self, key: str) -> tuple[Record, ...]:
        """Everything that sources said about a work, in the order in which it came."""
        with self._reading() as session:
            return records.records_of(selection.get_row(session, key))

    def why(self, key: str, field: str | None = None) -> tuple[Statement, ...]:
        """What every source says of a field, the winner first, and why it won; of all without one.

        Raises `NotFoundError` for an unknown key or field; empty when nobody speaks of the field.
        """
        return merging.why(self.records(key), field)

    # --- exporting -------------------------------------------------------------------------------

    def export(
        self,
        query: str = "",
        *,
        format: str = "bibtex",  # noqa: A002  # the word people look for
        **choice: Unpack[Choice],
    ) -> tuple[str, ExportReport]:
        """A bibliography as text, and what there is to say about it.

        Everything is written unless a query, filters, ``keys`` or a document that cites choose; what
        several of them choose is written. Raises `NotFoundError` for a key of ``keys`` that isn't there.
        """
        into = get_format(format)
        if (keys := choice.get("keys")) is not None:
            with self._reading() as session:
                selection.require(session, keys)
        document = choice.get("cited_in")
        citations = cited(document) if document else None
        with self._reading() as session:
            find = partial(selection.find, session)
            works = partial(selection.choose, session, models.Work, query)
            chosen = exporting.choose(choice, citations, find, works)
        return exporting.written(chosen, into, utf8=choice.get("utf8", False))

    def export_file(
        self,
        path: str | PathLike[str],
        query: str = "",
        *,
        format: str | None = None,  # noqa: A002  # the word people look for
        **choice: Unpack[Choice],
    ) -> ExportReport:
        """Write a bibliography to a file, whole or not at all; else as `export`.

        The format is the one the file's extension names, unless one is given. Raises `OutputError`.
        """
        into = get_format(format) if format else format_for(fspath(path))
        text, report = self.export(query, format=into.name, **choice)
        files.write_atomically(path, [text])
        return report
