from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings

from dlbib.formats import RenderOptions, format_for, get_format
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from dlbib.model.tex.braces import is_balanced
from tests.strategies.entries import libraries

if TYPE_CHECKING:
    from dlbib.model.problems import Problem

PAPER = Entry(
    key="cho2014learning",
    aliases=("cho14",),
    type="paper-conference",
    title="Learning Phrase Representations using RNN Encoder\N{EN DASH}Decoder",
    contributors=(
        Contributor("author", Name("Cho", "Kyunghyun")),
        Contributor("author", Name("Merri\u00ebnboer", "Bart", non_dropping_particle="van")),
    ),
    issued=Date.parse("2014-10"),
    container_title="EMNLP",
    page="1724-1734",
    publisher="ACL",
    publisher_place="Doha",
    identifiers=(Identifier("doi", "10.3115/v1/D14-1179"), Identifier("arxiv", "1406.1078v3")),
    arxiv_category="cs.CL",
    keywords=("rnn", "translation"),
    note="R&D",
)

LINE = re.compile(r"  [^\s\"#%'(),={}~\\@]+ = (?:\{.*\}|[a-z]{3}(?: # \"--\" # [a-z]{3})?),")
HEAD = re.compile(r"@[a-z][^\s{},]*\{[^\s{},]+,")


def written(name: str, *entries: Entry, utf8: bool = False) -> str:
    render = get_format(name).render
    assert render is not None
    return "".join(render(entries, RenderOptions(utf8=utf8)))


def reported(name: str, *entries: Entry) -> list[Problem]:
    problems: list[Problem] = []
    render = get_format(name).render
    assert render is not None
    list(render(entries, RenderOptions(report=problems.append)))
    return problems


def codes(name: str, *entries: Entry) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in reported(name, *entries)]


def test_bibtex_is_laid_out_a_field_to_a_line_in_ascii() -> None:
    assert written("bibtex", PAPER) == (
        "@inproceedings{cho2014learning,\n"
        "  ids = {cho14},\n"
        "  title = {Learning Phrase Representations using {RNN} Encoder--Decoder},\n"
        "  booktitle = {EMNLP},\n"
        '  author = {Cho, Kyunghyun and van Merri{\\"e}nboer, Bart},\n'
        "  year = {2014},\n"
        "  month = oct,\n"
        "  eprint = {1406.1078v3},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.CL},\n"
        "  pages = {1724--1734},\n"
        "  publisher = {ACL},\n"
        "  address = {Doha},\n"
        "  doi = {10.3115/v1/D14-1179},\n"
        "  keywords = {rnn, translation},\n"
        "  note = {R\\&D},\n"
        "}\n"
    )


def test_biblatex_is_laid_out_a_field_to_a_line_in_utf8() -> None:
    assert written("biblatex", PAPER) == (
        "@inproceedings{cho2014learning,\n"
        "  ids = {cho14},\n"
        "  title = {Learning Phrase Representations using {RNN} Encoder\N{EN DASH}Decoder},\n"
        "  booktitle = {EMNLP},\n"
        "  author = {Cho, Kyunghyun and van Merri\u00ebnboer, Bart},\n"
        "  date = {2014-10},\n"
        "  eprint = {1406.1078v3},\n"
        "  eprinttype = {arxiv},\n"
        "  eprintclass = {cs.CL},\n"
        "  pages = {1724--1734},\n"
        "  publisher = {ACL},\n"
        "  location = {Doha},\n"
        "  doi = {10.3115/v1/D14-1179},\n"
        "  keywords = {rnn, translation},\n"
        "  note = {R\\&D},\n"
        "}\n"
    )


def test_bibtex_keeps_its_letters_in_utf8_when_asked() -> None:
    assert "Merri\u00ebnboer" in written("bibtex", PAPER, utf8=True)


def test_entries_are_parted_by_one_blank_line() -> None:
    assert written("bibtex", Entry(key="a", title="A"), Entry(key="b", title="B")).count("}\n\n@") == 1


def test_nothing_gives_an_empty_text() -> None:
    assert written("bibtex") == ""


def test_an_edit_of_one_field_changes_one_line() -> None:
    before = written("bibtex", PAPER, Entry(key="b", title="B")).splitlines()
    after = written("bibtex", PAPER.replace(note="other"), Entry(key="b", title="B")).splitlines()
    assert [old for old, new in zip(before, after, strict=True) if old != new] == [r"  note = {R\&D},"]


