from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dlbib.formats import RenderOptions
from dlbib.formats.csl_json.writer import render
from dlbib.model.dates import Date
from dlbib.model.entry import ROLES, TYPES, Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from tests.formats.csl_json.reading import entries_of, item, items, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlbib.model.problems import Problem

FULL = Entry(
    key="donahue2015long",
    type="paper-conference",
    title='Long-term Recurrent <span class="nocase">ConvNets</span>',
    contributors=(
        Contributor("author", Name("Donahue", "Jeff")),
        Contributor("author", Name("Maaten", "Laurens", non_dropping_particle="van der")),
        Contributor("editor", Name(literal="OpenAI")),
    ),
    issued=Date.parse("2015-06"),
    identifiers=(Identifier("doi", "10.1109/CVPR.2015.7298878"), Identifier("arxiv", "1411.4389v4")),
    arxiv_category="cs.CV",
    container_title="CVPR",
    page="2625-2634",
    archive_location="Box 5",
    keywords=("vision", "video"),
    extra={"bibtex:eventtitle": "CVPR"},
)


def test_an_item_stands_in_the_text_with_a_member_on_each_line() -> None:
    assert (
        written(FULL)
        == """\
[
  {
    "id": "donahue2015long",
    "citation-key": "donahue2015long",
    "type": "paper-conference",
    "title": "Long-term Recurrent <span class=\\"nocase\\">ConvNets</span>",
    "author": [
      {"family": "Donahue", "given": "Jeff"},
      {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"}
    ],
    "editor": [
      {"literal": "OpenAI"}
    ],
    "issued": {"date-parts": [[2015, 6]]},
    "DOI": "10.1109/CVPR.2015.7298878",
    "container-title": "CVPR",
    "page": "2625-2634",
    "archive_location": "Box 5",
    "keyword": "vision, video",
    "custom": {
      "dlbib": {
        "identifiers": ["doi:10.1109/CVPR.2015.7298878", "arxiv:1411.4389v4"],
        "arxiv_category": "cs.CV",
        "extra": {
          "bibtex:eventtitle": "CVPR"
        }
      }
    }
  }
]
"""
    )


def test_no_entries_are_an_empty_list() -> None:
    assert written() == "[]\n"


def test_items_are_parted_by_commas() -> None:
    assert [each["id"] for each in items([Entry(key="a"), Entry(key="b"), Entry(key="c")])] == ["a", "b", "c"]


def test_every_entry_is_written_before_the_next_is_asked_for() -> None:
    asked: list[str] = []

    def entries() -> Iterator[Entry]:
        for key in "abc":
            asked.append(key)
            yield Entry(key=key)

    pieces = render(entries(), RenderOptions())
    assert '"a"' in next(pieces)
    assert asked == ["a"]


def test_g024_letters_can_be_escaped_to_plain_ascii() -> None:
    entry = Entry(key="é", title="Gödel 😀 \\u00e9", extra={"csl:x": '"é"'})
    text = "".join(render([entry], RenderOptions(ascii=True)))
    assert text.isascii()
    assert entries_of(text) == [entry]


@pytest.mark.parametrize("utf8", [True, False])
def test_g024_letters_stay_unicode_for_json_is_utf_8(utf8: bool) -> None:  # noqa: FBT001  # a parameter
    text = "".join(render([Entry(key="a", title="Gödel 😀")], RenderOptions(utf8=utf8)))
    assert "Gödel 😀" in text


@pytest.mark.parametrize(("bad", "shown"), [("\ud800", "surrogate"), ("\0", "NUL")])
@pytest.mark.parametrize("place", ["title", "name", "extra", "key"])
def test_g024_what_no_text_may_hold_is_replaced_and_reported(bad: str, shown: str, place: str) -> None:
    entry = {
        "title": Entry(key="k", title=f"a{bad}\\u0000b"),
        "name": Entry(key="k", contributors=(Contributor("author", Name(literal=f"a{bad}\\u0000b")),)),
        "extra": Entry(key="k", extra={"x": f"a{bad}\\u0000b"}),
        "key": Entry(key=f"a{bad}\\u0000b"),
    }[place]
    problems: list[Problem] = []
    text = "".join(render([entry], RenderOptions(report=problems.append)))
    assert [(problem.code, problem.severity) for problem in problems] == [("CSL-CHARACTER", "warning")]
    assert shown in problems[0].message
    assert "a\ufffd\\\\u0000b" in text
    assert json.loads(text.encode())
    assert entries_of(text)


