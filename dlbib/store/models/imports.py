"""Imported files: what they hold besides entries, and what was set aside of them."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLAlchemy evaluates the annotations
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dlbib.store.models.base import Base, Json, at_most, equality_index, now


class ImportedFile(Base):
    """A file as it was when it was imported last; ``source`` is what its records are called by.

    ``path`` is where it was then, ``digest`` the SHA-256 of its bytes. ``layout`` is its text as a list
    in JSON, piece by piece: a text stands for itself, ``[source_id]`` for the ``raw`` of that record,
    a number for the ``raw`` of what was set aside at that position.
    """

    __tablename__ = "imported_files"
    __table_args__ = (at_most(1000, "source"), equality_index("ix_imported_files_digest", "digest"))

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(unique=True)
    path: Mapped[str]
    format: Mapped[str]
    encoding: Mapped[str]
    digest: Mapped[str]
    layout: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(default=now)

    set_aside: Mapped[list[SetAside]] = relationship(
        back_populates="file",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="SetAside.position",
    )


class SetAside(Base):
    """What could not be read of a file: its text, and the problems with it, at least one of them an error.

    ``position`` counts from 0 in the order of the file. ``problems`` are objects with the attributes of
    `dlbib.model.problems.Problem`, but for its source.
    """

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("file_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("imported_files.id", ondelete="CASCADE"))
    position: Mapped[int]
    raw: Mapped[str]
    problems: Mapped[Any] = mapped_column(Json, default=list)

    file: Mapped[ImportedFile] = relationship(back_populates="set_aside")
