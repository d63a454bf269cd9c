"""The sessions of a library: what every stage reads and writes through. Only here is anything committed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from sqlalchemy.orm import Session

from dlbib.store import edits, inheriting, journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.store.database import Database


class Sessions:
    """A library's database, and the transactions on it."""

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
        with self._writing("edit", "through a session") as session:
            edits.record_edits(session)
            yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self._database.translated_errors(), Session(self._database.reader) as session:
            yield session

    @contextmanager
    def _writing(self, kind: str, what: str) -> Iterator[Session]:
        """A session whose changes are one operation, which `Library.undo` undoes."""
        with self._unrecorded() as session:
            journal.record(session, kind, what)
            yield session
            if session.in_transaction():  # else it was taken back
                inheriting.pass_on(session)

    @contextmanager
    def _unrecorded(self) -> Iterator[Session]:
        with self._database.translated_errors(), Session(self._database.engine) as session, session.begin():
            yield session

    @contextmanager
    def _rehearsing(self) -> Iterator[Session]:
        """A session whose changes are undone at its end."""
        with self._database.translated_errors(), Session(self._database.engine) as session:
            journal.record(session, "rehearsal", "")
            yield session
