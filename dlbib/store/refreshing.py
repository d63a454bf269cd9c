"""Works made what their records say, many at once: the merged views into the tables, past the ORM.

`dlbib.store.records.refresh` does the same for one work that is at hand.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from sqlalchemy import select

from dlbib.model import merging
from dlbib.store import models, records, rows
from dlbib.store.bulk import Bulk, chunks
from dlbib.store.journal import journal_of
from dlbib.store.owning import Owners

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from dlbib.model.merging import Merged, Record

    Row = tuple[Any, ...]

_WORKS: Final = cast("Table", models.Work.__table__)
_RECORDS: Final = cast("Table", models.Record.__table__)
_CONTRIBUTIONS: Final = cast("Table", models.Contribution.__table__)
_IDENTIFIERS: Final = cast("Table", models.Identifier.__table__)

_SCHEME, _VALUE = rows.IDENTIFIER.index("scheme"), rows.IDENTIFIER.index("work_value")


def refresh_all(session: Session, works: Iterable[int], folding: rows.Folding = rows.FORGETFUL) -> None:
    """Make the columns of works the merged views of their records; one without records stays as it is.

    They have their identifiers in the order of ``works``. What the session holds is out of date afterwards,
    and so is expired. Raises `ConflictError`, as `records.refresh` does.
    """
    session.flush()
    for some in chunks(dict.fromkeys(works)):
        journal_of(session).keep(models.Work, some)
        _Refreshing(session, some, folding).done()
    session.expire_all()


class _View(NamedTuple):
    """The rows that a work is to have: its columns `rows.VIEW`, its contributions, its identifiers."""

    columns: Row
    people: list[Row]
    names: list[Row]


class _Refreshing:
    """Some works on their way to what their records say."""

    def __init__(self, session: Session, works: Sequence[int], folding: rows.Folding) -> None:
        self._bulk = Bulk(session.connection())
        self._folding = folding
        self._works = works
        self._parts = {table.name: self._of_works(table) for table in (_CONTRIBUTIONS, _IDENTIFIERS)}

    def done(self) -> None:
        before = self._views()
        merged = {work: merging.merge(said, before[work][0]) for work, said in self._said().items()}
        identifiers = (each for found in merged.values() for each in found.entry.identifiers)
        owners = Owners(self._bulk.connection, identifiers)
        views = {
            work: self._view(work, before[work][0], merged[work], owners)
            for work in self._works
            if work in merged
        }
        stamp = records.now()
        changed = [work for work, view in views.items() if view.columns != before[work][1]]
        touched = views.keys() - set(changed)
        columns = (*rows.VIEW, "modified_at", "id")
        self._bulk.update(_WORKS, columns, ((*views[work].columns, stamp, work) for work in changed))
        self._bulk.update(_WORKS, ("modified_at", "id"), ((stamp, work) for work in touched))
        self._replace(_CONTRIBUTIONS, rows.CONTRIBUTION, {work: each.people for work, each in views.items()})
        self._replace(_IDENTIFIERS, rows.IDENTIFIER, {work: each.names for work, each in views.items()})

    def _view(self, work: int, key: str, merged: Merged, owners: Owners) -> _View:
        """What a work is to be, which has its identifiers from here on."""
        owners.refuse_others(work, merged)
        owners.let_go(work, ((row[_SCHEME], row[_VALUE]) for row in self._parts[_IDENTIFIERS.name][work]))
        entry, lent = owners.parted(work, merged.entry)
        people = rows.contributions(entry, self._folding)
        return _View(rows.view(entry, key, people, self._folding, lent), people, rows.identifiers(entry))

    def _views(self) -> dict[int, tuple[str, Row]]:
        """The key of each work, and its columns as they are."""
        columns = (_WORKS.c[name] for name in ("id", "key", *rows.VIEW))
        asked = select(*columns).where(_WORKS.c.id.in_(self._works))
        return {work: (key, tuple(view)) for work, key, *view in self._bulk.connection.execute(asked)}

    def _said(self) -> dict[int, list[Record]]:
        """The records of each work that has any, in the order in which they came."""
        asked = select(_WORKS.c.key, _RECORDS).join_from(_RECORDS, _WORKS).order_by(_RECORDS.c.id)
        found: dict[int, list[Record]] = defaultdict(list)
        for row in self._bulk.connection.execute(asked.where(_RECORDS.c.work_id.in_(self._works))):
            found[row.work_id].append(records.to_record(row))
        return found

    def _of_works(self, table: Table) -> dict[int, list[Row]]:
        """The rows that belong to each work, in their order."""
        names = rows.CONTRIBUTION if table is _CONTRIBUTIONS else rows.IDENTIFIER
        asked = select(table.c.work_id, *(table.c[name] for name in names))
        found: dict[int, list[Row]] = defaultdict(list)
        in_order = asked.where(table.c.work_id.in_(self._works)).order_by(table.c.position)
        for work, *row in self._bulk.connection.execute(in_order):
            found[work].append(tuple(row))
        return found

    def _replace(self, table: Table, columns: Sequence[str], made: dict[int, list[Row]]) -> None:
        """Put rows in the place of those that works have, where they differ."""
        before = self._parts[table.name]
        differing = [work for work, own in made.items() if own != before[work]]
        self._bulk.delete(table.c.work_id, differing)
        new = ((work, *row) for work in differing for row in made[work])
        self._bulk.insert(table, ("work_id", *columns), new)
