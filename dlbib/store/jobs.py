"""Jobs as rows: what is to be asked, what is still open, and what came of it. Each answer is noted as it comes."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from dlbib.errors import NotFoundError
from dlbib.model.problems import Problem
from dlbib.store import inheriting, journal, models, records
from dlbib.store.failures import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from dlbib.store.models import JobKind, Part, State

Change = Literal["", "added", "changed", "unchanged"]

_NAME: Final = re.compile(r"[jJ]?([1-9][0-9]{0,8})")
_OPEN: Final = ("pending", "unknown")
_OPERATION: Final = "operation"


@dataclass(frozen=True, slots=True)
class Question:
    """What a job asks: an identifier for a work, or (with the part ``search``) which one a work has.

    ``asked`` is as it was typed, ``identifier`` its canonical form; ``work_id`` the row of the work, absent
    where there is none yet.
    """

    part: Part
    asked: str
    identifier: str = ""
    work_id: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a service has that may be the work: for a person to judge. ``authors`` are parted by ``;``."""

    identifier: str
    title: str
    authors: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one question: what the service answered (``status``), and what that did to the library.

    ``key`` is the work's, empty where there is none; ``change`` is empty where nothing was found, or what
    was found could not be kept, for the ``reason`` given. ``candidates`` are what a search found and
    nothing proves to be the work.
    """

    asked: str
    status: State
    key: str = ""
    change: Change = ""
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = ()
    work_id: int | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a job is for: ``settings`` says what happens to what is found, beside being kept."""

    kind: JobKind
    provider: str
    settings: dict[str, Any] = field(default_factory=dict)


def name_of(job_id: int) -> str:
    """What people call a job.

    >>> name_of(3)
    'J3'
    """
    return f"J{job_id}"


def start(session: Session, plan: Plan, questions: Sequence[Question]) -> int:
    """Write down a job; gives its number. An invalid identifier is no question: see `note`."""
    job = models.Job(kind=plan.kind, provider=plan.provider, settings=plan.settings)
    job.items.extend(
        models.JobItem(
            position=each.position,
            part=each.part,
            asked=each.asked,
            identifier=each.identifier,
            work_id=each.work_id,
        )
        for each in questions
    )
    session.add(job)
    session.flush()
    return job.id


def find(session: Session, name: str | None) -> models.Job:
    """The job of that name, or the newest that isn't finished; raises `NotFoundError`."""
    if name is None:
        job = session.scalar(
            select(models.Job).where(models.Job.finished_at.is_(None)).order_by(models.Job.id.desc()).limit(1)
        )
    else:
        number = _NAME.fullmatch(name.strip())
        job = session.get(models.Job, int(number[1])) if number else None
    if job is None:
        what = "unfinished job" if name is None else "job"
        known = (name_of(each) for each in session.scalars(select(models.Job.id)))
        raise NotFoundError.among(what, name or "", known)
    return job


def open_questions(session: Session, job_id: int) -> list[Question]:
    """What is still to be asked, in order; what nobody could tell is asked again."""
    return [
        Question(item.part, item.asked, item.identifier, item.work_id, item.position)
        for item in _items(session, job_id, models.JobItem.state.in_(_OPEN))
    ]


def note(session: Session, job_id: int, question: Question, answered: Answered) -> None:
    """Write down what came of a question."""
    said = asdict(replace(answered, work_id=None))
    outcome = {name: value for name, value in said.items() if value and name not in _KEPT_APART}
    # Not through the ORM: what becomes of a question is nothing to be undone.
    session.execute(
        update(models.JobItem)
        .where(models.JobItem.job_id == job_id, models.JobItem.position == question.position)
        .values(state=answered.status, work_id=answered.work_id, outcome=outcome)
        .execution_options(synchronize_session=False)
    )


_KEPT_APART: Final = frozenset({"asked", "status", "work_id"})


def answers(session: Session, job_id: int) -> tuple[tuple[Part, Answered], ...]:
    """What came of each question so far, in order; what is still open is ``pending``."""
    return tuple((item.part, _answered(item)) for item in _items(session, job_id))


def _items(session: Session, job_id: int, *where: Any) -> Iterable[models.JobItem]:  # noqa: ANN401  # conditions
    return session.scalars(
        select(models.JobItem)
        .where(models.JobItem.job_id == job_id, *where)
        .order_by(models.JobItem.position)
        .options(joinedload(models.JobItem.work))
    )


def _answered(item: models.JobItem) -> Answered:
    said: dict[str, Any] = dict(item.outcome)
    if item.work is not None:
        said["key"] = item.work.key
    try:
        said["candidates"] = tuple(Candidate(**each) for each in said.get("candidates", ()))
        said["problems"] = tuple(Problem(**each) for each in said.get("problems", ()))
        return Answered(asked=item.asked, status=item.state, work_id=item.work_id, **said)
    except TypeError as error:
        message = f"what is kept of the job {name_of(item.job_id)} is damaged; start it anew"
        raise DamagedError(message) from error


def finish(session: Session, job_id: int) -> bool:
    """Close a job of which nothing is left to ask, and forget its questions; false if something is left."""
    if any(True for _ in _items(session, job_id, models.JobItem.state.in_(_OPEN))):
        return False
    session.get_one(models.Job, job_id).finished_at = records.now()
    session.execute(
        delete(models.JobItem)
        .where(models.JobItem.job_id == job_id)
        .execution_options(synchronize_session=False)
    )
    return True


@contextlib.contextmanager
def recorded(session: Session, job_id: int) -> Iterator[None]:
    """Make what the session changes in the block a part of one operation: all that the job ever does."""
    job = session.get_one(models.Job, job_id)
    goes_on = job.settings.get(_OPERATION)
    kept = journal.record(session, job.kind, name_of(job_id), goes_on if isinstance(goes_on, int) else None)
    yield
    inheriting.pass_on(session)
    if kept.operation_id is not None and kept.operation_id != goes_on:
        job.settings = {**job.settings, _OPERATION: kept.operation_id}


def counted(answered: Iterable[Answered]) -> Counter[str]:
    """How many have each status, and how many were asked; what is pending is unknown."""
    given = list(answered)
    counts = Counter("unknown" if each.status == "pending" else str(each.status) for each in given)
    counts["asked"] = len(given)
    return counts
