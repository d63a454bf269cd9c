"""Applications, how reading lists cite works under them, and the links of both."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dlbib.model.works import LinkStatus  # noqa: TC001  # SQLAlchemy evaluates the annotations
from dlbib.store.models.base import Base, Json, at_most, one_of

if TYPE_CHECKING:
    from dlbib.store.models.works import Paper, Resource, Work


class Application(Base):
    """A use of deep learning that groups works, as the reading list with the slug ``list`` has it.

    ``listed`` is what that list said of it last; a column that differs was edited by the user.
    ``papers`` and ``resources`` stand in the order in which they are cited.
    """

    __tablename__ = "applications"
    __table_args__ = (at_most(200, "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    heading: Mapped[str]
    section: Mapped[str]
    position: Mapped[int]
    description: Mapped[str] = mapped_column(default="")
    aspects: Mapped[Any] = mapped_column(Json, default=builtins.list)
    listed: Mapped[Any] = mapped_column(Json, default=dict)

    links: Mapped[builtins.list[Link]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Link.position"
    )
    citations: Mapped[builtins.list[Citation]] = relationship(
        back_populates="application",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Citation.position",
    )
    papers: Mapped[builtins.list[Paper]] = relationship(
        secondary="work_applications", viewonly=True, order_by="Citation.position"
    )
    resources: Mapped[builtins.list[Resource]] = relationship(
        secondary="work_applications", viewonly=True, order_by="Citation.position"
    )

    def __str__(self) -> str:
        return self.name


class Citation(Base):
    """How the reading list with the slug ``list`` cites a work: its words, and where it stands there.

    ``application`` is absent where the list names the work under none; ``position`` is one-based.
    """

    __tablename__ = "work_applications"
    __table_args__ = (
        UniqueConstraint(
            "work_id", "application_id", "list", "role", "position", name="uq_work_applications_place"
        ),
        Index(None, "application_id", "position"),
        at_most(200, "list"),
        at_most(200, "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id", ondelete="CASCADE"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"))
    list: Mapped[str]
    role: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    url: Mapped[str | None]
    year: Mapped[int | None] = mapped_column(BigInteger)

    work: Mapped[Work] = relationship(back_populates="citations")
    application: Mapped[Application | None] = relationship(back_populates="citations")


class Link(Base):
    """An address that goes with a work or with an application, and what it is there."""

    __tablename__ = "links"
    __table_args__ = (
        CheckConstraint("(work_id IS NULL) <> (application_id IS NULL)", name="one_owner"),
        one_of("status", ("unknown", "alive", "moved", "dead")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int | None] = mapped_column(ForeignKey("works.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    url: Mapped[str]
    role: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    status: Mapped[LinkStatus] = mapped_column(Text, default="unknown")
    successor: Mapped[str] = mapped_column(default="")
