"""The full-text index of a file, when many works come at once.

Triggers keep the index in step, work by work, for which FTS5 writes a part of its index each time. To
index many works in one statement takes a third of the time. The trigger for new works is away meanwhile:
only to find that it has nothing to do, it would open and close a part of the transaction for each.

Source: SQLite manual, "SQLite FTS5 Extension", sections 4.4.3 and 6.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dlbib.store.bulk import Bulk
from dlbib.store.models import Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Table

_WORKS: Final = cast("Table", Work.__table__)

_BEGIN = text(
    "INSERT INTO meta (name, value) SELECT 'indexed_to', CAST(coalesce(max(id), 0) AS TEXT) FROM works"
)
_FILL = text(
    "INSERT INTO works_fts (rowid, title_folded, search_text) SELECT id, title_folded, search_text FROM works "
    "WHERE id > (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'indexed_to')"
)
_INDEXED_TO = text("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'indexed_to'")
_END = text("DELETE FROM meta WHERE name = 'indexed_to'")
_TRIGGER = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'works_fts_insert'")
_WITHOUT_TRIGGER = text("DROP TRIGGER works_fts_insert")


@contextlib.contextmanager
def indexed_together(connection: Connection) -> Iterator[None]:
    """Put the works that are added in the block into the full-text index at its end, all together.

    Within the block they are not found by their text. It must end in the transaction it began in, and
    can't be nested; PostgreSQL needs nothing of it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    trigger = connection.scalar(_TRIGGER)
    connection.execute(_BEGIN)
    connection.execute(_WITHOUT_TRIGGER)
    try:
        yield
    except BaseException:
        # What failed may have ended the transaction, with which all of this is undone.
        with contextlib.suppress(SQLAlchemyError):
            _index(connection, trigger)
        raise
    _index(connection, trigger)


def new_ids(connection: Connection, count: int) -> Sequence[int]:
    """Ids for new works, in order, also within a block in which they come together.

    None is that of a work that was in the index when the block began, be it removed since: which works
    are in the index is told by their ids.
    """
    return Bulk(connection).ids(_WORKS, count, beyond=connection.scalar(_INDEXED_TO) or 0)


def _index(connection: Connection, trigger: str) -> None:
    connection.execute(_FILL)
    connection.execute(_END)
    connection.exec_driver_sql(trigger)
