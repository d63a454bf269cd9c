"""PostgreSQL: how a library's database is reached, and who may write in it when.

Writers take turns, as they do in SQLite: so nobody's change is lost, and nobody has to try again.

Source: PostgreSQL manual, "Advisory Locks", "Character Set Support"; psycopg 3 manual, "Connections".
"""

from __future__ import annotations

import importlib.util
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event

from dlbib.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Dialect, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

    from dlbib.store.places import Place

READING: Final = "postgresql_readonly"
"""The execution option of transactions that only read."""

UNTURNED: Final[Mapping[str, Any]] = MappingProxyType(
    {"isolation_level": "AUTOCOMMIT", "dlbib_unturned": True}
)
"""The execution options of connections on which each statement stands alone and waits for no other writer."""

_TURN: Final = 0x646C6962
_CONNECT: Final = {"connect_timeout": "10", "application_name": "dlbib"}


def make_engine(place: Place, *, busy_timeout_s: float) -> Engine:
    """The engine of the database at ``place``; nothing is connected yet.

    Its transactions write, and wait up to ``busy_timeout_s`` for who else writes; those with the
    execution option `READING` only read. Raises `LibraryError` where the driver is not installed.
    """
    if place.url is None:
        message = f"{place}: is a file"
        raise ValueError(message)
    if importlib.util.find_spec("psycopg") is None:
        message = f"{place}: PostgreSQL needs a driver that is not installed: pip install 'dlbib[postgres]'"
        raise LibraryError(message)
    defaults = {name: value for name, value in _CONNECT.items() if name not in place.url.query}
    engine = create_engine(
        place.url,
        connect_args={**defaults, "client_encoding": "utf8"},
        hide_parameters=True,
        pool_pre_ping=True,
    )
    take_turns = (
        f"SET LOCAL lock_timeout = {round(busy_timeout_s * 1000)}; SELECT pg_advisory_xact_lock({_TURN})"
    )

    def connect(
        dialect: Dialect, _entry: ConnectionPoolEntry, arguments: list[Any], options: dict[str, Any]
    ) -> Any:  # noqa: ANN401  # the driver's connection
        connection: Any = dialect.connect(*arguments, **options)
        _refuse_encoding(place, connection)
        return connection

    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().keys() & {READING, "dlbib_unturned"}:
            connection.exec_driver_sql(take_turns)

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "begin", begin)
    return engine


def _refuse_encoding(place: Place, connection: Any) -> None:  # noqa: ANN401  # the driver's connection
    encoding = connection.info.parameter_status("server_encoding")
    if encoding == "UTF8":
        return
    connection.close()
    message = (
        f"{place}: the database's encoding is {encoding}, which can't hold every letter; "
        "make one with: createdb --encoding UTF8 --template template0 NAME"
    )
    raise LibraryError(message)
