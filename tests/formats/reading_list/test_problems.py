"""What is wrong with a reading list is told: all of it, where, and how to mend it."""

from __future__ import annotations

import contextlib
import pickle
from typing import TYPE_CHECKING, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.errors import InputError, ReadingListError
from dlbib.formats import reading_list
from dlbib.formats.reading_list import document
from tests.growth import in_proportion, taken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dlbib.model.problems import Problem

HEAD = "list: {slug: mine, title: Mine}\n"


def problems(text: str) -> list[Problem]:
    with pytest.raises(ReadingListError) as caught:
        reading_list.parse(text, "mine.yaml")
    return cast("list[Problem]", list(caught.value.problems))


def only_problem(text: str) -> Problem:
    (problem,) = problems(text)
    return problem


# --- one report, with places ---------------------------------------------------------------------------


def test_a_problem_names_file_line_column_path_and_remedy() -> None:
    text = f"{HEAD}applications:\n  - name: X\n    papers:\n      - title: T\n        yeer: 2014\n"
    assert str(only_problem(text)) == (
        "mine.yaml:6:9: error[LIST-KEY] field 'applications[0].papers[0].yeer': unknown key; the list was not"
        " read; did you mean year? known keys are title, year, url, ref, status, successor, note, links"
    )


def test_every_problem_is_told_in_the_order_of_the_file() -> None:
    text = """
list: {slug: No Slug}
papers:
  - title: T
    year: 20x4
  - {url: example.org}
  - 5
nonsense: true
papers: []
"""
    assert [(p.line, p.column, p.field) for p in problems(text)] == [
        (9, 1, "papers"),
        (2, 7, "list.title"),
        (2, 14, "list.slug"),
        (8, 1, "nonsense"),
    ]


def test_the_error_has_a_line_for_each_problem_and_can_be_pickled() -> None:
    with pytest.raises(ReadingListError) as caught:
        reading_list.parse(f"{HEAD}a: 1\nb: 2\n", "mine.yaml")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own error
    assert str(again).splitlines() == [str(problem) for problem in caught.value.problems]
    assert (again.source, again.line, again.column) == ("mine.yaml", 2, 1)


def test_too_many_problems_are_cut_off_and_said_to_be() -> None:
    found = problems(HEAD + "".join(f"k{n}: x\n" for n in range(500)))
    assert len(found) == 101
    assert found[-1].code == "LIST-MORE"


def test_a_long_value_is_shown_shortened() -> None:
    assert len(only_problem(f"{HEAD}papers: [{{title: T, year: {'9' * 9000}}}]").message) < 200


def test_a_long_name_for_a_type_is_not_repeated() -> None:
    text = f"{HEAD}papers: [{{title: T, ref: P}}]\nrecords: {{P: [{{entry: {{type: {'x' * 9000}}}}}]}}\n"
    assert len(only_problem(text).message) < 200


def test_what_a_terminal_would_obey_is_escaped() -> None:
    problem = only_problem(f'{HEAD}papers: [{{title: T, year: "\\e[2J"}}]')
    assert "\x1b" not in str(problem)


# --- each kind of problem ------------------------------------------------------------------------------

ITEM = "papers: [{title: T, ref: P, %s}]\n"
ENTRY = "papers: [{title: T, ref: P}]\nrecords: {P: [{entry: {title: T, %s}}]}\n"


