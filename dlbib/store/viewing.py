"""Works as values, many at once: their columns are read, without an object of the ORM's for every row.

Such objects are for what is changed. To make one of each row takes longer than all else that listing takes.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from dlbib.files.collecting import seldom_collected
from dlbib.model import works
from dlbib.model.entry import Contributor
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from dlbib.model.names.name import PARTS
from dlbib.store import models, records, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from dlbib.model.works import Kind

_AT_ONCE: Final = 500  # rows in one answer, and works in one question: a database limits what it takes
_REMEMBERED: Final = 1 << 12
"""How many names are remembered; most come again and again."""
_CLASSES: Final[dict[Kind, type[works.Work]]] = {"paper": works.Paper, "resource": works.Resource}
_COLUMNS: Final = ("id", "kind", "key", "issued", "variables", *rows.ATTRIBUTES)


def load(
    session: Session,
    row_class: type[models.Work],
    condition: ColumnElement[bool],
    applications: Mapping[int, works.Application],
) -> dict[int, works.Work]:
    """The works of which ``condition`` holds, by their rows' ids: each complete, to be kept after the session is closed.

    ``applications`` are those of the library by row id, as `dlbib.store.records.applications_by_id` gives
    them. Raises `dlbib.store.failures.DamagedError`.
    """
    columns = [getattr(row_class, name) for name in _COLUMNS]
    # Some at a time, so that the rows of a large library are never in memory together.
    wanted = select(*columns).where(condition).execution_options(yield_per=_AT_ONCE)
    found: dict[int, works.Work] = {}
    with seldom_collected():
        for some in session.execute(wanted).partitions():
            around = _Around(session, [row.id for row in some])
            found.update((row.id, around.work(row, applications)) for row in some)
    return found


class _Around:
    """What belongs to some works, by the ids of their rows."""

    def __init__(self, session: Session, ids: Sequence[int]) -> None:
        self._session, self._ids = session, ids
        self._people = self._of(models.Contribution, "position", "role", *PARTS)
        self._identifiers = self._of(models.Identifier, "position", "scheme", "value")
        self._keys = self._of(models.Key, "position", "key")
        self._links = self._of(models.Link, "position", "url", "role", "text", "status", "successor")
        self._cited = self._of(
            models.Citation, "id", *("application_id", "list", "role", "position", "title", "url", "year")
        )
        self._tags = self._grouped(
            select(models.work_tags.c.work_id, models.Tag.name)
            .join(models.Tag)
            .where(models.work_tags.c.work_id.in_(ids))
        )

    def _of(self, row_class: Any, order: str, *names: str) -> Mapping[int, Sequence[Any]]:  # noqa: ANN401  # a table with a work in each row
        owner = row_class.work_id
        columns = [getattr(row_class, name) for name in names]
        wanted = select(owner, *columns).where(owner.in_(self._ids))
        return self._grouped(wanted.order_by(getattr(row_class, order)))

    def _grouped(self, wanted: Select[Any]) -> Mapping[int, Sequence[Any]]:
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in self._session.execute(wanted):
            found[row[0]].append(row)
        return found

    def work(self, row: Row[Any], applications: Mapping[int, works.Application]) -> works.Work:
        """The value of a row of `_COLUMNS`."""
        cited = self._cited[row.id]
        grouped = {applications[c.application_id] for c in cited if c.application_id is not None}
        with records.intact(row):
            return _CLASSES[row.kind].model_validate(
                {
                    **self._entry_attributes(row),
                    "applications": tuple(sorted(grouped, key=lambda a: (a.position, a.slug))),
                    "cited": tuple(_cited(each, applications) for each in cited),
                    "links": tuple(map(records.to_link, self._links[row.id])),
                    "tags": tuple(sorted(name for _, name in self._tags[row.id])),
                }
            )

    def _entry_attributes(self, row: Row[Any]) -> dict[str, Any]:
        return records.entry_attributes(
            row,
            keys=[key for _, key in self._keys[row.id]],
            contributors=[Contributor(role, _name(*parts)) for _, role, *parts in self._people[row.id]],
            identifiers=[Identifier(scheme, value) for _, scheme, value in self._identifiers[row.id]],
        )


_name = lru_cache(_REMEMBERED)(Name)


def _cited(row: Row[Any], applications: Mapping[int, works.Application]) -> works.Cited:
    slug = applications[row.application_id].slug if row.application_id is not None else ""
    return works.Cited(row.list, slug, row.role, row.position, row.title, row.url or "", row.year)
