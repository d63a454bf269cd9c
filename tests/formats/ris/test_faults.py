from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import InputError, ParseError
from dlbib.files import open_text
from dlbib.formats import RenderOptions
from dlbib.formats.ris import parse, render
from tests.growth import in_proportion, taken

if TYPE_CHECKING:
    from pathlib import Path

    from dlbib.formats import Parsed
    from dlbib.model.entry import Entry


def parsed(text: str) -> list[Parsed]:
    pieces = list(parse(io.StringIO(text, newline=""), "refs.ris"))
    assert "".join(piece.raw for piece in pieces) == text
    return pieces


def entries(text: str) -> list[Entry]:
    return [piece.entry for piece in parsed(text) if piece.entry]


def the_entry(text: str) -> Entry:
    (entry,) = entries(text)
    return entry


def problems(text: str) -> list[tuple[str, str, int]]:
    """Code, tag and line of every problem; all are warnings."""
    found = [problem for piece in parsed(text) for problem in piece.problems]
    assert {problem.severity for problem in found} <= {"warning"}
    return [(problem.code, problem.field, problem.line) for problem in found]


def written(entry: Entry) -> str:
    return "".join(render([entry], RenderOptions()))


def test_c001_the_last_record_is_read_though_it_is_not_ended() -> None:
    text = "TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\n"
    assert [entry.title for entry in entries(text)] == ["One", "Two"]
    assert problems(text) == [("RIS-NOER", "", 5)]


def test_c002_a_record_ends_where_the_next_begins() -> None:
    text = "TY  - JOUR\nAU  - Roe, A.\nTY  - JOUR\nAU  - Doe, B.\nER  - \n"
    assert [str(entry.authors[0]) for entry in entries(text)] == ["A. Roe", "B. Doe"]
    assert problems(text) == [("RIS-NOER", "", 1)]


@pytest.mark.parametrize("end", ["ER  - ", "ER  -"])
def test_c002_a_record_may_begin_in_the_line_in_which_the_one_before_it_ends(end: str) -> None:
    text = f"TY  - JOUR\nTI  - One\n{end}TY  - BOOK\nTI  - Two\nER  - \n"
    assert [(entry.title, entry.type) for entry in entries(text)] == [
        ("One", "article-journal"),
        ("Two", "book"),
    ]
    assert problems(text) == [("RIS-FORM", "", 3)]


def test_c003_a_mark_at_the_beginning_loses_no_record() -> None:
    text = "\ufeffTY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n"
    assert [entry.title for entry in entries(text)] == ["One", "Two"]
    assert problems(text) == []


def test_c004_of_repeated_tags_the_first_counts_and_the_others_are_kept() -> None:
    text = (
        "TY  - JOUR\nTI  - One\nTI  - Two\nTI  - Three\nPY  - 2014\nPY  - 2015\n"
        "DO  - 10.1000/a\nDO  - 10.1000/b\nUR  - https://a.org/\nUR  - https://b.org/\nER  - \n"
    )
    entry = the_entry(text)
    assert (entry.title, entry.year, entry.doi, entry.url) == ("One", 2014, "10.1000/a", "https://a.org/")
    assert dict(entry.extra) == {
        "ris:TI": "Two",
        "ris:TI#2": "Three",
        "ris:PY": "2015",
        "ris:DO": "10.1000/b",
        "ris:UR": "https://b.org/",
    }
    assert sorted(line for _, _, line in problems(text)) == [3, 4, 6, 8, 10]


def test_c004_a_repeated_tag_that_says_the_same_is_no_problem() -> None:
    text = "TY  - JOUR\nTI  - One\nT1  - One\nSN  - 0896-6273\nSN  - 0896-6273\nER  - \n"
    assert problems(text) == []
    assert dict(the_entry(text).extra) == {}


@pytest.mark.parametrize("form", ["TY - {}", "TY  -{}", "TY- {}", "TY -{}", "TY-{}"])
def test_c005_the_space_about_the_hyphen_may_be_other(form: str) -> None:
    text = f"{form.format('BOOK')}\n{form.format('x').replace('TY', 'TI')}\nER  - \n"
    assert (the_entry(text).type, the_entry(text).title) == ("book", "x")
    assert problems(text) == [("RIS-FORM", "", 1)]