def test_the_formats_go_by_their_extensions() -> None:
    assert (format_for("a.bib").name, format_for("a.biblatex").name) == ("bibtex", "biblatex")


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@given(library=libraries(2))
@settings(max_examples=25)
def test_every_line_is_a_head_a_field_or_an_end(name: str, library: list[Entry]) -> None:
    for line in written(name, *library).split("\n"):
        assert line in {"", "}"} or HEAD.fullmatch(line) or LINE.fullmatch(line), line
        assert not LINE.fullmatch(line) or is_balanced(line)


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@given(library=libraries(2))
@settings(max_examples=25)
def test_g010_no_control_character_reaches_the_text(name: str, library: list[Entry]) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", written(name, *library))


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@given(library=libraries(2))
@settings(max_examples=25)
def test_another_reader_finds_the_same_entries_and_fields(name: str, library: list[Entry]) -> None:
    text = written(name, *library)
    found = parse_string(text, parse_stack=[])
    heads = [line for line in text.split("\n") if HEAD.fullmatch(line)]
    assert [f"@{entry.entry_type}{{{entry.key}," for entry in found.entries] == heads
    assert sum(len(entry.fields) for entry in found.entries) == text.count("\n  ")
    assert not found.failed_blocks


@pytest.mark.parametrize(
    "attribute", ["title", "abstract", "publisher", "volume", "page", "language", "edition"]
)
@pytest.mark.parametrize("value", ["x}, evil={1}, y={", "{", "}", "x\\", 'a"b', "\n}\n@book{evil,", "%", "$"])
def test_g005_no_value_breaks_out_of_its_field(attribute: str, value: str) -> None:
    text = written("bibtex", Entry(key="a", **{attribute: value}))
    found = parse_string(text, parse_stack=[])
    assert [entry.key for entry in found.entries] == ["a"]
    assert "evil" not in found.entries[0].fields_dict


@pytest.mark.parametrize("value", ["x}, evil={1}, y={", "{", "}", "x\\", "\n}\n@book{evil,"])
@pytest.mark.parametrize("field", ["owner", "file", "crossref", "month", "1 odd={name"])
def test_no_extra_field_breaks_out_of_its_entry(field: str, value: str) -> None:
    text = written("bibtex", Entry(key="a", extra={f"bibtex:{field}": value}))
    found = parse_string(text, parse_stack=[])
    assert [entry.key for entry in found.entries] == ["a"]
    assert "evil" not in found.entries[0].fields_dict


@given(library=libraries(2))
@settings(max_examples=10)
def test_the_same_entries_give_the_same_bytes(library: list[Entry]) -> None:
    assert written("bibtex", *library) == written("bibtex", *library)


def test_g012_what_bibtex_requires_and_is_not_there_is_reported_and_the_rest_written() -> None:
    assert codes("bibtex", Entry(key="a", type="article-journal", title="A")) == [
        ("REQUIRED", "author"),
        ("REQUIRED", "journal"),
        ("REQUIRED", "year"),
    ]


def test_either_of_two_required_fields_will_do() -> None:
    book = Entry(
        key="a",
        type="book",
        title="A",
        publisher="P",
        issued=Date.parse("2000"),
        contributors=[Contributor("editor", Name("Hua", "Gang"))],
    )
    assert codes("bibtex", book) == []


def test_a_letter_that_ascii_can_t_spell_is_kept_and_reported() -> None:
    entry = Entry(key="a", note="\u65e5\u672c")
    assert "\u65e5\u672c" in written("bibtex", entry)
    assert codes("bibtex", entry) == [("UNENCODABLE", "note")]
    assert codes("biblatex", entry) == []


def test_a_report_names_the_entry_and_how_to_mend_it() -> None:
    problem = reported("bibtex", Entry(key="a", note="\u65e5"))[0]
    assert (problem.key, problem.severity) == ("a", "warning")
    assert problem.message.startswith("LaTeX has no ASCII spelling for '\\u65e5' (\u65e5)")


def test_g014_a_date_that_bibtex_can_t_hold_is_reported() -> None:
    entry = Entry(key="a", title="A", issued=Date.parse("2014/2016"))
    assert codes("bibtex", entry) == [("DATE-INEXACT", "date")]
    assert codes("biblatex", entry) == []


