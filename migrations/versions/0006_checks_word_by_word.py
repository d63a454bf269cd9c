"""Write the checks of records and identifiers word by word: of a list SQLite makes a table anew for every row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = ("user", "curated", "publisher", "file", "arxiv", "reading_list", "version")
ONE_WORK = ("arxiv", "doi", "pmcid", "pmid")


def upgrade() -> None:
    _check(_word_by_word("kind", KINDS), _word_by_word("scheme", ONE_WORK))


def downgrade() -> None:
    _check(_as_list("kind", KINDS), _as_list("scheme", ONE_WORK))


def _word_by_word(column: str, names: tuple[str, ...]) -> str:
    return " OR ".join(f"{column} = '{name}'" for name in names)


def _as_list(column: str, names: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, names))})"


def _check(is_kind: str, names_one_work: str) -> None:
    """Check kinds of records, and which identifiers name one work, by these conditions."""
    with op.batch_alter_table("records") as records:
        records.drop_constraint(op.f("ck_records_kind"), type_="check")
        records.create_check_constraint(op.f("ck_records_kind"), sa.text(is_kind))
    unique = op.f("uq_identifiers_scheme_work_value")
    length = op.f("ck_identifiers_work_value_length")
    op.drop_index(unique, "identifiers")
    with op.batch_alter_table("identifiers") as identifiers:
        identifiers.drop_constraint(length, type_="check")
        identifiers.create_check_constraint(
            length, sa.text(f"NOT ({names_one_work}) OR length(work_value) <= 500")
        )
    where = sa.text(names_one_work)
    columns = ["scheme", "work_value"]
    op.create_index(unique, "identifiers", columns, unique=True, sqlite_where=where, postgresql_where=where)
