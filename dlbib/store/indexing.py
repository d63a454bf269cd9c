"""The full-text index of a file, when many works come at once.

Triggers keep the index in step, work by work, for which FTS5 writes a part of its index each time. To
index many works in one statement takes a third of the time.

Source: SQLite manual, "SQLite FTS5 Extension", sections 4.4.3 and 6.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_BEGIN = text(
    "INSERT INTO meta (name, value) SELECT 'indexed_to', CAST(coalesce(max(id), 0) AS TEXT) FROM works"
)
_FILL = text(
    "INSERT INTO works_fts (rowid, title_folded, search_text) SELECT id, title_folded, search_text FROM works "
    "WHERE id > (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'indexed_to')"
)
_END = text("DELETE FROM meta WHERE name = 'indexed_to'")


@contextlib.contextmanager
def indexed_together(connection: Connection) -> Iterator[None]:
    """Put the works that are added in the block into the full-text index at its end, all together.

    Within the block they are not found by their text. It must end in the transaction it began in, and
    can't be nested; PostgreSQL needs nothing of it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.execute(_BEGIN)
    try:
        yield
    except BaseException:
        # What failed may have ended the transaction, with which all of this is undone.
        with contextlib.suppress(SQLAlchemyError):
            _index(connection)
        raise
    _index(connection)


def _index(connection: Connection) -> None:
    connection.execute(_FILL)
    connection.execute(_END)
