"""Make the tables of imported files and of what was set aside of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "imported_files",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_text(name) for name in ("source", "path", "format", "encoding", "digest", "layout")),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_files")),
        sa.UniqueConstraint("source", name=op.f("uq_imported_files_source")),
        sa.CheckConstraint("length(source) <= 1000", name=op.f("ck_imported_files_source_length")),
    )
    op.create_index(op.f("ix_imported_files_digest"), "imported_files", ["digest"], postgresql_using="hash")
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("raw"),
        sa.Column("problems", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["imported_files.id"], name=op.f("fk_set_aside_file_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("file_id", "position", name=op.f("uq_set_aside_file_id_position")),
    )


def downgrade() -> None:
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT 1 FROM imported_files LIMIT 1")):
        message = "imported_files holds rows, which this would delete; go on with this schema"
        raise RuntimeError(message)
    op.drop_table("set_aside")
    op.drop_table("imported_files")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
