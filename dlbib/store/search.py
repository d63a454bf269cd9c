"""Full text, per dialect: FTS5 on SQLite, tsvector on PostgreSQL.

What is looked for is folded like what is indexed, so neither case nor diacritics matter; each word is
taken as the beginning of a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, ColumnElement, column, false, func, literal_column, select, table
from sqlalchemy.ext.compiler import compiles

from dlbib.model.markup import fold
from dlbib.store.models import Work

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler

FULL_TEXT: Final = "works_fts"
"""The table of SQLite's index."""

_MAX_WORDS = 50


def matches(text: str) -> ColumnElement[bool]:
    """The condition that a work's text has every word of ``text``; false when it has no word."""
    words = fold(text).split()[:_MAX_WORDS]
    return _FullText(words) if words else false()


class _FullText(ColumnElement[bool]):
    """A condition that each dialect writes in its own way."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, words: list[str]) -> None:
        # Folded words are letters and digits alone, so neither syntax can be broken out of.
        self.fts5 = Work.id.in_(
            select(column("rowid"))
            .select_from(table(FULL_TEXT))
            .where(literal_column(FULL_TEXT).op("MATCH")(" ".join(f'"{word}"*' for word in words)))
        )
        self.tsquery = literal_column("works.search_vector").op("@@")(
            func.to_tsquery("simple", " & ".join(f"'{word}':*" for word in words))
        )


@compiles(_FullText, "sqlite")
def _on_sqlite(element: _FullText, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's options
    return compiler.process(element.fts5, **options)


@compiles(_FullText, "postgresql")
def _on_postgresql(element: _FullText, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's options
    return compiler.process(element.tsquery, **options)