@pytest.mark.parametrize("line", ["TY  - ", "TY  -"])
def test_c005_an_empty_type_is_generic(line: str) -> None:
    text = f"{line}\nTI  - x\nER  - \n"
    assert the_entry(text).type == "document"
    assert problems(text) == [("RIS-TYPE", "TY", 1)]


@pytest.mark.parametrize("indentation", ["", "  ", "\t"])
@pytest.mark.parametrize("lower", [True, False])
def test_c006_lower_case_and_indented_tags_are_read(indentation: str, lower: bool) -> None:  # noqa: FBT001
    lines = ["TY  - JOUR", "TI  - One", "AU  - Roe, A.", "ER  - "]
    text = "".join(f"{indentation}{line[:2].lower() if lower else line[:2]}{line[2:]}\n" for line in lines)
    assert (the_entry(text).title, str(the_entry(text).authors[0])) == ("One", "A. Roe")
    assert problems(text) == ([("RIS-FORM", "", 1)] if indentation or lower else [])


def test_c006_a_type_in_lower_case_is_known() -> None:
    assert the_entry("ty  - jour\ner  - \n").type == "article-journal"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_c007_any_line_ends_and_form_feeds_are_read(end: str) -> None:
    text = end.join(["TY  - JOUR", "AB  - One", "two", "ER  - ", "\f", "TY  - BOOK", "TI  - x", "ER  - ", ""])
    first, second = entries(text)
    assert (first.abstract, second.type, second.title) == ("One\ntwo", "book", "x")
    assert problems(text) == []


def test_c007_a_page_break_before_a_tag_is_passed_over() -> None:
    text = "TY  - JOUR\n\fTI  - A\nER  - \n\fTY  - JOUR\nTI  - B\n\fER  - \n"
    assert [entry.title for entry in entries(text)] == ["A", "B"]
    assert problems(text) == []


def test_c007_only_line_ends_end_lines() -> None:
    assert the_entry("TY  - JOUR\nAB  - a\u2028b\u0085c\x0bd\nER  - \n").abstract == "a\u2028b\u0085c\x0bd"


def test_c008_lines_that_go_on_and_blank_lines_within_are_kept() -> None:
    text = "TY  - JOUR\nTI  - A long\n  title\nAB  - One\ntwo\n\nthree\n\nAU  - Roe, A.\nER  - \n"
    entry = the_entry(text)
    assert (entry.title, entry.abstract) == ("A long title", "One\ntwo\n\nthree")
    assert problems(text) == []


def test_c008_an_unknown_tag_within_an_abstract_is_told_and_kept() -> None:
    text = "TY  - JOUR\nAB  - One\nII  - two\nthree\nER  - \n"
    entry = the_entry(text)
    assert (entry.abstract, entry.extra["ris:II"]) == ("One", "two\nthree")
    assert problems(text) == [("RIS-TAG", "II", 3)]


@pytest.mark.parametrize(
    "line",
    ["UV - visible light", "in - vitro", "of  - course", " TI  - x", "A  - b", "ABC  - d", "ER  - not yet"],
)
def test_c008_prose_that_looks_like_a_tag_goes_on(line: str) -> None:
    text = f"TY  - JOUR\nAB  - One\n{line}\nER  - \n"
    assert the_entry(text).abstract == f"One\n{line.strip()}"
    assert problems(text) == []


def test_c009_text_behind_the_type_is_kept_as_a_note() -> None:
    text = "TY  - JOUR\nsome text\nTI  - One\nER  - \n"
    assert (the_entry(text).note, the_entry(text).title) == ("some text", "One")
    assert problems(text) == [("RIS-TEXT", "", 2)]


@pytest.mark.parametrize("empty", ["SP  -", "SP  - ", "SP  -  "])
def test_c010_an_empty_tag_is_empty(empty: str) -> None:
    entry = the_entry(f"TY  - JOUR\nVL  - 3\n{empty}\nIS  - 4\nER  - \n")
    assert (entry.volume, entry.page, entry.issue) == ("3", None, "4")


def test_c011_tags_that_say_nothing_to_us_are_kept_and_come_back_in_order() -> None:
    lines = ["XX  - 1", "C1  - a", "U1  - b", "C8  - c", "XX  - 2", "L1  - file:a.pdf", "VO  -"]
    text = "\n".join(["TY  - JOUR", *lines, "ER  - ", ""])
    out = written(the_entry(text)).split("\r\n")
    assert [line for line in out if line in lines] == lines
    assert [problem[1] for problem in problems(text)] == ["XX", "VO"]


