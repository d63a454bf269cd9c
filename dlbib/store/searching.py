"""What a search found for a work without identifier: taken where identity proves it, else kept to be judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dlbib.model.identifiers import Identifier
from dlbib.model.identity import same_work
from dlbib.store import models, records, taking
from dlbib.store.jobs import Answered, Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from dlbib.model.entry import Entry
    from dlbib.store.jobs import Plan, Question
    from dlbib.store.taking import Told

_MOST: Final = 5
_FEW_AUTHORS: Final = 3


def entry_of(session: Session, question: Question) -> Entry | None:
    """What to search for; ``None`` when the work is gone."""
    row = session.get(models.Work, question.work_id) if question.work_id is not None else None
    return None if row is None else records.to_entry(row)


def take(session: Session, plan: Plan, question: Question, found: Sequence[Told]) -> Answered:
    """Keep the one thing found that surely is the work; where there is none or several, tell what was found."""
    row = session.get(models.Work, question.work_id) if question.work_id is not None else None
    if row is None:
        return Answered(question.asked, "not_found", reason="its work is no longer in the library")
    answer = Answered(question.asked, "not_found", row.key, work_id=row.id)
    if found and found[0].status != "found":
        return replace(answer, status=found[0].status, reason=found[0].reason)
    likely = tuple(_candidate(each) for each in found[:_MOST])
    sure = {each.identifier.work: each for each in reversed(found) if _is_sure(row, each) and each.identifier}
    if len(sure) != 1:
        reason = _why_none(len(found), len(sure))
        return replace(answer, reason=reason, candidates=likely)
    (one,) = sure.values()
    answer = taking.take_as(session, plan, question, one, _unversioned(one))
    return answer if answer.change else replace(answer, candidates=likely)


def _is_sure(row: models.Work, told: Told) -> bool:
    """Whether anything that was said of a work surely is of what was found."""
    entry = told.entry
    return entry is not None and any(same_work(entry, said.entry) for said in records.records_of(row))


def _unversioned(told: Told) -> Identifier | None:
    """The identifier as a work that names no version is asked for."""
    return None if told.identifier is None else Identifier(told.identifier.scheme, told.identifier.work)


def _why_none(found: int, sure: int) -> str:
    if not found:
        return "nothing was found for its title and authors"
    return "more than one may be it" if sure else "nothing that was found surely is it"


def _candidate(told: Told) -> Candidate:
    entry = told.entry
    if entry is None:
        return Candidate(str(told.identifier), "")
    names = [name.family or name.literal or name.given for name in entry.authors]
    authors = "; ".join(names[:_FEW_AUTHORS]) + ("; et al." if len(names) > _FEW_AUTHORS else "")
    return Candidate(str(told.identifier), entry.title or "", authors, entry.year)
