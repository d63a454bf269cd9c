"""What tells which records are one work: where they are filed, and what a person decided."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLAlchemy evaluates the annotations
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dlbib.store.models.base import Base, at_most, now, one_of

DecisionVerdict = Literal["same", "distinct"]


class Filing(Base):
    """One of the blocks (`dlbib.model.identity.blocks`) under which a record is filed."""

    __tablename__ = "filings"
    __table_args__ = (at_most(100, "block"), {"sqlite_with_rowid": False})

    block: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(
        ForeignKey("records.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class BoundRecord(Base):
    """A record that was said of the work of another one, and stays with it: an edit, the parts of a list."""

    __tablename__ = "bound_records"

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), index=True)


class Decision(Base):
    """What a person decided of two works, by the fingerprints of their keys then: one work, or two.

    ``one`` comes before ``other`` in the order of texts.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("one", "other"),
        one_of("verdict", ("same", "distinct")),
        CheckConstraint("one < other", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[DecisionVerdict] = mapped_column(Text)
    one: Mapped[str] = mapped_column(ForeignKey("keys.fingerprint"))
    other: Mapped[str] = mapped_column(ForeignKey("keys.fingerprint"), index=True)
    decided_at: Mapped[datetime] = mapped_column(default=now)


class ReservedKey(Base):
    """A key whose work is gone, and what that work was: an entry as JSON, so that its key can be given back."""

    __tablename__ = "reserved_keys"

    fingerprint: Mapped[str] = mapped_column(
        ForeignKey("keys.fingerprint", ondelete="CASCADE"), primary_key=True
    )
    entry: Mapped[str]
