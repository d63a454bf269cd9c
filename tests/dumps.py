"""All that a library's database holds, to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, select

from dlbib.store.models import Base

if TYPE_CHECKING:
    from collections.abc import Collection


def dump(engine: Engine, without: Collection[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, row ids and instants too, but for the tables in ``without``."""
    with engine.connect() as connection:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
            if table.name not in without
        }