@pytest.mark.parametrize(
    ("text", "code", "field", "said"),
    [
        # the shape
        ("", "LIST-VALUE", "", "it is empty"),
        ("# nothing yet\n", "LIST-VALUE", "", "it is empty"),
        ("- a\n- b\n", "LIST-VALUE", "", "keys with values are expected here"),
        ("<html><body>gone</body></html>", "LIST-VALUE", "", "keys with values are expected here"),
        ("papers: [{title: T}]\n", "LIST-MISSING", "list", "it is missing"),
        (HEAD, "LIST-EMPTY", "", "it lists nothing"),
        (f"{HEAD}papers: T\n", "LIST-VALUE", "papers", "a list is expected here"),
        (f"{HEAD}papers: [T]\n", "LIST-VALUE", "papers[0]", "keys with values are expected here"),
        (f"{HEAD}papers:\n  -\n", "LIST-VALUE", "papers[0]", "it is empty"),
        (f"{HEAD}papers: [{{title: [T]}}]\n", "LIST-VALUE", "papers[0].title", "one text is expected here"),
        (f"{HEAD}papers: [{{year: 2014}}]\n", "LIST-MISSING", "papers[0].title", "it is missing"),
        (f"{HEAD}papers: [{{title: ' '}}]\n", "LIST-VALUE", "papers[0].title", "it is empty"),
        (f"{HEAD}papers: [{{title: T, role: x}}]\n", "LIST-KEY", "papers[0].role", "unknown key"),
        (f"{HEAD}papers:\n  - title: T\n    title: U\n", "LIST-KEY", "papers[0].title", "on line 3 already"),
        # the values
        (HEAD + ITEM % "year: soon", "LIST-VALUE", "papers[0].year", "not a year"),
        (HEAD + ITEM % "year: 20144", "LIST-VALUE", "papers[0].year", "not a year"),
        (HEAD + ITEM % "year: [2014]", "LIST-VALUE", "papers[0].year", "not a year"),
        (HEAD + ITEM % "year: \uff12\uff10\uff11\uff14", "LIST-VALUE", "papers[0].year", "not a year"),
        (HEAD + ITEM % "url: example.org", "LIST-VALUE", "papers[0].url", "https://"),
        (HEAD + ITEM % "url: 'javascript:alert(1)'", "LIST-VALUE", "papers[0].url", "https://"),
        (HEAD + ITEM % "url: 'http://a b'", "LIST-VALUE", "papers[0].url", "https://"),
        (HEAD + ITEM % "url: 'http://[', ", "LIST-VALUE", "papers[0].url", "host"),
        (HEAD + ITEM % "url: 'http://x.org', status: gone", "LIST-VALUE", "papers[0].status", "one of"),
        (HEAD + ITEM % "successor: 'http://x.org'", "LIST-VALUE", "papers[0]", "url is missing"),
        (HEAD + ITEM % 'note: "a\\0b"', "LIST-VALUE", "papers[0].note", "U+0000"),
        (f"{HEAD}papers: [{{title: T, ref: a b}}]\n", "LIST-VALUE", "papers[0].ref", "not a ref"),
        ("list: {slug: Mine, title: M}\npapers: [{title: T}]", "LIST-VALUE", "list.slug", "not a slug"),
        ("list: {slug: m, title: M, date: soon}\npapers: [{title: T}]", "LIST-VALUE", "list.date", "'soon' is no date"),
        (f"{HEAD}applications: [{{name: 日本}}]\n", "LIST-VALUE", "applications[0]", "no slug can be made"),
        # records
        (HEAD + ENTRY % "isued: 2015", "LIST-KEY", "records.P[0].entry.isued", "did you mean issued?"),
        (HEAD + ENTRY % "container-title: X", "LIST-KEY", "records.P[0].entry.container-title", "container_title"),
        (HEAD + ENTRY % "type: paper", "LIST-VALUE", "records.P[0].entry.type", "no CSL type 'paper'"),
        (HEAD + ENTRY % "issued: 2015-13", "LIST-VALUE", "records.P[0].entry.issued", "no date"),
        (HEAD + ENTRY % "issued: [2015]", "LIST-VALUE", "records.P[0].entry.issued", "a date is expected"),
        (HEAD + ENTRY % "doi: 12", "LIST-VALUE", "records.P[0].entry.doi[0]", "is no doi"),
        (HEAD + ENTRY % "others: [autor]", "LIST-VALUE", "records.P[0].entry.others[0]", "did you mean author"),
        (HEAD + ENTRY % "author: [A and B]", "LIST-VALUE", "records.P[0].entry.author[0]", "not one name"),
        (HEAD + ENTRY % "author: A and others", "LIST-VALUE", "records.P[0].entry.author[0]", "not one name"),
        (HEAD + ENTRY % "author: [{suffix: Jr}]", "LIST-VALUE", "records.P[0].entry.author[0]", "names nobody"),
        (HEAD + ENTRY % "author: [{famly: A}]", "LIST-KEY", "records.P[0].entry.author[0].famly", "family"),
        (HEAD + ITEM % "note: x" + "records: {P: [{}]}", "LIST-MISSING", "records.P[0].entry", "it is missing"),
        (HEAD + ITEM % "note: x" + "records: {Q: []}", "LIST-REF", "records.Q", "no item has the ref 'Q'"),
        (HEAD + ITEM % "note: x" + "records: {a b: []}", "LIST-VALUE", "records.'a b'", "not a ref"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str, code: str, field: str, said: str) -> None:
    problem = only_problem(text)
    assert (problem.code, problem.field) == (code, field)
    assert said in problem.message
    assert "; the list was not read" in problem.message


RECORDS = "papers: [{title: T, ref: P}]\nrecords: {P: [%s]}\n"


@pytest.mark.parametrize(
    ("records", "code", "said"),
    [
        ("{kind: version, entry: {title: T}}", "LIST-VALUE", "needs a source"),
        ("{kind: user, entry: {title: T}}", "LIST-VALUE", "'curated' or 'version'"),
        ("{entry: {title: T}}, {entry: {title: T}}", "LIST-SOURCE", "speaks twice"),
        ("{single_source: [doi], entry: {title: T}}", "LIST-FIELD", "the entry has no doi"),
        ("{single_source: [dio], entry: {title: T}}", "LIST-VALUE", "no field 'dio'"),
        ("{absent: title, entry: {title: T}}", "LIST-FIELD", "the entry has title"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(records: str, code: str, said: str) -> None:
    problem = only_problem(HEAD + RECORDS % records)
    assert problem.code == code
    assert said in problem.message


def test_two_applications_of_one_slug_are_refused() -> None:
    problem = only_problem(f"{HEAD}applications: [{{name: A b}}, {{name: a B}}]")
    assert (problem.code, problem.field) == ("LIST-SLUG", "applications[1].slug")


def test_one_ref_for_two_titles_is_refused() -> None:
    problem = only_problem(f"{HEAD}papers:\n  - {{title: A, ref: P}}\n  - {{title: B, ref: P}}\n")
    assert (problem.code, problem.line, problem.field) == ("LIST-REF", 4, "papers[1].ref")
    assert "line 3" in problem.message


def test_a_ref_is_not_a_paper_and_a_resource() -> None:
    problem = only_problem(f"{HEAD}papers: [{{title: A, ref: P}}]\nresources: [{{title: A, ref: P}}]\n")
    assert (problem.code, problem.field) == ("LIST-REF", "resources[0].ref")


# --- YAML ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: &x [1]\nb: *x\n", 1, 4, "anchors and aliases"),
        ("a: *x\n", 1, 4, "anchors and aliases"),
        ("a: !!python/object/apply:os.system [x]\n", 1, 4, "tags"),
        ("a: b\n---\nc: d\n", 2, 1, "a second list"),
        ("? [a]\n: b\n", 1, 3, "a key has to be a text"),
        ("a:\n  title: b: c\n", 2, 11, "put quotes round"),
        ("a:\n\tb: c\n", 2, 1, "indent with spaces"),
        ('a: "b\n', 2, 1, "began on line 1"),
        ("a: b\nc: d\x07\n", 2, 5, "U+0007"),
        ("a: \ud800\n", 1, 4, "U+D800"),
        ("[" * 900, 1, 17, "nested deeper"),
        ("{a: " * 900, 1, 65, "nested deeper"),
        ("a: " + "x" * 20_000, 1, 4, "20000 characters"),
    ],
)
def test_yaml_that_is_not_taken_is_refused_where_it_stands(
    text: str, line: int, column: int, said: str
) -> None:
    problem = only_problem(text)
    assert (problem.line, problem.column) == (line, column)
    assert said in problem.message


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000], ids=["lists", "mappings"])
def test_yaml_that_is_nested_without_end_is_refused_by_libyaml_or_by_us(text: str) -> None:
    problem = only_problem(text)

    assert problem.line == 1
    assert "nest" in problem.message


def test_more_texts_than_a_list_needs_are_refused() -> None:
    assert only_problem("a: [" + "1," * (document.MAX_NODES + 1) + "]").code == "LIST-LIMIT"


def test_both_parsers_of_pyyaml_find_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEAD}papers:\n  - title: >-\n      A\n      B\n    year: 2014\n  - {{title: 'é', links: []}}\n"
    fast = document.read_document(text, "x")
    monkeypatch.setattr(document, "_LOADER", yaml.BaseLoader)
    assert document.read_document(text, "x") == fast