def test_braces_that_were_mended_are_reported() -> None:
    assert codes("biblatex", Entry(key="a", extra={"bibtex:owner": "a } b"})) == [("BRACES", "owner")]


def test_an_extra_field_that_gets_another_name_is_reported() -> None:
    assert codes("biblatex", Entry(key="a", extra={"bibtex:1st": "x", "bibtex:Owner": "y"})) == [
        ("FIELD-NAME", "x-1st")
    ]


def test_an_older_key_that_could_be_none_is_left_out_and_reported() -> None:
    entry = Entry(key="a", aliases=("b}ad", "good"))
    assert "ids = {good}" in written("biblatex", entry)
    assert codes("biblatex", entry) == [("KEY", "ids")]


def test_authors_and_editors_of_one_book_are_reported_for_bibtex() -> None:
    people = [Contributor(role, Name("Hua", "Gang")) for role in ("author", "editor")]
    book = Entry(
        key="a", type="book", title="A", publisher="P", issued=Date.parse("2000"), contributors=people
    )
    assert codes("bibtex", book) == [("EDITOR-UNPRINTED", "editor")]


def test_a_parent_follows_its_child() -> None:
    child = Entry(key="a", title="A", extra={"bibtex:crossref": "Book"})
    text = written("bibtex", Entry(key="book", title="B"), child)
    assert text.index("@misc{a,") < text.index("@misc{book,")


def test_a_parent_is_named_by_the_key_that_it_is_written_under() -> None:
    """Biber tells keys apart by their case."""
    child = Entry(key="a", title="A", extra={"bibtex:crossref": "Book"})
    assert "crossref = {book}" in written("bibtex", child, Entry(key="book", title="B"))
    parent = Entry(key="bo,ok", title="B")
    assert "crossref = {book}" in written("bibtex", child.replace(extra={"bibtex:crossref": "BO,OK"}), parent)


def test_an_entry_that_inherits_from_itself_does_so_no_more() -> None:
    """Pandoc would follow it for ever."""
    circle = [
        Entry(key="a", title="A", extra={"bibtex:crossref": "B"}),
        Entry(key="b", title="B", extra={"bibtex:crossref": "a"}),
        Entry(key="c", title="C", extra={"bibtex:crossref": "a"}),
    ]
    assert written("bibtex", *circle).count("crossref") == 1
    assert codes("bibtex", *circle) == [("CROSSREF-CYCLE", "crossref")] * 2


def test_a_parent_that_is_not_written_is_not_pointed_to() -> None:
    child = Entry(key="a", title="A", extra={"bibtex:crossref": "gone"})
    assert "crossref" not in written("bibtex", child)
    assert codes("bibtex", child) == [("CROSSREF-MISSING", "crossref")]


def test_a_subclass_of_entry_is_written_like_an_entry() -> None:
    class Held(Entry):
        tags: tuple[str, ...] = ("x",)

    values: dict[str, Any] = {name: getattr(PAPER, name) for name in Entry.model_fields}
    assert written("bibtex", Held(**values)) == written("bibtex", PAPER)


@pytest.mark.parametrize("other", ["english", "german and english"])
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_the_language_of_the_work_and_of_its_entry_are_both_written(dialect: str, other: str) -> None:
    text = f"@book{{k,\n  author = {{A}},\n  langid = {{english}},\n  language = {{{other}}},\n}}\n"
    entry = read_back(dialect, text)
    assert (entry.language, written(dialect, entry)) == ("en", text)


def test_the_label_that_a_file_sorts_an_entry_by_is_not_written_over() -> None:
    text = "@manual{k,\n  title = {Sails},\n  key = {Rig},\n}\n"
    assert written("bibtex", read_back("bibtex", text)) == text


def read_back(dialect: str, text: str) -> Entry:
    parse = get_format(dialect).parse
    assert parse is not None
    return next(each.entry for each in parse(io.StringIO(text), "x") if each.entry)


@pytest.mark.parametrize(("dialect", "own"), [("bibtex", "annote"), ("biblatex", "annotation")])
def test_of_two_fields_for_one_variable_both_are_written(dialect: str, own: str) -> None:
    other = "annotation" if own == "annote" else "annote"
    entry = read_back(dialect, f"@misc{{k, author = {{A}}, {own} = {{Read it}}, {other} = {{Lent}}}}")
    again = read_back(dialect, written(dialect, entry))
    assert (again.annote, again.extra[f"bibtex:{other}-2"]) == ("Read it", "Lent")
