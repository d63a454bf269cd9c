"""Faults D001, D008, D009, D011, D013 to D017 and D030 to D042: what comes instead of, or inside, an answer."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import BadResponseError
from dlbib.providers import get_provider
from dlbib.providers.arxiv.feed import NotAFeedError, read_feed
from tests.fake_arxiv import Paper, Version, feed
from tests.fake_arxiv.faults import Answer, html
from tests.providers.asking import INTERVAL_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.providers.asking import Asking

A, B, C = "2001.00001", "2001.00002", "2001.00003"


@pytest.fixture(autouse=True)
def _papers(asking: Asking) -> None:
    asking.has(A, B, C)


def entries_of(*papers: Paper) -> str:
    """The feed of the latest versions of papers."""
    return feed.feed([feed.entry(paper, len(paper.versions)) for paper in papers], len(papers), {})


def refusing(asking: Asking, is_bad: Callable[[list[str]], bool], refusal: Answer) -> None:
    """Let the server refuse every request whose ids are bad."""
    right = asking.server.serve

    def serve(path: str, headers: dict[str, str]) -> tuple[Answer, bytes]:
        answer, body = right(path, headers)
        is_refused = is_bad(asking.server.requests[-1].ids)
        return (refusal, refusal.body or b"") if is_refused else (answer, body)

    asking.server.serve = serve  # type: ignore[method-assign,assignment]  # what it answers is what is tried


def test_d001_answers_in_another_order_are_matched_by_id(asking: Asking) -> None:
    asking.server.edit = _reversed

    found = asking.fetch(A, B, C)

    assert [(each.asked, each.entry.title if each.entry else "") for each in found] == [
        (each, f"On {each}") for each in (A, B, C)
    ]


def _reversed(text: str) -> str:
    entries = re.findall(r"  <entry>.*?</entry>\n", text, re.DOTALL)
    head = text[: text.index("  <entry>")] if entries else text.removesuffix("</feed>\n")
    return f"{head}{''.join(reversed(entries))}</feed>\n"


def test_d008_an_id_that_a_refusal_names_is_invalid_and_the_rest_is_asked_once_more(asking: Asking) -> None:
    refusal = Answer(400, feed.error(f"incorrect id format for {B}").encode())
    refusing(asking, lambda ids: B in ids, refusal)

    outcomes = {outcome.asked: outcome for outcome in asking.fetch(A, B, C)}

    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        A: "found",
        B: "invalid",
        C: "found",
    }
    assert "incorrect id format" in outcomes[B].reason
    assert [request.ids for request in asking.server.requests] == [[A, B, C], [A, C]]


@pytest.mark.parametrize("culprit", [0, 1, 49, 50, 98, 99])
@pytest.mark.parametrize("body", [b"", b"<html>Bad Request</html>", feed.error("bad request").encode()])
def test_d009_a_refusal_that_names_none_is_traced_to_its_id_by_halves(
    asking: Asking, culprit: int, body: bytes
) -> None:
    ids = [f"2002.{n:05}" for n in range(1, 101)]
    asking.has(*ids)
    refusing(asking, lambda asked: ids[culprit] in asked, Answer(400, body))

    statuses = asking.statuses(*ids)

    assert statuses == dict.fromkeys(ids, "found") | {ids[culprit]: "unknown"}
    assert len(asking.server.requests) <= 2 * math.log2(100) + 1


def test_d009_two_ids_that_are_refused_are_both_found_out(asking: Asking) -> None:
    ids = [f"2002.{n:05}" for n in range(1, 101)]
    asking.has(*ids)
    refusing(asking, lambda asked: bool({ids[3], ids[70]} & {*asked}), Answer(400, b""))

    statuses = asking.statuses(*ids)

    assert [name for name, status in statuses.items() if status != "found"] == [ids[3], ids[70]]


def test_a_service_that_refuses_whatever_it_is_asked_makes_no_id_invalid(asking: Asking) -> None:
    refusing(asking, lambda _: True, Answer(400, b""))

    with pytest.raises(BadResponseError, match="refuses the request"):
        asking.fetch(A, B, C)


def test_a_refusal_of_many_words_is_told_in_few(asking: Asking) -> None:
    asking.server.plan(*[Answer(400, feed.error("no, " * 100_000).encode())] * 3)

    with pytest.raises(BadResponseError) as caught:
        asking.fetch(A, B)

    assert "arXiv refuses the request: no, no, " in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_d011_a_request_that_is_too_long_is_halved(asking: Asking) -> None:
    ids = [f"2002.{n:05}" for n in range(1, 101)]
    asking.has(*ids)
    refusing(asking, lambda asked: len(asked) > 30, Answer(414, b""))

    assert set(asking.statuses(*ids).values()) == {"found"}
    assert [len(request.ids) for request in asking.server.requests] == [100, 50, 25, 25, 50, 25, 25]


@pytest.mark.parametrize(
    "answer",
    [
        html(),
        Answer(200, b"{}", {"Content-Type": "application/json"}),
        Answer(200, b"", {"Content-Type": ""}),
    ],
    ids=["html", "json", "nothing"],
)
def test_d013_a_page_that_is_no_feed_is_asked_for_again_and_kept_to_look_at(
    asking: Asking, answer: Answer
) -> None:
    asking.server.plan(answer)

    assert asking.statuses(A) == {A: "found"}
    kept = [path.read_bytes() for path in asking.cache.rglob("*.body")]
    assert kept == ([answer.body] if answer.body else [])
    assert asking.gaps == [INTERVAL_S]


def test_d013_of_bodies_that_are_no_feed_only_the_last_are_kept(asking: Asking) -> None:
    for n in range(30):
        asking.server.plan(Answer(200, b"%d" % n, {"Content-Type": "text/html"}))
        asking.fetch(A, refresh=True)

    assert len([*asking.cache.rglob("*.body")]) == 20


@pytest.mark.parametrize("body", [b"", b"   \n"])
def test_d014_an_empty_body_is_asked_for_again(asking: Asking, body: bytes) -> None:
    asking.server.plan(Answer(200, body), Answer(200, body))

    assert asking.statuses(A) == {A: "found"}


def test_d015_a_feed_without_the_entries_that_it_counts_is_asked_for_again(asking: Asking) -> None:
    asking.server.plan(Answer(200, feed.feed([], 1, {}).encode()))

    assert asking.statuses(A) == {A: "found"}
    assert len(asking.server.requests) == 2


def test_d015_an_id_that_is_known_is_not_said_to_be_missing(asking: Asking) -> None:
    nothing = Answer(200, feed.feed([], 0, {}).encode())
    asking.server.plan(nothing, nothing)

    (outcome,) = asking.fetch(A, known=[A])

    assert outcome.status == "unknown"
    assert "had this paper before" in outcome.reason
    assert len(asking.server.requests) == 2


def test_d015_an_id_that_was_found_before_is_known(asking: Asking) -> None:
    asking.fetch(A)
    asking.clock.advance(10 * 24 * 3600)
    asking.server.by_id.clear()

    assert asking.statuses(A) == {A: "unknown"}
    assert asking.statuses(A, offline=True) == {A: "found"}


def test_an_id_that_is_left_out_twice_is_not_found_and_not_asked_for_again_that_day(asking: Asking) -> None:
    assert asking.statuses(A, "2001.99999") == {A: "found", "2001.99999": "not_found"}
    assert [request.ids for request in asking.server.requests] == [[A, "2001.99999"], ["2001.99999"]]
    assert asking.statuses("2001.99999") == {"2001.99999": "not_found"}
    assert len(asking.server.requests) == 2
    asking.clock.advance(25 * 3600)
    asking.fetch("2001.99999")
    assert len(asking.server.requests) == 4


def test_an_id_that_is_left_out_once_is_found(asking: Asking) -> None:
    asking.server.plan(Answer(200, entries_of(asking.server.by_id[B]).encode()))

    assert asking.statuses(A, B) == {B: "found", A: "found"}


@pytest.mark.parametrize("dates", ["", "    <published>2020-01-01T00:00:00Z</published>\n"])
@pytest.mark.parametrize("status", [200, 400])
def test_d016_an_error_entry_never_becomes_a_paper(asking: Asking, dates: str, status: int) -> None:
    body = feed.error(f"incorrect id format for {A}").replace("  </entry>", f"{dates}  </entry>")
    refusing(asking, lambda ids: A in ids, Answer(status, body.encode()))

    outcomes = asking.fetch(A, B)

    assert {outcome.asked: outcome.status for outcome in outcomes} == {A: "invalid", B: "found"}
    assert all(outcome.entry is None or outcome.entry.title != "Error" for outcome in outcomes)
    assert asking.statuses(A) == {A: "invalid"}


def test_d017_a_feed_that_is_cut_anywhere_gives_nothing_at_all(asking: Asking) -> None:
    whole = entries_of(*(asking.server.by_id[each] for each in (A, B, C))).encode()
    end = len(whole.rstrip())

    for at in range(end):
        with pytest.raises(NotAFeedError):
            read_feed(whole[:at])
    for at in range(end, len(whole) + 1):
        assert [item.fault for item in read_feed(whole[:at]).items] == ["", "", ""]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_d017_a_cut_feed_over_the_wire_is_asked_for_again(asking: Asking, part: float) -> None:
    whole = entries_of(*(asking.server.by_id[each] for each in (A, B, C))).encode()
    asking.server.plan(Answer(200, whole[: int(len(whole) * part)]))

    found = asking.fetch(A, B, C)

    assert [outcome.status for outcome in found] == ["found"] * 3
    assert all(outcome.entry and outcome.entry.authors and outcome.entry.abstract for outcome in found)
    assert len(asking.server.requests) == 2


HOSTILE = {
    "doctype": "<!DOCTYPE feed>",
    "bomb": '<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "xxe": '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "remote": '<!DOCTYPE f SYSTEM "http://127.0.0.1:9/x.dtd">',
}


@pytest.mark.parametrize("declared", HOSTILE.values(), ids=HOSTILE)
def test_d030_a_document_type_is_refused_twice_and_then_for_good(asking: Asking, declared: str) -> None:
    asking.server.edit = lambda text: text.replace("<feed", f"{declared}<feed", 1).replace(
        "On 2001", f"On {''.join(f'&{name};' for name in re.findall('ENTITY (.)', declared))} 2001"
    )

    with pytest.raises(BadResponseError):
        asking.fetch(A)

    assert len(asking.server.requests) == 2


def test_an_answer_nested_without_end_is_refused(asking: Asking) -> None:
    asking.server.edit = lambda text: text.replace("On 2001", f"{'<b>' * 100_000}{'</b>' * 100_000}On 2001")

    with pytest.raises(BadResponseError):
        asking.fetch(A)


FAULTS = {
    "no updated": (r"<updated>2016[^<]*</updated>", "", "no updated"),
    "no published": (r"<published>[^<]*</published>", "", "no published"),
    "no author": (r"<author>.*?</author>", "", "no author"),
    "author without name": (r"<name>[^<]*</name>", "<name> </name>", "author without name"),
    "author of two names": (r"<name>[^<]*</name>", "<name>A</name><name>B</name>", "author without name"),
    "no title": (rf"<title>On {B}</title>", "", "no title"),
    "empty title": (rf"<title>On {B}</title>", "<title> </title>", "no title"),
    "two titles": (rf"<title>On {B}</title>", "<title>A</title><title>B</title>", "more than one title"),
    "bad date": (r"<published>[^<]*</published>", "<published>yesterday</published>", "published is no date"),
    "no such date": (r"<published>[^<]*</published>", "<published>2016-02-30T00:00:00Z</published>", "no date"),
    "date without zone": (r"<published>[^<]*</published>", "<published>2016-02-03T00:00:00</published>", "no date"),
    "date in the year 1": (r"<published>[^<]*</published>", "<published>0001-01-01T00:00:00+14:00</published>", "no date"),
    "two ids": (r"(<id>http://arxiv.org/abs/[^<]*</id>)", r"\1\1", "more than one id"),
    "no id": (r"<id>http://arxiv.org/abs/[^<]*</id>", "", "no id"),
    "strange id": (r"<id>http://arxiv.org/abs/[^<]*</id>", "<id>tag:x</id>", "no id of arXiv's"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "instead", "said"), FAULTS.values(), ids=FAULTS)
def test_d031_an_entry_with_a_fault_is_unknown_and_the_others_are_used(
    asking: Asking, pattern: str, instead: str, said: str
) -> None:
    asking.server.edit = lambda text: re.sub(
        r"  <entry>(?:(?!</entry>).)*?abs/2001\.00002.*?</entry>\n",
        lambda entry: re.sub(pattern, instead, entry.group(), flags=re.DOTALL),
        text,
        flags=re.DOTALL,
    )

    outcomes = {outcome.asked: outcome for outcome in asking.fetch(A, B, C)}

    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        A: "found",
        B: "unknown",
        C: "found",
    }
    assert said in outcomes[B].reason
    assert outcomes[B].entry is None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Foo <sub>2</sub> &amp; bar", "Foo 2 & bar"),
        ("<![CDATA[Foo < bar]]> &#966;", "Foo < bar φ"),
        ("Foo<!-- bar --> baz<?x y?>", "Foo baz"),
        ("  Foo\n   bar ", "Foo bar"),
        ("<div xmlns='http://www.w3.org/1999/xhtml'>Foo <b>b<i>a</i>r</b></div>", "Foo bar"),
        ("0", "0"),
    ],
)
def test_d032_the_whole_text_of_a_title_is_read(asking: Asking, written: str, title: str) -> None:
    asking.server.edit = lambda text: text.replace(f"<title>On {A}</title>", f"<title>{written}</title>")

    (outcome,) = asking.fetch(A)

    assert outcome.entry
    assert outcome.entry.title == title


@pytest.mark.parametrize(
    "wrong", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"\x00", b"\x1b", b"&#27;"]
)
def test_d033_bytes_that_are_no_text_are_refused_not_replaced(asking: Asking, wrong: bytes) -> None:
    body = entries_of(asking.server.by_id[A]).encode().replace(b"On 2001", b"On " + wrong + b"2001")
    asking.server.plan(Answer(200, body))

    (outcome,) = asking.fetch(A)

    assert outcome.entry
    assert outcome.entry.title == f"On {A}"
    assert len(asking.server.requests) == 2


def test_d034_what_turns_writing_round_is_kept(asking: Asking) -> None:
    asking.has(A)
    asking.server.by_id[A] = Paper(A, "On \u202emoc.live\u202c fakes\u200b")

    (outcome,) = asking.fetch(A)

    assert outcome.entry
    assert outcome.entry.title == "On \u202emoc.live\u202c fakes\u200b"


def test_d035_entries_that_come_twice_or_were_not_asked_for_are_passed_over(asking: Asking) -> None:
    papers = [asking.server.by_id[each] for each in (A, A, B, C)]
    asking.server.plan(Answer(200, entries_of(*papers).encode()))

    assert asking.statuses(A, B) == {A: "found", B: "found"}
    assert len(asking.server.requests) == 1


def test_d035_entries_that_were_not_asked_for_are_told_of(asking: Asking) -> None:
    papers = [asking.server.by_id[each] for each in (A, A, B, C)]
    asking.server.plan(Answer(200, entries_of(*papers).encode()))

    with asking.transport() as transport:
        (batch,) = get_provider("arxiv").fetch([A], transport)

    (problem,) = batch.problems
    assert (problem.code, problem.severity) == ("UNASKED", "warning")
    assert f"({B}v1, {C}v1)" in problem.message


def test_d035_an_answer_as_it_should_be_is_no_problem(asking: Asking) -> None:
    with asking.transport() as transport:
        (batch,) = get_provider("arxiv").fetch([A, f"{B}v1"], transport)

    assert batch.problems == ()


def test_another_paper_in_the_place_of_one_does_not_say_that_there_is_none(asking: Asking) -> None:
    other = Answer(200, entries_of(asking.server.by_id[B]).encode())
    asking.server.plan(other, other)

    (outcome,) = asking.fetch(A)

    assert (outcome.status, outcome.entry) == ("unknown", None)
    assert f"another paper in its place: {B}v1" in outcome.reason
    assert asking.statuses(A) == {A: "found"}


def test_d036_two_versions_of_a_paper_are_both_resolved(asking: Asking) -> None:
    asking.has_versions(A, 7)

    outcomes = {outcome.asked: outcome for outcome in asking.fetch(f"{A}v1", f"{A}v7")}

    assert [outcomes[f"{A}v{n}"].facts.version for n in (1, 7)] == [1, 7]
    assert [str(outcomes[f"{A}v{n}"].facts.revised) for n in (1, 7)] == ["2020-01-02", "2026-01-02"]
    assert {str(outcome.entry.issued) for outcome in outcomes.values() if outcome.entry} == {"2020-01-02"}
    assert len(asking.server.requests) == 1


@pytest.mark.parametrize("latest", [1, 3])
def test_d036_the_latest_version_and_one_of_its_own_are_both_resolved(asking: Asking, latest: int) -> None:
    asking.has_versions(A, latest)

    outcomes = {outcome.asked: outcome for outcome in asking.fetch(A, f"{A}v1")}

    assert outcomes[A].facts.version == outcomes[A].facts.latest == latest
    assert outcomes[f"{A}v1"].facts.version == 1
    assert outcomes[f"{A}v1"].facts.latest is None


def test_d037_another_version_than_the_one_asked_for_is_not_taken_for_it(asking: Asking) -> None:
    asking.has_versions(A, 5)
    latest = Answer(200, feed.feed([feed.entry(asking.server.by_id[A], 5)], 1, {}).encode())
    asking.server.plan(latest, latest)

    (outcome,) = asking.fetch(f"{A}v3")

    assert (outcome.status, outcome.entry) == ("unknown", None)
    assert outcome.facts.latest == 5
    assert "version 5 in its place" in outcome.reason


def test_d037_the_latest_version_is_told_where_it_was_asked_for(asking: Asking) -> None:
    asking.has_versions(A, 5)

    outcomes = asking.fetch(A)

    assert [(each.facts.version, each.facts.latest) for each in outcomes] == [(5, 5)]


@pytest.mark.parametrize(
    ("comment", "links", "is_withdrawn"),
    [
        ("This paper has been withdrawn by the author due to an error", "pdf", "withdrawn"),
        ("Withdrawn", "pdf", "withdrawn"),
        ("withdrawn by arXiv administrators", "pdf", "withdrawn"),
        ("The article was retracted.", "pdf", "withdrawn"),
        ("The author has withdrawn this paper", "pdf", "withdrawn"),
        ("12 pages; withdrawn", "", "withdrawn"),
        ("12 pages", "", ""),
        ("12 pages", "pdf", ""),
        ("A study of retracted articles, 12 pages", "pdf", ""),
        ("Replaces 2001.00001, which was wrong", "pdf", ""),
        ("", "pdf", ""),
    ],
)
def test_d038_a_version_that_is_withdrawn_is_flagged_and_kept(
    asking: Asking, comment: str, links: str, is_withdrawn: str
) -> None:
    versions = (
        Version("2020-01-01T00:00:00Z"),
        Version("2020-02-01T00:00:00Z", comment, has_pdf=bool(links)),
    )
    asking.server.by_id[A] = Paper(A, "On Fakes", versions=versions)

    outcomes = {outcome.asked: outcome for outcome in asking.fetch(A, f"{A}v1")}

    assert outcomes[A].status == "found"
    assert outcomes[A].facts.withdrawn is bool(is_withdrawn)
    assert not outcomes[f"{A}v1"].facts.withdrawn


def test_d039_ids_of_the_old_form_name_their_archive(asking: Asking) -> None:
    asking.has("hep-th/9901001", "math/0309136")

    outcomes = {each.asked: each for each in asking.fetch("hep-th/9901001v1", "math.GT/0309136", "9901001")}

    assert [each.status for each in outcomes.values()] == ["invalid", "found", "found"]
    assert "names its archive" in outcomes["9901001"].reason
    assert [request.ids for request in asking.server.requests] == [["hep-th/9901001v1", "math/0309136"]]


@pytest.mark.parametrize(
    "typed",
    [
        f"https://arxiv.org/abs/{A}",
        f"http://arxiv.org/pdf/{A}.pdf",
        f"arXiv:{A}",
        f"arxiv.org/abs/{A}",
        f"  {A}\n",
        f"{A}.",
        f"https://doi.org/10.48550/arXiv.{A}",
    ],
)
def test_d040_an_id_is_understood_however_it_is_typed(asking: Asking, typed: str) -> None:
    assert asking.statuses(typed) == {typed: "found"}
    assert asking.server.requests[0].ids == [A]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        f"{A},{B}",
        f"{A}&max_results=9",
        f"{A} {B}",
        f"{A}\x00",
        f"{A}\r\nHost: x",
        "9" * 10_000,
        "2013.00001",
        "1501.0001",
        "1412.00001",
        f"{A}v0",
        "doi:10.1000/182",
        "../../etc/passwd",
        "\uff12\uff10\uff10\uff11.\uff10\uff10\uff10\uff10\uff11",
    ],
)
def test_d040_what_is_no_id_is_invalid_and_nothing_is_sent(asking: Asking, typed: str) -> None:
    (outcome,) = asking.fetch(typed)

    assert outcome.status == "invalid"
    assert outcome.reason
    assert asking.server.requests == []


@pytest.mark.parametrize(("count", "requests"), [(100, 1), (101, 2), (150, 2), (2001, 21)])
def test_d041_ids_are_asked_for_by_the_hundred_and_all_come(
    asking: Asking, count: int, requests: int
) -> None:
    ids = [f"{2001 + n // 1000}.{n % 1000 + 1:05}" for n in range(count)]
    asking.has(*ids)

    outcomes = asking.fetch(*ids)

    assert [outcome.asked for outcome in outcomes if outcome.status == "found"] == ids
    assert len(asking.server.requests) == requests
    assert all(gap >= INTERVAL_S for gap in asking.gaps)


def test_d042_an_id_that_is_given_twice_is_asked_for_once(asking: Asking) -> None:
    assert [outcome.asked for outcome in asking.fetch(A, B, f"arXiv:{A}", A, "x", "x")] == ["x", A, B]
    assert [request.ids for request in asking.server.requests] == [[A, B]]
