"""Records to rows and back: what sources said, and the merged view that follows from it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session, selectinload

from dlbib.errors import RESTORE
from dlbib.model import merging, works
from dlbib.model.citekeys import key_fingerprint, propose_key, unique_key
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.facts import NO_FACTS, facts_from_json
from dlbib.model.identifiers import Identifier
from dlbib.model.identity import ONE_WORK
from dlbib.model.merging import Merged, Record
from dlbib.store import models, reserving, rows
from dlbib.store.failures import DamagedError
from dlbib.store.owning import Owners

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Row

    from dlbib.model.works import Kind

_CLASSES: Final[dict[Kind, type[models.Work]]] = {"paper": models.Paper, "resource": models.Resource}

_ATTRIBUTES_OF: Final = attrgetter(*rows.ATTRIBUTES)


def now() -> datetime:
    """Give this instant, in UTC."""
    return datetime.now(UTC)


# --- records -------------------------------------------------------------------------------------


def put_records(work: models.Work, records: Iterable[Record]) -> bool:
    """Keep ``records`` with ``work``, each in the place of what its source said before.

    True when any of them says something new.
    """
    known = {(row.source, row.source_id): row for row in work.records}
    changed = [_put(work, known.get((record.source, record.source_id)), record) for record in records]
    return any(changed)


def _put(work: models.Work, row: models.Record | None, record: Record) -> bool:
    if row is not None and to_record(row) == record:
        return False
    if row is None:
        row = models.Record()
        work.records.append(row)
    _assign(row, rows.RECORD, rows.record(record))
    filed = {filing.block: filing for filing in row.filings}
    row.filings[:] = [filed.get(block) or models.Filing(block=block) for block in rows.filings(record)]
    return True


def _assign(row: models.Base, columns: Iterable[str], values: Iterable[Any]) -> None:
    for column, value in zip(columns, values, strict=True):
        setattr(row, column, value)


def to_record(row: models.Record | Row[Any]) -> Record:
    """The record that a row keeps, be it one of the ORM or of its columns and the work's key. Raises `DamagedError`."""
    with intact(row):
        entry = Entry.model_validate_json(row.entry)
        facts = facts_from_json(row.facts) if row.facts else NO_FACTS
    return Record(
        kind=row.kind,
        source=row.source,
        source_id=row.source_id,
        entry=entry,
        note=row.note,
        retrieved=row.retrieved,
        raw=row.raw,
        single_source=tuple(row.single_source),
        absent=tuple(row.absent),
        facts=facts,
    )


@contextlib.contextmanager
def intact(row: models.Work | models.Record | Row[Any]) -> Iterator[None]:
    """Raise `DamagedError` for what is kept of a work and is no value any more; ``row`` is of the work, or a record."""
    try:
        yield
    except ValueError as error:
        key = (row.work if isinstance(row, models.Record) else row).key
        message = f"what is kept of {key!r} is damaged; {RESTORE}"
        raise DamagedError(message) from error


def records_of(work: models.Work) -> tuple[Record, ...]:
    """Everything that sources said about a work, in the order in which it came."""
    return tuple(to_record(row) for row in work.records)


# --- the merged view -----------------------------------------------------------------------------


def refresh(session: Session, work: models.Work) -> Merged:
    """Make the columns of ``work`` the merged view of its records.

    An identifier that names one work and belongs to another already names that one alone: what a file or
    a service says is only kept beside the variables; else raises `ConflictError`.
    """
    merged = merging.merge(records_of(work), work.key)
    owners = Owners(session.connection(), merged.entry.identifiers)
    owners.refuse_others(work.id, merged)
    entry, lent = owners.parted(work.id, merged.entry)
    people = rows.contributions(entry)
    _assign(work, rows.VIEW, rows.view(entry, work.key, people, lent=lent))
    work.contributions[:] = _contributions(people)
    work.identifiers[:] = _identifiers(work, entry)
    work.modified_at = now()
    return merged


def _identifiers(work: models.Work, entry: Entry) -> list[models.Identifier]:
    """The rows for the identifiers of ``entry``; one that is known keeps its row, for it is unique."""
    known = {(row.scheme, row.work_value): row for row in work.identifiers}
    made = []
    for values in rows.identifiers(entry):
        scheme, _, work_value, _ = values
        row = known.pop((scheme, work_value), None) or models.Identifier()
        _assign(row, rows.IDENTIFIER, values)
        made.append(row)
    return made


def _contributions(made: Iterable[tuple[Any, ...]]) -> list[models.Contribution]:
    return [models.Contribution(**dict(zip(rows.CONTRIBUTION, each, strict=True))) for each in made]


def owner_of(session: Session, identifier: Identifier) -> models.Work | None:
    """The work that ``identifier`` names, for the schemes of which one names one work."""
    if identifier.scheme not in ONE_WORK:
        return None
    wanted = (models.Identifier.scheme == identifier.scheme, models.Identifier.work_value == identifier.work)
    with session.no_autoflush:
        return session.scalar(select(models.Work).join(models.Work.identifiers).where(*wanted))


