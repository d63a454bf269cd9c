"""What was done to a library, and how it was before, so that it can be undone."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLAlchemy evaluates the annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dlbib.store.models.base import Base, at_most, now


class Operation(Base):
    """One thing that was done, such as an import or a merge: ``what`` says to what.

    ``revision`` is that of the schema then. Only the last can be undone, and then the one before it.
    """

    __tablename__ = "operations"
    __table_args__ = (at_most(40, "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    what: Mapped[str] = mapped_column(default="")
    revision: Mapped[str]
    done_at: Mapped[datetime] = mapped_column(default=now)

    images: Mapped[list[Image]] = relationship(
        back_populates="operation", cascade="all, delete-orphan", passive_deletes=True
    )


class Image(Base):
    """How a work, or another thing that stands by itself, was before an operation changed it.

    ``root`` is its table, ``root_id`` its row there; ``rows`` are its rows and those that belong to it, by
    table, as JSON; absent where there was nothing yet. Of new things whose rows follow each other one
    image may speak for all: those from ``root_id`` to before ``end_id``.
    """

    __tablename__ = "images"
    __table_args__ = (at_most(40, "root"),)

    operation_id: Mapped[int] = mapped_column(
        ForeignKey("operations.id", ondelete="CASCADE"), primary_key=True
    )
    root: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[int] = mapped_column(primary_key=True)
    end_id: Mapped[int]
    rows: Mapped[str | None]

    operation: Mapped[Operation] = relationship(back_populates="images")