def test_an_entry_without_a_key_gets_an_id_and_is_reported() -> None:
    problems: list[Problem] = []
    entries = [Entry(key="a"), Entry(title="T"), Entry(title="U")]
    text = "".join(render(entries, RenderOptions(report=problems.append)))
    assert [each["id"] for each in json.loads(text)] == ["a", "no-key-2", "no-key-3"]
    assert [problem.code for problem in problems] == ["CSL-NOKEY"] * 2
    assert entries_of(text) == entries


def test_an_id_that_was_given_to_an_entry_without_a_key_by_hand_is_its_key() -> None:
    text = written(Entry(title="T")).replace("no-key-1", "mine")
    (entry,) = entries_of(text)
    assert entry.key == "mine"


def test_the_arxiv_id_of_a_preprint_is_its_number() -> None:
    entry = Entry(key="a", type="article", identifiers=(Identifier("arxiv", "1406.2661v1"),))
    assert item(entry)["number"] == "arXiv:1406.2661v1"
    assert "custom" not in item(entry)
    assert entries_of(written(entry)) == [entry]


def test_a_preprint_with_a_number_of_its_own_keeps_it() -> None:
    entry = Entry(key="a", type="article", number="7", identifiers=(Identifier("arxiv", "1406.2661"),))
    assert item(entry)["number"] == "7"
    assert entries_of(written(entry)) == [entry]


def test_a_work_at_arxiv_that_has_no_other_address_leads_there() -> None:
    arxiv = Identifier("arxiv", "1406.2661v1")
    entry = Entry(key="a", type="article-journal", identifiers=(arxiv,))
    assert item(entry)["URL"] == "https://arxiv.org/abs/1406.2661v1"
    assert entries_of(written(entry)) == [entry]
    for other in (Identifier("doi", "10.1000/182"), Identifier("url", "https://a.org/")):
        placed = entry.replace(identifiers=(arxiv, other))
        assert item(placed).get("URL") == (other.value if other.scheme == "url" else None)
        assert entries_of(written(placed)) == [placed]


def test_a_number_that_only_looks_like_an_arxiv_id_stays_a_number() -> None:
    entry = Entry(key="a", type="article", number="arXiv:1406.2661")
    assert entries_of(written(entry)) == [entry]


def test_several_isbns_stand_in_one_text() -> None:
    isbns = (Identifier("isbn", "9780262035613"), Identifier("isbn", "9780262046244"))
    entry = Entry(key="a", type="book", identifiers=isbns)
    assert item(entry)["ISBN"] == "9780262035613 9780262046244"
    assert "custom" not in item(entry)
    assert entries_of(written(entry)) == [entry]


def test_of_several_addresses_the_first_is_written_and_none_is_lost() -> None:
    urls = (Identifier("url", "https://example.org/1"), Identifier("url", "https://example.org/2"))
    entry = Entry(key="a", identifiers=urls)
    assert item(entry)["URL"] == "https://example.org/1"
    assert entries_of(written(entry)) == [entry]


def test_identifiers_keep_their_order() -> None:
    url, doi = Identifier("url", "https://example.org/"), Identifier("doi", "10.1000/x")
    for identifiers in ((url, doi), (doi, url)):
        entry = Entry(key="a", identifiers=identifiers)
        assert "custom" not in item(entry)
        assert entries_of(written(entry)) == [entry]


def test_roles_keep_their_order_even_when_mixed() -> None:
    one, two, three = (Contributor(role, Name(role)) for role in ("editor", "author", "translator"))
    for contributors in ((one, two, three), (one, two, Contributor("editor", Name("Last")))):
        entry = Entry(key="a", contributors=contributors)
        assert entries_of(written(entry)) == [entry]


@pytest.mark.parametrize("keywords", [("a, b", "c"), (" a",), ("",), ("a,",)])
def test_keywords_that_hold_commas_come_back_as_they_were(keywords: tuple[str, ...]) -> None:
    entry = Entry(key="a", keywords=keywords)
    assert entries_of(written(entry)) == [entry]


