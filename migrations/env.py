"""How alembic reaches a library: by the connection it was handed, or by a place that the user named.

    alembic -c alembic.ini -x library=thesis.db upgrade head

Without ``-x library=…`` the environment variable DLBIB_LIBRARY says which, else ``sqlalchemy.url`` of
alembic.ini.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from dlbib.errors import LibraryError
from dlbib.store import migrating
from dlbib.store.database import connection_to_migrate
from dlbib.store.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def connected() -> Iterator[Connection]:
    handed = context.config.attributes.get("connection")
    if isinstance(handed, Connection):
        yield handed
    elif isinstance(handed, Engine):
        with migrating.one_transaction(handed) as connection:
            yield connection
    else:
        with named_by_user() as connection:
            yield connection


@contextlib.contextmanager
def named_by_user() -> Iterator[Connection]:
    place = (
        context.get_x_argument(as_dictionary=True).get("library")
        or os.environ.get("DLBIB_LIBRARY")
        or context.config.get_main_option("sqlalchemy.url")
    )
    if not isinstance(place, str):
        message = "no library is named: -x library=PATH_OR_URL"
        raise CommandError(message)
    try:
        with connection_to_migrate(place) as connection:
            yield connection
    except LibraryError as error:
        raise CommandError(str(error)) from error


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=migrating.is_in_models,
        on_version_apply=migrating.note_revision,
        compare_server_default=True,
        # Rebuilding is SQLite's way of changing a table; PostgreSQL changes it in place all the same.
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    message = "migrations look at the library's tables: --sql can't be served"
    raise CommandError(message)
with connected() as connection:
    migrate(connection)
