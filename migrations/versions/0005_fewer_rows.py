"""Let one image speak of many new things, and drop the indexes that no question goes by.

Titles and names are looked for by parts of them, which no such index helps to find.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNUSED = (("works", "title_folded"), ("contributions", "folded"))


def upgrade() -> None:
    for table, column in UNUSED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    op.add_column("images", sa.Column("end_id", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE images SET end_id = root_id + 1")
    with op.batch_alter_table("images") as images:
        images.alter_column("end_id", server_default=None)


def downgrade() -> None:
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT 1 FROM images WHERE end_id > root_id + 1 LIMIT 1")):
        message = "rows of images speak of many things, which this would cut to one; go on with this schema"
        raise RuntimeError(message)
    op.drop_column("images", "end_id")
    for table, column in UNUSED:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], postgresql_using="hash")
