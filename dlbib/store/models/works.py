"""Works, the papers and resources of a library."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLAlchemy evaluates the annotations
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dlbib.model.works import Kind  # noqa: TC001  # SQLAlchemy evaluates the annotations
from dlbib.store.models.base import Base, Json, at_most, now, one_of

if TYPE_CHECKING:
    from dlbib.store.models.applications import Application, Citation, Link
    from dlbib.store.models.parts import Contribution, Identifier, Key, Record, Tag


class Work(Base):
    """A paper or resource: the merged view of its records; every key it ever had is in ``keys``.

    The columns named like an attribute of `dlbib.model.entry.Entry` hold that attribute, ``issued`` as
    EDTF beside its year, month and day; ``variables`` holds the other attributes by name.
    ``title_folded`` and ``search_text`` are what full-text search looks through, folded.
    """

    __tablename__ = "works"
    __table_args__ = (
        one_of("kind", ("paper", "resource")),
        at_most(500, "key"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}  # noqa: RUF012  # SQLAlchemy reads it off the class

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(Text, index=True)
    key: Mapped[str] = mapped_column(unique=True)
    type: Mapped[str] = mapped_column(default="document")

    title: Mapped[str | None]
    title_short: Mapped[str | None]
    container_title: Mapped[str | None]
    collection_title: Mapped[str | None]
    publisher: Mapped[str | None]
    publisher_place: Mapped[str | None]
    volume: Mapped[str | None]
    issue: Mapped[str | None]
    number: Mapped[str | None]
    page: Mapped[str | None]
    edition: Mapped[str | None]
    genre: Mapped[str | None]
    event_title: Mapped[str | None]
    language: Mapped[str | None]
    abstract: Mapped[str | None]
    note: Mapped[str | None]
    arxiv_category: Mapped[str | None]
    issued: Mapped[str | None]
    issued_year: Mapped[int | None] = mapped_column(BigInteger, index=True)
    issued_month: Mapped[int | None]
    issued_day: Mapped[int | None]
    variables: Mapped[Any] = mapped_column(Json, default=dict)

    title_folded: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="", deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    modified_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    contributions: Mapped[list[Contribution]] = relationship(
        back_populates="work",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Contribution.position",
        lazy="selectin",
    )
    identifiers: Mapped[list[Identifier]] = relationship(
        back_populates="work",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Identifier.position",
        lazy="selectin",
    )
    citations: Mapped[list[Citation]] = relationship(
        back_populates="work", cascade="all, delete-orphan", passive_deletes=True, order_by="Citation.id"
    )
    applications: Mapped[list[Application]] = relationship(
        secondary="work_applications",
        viewonly=True,
        order_by="Application.position",
    )
    links: Mapped[list[Link]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Link.position"
    )
    records: Mapped[list[Record]] = relationship(
        back_populates="work", cascade="all, delete-orphan", passive_deletes=True, order_by="Record.id"
    )
    keys: Mapped[list[Key]] = relationship(
        back_populates="work", passive_deletes=True, order_by="Key.position"
    )
    tags: Mapped[list[Tag]] = relationship(secondary="work_tags", back_populates="works", order_by="Tag.name")

    def __str__(self) -> str:
        return self.key

    @property
    def authors(self) -> tuple[Contribution, ...]:
        """Those who wrote it, in the published order."""
        return tuple(each for each in self.contributions if each.role == "author")

    def identifier(self, scheme: str) -> str | None:
        """The first identifier of ``scheme``, as printed."""
        return next((each.value for each in self.identifiers if each.scheme == scheme), None)


class Paper(Work):
    """A work to cite."""

    __mapper_args__ = {"polymorphic_identity": "paper"}  # noqa: RUF012  # SQLAlchemy reads it off the class


class Resource(Work):
    """A page, demo, talk, code or list to read."""

    __mapper_args__ = {"polymorphic_identity": "resource"}  # noqa: RUF012  # SQLAlchemy reads it off the class