def test_c012_what_stands_between_records_is_passed_over_and_counted() -> None:
    text = (
        "Record #1 of 2\nTY  - JOUR\nTI  - One\nER  - \nC1  - stray\nmore\n\n"
        "Record #2 of 2\nTY  - JOUR\nTI  - Two\nER  - \n"
    )
    assert [entry.title for entry in entries(text)] == ["One", "Two"]
    assert problems(text) == [("RIS-STRAY", "", 1), ("RIS-STRAY", "", 5)]
    assert "3 lines stand outside" in parsed(text)[2].problems[0].message


def test_c012_a_record_that_lacks_its_type_is_set_aside() -> None:
    pieces = parsed("TI  - One\nAU  - Roe, A.\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n")
    assert [piece.entry.title if piece.entry else None for piece in pieces if piece.raw] == [None, "Two"]
    assert [(each.code, each.severity, each.line) for each in pieces[0].problems] == [
        ("RIS-NOTYPE", "error", 1)
    ]


def test_c013_an_address_with_semicolons_is_one() -> None:
    url = "http://a.org/b;jsessionid=1?x=1;y=2"
    assert the_entry(f"TY  - JOUR\nUR  - {url}\nER  - \n").url == url


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2020", "2020"),
        ("2020//", "2020"),
        ("2020///", "2020"),
        ("2020/02/", "2020-02"),
        ("2020/2/3", "2020-02-03"),
        ("2020/02/03/", "2020-02-03"),
        ("2020///Spring", "2020-21"),
        ("Mar. 2017", "2017-03"),
        ("3 Sept 2017", "2017-09-03"),
    ],
)
def test_c014_dates_are_read_as_far_as_they_go(value: str, date: str) -> None:
    text = f"TY  - JOUR\nPY  - {value}\nER  - \n"
    assert str(the_entry(text).issued) == date
    assert problems(text) == []


@pytest.mark.parametrize(
    ("value", "date"),
    [("2020/02/30/", "2020-02"), ("2020/13/01", "2020"), ("2013/02/15/received", "2013-02-15")],
)
def test_c014_what_is_left_over_of_a_date_is_kept_and_told(value: str, date: str) -> None:
    text = f"TY  - JOUR\nPY  - {value}\nER  - \n"
    assert (str(the_entry(text).issued), the_entry(text).extra["ris:PY"]) == (date, value)
    assert problems(text) == [("RIS-DATE", "PY", 2)]


def test_c014_a_date_that_tells_more_of_the_same_year_counts() -> None:
    text = "TY  - JOUR\nPY  - 2016\nY1  - 2016/10/19\nDA  - Oct 19\nER  - \n"
    assert str(the_entry(text).issued) == "2016-10-19"
    assert (problems(text), dict(the_entry(text).extra)) == ([], {})


def test_c014_of_two_years_that_of_py_counts() -> None:
    text = "TY  - JOUR\nY1  - 2015/12/24\nPY  - 2016\nER  - \n"
    assert (str(the_entry(text).issued), the_entry(text).extra["ris:Y1"]) == ("2016", "2015/12/24")
    assert problems(text) == [("RIS-DATE", "Y1", 2)]


def test_c014_what_is_no_date_is_kept_as_it_is() -> None:
    assert str(the_entry("TY  - JOUR\nPY  - in press\nER  - \n").issued) == "in press"


@pytest.mark.parametrize(
    ("start", "end", "page"), [("1235", "5", "1235-5"), ("20", "10", "20-10"), ("7", "7", "7")]
)
def test_c015_pages_are_kept_as_they_are(start: str, end: str, page: str) -> None:
    text = f"TY  - JOUR\nSP  - {start}\nEP  - {end}\nER  - \n"
    assert (the_entry(text).page, problems(text)) == (page, [])


def test_c015_an_end_without_a_beginning_is_kept_and_told() -> None:
    text = "TY  - JOUR\nEP  - 5\nER  - \n"
    assert (the_entry(text).page, the_entry(text).extra["ris:EP"]) == (None, "5")
    assert problems(text) == [("RIS-PAGES", "EP", 2)]


