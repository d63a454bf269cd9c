"""What a library is: its place, its schema, and how much it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dlbib.store import models
from dlbib.store.migrating import revision_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Description:
    """A library: where it is, the dlbib and the revision of the schema it was written by, its size in bytes.

    ``counts`` is how many papers, resources, applications, records, tags, texts set aside, and operations that
    can be undone it has, each by its name.
    """

    location: str
    written_by: str
    schema: str
    size: int
    counts: Mapping[str, int]


_COUNTED = {
    "papers": models.Paper,
    "resources": models.Resource,
    "applications": models.Application,
    "records": models.Record,
    "tags": models.Tag,
    "set aside": models.SetAside,
    "can be undone": models.Operation,
}


def describe(session: Session, location: str) -> Description:
    """What the library of a session is, which stands at ``location``."""
    connection = session.connection()
    counts = {
        name: session.scalar(select(func.count()).select_from(each)) or 0 for name, each in _COUNTED.items()
    }
    written_by = session.scalar(select(models.Meta.value).where(models.Meta.name == "written_by")) or ""
    return Description(location, written_by, revision_of(connection) or "", _size(connection), counts)


def _size(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages, size = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
        )
        return int(pages) * int(size)
    return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
