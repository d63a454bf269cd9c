"""What all tables share: naming, types, checks.

A text that is unique is bounded by a check, because PostgreSQL refuses longer rows in such an index
(PostgreSQL manual, "B-Tree Indexes", 2704 bytes); an index that only answers equality is of type
``hash`` there, which holds texts of any length.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import JSON, CheckConstraint, DateTime, Dialect, Index, MetaData, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""How constraints and indexes are called; a migration can change only what has a name."""


class Instant(TypeDecorator[datetime]):
    """An instant; given and kept in UTC, whatever the database makes of time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The instant in UTC; raises ``ValueError`` for one that names no time zone."""
        if value is not None and value.tzinfo is None:
            message = f"{value.isoformat()} names no time zone"
            raise ValueError(message)
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """The instant in UTC; SQLite gives it back without its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json: Final = JSON().with_variant(JSONB(), "postgresql")
"""JSON; PostgreSQL doesn't keep the order of an object's names."""


def now() -> datetime:
    """Tell the instant, in UTC."""
    return datetime.now(UTC)


def one_of(column: str, names: Iterable[str]) -> CheckConstraint:
    """The check that ``column`` is one of ``names``."""
    listed = ", ".join(f"'{name}'" for name in names)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def is_any(column: str, names: Iterable[str]) -> str:
    """The condition that ``column`` is one of ``names``, word by word, for tables that get many rows.

    Of a list with more than two of them SQLite makes a table, anew for every row that it checks.
    """
    return " OR ".join(f"{column} = '{name}'" for name in names)


def at_most(letters: int, column: str) -> CheckConstraint:
    """The check that ``column`` has no more than that many letters."""
    return CheckConstraint(f"length({column}) <= {letters}", name=f"{column}_length")


def equality_index(name: str, column: str) -> Index:
    """An index for texts of any length, which PostgreSQL uses for ``=`` alone."""
    return Index(name, column, postgresql_using="hash")


class Base(DeclarativeBase):
    """What all tables share: texts without a limit, instants in UTC, a name for every constraint."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text(), datetime: Instant()}  # noqa: RUF012  # SQLAlchemy reads it off the class


class Meta(Base):
    """What a library says of itself: ``written_by`` and ``min_reader`` are versions of dlbib."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