# --- works ---------------------------------------------------------------------------------------


def add_work(session: Session, kind: Kind, records: Sequence[Record]) -> models.Work:
    """A new work of ``records``, with a key of its own that no other work ever had."""
    entry = merging.merge(records).entry
    said = (entry, *(record.entry for record in records))
    key = unique_key(propose_key(entry), TakenKeys(session, said))
    stamp = now()
    work = _CLASSES[kind](key=key, type=entry.type, created_at=stamp, modified_at=stamp)
    put_records(work, records)
    reserving.give_key(session, work, key)
    refresh(session, work)
    session.add(work)
    session.flush()
    bind(session, work, records)
    return work


def bind(session: Session, work: models.Work, said: Sequence[Record]) -> None:
    """Keep together, whatever else comes, what was ``said`` to be of one work; it is among its records."""
    rows_of = {(row.source, row.source_id): row.id for row in work.records}
    first, *others = [rows_of[record.source, record.source_id] for record in said]
    for record_id in others:
        session.merge(models.BoundRecord(record_id=record_id, to_id=first))


class TakenKeys:
    """Every key ever given, by fingerprint, but those reserved for a work of which ``entries`` speak.

    Asks the database once per key.
    """

    def __init__(self, session: Session, entries: Sequence[Entry] = ()) -> None:
        self._session = session
        self._entries = entries
        self._given: set[str] = set()

    def but_of(self, entries: Sequence[Entry]) -> TakenKeys:
        """Those keys but for what is reserved for the work of which ``entries`` speak; what is `given` is so in both."""
        others = TakenKeys(self._session, entries)
        others._given = self._given
        return others

    def given(self, key: str) -> None:
        """Know of a key that was given to a work whose keys are written later."""
        self._given.add(key_fingerprint(key))

    def __contains__(self, fingerprint: object) -> bool:
        if fingerprint in self._given:
            return True
        known = self._session.get(models.Key, fingerprint)
        if known is None:
            return False
        return known.work_id is not None or not reserving.is_reserved_for(
            self._session, known.fingerprint, self._entries
        )


def all_fingerprints(session: Session) -> frozenset[str]:
    """The fingerprint of every key ever given."""
    return frozenset(session.scalars(select(models.Key.fingerprint)))


def to_entry(row: models.Work) -> Entry:
    """The merged view that the row holds, as a plain entry."""
    in_order = attrgetter("position")
    attributes = entry_attributes(
        row,
        keys=[each.key for each in sorted(row.keys, key=in_order)],
        contributors=[Contributor(c.role, c.name) for c in sorted(row.contributions, key=in_order)],
        identifiers=[Identifier(i.scheme, i.value) for i in sorted(row.identifiers, key=in_order)],
    )
    return Entry.model_validate(attributes)


def entry_attributes(
    row: Any,  # noqa: ANN401  # whatever has the columns of a work
    *,
    keys: Iterable[str],
    contributors: Iterable[Contributor],
    identifiers: Sequence[Identifier],
) -> dict[str, Any]:
    """What an entry is built from; the columns are the merged view already."""
    variables = row.variables or {}  # a row that was never flushed has none yet
    return {
        **variables,
        **{
            name: value
            for name, value in zip(rows.ATTRIBUTES, _ATTRIBUTES_OF(row), strict=True)
            if value is not None
        },
        "key": row.key,
        "aliases": tuple(key for key in keys if key != row.key),
        "issued": Date.read(row.issued) if row.issued else None,
        "contributors": tuple(contributors),
        "identifiers": rows.with_lent(identifiers, rows.lent_in(variables)),
    }


def applications_by_id(session: Session) -> dict[int, works.Application]:
    """Every application by its row's id, in the order of its list, with the works it groups counted."""
    kinds = (
        select(models.Citation.application_id, models.Work.kind, func.count(distinct(models.Work.id)))
        .join(models.Citation.work)
        .group_by(models.Citation.application_id, models.Work.kind)
    )
    counts: dict[tuple[int | None, str], int] = {
        (application, kind): count for application, kind, count in session.execute(kinds)
    }
    found = session.scalars(select(models.Application).options(selectinload(models.Application.links)))
    in_order = sorted(found, key=lambda row: (row.list, row.position, row.id))
    return {row.id: _application(row, counts) for row in in_order}


def _application(row: models.Application, counts: Mapping[tuple[int | None, str], int]) -> works.Application:
    return works.Application(
        slug=row.slug,
        name=row.name,
        heading=row.heading,
        section=row.section,
        position=row.position,
        description=row.description,
        aspects=tuple(works.Aspect(each["name"], tuple(each["items"])) for each in row.aspects),
        links=tuple(to_link(link) for link in sorted(row.links, key=lambda link: link.position)),
        papers=counts.get((row.id, "paper"), 0),
        resources=counts.get((row.id, "resource"), 0),
    )


def to_link(row: models.Link | Row[Any]) -> works.Link:
    """The value of a link's row."""
    return works.Link(row.url, row.role, row.text, row.status, row.successor)
