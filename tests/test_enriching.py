"""A library that asks a fake arXiv over real HTTP, by a clock that takes no time."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, select

import dlbib
from dlbib.errors import InvalidOptionError, NotFoundError
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from dlbib.store.models import Identifier as StoredIdentifier
from dlbib.store.models import Job, JobItem, Pace
from dlbib.store.models import Paper as StoredPaper
from tests.clocks import ManualClock
from tests.dumps import dump
from tests.fake_arxiv import Answer, FakeArxiv, Paper, Version, faults, feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlbib.library.reports import EnrichReport
    from tests.postgres import Server

APART = ("jobs", "job_items", "operations", "images", "paces", "meta")


@dataclass
class Desk:
    """A library, a fake arXiv, and a clock and cache of its own."""

    library: dlbib.Library
    server: FakeArxiv
    clock: ManualClock
    cache: Path

    def enrich(self, query: str = "", **asking: Any) -> EnrichReport:  # noqa: ANN401  # passed on
        return self.library.enrich(query, **self._how(), **asking)

    def add(self, *identifiers: str, **asking: Any) -> EnrichReport:  # noqa: ANN401  # passed on
        return self.library.add(*identifiers, **self._how(), **asking)

    def _how(self) -> dict[str, Any]:
        return {"url": self.server.url, "cache_dir": self.cache, "clock": self.clock.clock}

    def has(self, identifier: str, title: str = "On Something", **about: Any) -> None:  # noqa: ANN401
        self.server.by_id[identifier] = Paper(identifier, title, **about)

    def put(self, **fields: object) -> str:
        """Put a paper into the library by hand; gives its key."""
        with self.library.session() as session:
            paper = dlbib.store.models.Paper(title=fields.get("title", "On Something"))
            session.add(paper)
            session.flush()
            key = paper.key
        self.library.edit(key, **fields)
        return key


@pytest.fixture
def desk(empty_file: Path, fake_arxiv: Callable[..., FakeArxiv], tmp_path: Path) -> Iterator[Desk]:
    clock = ManualClock()
    path = shutil.copy(empty_file, tmp_path / "library.db")
    with dlbib.open(path) as library:
        yield Desk(library, fake_arxiv(clock=clock.monotonic), clock, tmp_path / "cache")


MANY = 110
"""Papers enough that arXiv is asked for them twice."""


def put_many(desk: Desk) -> None:
    """Put many papers into the library, which the service has all."""
    with desk.library.session() as session:
        for number in range(1, MANY + 1):
            value = f"1401.{number:04}"
            desk.has(value, f"On {number}", authors=(f"Ada Number{number}",))
            paper = StoredPaper(title=f"On {number}")
            paper.identifiers.append(
                StoredIdentifier(scheme="arxiv", value=value, work_value=value, position=0)
            )
            session.add(paper)
            session.flush()  # each gets a key that the ones before don't have


@dataclass(frozen=True)
class Crowd:
    """A library of many papers, what the service knows of them, and all that is said once nothing went wrong."""

    library: Path
    known: dict[str, Paper]
    said: list[Any]


@pytest.fixture(scope="session")
def crowd(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    folder, clock = tmp_path_factory.mktemp("crowd"), ManualClock()
    path = shutil.copy(empty_file, folder / "library.db")
    with FakeArxiv(clock=clock.monotonic) as server, dlbib.open(path) as library:
        desk = Desk(library, server, clock, folder / "cache")
        put_many(desk)
        before = Path(shutil.copy(path, folder / "before.db"))
        desk.enrich()
        return Crowd(before, dict(server.by_id), said(library))


@pytest.fixture
def busy(crowd: Crowd, fake_arxiv: Callable[..., FakeArxiv], tmp_path: Path) -> Iterator[Desk]:
    """A desk with many papers, of which nothing was asked yet."""
    clock = ManualClock()
    server = fake_arxiv(clock=clock.monotonic)
    server.by_id.update(crowd.known)
    with dlbib.open(shutil.copy(crowd.library, tmp_path / "library.db")) as library:
        yield Desk(library, server, clock, tmp_path / "cache")


def statuses(report: EnrichReport) -> list[tuple[str, str]]:
    return [(each.asked, each.status) for each in report.outcomes]


def codes(report: EnrichReport) -> list[str]:
    return [problem.code for problem in report.problems]


# --- what arXiv says -----------------------------------------------------------------------------------


def test_a_work_with_an_id_gets_a_record_of_all_that_arxiv_says(desk: Desk) -> None:
    desk.has(
        "1411.4389",
        "Long-term Recurrent Networks",
        authors=("Jeff Donahue",),
        categories=("cs.CV", "cs.LG"),
        doi="10.1109/CVPR.2015.7298878",
        journal_ref="CVPR 2015",
        versions=(Version("2014-11-17T00:00:00Z"), Version("2016-05-31T00:00:00Z", "Extended")),
    )
    key = desk.put(title="Long-term recurrent networks", arxiv="1411.4389")
    report = desk.enrich()
    assert report.counts == {"asked": 1, "found": 1, "not_found": 0, "invalid": 0, "unknown": 0}
    record = next(each for each in desk.library.records(key) if each.kind == "arxiv")
    assert (record.source, record.source_id) == ("arxiv", "1411.4389")
    assert (record.entry.abstract, record.entry.arxiv_category) == ("We show what can be shown.", "cs.CV")
    facts = record.facts
    assert (facts.version, str(facts.submitted), str(facts.revised)) == (2, "2014-11-17", "2016-05-31")
    assert (facts.comment, facts.categories, facts.published_in) == (
        "Extended",
        ("cs.CV", "cs.LG"),
        "CVPR 2015",
    )
    assert facts.published_doi == Identifier("doi", "10.1109/cvpr.2015.7298878")
    assert any(link.url.endswith("1411.4389v2") for link in facts.links)
    assert record.raw.startswith("<entry")
    assert record.retrieved.endswith("Z")


def test_enriching_again_changes_nothing(desk: Desk) -> None:
    desk.has("1411.4389")
    desk.put(arxiv="1411.4389")
    assert desk.enrich().changes == {"added": 0, "changed": 1, "unchanged": 0}
    before = dump(desk.library._database.engine, APART)  # noqa: SLF001  # what a test looks into
    assert desk.enrich(refresh=True).changes == {"added": 0, "changed": 0, "unchanged": 1}
    assert dump(desk.library._database.engine, APART) == before  # noqa: SLF001


def test_d050_a_title_that_the_user_said_stays_and_the_difference_is_a_conflict(desk: Desk) -> None:
    desk.has("1411.4389", "Networks")
    key = desk.put(title="My own title", arxiv="1411.4389", author="Lovelace, Ada")
    desk.enrich()
    assert desk.library.get(key).title == "My own title"
    (conflict,) = desk.library.conflicts()
    assert (conflict.field, conflict.won.text, conflict.others[0].text) == (
        "title",
        "My own title",
        "Networks",
    )
    assert [said.text for said in desk.library.why(key, "title")] == ["My own title", "Networks"]


def test_the_published_version_is_offered_and_not_taken(desk: Desk) -> None:
    desk.has("1411.4389", doi="10.1000/182", journal_ref="J. Fakes 1")
    key = desk.put(arxiv="1411.4389")
    desk.enrich()
    assert desk.library.get(key).doi is None
    (offer,) = desk.library.published()
    assert (offer.key, offer.doi, offer.reference) == (key, Identifier("doi", "10.1000/182"), "J. Fakes 1")
    desk.library.edit(key, doi="10.1000/182")
    assert desk.library.published() == ()


def test_an_offer_tells_which_work_is_the_published_version_already(desk: Desk) -> None:
    desk.has("1411.4389", doi="10.1000/182")
    other = desk.put(title="On Something Else", doi="10.1000/182", author="Byron, George", year=1999)
    key = desk.put(arxiv="1411.4389")
    desk.enrich()
    (offer,) = desk.library.published()
    assert (offer.key, offer.known_as) == (key, other)


@pytest.mark.parametrize("cited", ["1411.4389v3", "arXiv:1411.4389v3"])
def test_d037_a_newer_version_than_the_one_cited_is_told_and_not_applied(desk: Desk, cited: str) -> None:
    versions = tuple(
        Version(f"20{14 + n}-01-01T00:00:00Z", title="Another" if n == 4 else "") for n in range(5)
    )
    desk.has("1411.4389", versions=versions)
    key = desk.put(arxiv=cited)
    report = desk.enrich()
    assert report.counts["asked"] == 1
    assert codes(report) == ["VERSION-NEWER"]
    (found,) = desk.library.drift()
    assert (found.key, str(found.cited), found.newest) == (key, "arxiv:1411.4389v3", 5)
    work = desk.library.get(key)
    assert (work.arxiv_version, work.title) == (3, "On Something")
    assert {each.source_id: each.kind for each in desk.library.records(key)} == {
        "user": "user",
        "1411.4389v3": "arxiv",
        "1411.4389": "version",
    }
    assert codes(desk.enrich(refresh=True)) == []


def test_a_version_that_the_user_comes_to_cite_is_described_and_the_other_one_is_kept(desk: Desk) -> None:
    versions = tuple(Version(f"20{14 + n}-01-01T00:00:00Z") for n in range(5))
    desk.has("1411.4389", versions=versions)
    key = desk.put(arxiv="1411.4389v3")
    desk.enrich()
    desk.library.edit(key, arxiv="1411.4389v5")
    desk.enrich()
    kinds = {each.source_id: each.kind for each in desk.library.records(key) if each.source == "arxiv"}
    assert kinds == {"1411.4389v3": "version", "1411.4389v5": "arxiv", "1411.4389": "version"}
    assert desk.library.drift() == ()


def test_d038_a_withdrawn_paper_is_kept_flagged_and_exported_as_withdrawn(desk: Desk) -> None:
    desk.has(
        "1411.4389",
        versions=(
            Version("2014-01-01T00:00:00Z"),
            Version("2015-01-01T00:00:00Z", "This paper has been withdrawn by the author", has_pdf=False),
        ),
    )
    key = desk.put(title="On Something", arxiv="1411.4389", author="Lovelace, Ada")
    report = desk.enrich()
    assert codes(report) == ["WITHDRAWN"]
    assert desk.library.get(key).status == "withdrawn"
    assert "pubstate = {withdrawn}" in desk.library.export(format="biblatex")[0]
    assert '"status": "withdrawn"' in desk.library.export(format="csl-json")[0]


def test_d038_a_withdrawal_of_the_newest_version_is_not_said_of_the_one_that_is_cited(desk: Desk) -> None:
    desk.has(
        "1411.4389",
        versions=(
            Version("2014-01-01T00:00:00Z"),
            Version("2015-01-01T00:00:00Z", "This paper has been withdrawn by the author", has_pdf=False),
        ),
    )
    key = desk.put(arxiv="1411.4389v1")
    desk.enrich()
    (found,) = desk.library.drift()
    assert (desk.library.get(key).status, found.withdrawn) == (None, True)


def test_an_id_of_quite_another_paper_is_warned_of(desk: Desk) -> None:
    desk.has("1411.4389", "Superconducting Magnets for Trains", authors=("Kamerlingh Onnes",))
    desk.put(title="Playing Atari with Deep Learning", arxiv="1411.4389", author="Mnih, Volodymyr")
    assert codes(desk.enrich()) == ["TITLE-OTHER"]


def test_a_doi_that_arxiv_registers_for_an_id_is_asked_for_by_that_id(desk: Desk) -> None:
    desk.has("1411.4389")
    desk.put(doi="10.48550/arXiv.1411.4389")
    assert desk.enrich().counts["found"] == 1


def test_works_without_an_id_are_not_asked_for(desk: Desk) -> None:
    desk.put(title="T")
    assert desk.enrich().counts["asked"] == 0
    assert desk.server.requests == []


def test_what_a_query_or_application_chooses_is_asked_for(desk: Desk) -> None:
    desk.has("1411.4389")
    desk.put(title="Chess", arxiv="1411.4389")
    desk.put(title="Go", arxiv="1412.2306")
    assert statuses(desk.enrich("chess")) == [("arxiv:1411.4389", "found")]
    with pytest.raises(NotFoundError):
        desk.enrich(application="nope")


def test_a_rehearsal_asks_and_changes_nothing(desk: Desk) -> None:
    desk.has("1411.4389")
    desk.put(arxiv="1411.4389")
    before = dump(desk.library._database.engine)  # noqa: SLF001
    report = desk.enrich(dry_run=True)
    assert (report.job, report.counts["found"], report.changes["changed"]) == ("", 1, 1)
    assert dump(desk.library._database.engine) == before  # noqa: SLF001


def test_undoing_an_enrichment_removes_what_it_brought_whole(busy: Desk) -> None:
    before = dump(busy.library._database.engine, APART)  # noqa: SLF001
    assert busy.enrich().changes["changed"] == MANY
    undone = busy.library.undo()
    assert (undone.kind, undone.what, undone.works) == ("enrich", "J1", MANY)
    assert dump(busy.library._database.engine, APART) == before  # noqa: SLF001


# --- adding ---------------------------------------------------------------------------------------------


def test_d036_two_versions_of_one_paper_are_both_resolved_and_one_work(desk: Desk) -> None:
    desk.has("1411.4389", versions=tuple(Version(f"20{14 + n}-01-01T00:00:00Z") for n in range(7)))
    report = desk.add("1411.4389v1", "1411.4389v7")
    assert [each.status for each in report.outcomes] == ["found", "found"]
    (work,) = desk.library.papers()
    assert {each.key for each in report.outcomes} == {work.key}
    assert work.arxiv_version == 1
    assert desk.library.drift()[0].newest == 7


def test_d039_d040_ids_are_added_in_any_form_and_what_is_none_is_invalid_without_a_request(
    desk: Desk,
) -> None:
    for identifier in ("hep-th/9901001", "math/0309136", "1706.03762"):
        desk.has(identifier, f"On {identifier}")
    good = ["hep-th/9901001v1", "math.GT/0309136", " https://arxiv.org/pdf/1706.03762v1.pdf "]
    bad = ["9901001", "1706.03762,1411.4389", "1706.03762&max_results=9", "x" * 10_000, "1\0", "\udce9"]
    report = desk.add(*good, *bad)
    assert report.counts == {"asked": 9, "found": 3, "not_found": 0, "invalid": 6, "unknown": 0}
    assert all(each.reason for each in report.outcomes if each.status == "invalid")
    assert all(len(request.ids) <= 3 for request in desk.server.requests)


def test_d040_what_can_not_be_written_is_shown_as_escapes_whole_or_its_beginning(desk: Desk) -> None:
    report = desk.add("x\udcff", "\udcff" * 1000)
    assert [(each.asked[:7], len(each.asked), each.status) for each in report.outcomes] == [
        ("x\\udcff", 7, "invalid"),
        ("\\udcff\\", 200, "invalid"),
    ]


def test_an_id_that_arxiv_does_not_have_is_not_found_and_adds_nothing(desk: Desk) -> None:
    report = desk.add("1706.03762")
    assert statuses(report) == [("1706.03762", "not_found")]
    assert desk.library.works() == []


def test_an_id_that_a_work_has_enriches_that_work_and_is_unchanged_afterwards(desk: Desk) -> None:
    desk.has("1706.03762")
    key = desk.put(arxiv="1706.03762")
    assert [(each.key, each.change) for each in desk.add("1706.03762").outcomes] == [(key, "changed")]
    assert [(each.key, each.change) for each in desk.add("1706.03762").outcomes] == [(key, "unchanged")]


def test_what_is_surely_a_work_that_has_no_id_is_that_work(desk: Desk) -> None:
    desk.has("1706.03762", "Attention Is All You Need", authors=("Ashish Vaswani",))
    key = desk.put(
        title="Attention is all you need", author="Vaswani, Ashish", year=2016, type="paper-conference"
    )
    assert [each.key for each in desk.add("1706.03762").outcomes] == [key]
    assert desk.library.get(key).arxiv_id == "1706.03762"


def test_what_is_added_is_put_under_an_application_and_tagged_once(desk: Desk) -> None:
    desk.library.seed()
    desk.has("2001.00001", "On Fakes")
    for _ in range(2):
        desk.add("2001.00001", application="image-captioning", tags=["new"])
    (work,) = desk.library.papers(tag="new", application="image-captioning")
    assert [each.slug for each in work.applications] == ["image-captioning"]
    assert work.key in [each.key for each in desk.library.papers(application="image-captioning")]
    assert desk.library.seed()[0].changed is False


def test_an_unknown_application_is_told_before_anything_is_asked(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.add("2001.00001", application="nope")
    assert desk.server.requests == []


def test_undoing_an_addition_removes_the_work(desk: Desk) -> None:
    desk.has("1706.03762")
    desk.add("1706.03762")
    desk.library.undo()
    assert desk.library.works() == []


# --- searching -------------------------------------------------------------------------------------------


def test_a_search_takes_what_surely_is_the_work(desk: Desk) -> None:
    desk.has("1706.03762", "Attention Is All You Need", authors=("Ashish Vaswani", "Noam Shazeer"))
    key = desk.put(
        title="Attention is all you need",
        author="Vaswani, Ashish and Shazeer, Noam",
        year=2016,
        type="paper-conference",
    )
    report = desk.enrich(search=True)
    assert report.counts["found"] == 1
    assert str(desk.library.get(key).identifier("arxiv")) == "arxiv:1706.03762"


def test_a_search_lists_what_is_not_surely_the_work(desk: Desk) -> None:
    desk.has("1706.03762", "Attention Is All You Need", authors=("Somebody Else",))
    key = desk.put(title="Attention is all you need", year=2016)
    (outcome,) = desk.enrich(search=True).outcomes
    assert (outcome.key, outcome.status, outcome.change) == (key, "not_found", "")
    assert [(each.identifier, each.title) for each in outcome.candidates] == [
        ("arxiv:1706.03762v1", "Attention Is All You Need")
    ]
    assert desk.library.get(key).arxiv_id is None


def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    desk.put(title="Attention is all you need")
    (outcome,) = desk.enrich(search=True).outcomes
    assert (outcome.status, outcome.candidates) == ("not_found", ())
    assert "nothing was found" in outcome.reason


def test_a_search_that_arxiv_refuses_leaves_the_work_unknown_and_goes_on(desk: Desk) -> None:
    desk.put(title="Attention is all you need", author="Vaswani, Ashish")
    desk.put(title="Playing Atari", author="Mnih, Volodymyr")
    desk.server.plan(faults.Answer(400, b"", {"Content-Type": "text/html"}))
    report = desk.enrich(search=True)
    assert [each.status for each in report.outcomes] == ["unknown", "not_found"]


# --- when it does not go well ---------------------------------------------------------------------------


def test_d004_what_was_answered_before_arxiv_refuses_is_kept_and_the_rest_is_asked_later(busy: Desk) -> None:
    busy.server.plan(None, *[faults.text(429)] * 9)
    report = busy.enrich()
    assert report.counts == {"asked": MANY, "found": 100, "not_found": 0, "invalid": 0, "unknown": 10}
    assert (report.job, report.is_complete) == ("J1", False)
    assert "refused" in report.stopped
    asked = len(busy.server.requests)
    again = busy.enrich(resume=True)
    assert (again.counts["unknown"], len(busy.server.requests)) == (
        10,
        asked,
    )  # nothing is sent while it rests
    busy.server._script.clear()  # noqa: SLF001  # the service has calmed down
    busy.clock.sleep(25 * 3600)
    resumed = busy.enrich(resume="J1")
    assert resumed.counts == {"asked": MANY, "found": MANY, "not_found": 0, "invalid": 0, "unknown": 0}
    assert resumed.is_complete
    assert len(busy.server.requests[-1].ids) == 10


def test_a_refusal_is_never_told_as_no_such_paper(desk: Desk) -> None:
    desk.put(arxiv="1411.4389")
    desk.server.plan(*[faults.text(200)] * 9)
    (outcome,) = desk.enrich().outcomes
    assert (outcome.status, outcome.change) == ("unknown", "")


def test_d020_offline_what_the_cache_has_is_served_and_the_rest_is_unknown(desk: Desk) -> None:
    desk.has("1411.4389")
    desk.put(title="Chess", arxiv="1411.4389")
    desk.put(title="Go", arxiv="1412.2306")
    desk.add("1411.4389")
    asked = len(desk.server.requests)
    report = desk.enrich(offline=True, search=True)
    assert {each.status for each in report.outcomes} == {"found", "unknown"}
    assert report.counts["found"] == 1
    assert len(desk.server.requests) == asked


def test_a_job_that_is_done_is_forgotten_but_for_its_name(desk: Desk) -> None:
    desk.has("1411.4389")
    desk.put(arxiv="1411.4389")
    desk.enrich()
    with desk.library.session() as session:
        (job,) = session.scalars(select(Job))
        assert job.finished_at is not None
        assert session.scalars(select(JobItem)).all() == []
    with pytest.raises(NotFoundError, match="unfinished"):
        desk.enrich(resume=True)


def test_a_job_is_resumed_without_a_query(desk: Desk) -> None:
    with pytest.raises(InvalidOptionError):
        desk.enrich("chess", resume=True)


def test_a_job_that_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.enrich(resume="J7")


def test_d047_an_interrupted_job_says_how_to_go_on(busy: Desk) -> None:

    def interrupt(moment: dlbib.progress.Progress) -> None:
        if moment.done == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        busy.enrich(progress=interrupt)
    assert "dlbib enrich --resume J1" in stopped.value.__notes__[0]
    assert busy.enrich(resume=True).counts["found"] == MANY


def test_progress_tells_how_many_were_answered_and_what_came_of_them(busy: Desk) -> None:
    moments: list[Any] = []
    busy.enrich(progress=moments.append)
    assert [(each.done, each.total) for each in moments] == [(0, MANY), (100, MANY), (MANY, MANY)]
    assert moments[-1].counts == {"found": MANY}


def test_a_work_that_is_gone_when_its_answer_comes_is_told_and_not_made_again(busy: Desk) -> None:
    busy.server.plan(None, *[faults.text(429)] * 9)
    busy.enrich()
    left = next(each for each in busy.library.papers() if len(busy.library.records(each.key)) == 1)
    with busy.library.session() as session:
        session.delete(session.scalars(select(dlbib.store.models.Work).filter_by(key=left.key)).one())
    busy.server._script.clear()  # noqa: SLF001
    busy.clock.sleep(25 * 3600)
    report = busy.enrich(resume=True)
    (told,) = [each for each in report.outcomes if each.reason]
    assert "no longer in the library" in told.reason
    assert len(busy.library.papers()) == MANY - 1


@pytest.mark.parametrize(
    "script",
    [
        [None, faults.text(503, "", Retry_After="0"), None],
        [faults.Answer(cut=2000), None, faults.Answer(is_reset_at_once=True)],
        [faults.html(), None, faults.text(429)],
    ],
    ids=["throttled", "cut", "lost"],
)
def test_whatever_goes_wrong_meanwhile_the_library_is_the_same_in_the_end(
    busy: Desk, crowd: Crowd, script: list[faults.Answer | None]
) -> None:
    busy.server.plan(*script)
    report = busy.enrich()
    while not report.is_complete:
        busy.clock.sleep(3600)
        report = busy.enrich(resume=True)
    assert said(busy.library) == crowd.said


def test_two_works_that_turn_out_to_have_one_id_become_one(desk: Desk) -> None:
    desk.has("1411.4389", "On Something", authors=("Ada Lovelace",))
    first = desk.put(title="On Something", author="Lovelace, Ada", arxiv="1411.4389", type="article")
    desk.put(title="Something, on", note="Mine")
    desk.library.edit("something", doi="10.48550/arXiv.1411.4389")
    report = desk.enrich()
    assert {each.status for each in report.outcomes} == {"found"}
    keys = {each.key for each in desk.library.papers()}
    assert first in keys or first in {alias for each in desk.library.papers() for alias in each.aliases}
    owners = [each.key for each in desk.library.papers() if each.arxiv_id == "1411.4389"]
    assert len(owners) == 1


def test_what_arxiv_said_of_two_works_that_are_merged_is_kept_and_said_anew(
    desk: Desk, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.bib", tmp_path / "second.bib"
    first.write_text(
        "@misc{a, title={On Fakes}, author={Lovelace, Ada}, year=2016, eprint={2001.00001}, eprinttype={arxiv}}"
    )
    second.write_text(
        "@misc{b, title={Seven Lamps}, author={Noether, Emmy}, year=2019, eprint={2001.00001v2}, eprinttype={arxiv}}"
    )
    versions = tuple(Version(f"202{n}-01-02T00:00:00Z") for n in range(2))
    desk.has("2001.00001", "On Fakes", versions=versions)
    desk.library.import_files([first, second])
    assert len(desk.library.works()) == 2
    desk.enrich()
    desk.library.merge("a", "b")
    desk.has("2001.00001", "On Fakes, Revised", versions=versions)

    report = desk.enrich(refresh=True)

    assert [each.status for each in report.outcomes] == ["found"]
    told = [each for each in desk.library.records("a") if each.source == "arxiv"]
    assert {(each.source_id.partition(" #")[0], each.kind, each.entry.title) for each in told} == {
        ("2001.00001", "arxiv", "On Fakes, Revised"),
        ("2001.00001", "version", "On Fakes"),  # what was said to the other work
        ("2001.00001v2", "version", "On Fakes"),
    }


def test_a_job_that_somebody_else_finished_meanwhile_is_told_all_the_same(busy: Desk, tmp_path: Path) -> None:
    finished: list[bool] = []

    def overtake(moment: dlbib.progress.Progress) -> None:
        if moment.done == 100 and not finished:
            with dlbib.open(tmp_path / "library.db") as other:
                elsewhere = Desk(other, busy.server, busy.clock, tmp_path / "other cache")
                finished.append(elsewhere.enrich(resume="J1").is_complete)

    report = busy.enrich(progress=overtake)
    assert (finished, report.counts["found"], report.is_complete) == ([True], MANY, True)


@pytest.fixture
def shared_desk(
    postgresql: Server, postgresql_library: str, fake_arxiv: Callable[..., FakeArxiv], tmp_path: Path
) -> Iterator[Desk]:
    clock = ManualClock()
    place = postgresql.url(postgresql.create(postgresql_library))
    with dlbib.open(place, create=False) as library:
        yield Desk(library, fake_arxiv(clock=clock.monotonic), clock, tmp_path / "cache")


def test_a_shared_library_is_enriched_resumed_and_undone_like_a_file(shared_desk: Desk) -> None:
    desk = shared_desk
    put_many(desk)
    before = dump(desk.library._database.engine, APART)  # noqa: SLF001  # what a test looks into
    desk.server.plan(None, *[faults.text(429)] * 9)
    assert desk.enrich().counts["unknown"] == 10
    desk.server._script.clear()  # noqa: SLF001
    desk.clock.sleep(25 * 3600)
    with desk.library.session() as session:
        session.execute(delete(Pace))  # a day has passed for the database too
    assert desk.enrich(resume=True).counts == {
        "asked": MANY,
        "found": MANY,
        "not_found": 0,
        "invalid": 0,
        "unknown": 0,
    }
    assert desk.add("14bad", "1401.0001").counts["invalid"] == 1
    desk.library.undo()
    assert dump(desk.library._database.engine, APART) == before  # noqa: SLF001


def test_the_pace_of_a_shared_library_is_kept_by_another_machine(shared_desk: Desk, tmp_path: Path) -> None:
    desk = shared_desk
    desk.has("1401.0001")
    desk.server.plan(*[faults.text(429)] * 9)
    desk.add("1401.0001")
    asked = len(desk.server.requests)
    elsewhere = Desk(desk.library, desk.server, ManualClock(), tmp_path / "another machine")
    report = elsewhere.add("1401.0001")
    assert (report.counts["unknown"], len(desk.server.requests)) == (1, asked)


def said(library: dlbib.Library) -> list[Any]:
    """All that a library says, but for when."""
    return [
        (work, [(r.kind, r.source_id, r.entry, r.raw, r.facts) for r in library.records(work.key)])
        for work in library.works()
    ]


def test_d035_entries_that_were_not_asked_for_are_warned_of_and_add_nothing(desk: Desk) -> None:
    desk.has("2001.00001", "On Something")
    desk.has("2001.00002", "On Something Else")
    entries = [feed.entry(paper, 1) for paper in desk.server.by_id.values()]
    desk.server.plan(Answer(200, feed.feed(entries, 2, {}).encode()))

    report = desk.add("2001.00001")

    assert codes(report) == ["UNASKED"]
    assert [work.title for work in desk.library.works()] == ["On Something"]


def test_names_come_as_arxiv_has_them(desk: Desk) -> None:
    desk.has("1706.03762", authors=("Bart van Merriënboer",))
    desk.add("1706.03762")
    assert desk.library.papers()[0].authors == (Name("Merriënboer", "Bart", non_dropping_particle="van"),)