def test_what_was_changed_by_hand_counts_more_than_what_was_written_beside_it() -> None:
    entry = Entry(key="a", keywords=("a, b", "c"), aliases=("old",))
    (changed,) = entries_of(written(entry).replace('"a, b, c"', '"d"'))
    assert changed.keywords == ("d",)
    assert changed.aliases == ("old",)
    assert changed.extra == {"csl:custom": '{"dlbib": {"keywords": ["a, b", "c"]}}'}


@pytest.mark.parametrize(
    "exact",
    [
        {"mood": "good"},
        {"aliases": "a"},
        {"aliases": [1]},
        {"others": ["nobody"]},
        {"contributors": [{"role": "king"}]},
        {"identifiers": ["doi"]},
        {"identifiers": ["doi:nonsense"]},
        {"issued": "soon, perhaps"},
        {"issued": {"start": {"yeer": 1}}},
        {"extra": {"a": 1}},
        {"key": "b"},
        [],
    ],
)
def test_what_cannot_be_read_of_our_own_member_is_kept_as_it_is(exact: Any) -> None:  # noqa: ANN401  # JSON
    text = json.dumps([{"id": "a", "type": "book", "custom": {"dlbib": exact, "x": 1}}])
    (entry,) = entries_of(text)
    assert json.loads(entry.extra["csl:custom"]) == {"dlbib": exact, "x": 1}
    assert entries_of(written(entry)) == [entry]


def test_variables_that_no_attribute_holds_come_back_in_their_places() -> None:
    given = {
        "id": "a",
        "citation-key": "a",
        "type": "book",
        "categories": ["x"],
        "locator": 5,
        "year-suffix": "b",
    }
    (entry,) = entries_of(json.dumps([given]))
    assert item(entry) == given


def test_older_names_of_variables_are_read() -> None:
    text = '[{"id": "a", "type": "book", "shortTitle": "S", "journalAbbreviation": "J", "event": "E"}]'
    (entry,) = entries_of(text)
    assert (entry.title_short, entry.container_title_short, entry.event_title) == ("S", "J", "E")
    assert not entry.extra


def test_an_older_name_beside_the_newer_comes_back_in_its_place() -> None:
    given = {"id": "a", "citation-key": "a", "type": "book", "title-short": "S", "shortTitle": "T"}
    (entry,) = entries_of(json.dumps([given]))
    assert entry.title_short == "S"
    assert item(entry) == given


def test_the_citation_key_counts_more_than_the_id() -> None:
    (entry,) = entries_of(
        '[{"id": "http://zotero.org/users/1/items/X", "citation-key": "doe2015", "type": "book"}]'
    )
    assert entry.key == "doe2015"
    assert entry.extra == {"csl:id": '"http://zotero.org/users/1/items/X"'}
    assert item(entry)["id"] == "doe2015"


def test_lines_of_a_note_that_look_like_variables_stay_in_it() -> None:
    (entry,) = entries_of('[{"id": "a", "type": "book", "note": "PMID: 5\\n{:volume: 3}"}]')
    assert entry.note == "PMID: 5\n{:volume: 3}"
    assert not entry.identifiers


def test_what_another_format_could_not_say_is_no_member_of_the_item() -> None:
    entry = Entry(
        key="a", extra={"csl:title": '"T"', "csl:mood": "1", "csl:volume": "12", "csl:author": "[]"}
    )
    assert set(item(entry)) == {"id", "citation-key", "type", "custom"}
    assert entries_of(written(entry)) == [entry]


@pytest.mark.parametrize(
    "text", ["", "oops", "NaN", "12 ", '"12"', "[" * 2000, "1" * 5000, '"\\u0000"', "{}"]
)
@pytest.mark.parametrize(
    "name", ["csl:volume", "csl:custom", "csl:locator", "csl:", "csl:id", "csl:citation-key"]
)
def test_what_stands_in_extra_is_only_text(name: str, text: str) -> None:
    entry = Entry(key="a", volume="12", extra={name: text})
    assert entries_of(written(entry)) == [entry]


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_type_comes_back(kind: str) -> None:
    entry = Entry(key="a", type=kind)
    assert item(entry)["type"] == kind
    assert entries_of(written(entry)) == [entry]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_comes_back(role: str) -> None:
    entry = Entry(key="a", contributors=(Contributor(role, Name("Doe", "J")),))
    assert "custom" not in item(entry)
    assert entries_of(written(entry)) == [entry]
