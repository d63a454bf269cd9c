"""Many rows at once.

SQLAlchemy writes each statement, once; the rows go to the database's driver as the tuples that they are.
As dictionaries, each of which would be looked through first, they would take three times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, delete, func, insert, select, update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Dialect, Table
    from sqlalchemy.sql.dml import Insert, Update

    Row = tuple[Any, ...]
    Convert = Callable[[Any], Any]

AT_ONCE: Final = 1000
"""How many values a question names."""


class _Statement(NamedTuple):
    """A statement as the driver takes it, and how rows become its values: column by column, which is quicker."""

    text: str
    order: tuple[int, ...]
    conversions: tuple[tuple[int, Convert], ...]

    def values(self, rows: Iterable[Row]) -> list[Row]:
        if not self.conversions and self.order == tuple(range(len(self.order))):
            return list(rows)
        given: list[Iterable[Any]] = list(zip(*rows, strict=True))
        if not given:
            return []
        columns = [given[place] for place in self.order]
        for place, convert in self.conversions:
            columns[place] = map(convert, columns[place])
        return list(zip(*columns, strict=True))


_STATEMENTS: Final[WeakKeyDictionary[Dialect, dict[tuple[str, ...], _Statement]]] = WeakKeyDictionary()
"""The statements that were written already, by what they do, for each database that is open."""


class Bulk:
    """Puts rows into the tables that a connection reaches, in its transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._statements = _STATEMENTS.setdefault(connection.dialect, {})

    def insert(self, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Put in rows that have their values in the order of ``columns``: all that have no default there."""
        self._execute(insert(table), table, columns, rows)

    def update(self, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Change rows; each has its values in the order of ``columns``, the last of which is the ``id``."""
        self._execute(update(table).where(table.c.id == bindparam("row_id")), table, columns, rows)

    def delete(self, column: Column[Any], values: Iterable[Any]) -> None:
        """Remove the rows that have one of ``values`` in a column."""
        for some in chunks(values):
            self.connection.execute(delete(column.table).where(column.in_(some)))

    def ids(self, table: Table, count: int, beyond: int = 0) -> Sequence[int]:
        """Ids for new rows, in order; nobody else gets them.

        SQLite gives the last ones again once their rows are removed, but for those up to ``beyond``.
        """
        if not count:
            return ()
        if self.connection.dialect.name == "sqlite":  # in which writers take turns
            last = self.connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
            first = max(last, beyond) + 1
            return range(first, first + count)
        sequence = func.pg_get_serial_sequence(table.name, "id")
        numbers = func.generate_series(1, count).table_valued("number")
        return self.connection.scalars(select(func.nextval(sequence)).select_from(numbers)).all()

    def _execute(
        self, statement: Insert | Update, table: Table, columns: Sequence[str], rows: Iterable[Row]
    ) -> None:
        name = (statement.__visit_name__, table.name, *columns)
        if name not in self._statements:
            self._statements[name] = _written(statement, table, columns, self.connection.dialect)
        written = self._statements[name]
        if values := written.values(rows):
            self.connection.exec_driver_sql(written.text, values)


def selected(
    connection: Connection, columns: Sequence[Column[Any]], among: Column[Any], values: Iterable[Any]
) -> Iterator[Row]:
    """The rows that have one of ``values`` in the column ``among``, in no order.

    What the driver gives, so texts and numbers alone. SQLAlchemy would write each question anew, which
    takes longer than to answer it.
    """
    head = f"{select(*columns).compile(dialect=connection.dialect)} WHERE {among} IN "
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    for some in chunks(values):
        marks = ", ".join([mark] * len(some))
        yield from map(tuple, connection.exec_driver_sql(f"{head}({marks})", tuple(some)))


def chunks(values: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """``values`` in lists of at most that many; nothing for nothing."""
    whole = list(values)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def _written(
    statement: Insert | Update, table: Table, columns: Sequence[str], dialect: Dialect
) -> _Statement:
    make = cast("Callable[..., Dialect]", type(dialect))
    by_position = make(paramstyle="qmark" if dialect.paramstyle == "qmark" else "format")
    is_update = statement.is_update
    named = [*columns[:-1], "row_id"] if is_update else [*columns]
    compiled = statement.compile(dialect=by_position, column_keys=named[:-1] if is_update else named)
    order: list[str] = getattr(compiled, "positiontup", None) or []
    if sorted(order) != sorted(named):
        message = f"{table.name}: {sorted(set(order) ^ set(named))} have no value, or no column"
        raise ValueError(message)
    places = tuple(named.index(name) for name in order)
    conversions = (
        (place, convert)
        for place, name in enumerate(order)
        if name in table.c and (convert := _conversion(table.c[name], dialect))
    )
    return _Statement(str(compiled), places, tuple(conversions))


def _conversion(column: Column[Any], dialect: Dialect) -> Convert | None:
    """How the driver wants the column's values; ``None``: as they are."""
    process: Convert | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    return _Conversion(process).convert if process else None


class _Conversion:
    """Converts values, and remembers what many rows have: nothing, or the instant at which all were made."""

    def __init__(self, process: Convert) -> None:
        self._process = process
        self._nothing: dict[type, Any] = {}
        self._last: tuple[Any, Any] = (self, None)

    def convert(self, value: Any) -> Any:  # noqa: ANN401  # whatever the column holds
        if not value:
            kind = type(value)
            if kind not in self._nothing:
                self._nothing[kind] = self._process(value)
            return self._nothing[kind]
        if self._last[0] is not value:
            self._last = (value, self._process(value))
        return self._last[1]