@given(st.text(st.sampled_from("abT: -[]{}\n\"'&*!|>#%@?,\t0é\x00listpapers"), max_size=60))
@settings(max_examples=300)
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for whole in (text, HEAD + text, f"{HEAD}papers:\n  - title: {text}"):
        with contextlib.suppress(ReadingListError):
            assert reading_list.parse(whole).slug


SHAPES: dict[str, Callable[[int], str]] = {
    "items": lambda n: f"{HEAD}papers:\n" + "".join(f" - title: T{i}\n" for i in range(n)),
    "one work": lambda n: f"{HEAD}papers:\n" + " - title: T\n" * n,
    "unknown keys": lambda n: HEAD + "".join(f"k{i}: x\n" for i in range(n)),
    "one key": lambda n: HEAD + "k: x\n" * n,
    "uncited": lambda n: (
        f"{HEAD}papers: [{{title: T}}]\nrecords:\n" + "".join(f"  P{i}: []\n" for i in range(n))
    ),
    "blank lines": lambda n: HEAD + "\n" * n * 10,
    "quotes": lambda n: f"{HEAD}papers: " + '"" ' * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_text(shape: str) -> None:
    def seconds(count: int) -> float:
        text = SHAPES[shape](count)

        def read() -> None:
            with contextlib.suppress(ReadingListError):
                reading_list.parse(text)

        return taken(read)

    # Eight times as much may take a little longer than that; growing by the square, it would take 64 times as long.
    assert in_proportion(seconds, 16000, least_s=0.2)


# --- files ---------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml"):
        reading_list.read(tmp_path / "none.yaml")


def test_a_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        reading_list.read(tmp_path)


def test_a_file_that_is_no_text_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(HEAD.encode() + b"papers: [{title: caf\xe9}]")
    with pytest.raises(InputError, match=r"latin\.yaml:2.*0xE9"):
        reading_list.read(path)


def test_a_file_that_is_too_large_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"x" * (reading_list.MAX_BYTES + 1))
    with pytest.raises(InputError, match=r"large\.yaml"):
        reading_list.read(path)


def test_what_names_one_work_is_refused_for_a_second_one() -> None:
    items = "papers:\n  - {title: T, ref: a}\n  - {title: U, ref: b}\n"
    records = "".join(f"  {ref}: [{{entry: {{title: {ref}, doi: 10.1000/X}}}}]\n" for ref in "ab")
    problem = only_problem(f"{HEAD}{items}records:\n{records}")
    assert (problem.code, problem.line, problem.field) == ("LIST-IDENTIFIER", 7, "records.b[0].entry.doi")
    assert "names 'a' already" in problem.message
