"""Jobs: what a metadata service is to be asked, and how far that has come. Nobody else needs these tables."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLAlchemy evaluates the annotations
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dlbib.store.models.base import Base, Json, at_most, now, one_of

if TYPE_CHECKING:
    from dlbib.store.models.works import Work

JobKind = Literal["enrich", "add"]
Part = Literal["cited", "newest", "search"]
State = Literal["pending", "found", "not_found", "invalid", "unknown"]


class Job(Base):
    """A batch of questions to a service, which goes on where it was stopped until everything is answered.

    ``settings`` is what its answers are to be used for; ``finished_at`` is absent while anything is left.
    """

    __tablename__ = "jobs"
    __table_args__ = (one_of("kind", ("enrich", "add")), at_most(100, "provider"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[JobKind] = mapped_column(Text)
    provider: Mapped[str]
    settings: Mapped[Any] = mapped_column(Json, default=dict)
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    items: Mapped[list[JobItem]] = relationship(
        back_populates="job", cascade="all, delete-orphan", passive_deletes=True, order_by="JobItem.position"
    )


class JobItem(Base):
    """One question of a job, and what came of it.

    ``part`` says what the answer is for: the version that is ``cited``, the ``newest`` one beside it, or a
    ``search`` for a work without identifier. ``asked`` is as it was typed, ``identifier`` its canonical
    form, empty where it has none. ``outcome`` is `dlbib.store.jobs.Answered` as JSON, without what stands here.
    """

    __tablename__ = "job_items"
    __table_args__ = (
        UniqueConstraint("job_id", "position"),
        one_of("part", ("cited", "newest", "search")),
        one_of("state", ("pending", "found", "not_found", "invalid", "unknown")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    position: Mapped[int]
    work_id: Mapped[int | None] = mapped_column(ForeignKey("works.id", ondelete="SET NULL"), index=True)
    part: Mapped[Part] = mapped_column(Text)
    asked: Mapped[str]
    identifier: Mapped[str]
    state: Mapped[State] = mapped_column(Text, default="pending")
    outcome: Mapped[Any] = mapped_column(Json, default=dict)

    job: Mapped[Job] = relationship(back_populates="items")
    work: Mapped[Work | None] = relationship()


class Pace(Base):
    """What everyone who shares the library has to know of the requests to a service, as JSON."""

    __tablename__ = "paces"
    __table_args__ = (at_most(100, "service"),)

    service: Mapped[str] = mapped_column(primary_key=True)
    pace: Mapped[Any] = mapped_column(Json)
