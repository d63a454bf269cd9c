"""Enriching a library: what a metadata service knows is kept beside what others say."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, Unpack, cast

from dlbib.errors import InvalidIdentifierError, InvalidOptionError
from dlbib.fetching import Manner, to_options
from dlbib.library.choosing import Filters
from dlbib.library.questioning import Questioning
from dlbib.library.sessions import Sessions
from dlbib.model.storable import is_storable
from dlbib.progress import Watch, unwatched
from dlbib.providers import get_provider
from dlbib.store import jobs, linking, planning
from dlbib.store.jobs import Answered, Plan, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from dlbib.library.reports import EnrichReport
    from dlbib.providers import Provider
    from dlbib.providers.transport import Clock, Notice, Transport


_LONGEST: Final = 200


class Asking(Manner, total=False):
    """How to ask a service, and what to tell whom meanwhile.

    ``provider`` is the service's name. ``dry_run`` asks, and changes nothing. ``progress`` is told how far it
    has come, ``report`` of pauses; ``clock`` is what pauses go by.
    """

    provider: str
    dry_run: bool
    progress: Watch
    report: Callable[[Notice], None]
    clock: Clock


class Enriching(Sessions):
    """What asks metadata services for a library."""

    def enrich(
        self,
        query: str = "",
        *,
        application: str | None = None,
        search: bool = False,
        resume: str | bool = False,
        **asking: Unpack[Asking],
    ) -> EnrichReport:
        """Ask a service about the works that a query or application chooses; all of them without one.

        Works with an identifier of the service get a record of what it says, in the place of what it said
        before; what others say stays, and a newer version than the one cited is told, not applied. With
        ``search``, papers without an identifier are looked for, and what surely is one of them is taken.
        Every answer is kept the moment it comes. What is left when the service refuses is ``unknown`` in the
        report, and ``resume`` goes on with it: the job of that name, or with ``True`` the newest unfinished one.
        Raises `NotFoundError`, `InvalidQueryError`, `InvalidOptionError`, `UnknownProviderError`.
        """
        if resume:
            if query or application or search:
                message = "a job that is resumed has its works already; leave the query and application out"
                raise InvalidOptionError(message)
            return self._resume(None if resume is True else resume, asking)
        provider = get_provider(asking.get("provider", "arxiv"))
        filters = cast("dict[str, object]", Filters(application=application))
        with self._reading() as session:
            asked = planning.questions(session, query, filters, provider.schemes[0], search=search)
        return self._start(Plan("enrich", provider.name), asked, (), asking)

    def add(
        self,
        *identifiers: str,
        application: str | None = None,
        tags: Iterable[str] = (),
        **asking: Unpack[Asking],
    ) -> EnrichReport:
        """Add the works of identifiers, as a service describes them; those that are there are enriched.

        They are put under ``application``, and tagged. What is no identifier of the service is ``invalid`` in
        the report, and what it doesn't have ``not_found``. A job like that of `enrich`, which resumes it.
        Raises `NotFoundError` for an unknown application.
        """
        provider = get_provider(asking.get("provider", "arxiv"))
        settings = {"application": application, "tags": list(tags)}
        with self._reading() as session:
            linking.check(session, settings)
        asked, invalid = _identified(provider, identifiers)
        return self._start(Plan("add", provider.name, settings), asked, invalid, asking)

    def _start(
        self,
        plan: Plan,
        asked: Sequence[Question],
        answered: Sequence[tuple[Question, Answered]],
        asking: Asking,
    ) -> EnrichReport:
        everything = sorted((*asked, *(each for each, _ in answered)), key=lambda each: each.position)
        with self._connected(plan, asking) as transport:
            if asking.get("dry_run"):
                work = self._questioning(plan, None, asking)
                work.answered.update({question.position: (question, answer) for question, answer in answered})
                work.ask(asked, transport)
                return work.report("", work.given(everything))
            with self._unrecorded() as session:
                job_id = jobs.start(session, plan, everything)
                for question, answer in answered:
                    jobs.note(session, job_id, question, answer)
            return self._run(self._questioning(plan, job_id, asking), asked, transport)

    def _resume(self, name: str | None, asking: Asking) -> EnrichReport:
        if asking.get("dry_run"):
            message = "a job that is resumed keeps what it is told; leave out dry_run"
            raise InvalidOptionError(message)
        with self._reading() as session:
            job = jobs.find(session, name)
            plan, job_id = Plan(job.kind, job.provider, dict(job.settings)), job.id
            asked = jobs.open_questions(session, job_id)
        with self._connected(plan, asking) as transport:
            return self._run(self._questioning(plan, job_id, asking), asked, transport)

    def _questioning(self, plan: Plan, job_id: int | None, asking: Asking) -> Questioning:
        begin = self._rehearsing if job_id is None else partial(self._at_work, job_id)
        watch = asking.get("progress", unwatched)
        return Questioning(get_provider(plan.provider), plan, job_id, self._reading, begin, watch)

    @contextmanager
    def _at_work(self, job_id: int) -> Iterator[Session]:
        """A session whose changes are a part of what the job does, to be undone as one."""
        with self._unrecorded() as session, jobs.recorded(session, job_id):
            yield session

    def _run(self, work: Questioning, asked: Sequence[Question], transport: Transport) -> EnrichReport:
        job_id = work.job_id or 0
        try:
            work.ask(asked, transport)
        except BaseException as error:
            error.add_note(
                f"{jobs.name_of(job_id)} is not done; resume: dlbib enrich --resume {jobs.name_of(job_id)}"
            )
            raise
        with self._unrecorded() as session:
            # Nothing is there when somebody else has brought the job to its end meanwhile.
            given = jobs.answers(session, job_id) or work.given(asked)
            jobs.finish(session, job_id)
        return work.report(jobs.name_of(job_id), given)

    @contextmanager
    def _connected(self, plan: Plan, asking: Asking) -> Iterator[Transport]:
        from dlbib.library.gating import gates_of  # noqa: PLC0415  # few need the network, and it takes a while
        from dlbib.providers.transport import SYSTEM_CLOCK, Surroundings, connect, unreported  # noqa: PLC0415

        clock = asking.get("clock", SYSTEM_CLOCK)
        around = Surroundings(
            gates=gates_of(self._database, clock), clock=clock, report=asking.get("report", unreported)
        )
        manner = cast(
            "Manner", {name: said for name, said in asking.items() if name in Manner.__annotations__}
        )
        service = get_provider(plan.provider).service
        with self._database.translated_errors(), connect(service, to_options(manner), around) as transport:
            yield transport


def _identified(
    provider: Provider, given: Iterable[str]
) -> tuple[list[Question], list[tuple[Question, Answered]]]:
    """The questions about identifiers as typed, and the answers to those that are none of the service's."""
    asked: list[Question] = []
    reasons: dict[str, str] = {}
    for text in given:
        shown = text[:_LONGEST] if is_storable(text) else ascii(text)[1:-1][:_LONGEST]
        try:
            asked += planning.about(shown, provider.identify(text))
        except InvalidIdentifierError as error:
            reasons[shown] = error.reason
            asked.append(Question("cited", shown))
    asked = planning.in_order(asked)
    invalid = [
        (each, Answered(each.asked, "invalid", reason=reasons[each.asked]))
        for each in asked
        if not each.identifier
    ]
    return [each for each in asked if each.identifier], invalid
