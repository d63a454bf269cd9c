"""Make the tables of works and applications, and the full-text index of works."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MIN_READER = "0.1.0"
ONE_WORK = "scheme IN ('arxiv', 'doi', 'pmcid', 'pmid')"
TABLES = (
    "work_tags", "tags", "keys", "records", "links", "work_applications", "identifiers", "contributions",
    "works", "applications", "meta",
)  # fmt: skip

# While many works come at once, the index is filled up to this id; see dlbib.store.indexing.
INDEXED = (
    "old.id <= (SELECT coalesce(max(CAST(value AS INTEGER)), old.id) FROM meta WHERE name = 'indexed_to')"
)

FULL_TEXT = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE works_fts USING fts5(
            title_folded, search_text,
            content = 'works', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
        )
        """,
        """
        CREATE TRIGGER works_fts_insert AFTER INSERT ON works
        WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'indexed_to') BEGIN
            INSERT INTO works_fts (rowid, title_folded, search_text)
            VALUES (new.id, new.title_folded, new.search_text);
        END
        """,
        f"""
        CREATE TRIGGER works_fts_delete AFTER DELETE ON works WHEN {INDEXED} BEGIN
            INSERT INTO works_fts (works_fts, rowid, title_folded, search_text)
            VALUES ('delete', old.id, old.title_folded, old.search_text);
        END
        """,  # noqa: S608  # a constant
        f"""
        CREATE TRIGGER works_fts_update AFTER UPDATE OF title_folded, search_text ON works
        WHEN {INDEXED} AND (old.title_folded, old.search_text) <> (new.title_folded, new.search_text) BEGIN
            INSERT INTO works_fts (works_fts, rowid, title_folded, search_text)
            VALUES ('delete', old.id, old.title_folded, old.search_text);
            INSERT INTO works_fts (rowid, title_folded, search_text)
            VALUES (new.id, new.title_folded, new.search_text);
        END
        """,  # noqa: S608  # a constant
    ),
    # A tsvector holds 1 MiB at most; cut like this, no text makes one that is larger.
    "postgresql": (
        """
        ALTER TABLE works ADD COLUMN search_vector tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', left(title_folded, 20000)), 'A')
            || to_tsvector('simple', left(search_text, 100000))
        ) STORED
        """,
        "CREATE INDEX ix_works_search_vector ON works USING gin (search_vector)",
    ),
}


def upgrade() -> None:
    _works()
    _of_works()
    _applications()
    _records_and_keys()
    _tags()
    meta = op.create_table("meta", *_texts("name", "value"), _primary("meta", "name"))
    op.bulk_insert(meta, [{"name": "min_reader", "value": MIN_READER}])
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    connection = op.get_bind()
    for table in ("works", "applications", "keys"):
        if connection.scalar(sa.text(f"SELECT 1 FROM {table} LIMIT 1")):  # noqa: S608  # constants
            message = f"{table} holds rows, which this would delete; remove the library instead"
            raise RuntimeError(message)
    if connection.dialect.name == "sqlite":
        op.execute("DROP TABLE works_fts")
    for table in TABLES:
        op.drop_table(table)


