"""What belongs to a work: names, identifiers, records, keys and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dlbib.model.identity import ONE_WORK
from dlbib.model.merging import PRECEDENCE, SourceKind
from dlbib.model.names import Name
from dlbib.model.names.name import PARTS_OF
from dlbib.store.models.base import Base, Json, at_most, equality_index, is_any

if TYPE_CHECKING:
    from sqlalchemy.engine.default import DefaultExecutionContext

    from dlbib.store.models.identity import Filing
    from dlbib.store.models.works import Work

_NAMES_ONE_WORK: Final = is_any("scheme", sorted(ONE_WORK))


class Contribution(Base):
    """Somebody's part in a work, by the parts of the name; ``folded`` is the name for searching."""

    __tablename__ = "contributions"

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    position: Mapped[int]
    family: Mapped[str] = mapped_column(default="")
    given: Mapped[str] = mapped_column(default="")
    dropping_particle: Mapped[str] = mapped_column(default="")
    non_dropping_particle: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    literal: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")

    work: Mapped[Work] = relationship(back_populates="contributions")

    @property
    def name(self) -> Name:
        """The name, as a value."""
        # A row that was never flushed has no empty parts yet.
        return Name(*[part or "" for part in PARTS_OF(self)])

    def __str__(self) -> str:
        return str(self.name)


class Identifier(Base):
    """What names a work: ``value`` as printed, ``work_value`` as it is compared between works.

    A DOI, arXiv id, PMID or PMCID names one work of the library; an ISBN or ISSN names what contains
    it, and works may share an address.
    """

    __tablename__ = "identifiers"
    __table_args__ = (
        Index(
            "uq_identifiers_scheme_work_value",
            "scheme",
            "work_value",
            unique=True,
            sqlite_where=text(_NAMES_ONE_WORK),
            postgresql_where=text(_NAMES_ONE_WORK),
        ),
        equality_index("ix_identifiers_work_value", "work_value"),
        CheckConstraint(f"NOT ({_NAMES_ONE_WORK}) OR length(work_value) <= 500", name="work_value_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[str]
    value: Mapped[str]
    work_value: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)

    work: Mapped[Work] = relationship(back_populates="identifiers")


class Record(Base):
    """What one source said about one work, kept whole.

    ``entry`` is that `dlbib.model.entry.Entry` as JSON without its defaults, ``raw`` the text as it
    came; ``single_source`` and ``absent`` are lists of field names. ``facts`` is a
    `dlbib.model.facts.Facts` as JSON without its defaults, absent where there are none.
    """

    __tablename__ = "records"
    __table_args__ = (
        UniqueConstraint("source", "source_id", "work_id"),
        CheckConstraint(is_any("kind", PRECEDENCE), name="kind"),
        at_most(1000, "source"),
        at_most(600, "source_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id", ondelete="CASCADE"), index=True)
    kind: Mapped[SourceKind] = mapped_column(Text)
    source: Mapped[str]
    source_id: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    retrieved: Mapped[str] = mapped_column(default="")
    entry: Mapped[str]
    raw: Mapped[str] = mapped_column(default="")
    single_source: Mapped[Any] = mapped_column(Json, default=list)
    absent: Mapped[Any] = mapped_column(Json, default=list)
    facts: Mapped[str | None]

    work: Mapped[Work] = relationship(back_populates="records")
    filings: Mapped[list[Filing]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class Key(Base):
    """A citation key that was given once; it is never given to another work, even after removal.

    ``fingerprint`` is what keys are compared by. ``position`` 0 is the work's key of today, the others
    are its aliases in order. ``record_id`` is the record that the key came with, and stays with.
    """

    __tablename__ = "keys"
    __table_args__ = (at_most(600, "fingerprint"),)

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    work_id: Mapped[int | None] = mapped_column(ForeignKey("works.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id", ondelete="SET NULL"), index=True)

    work: Mapped[Work | None] = relationship(back_populates="keys")
    record: Mapped[Record | None] = relationship()


def _folded_name(context: DefaultExecutionContext) -> str:
    name: str = context.get_current_parameters()["name"]  # type: ignore[no-untyped-call]  # SQLAlchemy has no types here
    return " ".join(name.split()).casefold()


class Tag(Base):
    """A word that the user groups works by; ``folded`` is what tags are compared by, whatever the case."""

    __tablename__ = "tags"
    __table_args__ = (at_most(200, "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True, default=_folded_name)

    works: Mapped[list[Work]] = relationship(secondary="work_tags", back_populates="tags")

    def __str__(self) -> str:
        return self.name


work_tags: Final = Table(
    "work_tags",
    Base.metadata,
    Column("work_id", ForeignKey("works.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Which work has which tag."""
