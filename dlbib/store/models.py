"""The tables, as classes for ``select()``; migrations make them, ``metadata.create_all`` never does.

    with library.session() as session:
        for paper in session.scalars(select(Paper).where(Paper.issued_year == 2015)):
            print(paper.key, paper.title, *paper.authors, *paper.applications)

A text that is unique is bounded by a check, because PostgreSQL refuses longer rows in such an index
(PostgreSQL manual, "B-Tree Indexes", 2704 bytes); an index that only answers equality is of type
``hash`` there, which holds texts of any length.
"""

from __future__ import annotations

import builtins  # noqa: TC003  # SQLAlchemy evaluates the annotations
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from dlbib.model.identity import ONE_WORK
from dlbib.model.merging import PRECEDENCE, SourceKind
from dlbib.model.names import Name
from dlbib.model.works import Kind, LinkStatus  # noqa: TC001  # SQLAlchemy evaluates the annotations

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


def _now() -> datetime:
    return datetime.now(UTC)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _one_of(column: str, names: Iterable[str]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({_listed(names)})", name=column)


def _at_most(letters: int, column: str) -> CheckConstraint:
    return CheckConstraint(f"length({column}) <= {letters}", name=f"{column}_length")


def _equality(name: str, *columns: str) -> Index:
    return Index(name, *columns, postgresql_using="hash")


class Base(DeclarativeBase):
    """What all tables share: texts without a limit, instants in UTC, a name for every constraint."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text(), datetime: Instant()}  # noqa: RUF012  # SQLAlchemy reads it off the class


class Application(Base):
    """A use of deep learning that groups works, as the reading list with the slug ``list`` has it.

    ``listed`` is what that list said of it last; a column that differs was edited by the user.
    ``papers`` and ``resources`` stand in the order in which they are cited.
    """

    __tablename__ = "applications"
    __table_args__ = (_at_most(200, "slug"),)

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


class Work(Base):
    """A paper or resource: the merged view of its records; every key it ever had is in ``keys``.

    The columns named like an attribute of `dlbib.model.entry.Entry` hold that attribute, ``issued`` as
    EDTF beside its year, month and day; ``variables`` holds the other attributes by name.
    ``title_folded`` and ``search_text`` are what full-text search looks through, folded.
    """

    __tablename__ = "works"
    __table_args__ = (
        _one_of("kind", ("paper", "resource")),
        _at_most(500, "key"),
        _equality("ix_works_title_folded", "title_folded"),
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
    created_at: Mapped[datetime] = mapped_column(default=_now)
    modified_at: Mapped[datetime] = mapped_column(default=_now, onupdate=_now)

    contributions: Mapped[list[Contribution]] = relationship(
        back_populates="work",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Contribution.position",
        lazy="selectin",
    )
    identifiers: Mapped[list[Identifier]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Identifier.position", lazy="selectin"
    )
    citations: Mapped[list[Citation]] = relationship(
        back_populates="work", cascade="all, delete-orphan", passive_deletes=True, order_by="Citation.id"
    )
    applications: Mapped[list[Application]] = relationship(
        secondary="work_applications",
        viewonly=True,
        order_by="Application.section, Application.position",
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


class Contribution(Base):
    """Somebody's part in a work, by the parts of the name; ``folded`` is the name for searching."""

    __tablename__ = "contributions"
    __table_args__ = (_equality("ix_contributions_folded", "folded"),)

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
        return Name(
            family=self.family,
            given=self.given,
            dropping_particle=self.dropping_particle,
            non_dropping_particle=self.non_dropping_particle,
            suffix=self.suffix,
            literal=self.literal,
        )

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
            sqlite_where=text(f"scheme IN ({_listed(sorted(ONE_WORK))})"),
            postgresql_where=text(f"scheme IN ({_listed(sorted(ONE_WORK))})"),
        ),
        _equality("ix_identifiers_work_value", "work_value"),
        CheckConstraint(
            f"scheme NOT IN ({_listed(sorted(ONE_WORK))}) OR length(work_value) <= 500",
            name="work_value_length",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("works.id", ondelete="CASCADE"), index=True)
    scheme: Mapped[str]
    value: Mapped[str]
    work_value: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


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
        _at_most(200, "list"),
        _at_most(200, "role"),
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
        _one_of("status", ("unknown", "alive", "moved", "dead")),
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


class Record(Base):
    """What one source said about one work, kept whole.

    ``entry`` is that `dlbib.model.entry.Entry` as JSON without its defaults, ``raw`` the text as it
    came; ``single_source`` and ``absent`` are lists of field names.
    """

    __tablename__ = "records"
    __table_args__ = (
        UniqueConstraint("source", "source_id", "work_id"),
        _one_of("kind", PRECEDENCE),
        _at_most(1000, "source"),
        _at_most(600, "source_id"),
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
    single_source: Mapped[Any] = mapped_column(Json, default=builtins.list)
    absent: Mapped[Any] = mapped_column(Json, default=builtins.list)

    work: Mapped[Work] = relationship(back_populates="records")


class Key(Base):
    """A citation key that was given once; it is never given to another work, even after removal.

    ``fingerprint`` is what keys are compared by. ``position`` 0 is the work's key of today, the others
    are its aliases in order.
    """

    __tablename__ = "keys"
    __table_args__ = (_at_most(600, "fingerprint"),)

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    work_id: Mapped[int | None] = mapped_column(ForeignKey("works.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)

    work: Mapped[Work | None] = relationship(back_populates="keys")


class Tag(Base):
    """A word that the user groups works by."""

    __tablename__ = "tags"
    __table_args__ = (_at_most(200, "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)

    works: Mapped[list[Work]] = relationship(secondary="work_tags", back_populates="tags")

    def __str__(self) -> str:
        return self.name


class Meta(Base):
    """What a library says of itself: ``written_by`` and ``min_reader`` are versions of dlbib."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


work_tags: Final = Table(
    "work_tags",
    Base.metadata,
    Column("work_id", ForeignKey("works.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Which work has which tag."""
