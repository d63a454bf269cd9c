"""Asking a service the questions of a job, and keeping each answer the moment it has come."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dlbib.errors import BadResponseError, FetchError, UnavailableError
from dlbib.library.reports import EnrichReport
from dlbib.model.identifiers import Identifier
from dlbib.progress import Progress
from dlbib.providers import Outcome
from dlbib.store import jobs, planning, searching, taking
from dlbib.store.jobs import Answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from dlbib.model.problems import Problem
    from dlbib.progress import Watch
    from dlbib.providers import Provider
    from dlbib.providers.transport import Transport
    from dlbib.store.jobs import Plan, Question
    from dlbib.store.models import Part


@dataclass(slots=True)
class Questioning:
    """A job at work. ``job_id`` is absent in a rehearsal; ``answered`` holds what has come, by position.

    ``problems`` are what there is to say of the service's answers themselves. ``read`` begins a transaction
    that reads, ``begin`` one that writes, or in a rehearsal undoes it at its end.
    """

    provider: Provider
    plan: Plan
    job_id: int | None
    read: Callable[[], AbstractContextManager[Session]]
    begin: Callable[[], AbstractContextManager[Session]]
    watch: Watch
    answered: dict[int, tuple[Question, Answered]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stopped: str = ""

    def ask(self, questions: Sequence[Question], transport: Transport) -> None:
        """Ask all of ``questions``. Where the service can't be asked any more, ``stopped`` says so."""
        self._tell(len(questions))
        try:
            for some in self._answers(questions, transport):
                with self.begin() as session:
                    for question, outcomes in some:
                        self._take(session, question, outcomes)
                self._tell(len(questions))
        except FetchError as error:
            self.stopped = str(error)

    def _answers(
        self, questions: Sequence[Question], transport: Transport
    ) -> Iterator[list[tuple[Question, Sequence[Outcome]]]]:
        for part in ("cited", "newest"):
            yield from self._fetched([each for each in questions if each.part == part], transport)
        for question in questions:
            if question.part == "search":
                yield [(question, self._searched(question, transport))]

    def _fetched(
        self, questions: Sequence[Question], transport: Transport
    ) -> Iterator[list[tuple[Question, Sequence[Outcome]]]]:
        scheme = self.provider.schemes[0]
        waiting: dict[Identifier, list[Question]] = {}
        for each in questions:
            waiting.setdefault(Identifier(scheme, each.identifier), []).append(each)
        with self.read() as session:
            known = planning.known(session, self.provider.name, scheme, questions)
        for batch in self.provider.fetch(waiting, transport, known=known):
            self.problems += batch.problems
            yield [
                (question, (outcome,))
                for outcome in batch.outcomes
                if outcome.identifier is not None
                for question in waiting.get(outcome.identifier, ())
            ]

    def _searched(self, question: Question, transport: Transport) -> Sequence[Outcome]:
        with self.read() as session:
            entry = searching.entry_of(session, question)
        if entry is None:
            return ()
        try:
            return self.provider.search(entry, transport)
        except BadResponseError as error:
            return (Outcome(question.asked, None, "unknown", reason=str(error)),)
        except UnavailableError as error:
            if not transport.options.offline:
                raise
            return (Outcome(question.asked, None, "unknown", reason=str(error)),)

    def _take(self, session: Session, question: Question, outcomes: Sequence[Outcome]) -> None:
        if question.part == "search":
            answer = searching.take(session, self.plan, question, outcomes)
        else:
            answer = taking.take(session, self.plan, question, outcomes[0])
        if self.job_id is not None:
            jobs.note(session, self.job_id, question, answer)
        self.answered[question.position] = (question, answer)

    def _tell(self, total: int) -> None:
        counts = jobs.counted(
            answer for question, answer in self.answered.values() if question.part != "newest"
        )
        del counts["asked"]
        said = {name.replace("_", " "): count for name, count in counts.items()}
        self.watch(Progress(self.provider.title, len(self.answered), total, "questions", said))

    def given(self, questions: Sequence[Question]) -> list[tuple[Part, Answered]]:
        """What came of ``questions`` here, each by its part."""
        return [(question.part, self._or_pending(question)) for question in questions]

    def _or_pending(self, question: Question) -> Answered:
        known = self.answered.get(question.position)
        return known[1] if known else Answered(question.asked, "pending")

    def report(self, job: str, given: Sequence[tuple[str, Answered]]) -> EnrichReport:
        """The report of what came of each question, by its part, under the name of the job."""
        open_ones = self.stopped or "it was not asked"
        outcomes = [
            replace(each, status="unknown", reason=open_ones) if each.status == "pending" else each
            for part, each in given
            if part != "newest"
        ]
        of_works = (problem for _, each in given for problem in each.problems)
        return EnrichReport(job, tuple(outcomes), (*self.problems, *of_works), self.stopped)
