"""Make the tables of the journal and of identity, and tell which record a key came with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("reserved_keys", "decisions", "bound_records", "filings", "images", "operations")


def upgrade() -> None:
    _journal()
    _filings()
    _decisions()
    with op.batch_alter_table(
        "keys",
        recreate="always" if op.get_bind().dialect.name == "sqlite" else "never",
        table_args=(
            sa.CheckConstraint("length(fingerprint) <= 600", name=op.f("ck_keys_fingerprint_length")),
        ),
    ) as keys:
        keys.add_column(sa.Column("record_id", sa.Integer()))
        keys.create_foreign_key(
            op.f("fk_keys_record_id"), "records", ["record_id"], ["id"], ondelete="SET NULL"
        )
        keys.create_index(op.f("ix_keys_record_id"), ["record_id"])


def downgrade() -> None:
    connection = op.get_bind()
    for table in ("decisions", "reserved_keys"):
        if connection.scalar(sa.text(f"SELECT 1 FROM {table} LIMIT 1")):  # noqa: S608  # constants
            message = f"{table} holds rows, which this would delete; go on with this schema"
            raise RuntimeError(message)
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table(
        "keys",
        recreate="always" if connection.dialect.name == "sqlite" else "never",
        table_args=(
            sa.CheckConstraint("length(fingerprint) <= 600", name=op.f("ck_keys_fingerprint_length")),
        ),
    ) as keys:
        keys.drop_index(op.f("ix_keys_record_id"))
        keys.drop_constraint(op.f("fk_keys_record_id"), type_="foreignkey")
        keys.drop_column("record_id")


def _journal() -> None:
    op.create_table(
        "operations",
        _id(),
        *_texts("kind", "what", "revision"),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations")),
        sa.CheckConstraint("length(kind) <= 40", name=op.f("ck_operations_kind_length")),
    )
    op.create_table(
        "images",
        *_reference("images", "operation_id", "operations.id"),
        *_texts("root"),
        sa.Column("root_id", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text()),
        sa.PrimaryKeyConstraint("operation_id", "root", "root_id", name=op.f("pk_images")),
        sa.CheckConstraint("length(root) <= 40", name=op.f("ck_images_root_length")),
    )


def _filings() -> None:
    op.create_table(
        "filings",
        *_texts("block"),
        *_reference("filings", "record_id", "records.id"),
        sa.PrimaryKeyConstraint("block", "record_id", name=op.f("pk_filings")),
        sa.CheckConstraint("length(block) <= 100", name=op.f("ck_filings_block_length")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_filings_record_id"), "filings", ["record_id"])
    op.create_table(
        "bound_records",
        *_reference("bound_records", "record_id", "records.id"),
        *_reference("bound_records", "to_id", "records.id"),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_bound_records")),
    )
    op.create_index(op.f("ix_bound_records_to_id"), "bound_records", ["to_id"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        _id(),
        *_texts("verdict", "one", "other"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.ForeignKeyConstraint(["one"], ["keys.fingerprint"], name=op.f("fk_decisions_one")),
        sa.ForeignKeyConstraint(["other"], ["keys.fingerprint"], name=op.f("fk_decisions_other")),
        sa.UniqueConstraint("one", "other", name=op.f("uq_decisions_one_other")),
        sa.CheckConstraint("verdict IN ('same', 'distinct')", name=op.f("ck_decisions_verdict")),
        sa.CheckConstraint("one < other", name=op.f("ck_decisions_in_order")),
    )
    op.create_index(op.f("ix_decisions_other"), "decisions", ["other"])
    op.create_table(
        "reserved_keys",
        *_texts("fingerprint", "entry"),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_reserved_keys")),
        sa.ForeignKeyConstraint(
            ["fingerprint"],
            ["keys.fingerprint"],
            name=op.f("fk_reserved_keys_fingerprint"),
            ondelete="CASCADE",
        ),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _reference(table: str, column: str, to: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_{column}")
    return (
        sa.Column(column, sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint([column], [to], name=name, ondelete="CASCADE"),
    )