@pytest.mark.parametrize(("encoding", "hint"), [("latin-1", "latin-1"), ("cp1252", "cp1252")])
def test_c016_another_encoding_is_refused_with_what_to_try(tmp_path: Path, encoding: str, hint: str) -> None:
    letter = "é" if encoding == "latin-1" else "\u201c"
    (tmp_path / "a.ris").write_bytes(f"TY  - JOUR\nTI  - {letter}\n".encode(encoding))
    with pytest.raises(InputError, match=f"a.ris:2: .*--encoding {hint}"), open_text(tmp_path / "a.ris"):
        pass


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("%0 Journal Article\n%T One\n", "EndNote"),
        ("\nPMID- 12345\nTI  - One\n", "PubMed"),
        ("FN Clarivate Analytics\nVR 1.0\nPT J\nAU Roe, A\n", "Web of Science"),
        ("PT J\nAU Roe, A\nER\n", "Web of Science"),
        ("@article{a, title={One}}\n", "BibTeX"),
        ('[{"id": "a"}]', "JSON"),
        ("%PDF-1.7\n", "PDF"),
    ],
)
def test_c017_another_format_is_refused_as_what_it_is(text: str, what: str) -> None:
    with pytest.raises(ParseError, match=f"looks like {what}"):
        parsed(text)


def test_c018_xml_is_refused_before_anything_in_it_is_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<xml><records>&b;</records></xml>\n'
    with pytest.raises(ParseError, match="looks like XML"):
        parsed(bomb)


def test_c019_endnote_xml_is_refused_as_what_it_is() -> None:
    with pytest.raises(ParseError, match="looks like XML"):
        parsed(
            '<?xml version="1.0"?><xml><records><record><title><style>One</style></title></record></records></xml>'
        )


def test_c020_a_record_with_nul_is_set_aside_and_the_others_are_read() -> None:
    text = "TY  - JOUR\nTI  - On\0e\nER  - \nTY  - JOUR\nTI  - Two\nER  - \n"
    assert [entry.title for entry in entries(text)] == ["Two"]
    (problem,) = parsed(text)[0].problems
    assert (problem.code, problem.severity, problem.line) == ("RIS-CHARACTER", "error", 2)


def test_c020_half_a_surrogate_pair_sets_its_record_aside() -> None:
    assert entries("TY  - JOUR\nTI  - \ud800\nER  - \n") == []


def test_c020_other_control_characters_are_kept_and_told() -> None:
    text = "TY  - JOUR\nTI  - On\x1be\nER  - \n"
    assert the_entry(text).title == "On\x1be"
    assert problems(text) == [("RIS-CONTROL", "", 1)]


def test_c020_control_characters_are_not_written() -> None:
    assert "\x1b" not in written(the_entry("TY  - JOUR\nTI  - On\x1be\nER  - \n"))