def _works() -> None:
    op.create_table(
        "works",
        _id(),
        *_texts("kind", "key", "type"),
        *_texts("title", "title_short", "container_title", "collection_title", nullable=True),
        *_texts("publisher", "publisher_place", "volume", "issue", "number", "page", nullable=True),
        *_texts("edition", "genre", "event_title", "language", "abstract", "note", nullable=True),
        *_texts("arxiv_category", "issued", nullable=True),
        sa.Column("issued_year", sa.BigInteger()),
        sa.Column("issued_month", sa.Integer()),
        sa.Column("issued_day", sa.Integer()),
        sa.Column("variables", JSON, nullable=False),
        *_texts("title_folded", "search_text"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        _primary("works"),
        _unique("works", "key"),
        _check("works", "kind", "kind IN ('paper', 'resource')"),
        _at_most("works", 500, "key"),
    )
    _index("works", "kind")
    _index("works", "issued_year")
    _index("works", "title_folded", postgresql_using="hash")


def _of_works() -> None:
    op.create_table(
        "contributions",
        _id(),
        *_reference("contributions", "work"),
        *_texts("role"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts(
            "family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal", "folded"
        ),
        _primary("contributions"),
    )
    _index("contributions", "work_id")
    _index("contributions", "folded", postgresql_using="hash")
    op.create_table(
        "identifiers",
        _id(),
        *_reference("identifiers", "work"),
        *_texts("scheme", "value", "work_value"),
        sa.Column("position", sa.Integer(), nullable=False),
        _primary("identifiers"),
        _check("identifiers", "work_value_length", f"NOT ({ONE_WORK}) OR length(work_value) <= 500"),
    )
    _index("identifiers", "work_id")
    _index("identifiers", "work_value", postgresql_using="hash")
    op.create_index(
        op.f("uq_identifiers_scheme_work_value"),
        "identifiers",
        ["scheme", "work_value"],
        unique=True,
        sqlite_where=sa.text(ONE_WORK),
        postgresql_where=sa.text(ONE_WORK),
    )


def _applications() -> None:
    op.create_table(
        "applications",
        _id(),
        *_texts("list", "slug", "name", "heading", "section"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("description"),
        sa.Column("aspects", JSON, nullable=False),
        sa.Column("listed", JSON, nullable=False),
        _primary("applications"),
        _unique("applications", "slug"),
        _at_most("applications", 200, "slug"),
    )
    op.create_table(
        "work_applications",
        _id(),
        *_reference("work_applications", "work"),
        *_reference("work_applications", "application", nullable=True),
        *_texts("list", "role"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("title"),
        *_texts("url", nullable=True),
        sa.Column("year", sa.BigInteger()),
        _primary("work_applications"),
        sa.UniqueConstraint(
            "work_id", "application_id", "list", "role", "position", name=op.f("uq_work_applications_place")
        ),
        _at_most("work_applications", 200, "list"),
        _at_most("work_applications", 200, "role"),
    )
    _index("work_applications", "application_id", "position")
    _links()


def _links() -> None:
    op.create_table(
        "links",
        _id(),
        *_reference("links", "work", nullable=True),
        *_reference("links", "application", nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("url", "role", "text", "status", "successor"),
        _primary("links"),
        _check("links", "one_owner", "(work_id IS NULL) <> (application_id IS NULL)"),
        _check("links", "status", "status IN ('unknown', 'alive', 'moved', 'dead')"),
    )
    _index("links", "work_id")
    _index("links", "application_id")


def _records_and_keys() -> None:
    kinds = "'user', 'curated', 'publisher', 'file', 'arxiv', 'reading_list', 'version'"
    op.create_table(
        "records",
        _id(),
        *_reference("records", "work"),
        *_texts("kind", "source", "source_id", "note", "retrieved", "entry", "raw"),
        sa.Column("single_source", JSON, nullable=False),
        sa.Column("absent", JSON, nullable=False),
        _primary("records"),
        _unique("records", "source", "source_id", "work_id"),
        _check("records", "kind", f"kind IN ({kinds})"),
        _at_most("records", 1000, "source"),
        _at_most("records", 600, "source_id"),
    )
    _index("records", "work_id")
    op.create_table(
        "keys",
        *_texts("fingerprint", "key"),
        *_reference("keys", "work", nullable=True, ondelete="SET NULL"),
        sa.Column("position", sa.Integer(), nullable=False),
        _primary("keys", "fingerprint"),
        _at_most("keys", 600, "fingerprint"),
    )
    _index("keys", "work_id")


def _tags() -> None:
    op.create_table(
        "tags",
        _id(),
        *_texts("name", "folded"),
        _primary("tags"),
        _unique("tags", "folded"),
        _at_most("tags", 200, "folded"),
    )
    op.create_table(
        "work_tags",
        *_reference("work_tags", "work"),
        *_reference("work_tags", "tag"),
        _primary("work_tags", "work_id", "tag_id"),
    )
    _index("work_tags", "tag_id")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _reference(
    table: str, to: str, *, nullable: bool = False, ondelete: str = "CASCADE"
) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    column = f"{to}_id"
    name = op.f(f"fk_{table}_{column}")
    return (
        sa.Column(column, sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint([column], [f"{to}s.id"], name=name, ondelete=ondelete),
    )


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _at_most(table: str, letters: int, column: str) -> sa.CheckConstraint:
    return _check(table, f"{column}_length", f"length({column}) <= {letters}")


def _index(table: str, *columns: str, **options: Any) -> None:  # noqa: ANN401  # alembic's own options
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), **options)
