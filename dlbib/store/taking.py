"""What a service answered, kept as records of works.

A service's word on the version that is cited counts; on any other it is kept whole, as a record of another
version. Nothing that stands there is removed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import select

from dlbib.errors import ConflictError
from dlbib.model.identifiers import Identifier
from dlbib.model.merging import Record
from dlbib.model.versions import WITHDRAWN, cited_identifiers, is_told
from dlbib.store import journal, linking, matching, models, records
from dlbib.store.jobs import Answered
from dlbib.store.remarks import remarks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry
    from dlbib.model.facts import Facts
    from dlbib.model.merging import SourceKind
    from dlbib.store.jobs import Change, Plan, Question
    from dlbib.store.models import State

_KINDS: Final[dict[str, SourceKind]] = {"arxiv": "arxiv"}


class Told(Protocol):
    """What a service answered to one question; `dlbib.providers.Outcome` is one."""

    @property
    def status(self) -> State: ...  # noqa: D102  # as there
    @property
    def identifier(self) -> Identifier | None: ...  # noqa: D102
    @property
    def entry(self) -> Entry | None: ...  # noqa: D102
    @property
    def facts(self) -> Facts: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def raw(self) -> str: ...  # noqa: D102
    @property
    def retrieved(self) -> str: ...  # noqa: D102


def take(session: Session, plan: Plan, question: Question, told: Told) -> Answered:
    """Keep what was told in answer to a question. What can't be kept is said in the answer's ``reason``."""
    return take_as(session, plan, question, told, told.identifier)


def take_as(
    session: Session, plan: Plan, question: Question, told: Told, identifier: Identifier | None
) -> Answered:
    """`take` of what was told, as the answer to ``identifier``."""
    row = _row(session, question, identifier)
    if told.entry is None or identifier is None:
        return _answered(question, told, row, told.reason)
    if row is None and (plan.kind != "add" or question.part == "newest"):
        return _answered(question, told, None, "its work is no longer in the library")
    try:
        with journal.attempt(session):
            record = _record(plan.provider, told, told.entry, identifier)
            return _kept(session, plan, question, record, row)
    except ConflictError as error:
        return _answered(question, told, row, str(error))


def _answered(question: Question, told: Told, row: models.Work | None, reason: str) -> Answered:
    key, work_id = (row.key, row.id) if row is not None else ("", None)
    return Answered(question.asked, told.status, key, reason=reason, work_id=work_id)


def _row(session: Session, question: Question, identifier: Identifier | None) -> models.Work | None:
    """The work that a question is about."""
    row = session.get(models.Work, question.work_id) if question.work_id is not None else None
    return row if row is not None or identifier is None else records.owner_of(session, identifier)


def _kept(
    session: Session, plan: Plan, question: Question, record: Record, row: models.Work | None
) -> Answered:
    row = row if row is not None else _place(session, record)
    before = () if row is None else records.records_of(row)
    change: Change = "added"
    if row is None:
        row = records.add_work(session, "paper", [record])
    elif _put(session, row, record, before):
        change, row = "changed", _resettled(session, row, record)
    else:
        change = "unchanged"
    if plan.kind == "add" and linking.link(session, row, plan.settings) and change == "unchanged":
        change = "changed"
    session.flush()
    now = records.records_of(row)
    kept = next(each for each in now if (each.source, each.source_id) == (record.source, record.source_id))
    said = tuple(remarks(kept, before, now, row.key))
    return Answered(question.asked, "found", row.key, change, problems=said, work_id=row.id)


def _place(session: Session, record: Record) -> models.Work | None:
    """The work that is there already of which a record speaks, as identity says."""
    (found,) = matching.match(session, [(record.entry,)])
    return session.get(models.Work, found.work) if found.work is not None else None


def _resettled(session: Session, row: models.Work, record: Record) -> models.Work:
    """The work of ``row`` after what it now says has made it one with others, if it has."""
    session.flush()
    matching.resettle(session, [row.id])
    session.flush()
    of_it = (models.Record.source == record.source, models.Record.source_id == record.source_id)
    owners = select(models.Record.work_id).where(*of_it)
    return session.get_one(models.Work, session.scalars(owners).first())


def _record(provider: str, told: Told, entry: Entry, asked: Identifier) -> Record:
    """The record of what was told, under the identifier that was asked for: with its version, or without one."""
    identifiers = [_as_asked(each, asked) for each in entry.identifiers]
    if asked not in identifiers:
        identifiers.insert(0, asked)
    changes: dict[str, object] = {"identifiers": tuple(identifiers)}
    if told.facts.withdrawn and entry.status is None:
        changes["status"] = WITHDRAWN
    return Record(
        kind=_KINDS.get(provider, "publisher"),
        source=provider,
        source_id=asked.value,
        entry=entry.replace(**changes),
        retrieved=told.retrieved,
        raw=told.raw,
        facts=told.facts,
    )


def _as_asked(identifier: Identifier, asked: Identifier) -> Identifier:
    if (identifier.scheme, identifier.work) == (asked.scheme, asked.work):
        return asked
    if identifier.scheme == "url" and asked.version is None:
        return (
            Identifier("url", asked.url or identifier.value)
            if _is_address_of(identifier, asked)
            else identifier
        )
    return identifier


def _is_address_of(address: Identifier, asked: Identifier) -> bool:
    """Whether an address is that of a version of what was asked for."""
    plain = asked.url or ""
    rest = address.value.removeprefix(plain)
    return address.value.startswith(plain) and rest[:1] == "v" and rest[1:].isdigit()


def _put(session: Session, row: models.Work, record: Record, before: Iterable[Record]) -> bool:
    """Keep ``record`` with a work, as the version that it is there. True when anything is new."""
    asked = _asked(record)
    others = [each for each in before if (each.source, each.source_id) != (record.source, record.source_id)]
    cited = [i for i in cited_identifiers(others, asked.scheme) if i.work == asked.work] or [asked]
    wanted = [_versioned(record, is_cited=asked in cited)]
    for each in others:
        named = each.entry.identifier(asked.scheme)
        if is_told(each) and named is not None and named.work == asked.work:
            # An older word on what was asked came with a work that was merged; this one is in its place.
            wanted.append(_versioned(each, is_cited=named != asked and named in cited))
    known = {(each.source, each.source_id): each for each in before}
    new = [each for each in wanted if not _says_the_same(each, known.get((each.source, each.source_id)))]
    if new:
        records.put_records(row, new)
        records.refresh(session, row)
    return bool(new)


def _asked(record: Record) -> Identifier:
    """The identifier that a record made by `_record` is the answer to."""
    return next(each for each in record.entry.identifiers if each.value == record.source_id)


def _versioned(record: Record, *, is_cited: bool) -> Record:
    """``record`` as what it is: the service's word on what is cited, or that on another version."""
    return replace(record, kind=_KINDS.get(record.source, "publisher") if is_cited else "version")


def _says_the_same(record: Record, known: Record | None) -> bool:
    """Whether a source says what it said before, whenever it was asked."""
    return known is not None and replace(known, retrieved=record.retrieved) == record