def test_c021_a_record_without_key_gets_one_that_follows_from_it() -> None:
    record = "TY  - JOUR\nAU  - Roe, A.\nPY  - 2014\nTI  - The Deep\nER  - \n"
    assert [entry.key for entry in entries(record * 28)] == [
        "roe2014deep",
        *(f"roe2014deep{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
        "roe2014deepaa",
    ]


def test_c021_a_key_that_is_given_is_kept() -> None:
    assert the_entry("TY  - JOUR\nID  - Roe:2014\nTI  - x\nER  - \n").key == "Roe:2014"


def test_c021_a_number_is_no_key_but_kept() -> None:
    entry = the_entry("TY  - JOUR\nID  - 12\nTI  - The Deep\nER  - \n")
    assert (entry.key, entry.extra["ris:ID"]) == ("deep", "12")


def test_c021_a_key_that_is_taken_is_told_and_another_given() -> None:
    text = "TY  - JOUR\nID  - roe\nTI  - x\nER  - \nTY  - JOUR\nID  - Roe\nTI  - y\nER  - \n"
    assert [entry.key for entry in entries(text)] == ["roe", "Roea"]
    assert problems(text) == [("RIS-DUPKEY", "ID", 5)]


def test_c022_one_doi_for_two_titles_is_told() -> None:
    text = "TY  - JOUR\nTI  - One\nDO  - 10.1000/A\nER  - \nTY  - JOUR\nTI  - Two\nDO  - 10.1000/a\nER  - \n"
    assert len(entries(text)) == 2
    assert problems(text) == [("RIS-SAMEDOI", "DO", 5)]


def test_c022_one_doi_for_one_title_is_not_told() -> None:
    record = "TY  - JOUR\nTI  - One\nDO  - 10.1000/a\nER  - \n"
    assert problems(record * 2) == []


@pytest.mark.parametrize("page", ["\N{EN DASH}" * 3, "\N{EN DASH}", "-", "--", "---", "- -", "\N{EM DASH}"])
def test_dashes_for_a_page_are_a_text_that_stays(page: str) -> None:
    read = the_entry(f"TY  - JOUR\nTI  - T\nSP  - {page}\nER  - \n")
    assert read.page == page
    assert the_entry(written(read)) == read


HOSTILE = [
    "a", " ", "- ", "a\n", "\n", "\r", "A.", "\nXX  - a", "\nL1  - a", "\nAU  - Roe, A.", "\nKW  - a; b", "\nTI  - a",
    "\nPY  - 2014/", "\nSN  - 0896-6273 ", "\nUR  - a", "\nER  - \nTY  - JOUR", "\nER  - ", "\nN1  - Record ID: 1", "\nDO  - 10.1/a",
]  # fmt: skip
LONG = [
    ("AU", "A. "),
    ("AU", ","),
    ("PY", "2014/"),
    ("KW", "a; "),
    ("SN", "0896-6273 "),
    ("UR", "a\n"),
    ("M3", "10."),
    ("SP", "1-"),
    ("TI", "&"),
]


@pytest.mark.parametrize(("tag", "piece"), [*(("TI", piece) for piece in HOSTILE), *LONG])
def test_c023_long_values_and_records_take_linear_time(tag: str, piece: str) -> None:
    def seconds(count: int) -> float:
        text = f"TY  - JOUR\n{tag}  - {piece * count}"
        return taken(lambda: list(parse(io.StringIO(text, newline=""), "x")))

    assert in_proportion(seconds, 4_000, least_s=0.08)


def test_c023_blanks_within_an_address_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = f"TY  - JOUR\nUR  - a{' ' * count}b\nER  - \n"
        return taken(lambda: list(parse(io.StringIO(text, newline=""), "x")))

    assert in_proportion(seconds, 20_000, least_s=0.08)


def test_c023_a_line_of_a_megabyte_is_read() -> None:
    entry = the_entry(f"TY  - JOUR\nTI  - {'a ' * 500_000}\nER  - \n")
    assert len(entry.title or "") == 999_999


def test_c024_the_type_comes_back_as_it_was() -> None:
    for type_ in ("ELEC", "WEB", "EJOUR", "GEN", "INPR", "CPAPER", "ANCIENT", "XYZ", "VIDEO"):
        assert written(the_entry(f"TY  - {type_}\nTI  - x\nER  - \n")).startswith(f"TY  - {type_}\r\n")


def test_c024_a_type_that_no_longer_fits_is_not_written() -> None:
    entry = the_entry("TY  - WEB\nTI  - x\nER  - \n").replace(type="book")
    assert written(entry).startswith("TY  - BOOK\r\n")


def test_c025_ends_without_records_are_no_records() -> None:
    assert entries("ER  - \n" * 3) == []
    assert problems("ER  - \n" * 3) == [("RIS-STRAY", "", 1), ("RIS-EMPTY", "", 1)]


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \n"])
def test_c025_an_empty_file_is_told(text: str) -> None:
    assert problems(text) == [("RIS-EMPTY", "", 1)]


@pytest.mark.parametrize(
    "evil", ["a\nER  - \n\nTY  - JOUR\nTI  - b", "a\r\nAU  - Mallory, M.", "a\rER  - ", "a\u2028ER  - "]
)
@pytest.mark.parametrize(
    "field", ["title", "abstract", "note", "publisher", "call_number", "volume", "annote"]
)
def test_g025_a_newline_in_a_value_can_neither_end_a_record_nor_make_a_tag(evil: str, field: str) -> None:
    entry = the_entry("TY  - JOUR\nTI  - x\nER  - \n").replace(**{field: evil})
    text = written(entry)
    again = the_entry(text)
    assert again.authors == ()
    assert again.replace(**{field: None}) == entry.replace(**{field: None})


def test_g025_neither_can_a_newline_in_a_name_a_keyword_or_what_was_kept() -> None:
    evil = "a\nER  - \nTY  - JOUR\nTI  - b"
    entry = the_entry("TY  - JOUR\nTI  - x\nER  - \n").replace(
        keywords=(evil,), extra={"ris:XX": evil, "ris:U1\nER": evil}
    )
    again = the_entry(written(entry))
    assert (again.title, again.authors) == ("x", ())
