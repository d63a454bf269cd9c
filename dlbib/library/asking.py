"""Asking a library: applications, papers and resources, and who said what of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack, cast

from dlbib.library.sessions import Sessions
from dlbib.model import conflicts, merging, versions
from dlbib.store import models, records, selection

if TYPE_CHECKING:
    from dlbib.library.choosing import Filters
    from dlbib.model.conflicts import Conflict
    from dlbib.model.merging import Record, Statement
    from dlbib.model.versions import Drift, Published
    from dlbib.model.works import Application, Paper, Resource, Work


class Asking(Sessions):
    """What a library answers; nothing here changes it."""

    def applications(self) -> tuple[Application, ...]:
        """Every application, in the order of its list."""
        with self._reading() as session:
            return tuple(records.applications_by_id(session).values())

    def papers(self, query: str = "", **filters: Unpack[Filters]) -> list[Paper]:
        """The papers that ``query`` and ``filters`` choose; all of them without any.

        In the order of the application's list when one is named, else by key. Raises
        `NotFoundError` for an unknown application, `InvalidQueryError` for a malformed query.
        """
        return cast("list[Paper]", self._works(models.Paper, query, filters))

    def resources(self, query: str = "", **filters: Unpack[Filters]) -> list[Resource]:
        """The resources that ``query`` and ``filters`` choose, as `papers` does."""
        return cast("list[Resource]", self._works(models.Resource, query, filters))

    def works(self, query: str = "", **filters: Unpack[Filters]) -> list[Work]:
        """The papers and resources that ``query`` and ``filters`` choose, as `papers` does."""
        return self._works(models.Work, query, filters)

    def _works(self, row_class: type[models.Work], query: str, filters: Filters) -> list[Work]:
        with self._reading() as session:
            return selection.choose(session, row_class, query, cast("dict[str, object]", filters))

    def get(self, key: str) -> Work:
        """The paper or resource with this key, or that once had it, whatever the case.

        Raises `NotFoundError` with the nearest keys.
        """
        with self._reading() as session:
            return selection.get(session, key)

    def records(self, key: str) -> tuple[Record, ...]:
        """Everything that sources said about a work, in the order in which it came."""
        with self._reading() as session:
            return records.records_of(selection.get_row(session, key))

    def why(self, key: str, field: str | None = None) -> tuple[Statement, ...]:
        """What every source says of a field, the winner first, and why it won; of all without one.

        Raises `NotFoundError` for an unknown key or field; empty when nobody speaks of the field.
        """
        return merging.why(self.records(key), field)

    def conflicts(self, query: str = "", **filters: Unpack[Filters]) -> tuple[Conflict, ...]:
        """Where sources contradict each other about the works chosen: the field, who won, and who says otherwise.

        Not every difference is a contradiction; see `dlbib.model.conflicts`. Raises as `papers` does.
        """
        with self._reading() as session:
            given = selection.with_records(session, query, cast("dict[str, object]", filters))
            return tuple(found for row, said in given for found in conflicts.conflicts(said, row.key))

    def drift(self, query: str = "", **filters: Unpack[Filters]) -> tuple[Drift, ...]:
        """The works chosen that are cited in an older version than the newest one that a service told of."""
        with self._reading() as session:
            given = selection.with_records(session, query, cast("dict[str, object]", filters))
            return tuple(found for row, said in given for found in versions.drift(said, row.key))

    def published(self, query: str = "", **filters: Unpack[Filters]) -> tuple[Published, ...]:
        """The published versions that a service knows of works chosen, and these don't say themselves.

        They are offers: nothing of them is in the works. `edit` with ``doi`` takes one.
        """
        with self._reading() as session:
            given = selection.with_records(session, query, cast("dict[str, object]", filters))
            offers = [versions.published(said, row.key) for row, said in given]
            return tuple(selection.with_owner(session, offer) for offer in offers if offer is not None)
