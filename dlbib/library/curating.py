"""Curating a library: what its user says of the works in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.errors import ConflictError
from dlbib.library.asking import Asking
from dlbib.model import renaming
from dlbib.model.editing import stated
from dlbib.model.key_patterns import parse_key_pattern
from dlbib.store import deciding, edits, models, records, reserving, selection, undoing
from dlbib.store import renaming as store_renaming

if TYPE_CHECKING:
    from dlbib.model.identity import Duplicate
    from dlbib.model.operations import Undone
    from dlbib.model.renaming import Renaming
    from dlbib.model.works import Work


class Curating(Asking):
    """What changes the works of a library."""

    def edit(self, key: str, /, **changes: object) -> Work:
        """Say yourself what fields are, by the names CSL or BibTeX give them; ``None`` for nothing.

        Your word stands before every other source's, whatever is seeded, imported or fetched later.
        Raises `NotFoundError` for an unknown key or field, `ConflictError` for a value it can't have.
        """
        said = dict(stated(name, typed) for name, typed in changes.items())
        if len(said) < len(changes):
            message = f"{', '.join(changes)}: two of these are one field; say it once"
            raise ConflictError(message)
        with self._writing("edit", key) as session:
            edits.edit(session, selection.get_row(session, key), said)
        return self.get(key)

    def rename(self, pattern: str, query: str = "", *, dry_run: bool = False) -> tuple[Renaming, ...]:
        """Give works the keys that ``pattern`` makes, such as ``[auth:lower][year]``; the changed ones.

        All works, unless ``query`` chooses. With ``dry_run`` nothing is changed, and what would be is
        told. A key that was given once is never given to another work, and old keys stay aliases; see
        `dlbib.model.renaming.plan`. Sorted by old key. Raises `InvalidPatternError`, `InvalidQueryError`.
        """
        wanted = parse_key_pattern(pattern).key
        with self._reading() if dry_run else self._writing("rename", query or "all works") as session:
            chosen = selection.choose(session, models.Work, query, {})
            taken, is_kept_for = records.all_fingerprints(session), reserving.KeptKeys(session)
            planned = renaming.plan(chosen, wanted, taken, is_kept_for)
            if not dry_run:
                store_renaming.rename(session, planned)
        return planned

    def tag(self, key: str, *names: str) -> tuple[str, ...]:
        """Put tags on a work; gives all its tags, sorted. Raises `NotFoundError`."""
        with self._writing("tag", key) as session:
            return edits.tag(session, selection.get_row(session, key), names)

    def untag(self, key: str, *names: str) -> tuple[str, ...]:
        """Take tags from a work; gives those that are left, sorted. Raises `NotFoundError`."""
        with self._writing("untag", key) as session:
            return edits.untag(selection.get_row(session, key), names)

    def duplicates(self, query: str = "") -> tuple[Duplicate, ...]:
        """The pairs of works that may be one, with what speaks for it and against, the likeliest first.

        Only those of which ``query`` finds one, if it is given; never those that were told apart.
        """
        with self._reading() as session:
            found = deciding.duplicates(session)
            if not query:
                return tuple(found)
            chosen = {work.key for work in selection.choose(session, models.Work, query, {})}
        return tuple(each for each in found if not chosen.isdisjoint((each.one, each.other)))

    def merge(self, key: str, other: str) -> Work:
        """Make one work of two: it keeps the first key, and the other becomes an alias for ever.

        Everything goes along: records, citations, links, tags. The decision is remembered, whatever is
        imported later; `undo` takes it back. Raises `NotFoundError` and `ConflictError`.
        """
        with self._writing("merge", f"{other} into {key}") as session:
            deciding.merge(session, key, other)
        return self.get(key)

    def distinct(self, key: str, other: str) -> None:
        """Tell two works apart: they are never merged by themselves, nor listed as duplicates.

        Two keys of one work part it. Raises `NotFoundError`, and `ConflictError` where that can't be.
        """
        with self._writing("distinct", f"{key} and {other}") as session:
            deciding.distinct(session, key, other)

    def remove(self, *keys: str) -> None:
        """Remove works; their keys stay reserved for them. Raises `NotFoundError`, and then removes none."""
        with self._writing("remove", ", ".join(keys)) as session:
            works = list(dict.fromkeys(selection.get_row(session, key) for key in keys))
            reserving.remove(session, works)

    def undo(self) -> Undone:
        """Undo the last thing that was done to the library, whatever it was; again, the one before it.

        What was changed is as it was, row by row; what was made is gone, but its keys stay reserved for
        the same works. Raises `ConflictError` when there is nothing to undo.
        """
        with self._unrecorded() as session:
            return undoing.undo(session)

    def last_operation(self) -> Undone | None:
        """What `undo` would undo; ``None`` when there is nothing."""
        with self._reading() as session:
            return undoing.last_operation(session)
