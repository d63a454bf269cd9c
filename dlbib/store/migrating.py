"""Which schema a library has, and how it comes to the schema of this dlbib.

A migration is one transaction: it happens wholly or not at all, whoever else migrates at that moment.

Source: alembic manual, "Programmatic API use", "Running Batch Migrations for SQLite"; SQLite manual,
"ALTER TABLE", section 7.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, text

from dlbib.files import shipped
from dlbib.store import sqlite
from dlbib.store.copying import keep_beside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import Engine

    from dlbib.store.places import Place

_VERSION_TABLE: Final = "alembic_version"


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration did: the schema's revision before (empty: there was none) and after.

    ``backup`` is where the library was copied to before it was changed.
    """

    before: str
    after: str
    backup: Path | None = None


@cache
def revisions(folder: Path | None = None) -> tuple[str, ...]:
    """The revisions of the schema that this dlbib knows, oldest first; their files begin with them.

    ``folder`` holds the migrations: those that are shipped, unless others are given.
    """
    versions = (folder or shipped("migrations")) / "versions"
    return tuple(sorted(file.name.partition("_")[0] for file in versions.glob("[0-9]*_*.py")))


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; empty before the first one; ``None`` where there never was any."""
    if not connection.dialect.has_table(connection, _VERSION_TABLE):
        return None
    return connection.exec_driver_sql(f"SELECT version_num FROM {_VERSION_TABLE}").scalar() or ""  # noqa: S608  # a constant


def migrate(place: Place, engine: Engine, folder: Path | None = None) -> Migration:
    """Bring a library to the newest schema; a file that holds one already is copied first.

    The copy stands beside it and is called ``NAME.pre-REVISION.bak``. ``folder`` is as in `revisions`.
    Raises `LibraryFileError` when the copy can't be made, and whatever a migration raises; the library
    is then as it was.
    """
    newest = revisions(folder)[-1]
    with one_transaction(engine) as connection:
        before = revision_of(connection) or ""
        if before == newest:
            return Migration(before, newest)
        backup = keep_beside(place.path, newest) if place.path is not None and before else None
        _upgrade(connection, folder or shipped("migrations"))
    return Migration(before, newest, backup)


@contextlib.contextmanager
def one_transaction(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that may rebuild tables; committed when the block ends well.

    Raises `LibraryFileError`, and commits nothing, when a row then refers to one that isn't there.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        with sqlite.without_foreign_keys(connection), connection.begin():
            yield connection
            sqlite.refuse_dangling(connection)


def _upgrade(connection: Connection, folder: Path) -> None:
    # Imported here, because most who open a library have nothing to migrate, and it takes its time.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def note_revision(
    ctx: MigrationContext,
    step: object,  # noqa: ARG001  # alembic's signature
    heads: Collection[Any],
    run_args: object,  # noqa: ARG001  # alembic's signature
) -> None:
    """Write down, in the transaction of a migration, which schema it made and which dlbib did."""
    connection = ctx.connection
    if connection is None:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {int(max(heads, default='0'))}")
    if heads:
        connection.execute(text("DELETE FROM meta WHERE name = 'written_by'"))
        written_by = {"version": importlib.metadata.version("dlbib")}
        connection.execute(text("INSERT INTO meta (name, value) VALUES ('written_by', :version)"), written_by)


def is_in_models(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the classes describe what the database calls ``name``; alembic compares only those.

    The full-text index is written for each database apart; see `dlbib.store.search`.
    """
    if kind == "table":
        return name is None or not name.startswith("works_fts")
    return name not in {"search_vector", "ix_works_search_vector"}
