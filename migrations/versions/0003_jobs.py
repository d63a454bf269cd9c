"""Make the tables of jobs and of the pace of requests, and the column of the facts that services tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("records", sa.Column("facts", sa.Text(), nullable=True))
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("kind"),
        _text("provider"),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        _one_of("jobs", "kind", "enrich", "add"),
        _at_most("jobs", 100, "provider"),
    )
    _items()
    op.create_table(
        "paces",
        _text("service"),
        sa.Column("pace", JSON, nullable=False),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_paces")),
        _at_most("paces", 100, "service"),
    )


def _items() -> None:
    op.create_table(
        "job_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=True),
        *(_text(name) for name in ("part", "asked", "identifier", "state")),
        sa.Column("outcome", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_items")),
        _reference("job", "CASCADE"),
        _reference("work", "SET NULL"),
        sa.UniqueConstraint("job_id", "position", name=op.f("uq_job_items_job_id_position")),
        _one_of("job_items", "part", "cited", "newest", "search"),
        _one_of("job_items", "state", "pending", "found", "not_found", "invalid", "unknown"),
    )
    op.create_index(op.f("ix_job_items_work_id"), "job_items", ["work_id"])


def downgrade() -> None:
    connection = op.get_bind()
    for what, where in (("records", "WHERE facts IS NOT NULL"), ("jobs", "")):
        if connection.scalar(sa.text(f"SELECT 1 FROM {what} {where} LIMIT 1")):  # noqa: S608  # constants
            message = f"{what} holds what this would delete; go on with this schema"
            raise RuntimeError(message)
    for table in ("paces", "job_items", "jobs"):
        op.drop_table(table)
    with op.batch_alter_table("records") as records:
        records.drop_column("facts")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _reference(to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_job_items_{to}_id")
    return sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}s.id"], name=name, ondelete=ondelete)


def _one_of(table: str, column: str, *names: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{name}'" for name in names)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _at_most(table: str, letters: int, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({column}) <= {letters}", name=op.f(f"ck_{table}_{column}_length"))
