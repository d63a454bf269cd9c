from __future__ import annotations

import io
import re
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import ParseError
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.model.names import Name

if TYPE_CHECKING:
    from dlbib.formats import Parsed
    from dlbib.model.entry import Entry

A_PAIR = 2


def read(text: str, dialect: str = "bibtex") -> list[Parsed]:
    """The records of a text, of which every letter is accounted for."""
    parse = parse_bibtex if dialect == "bibtex" else parse_biblatex
    records = list(parse(io.StringIO(text, newline=""), "refs.bib"))
    assert "".join(record.raw for record in records) == text
    return records


def entries(text: str, dialect: str = "bibtex") -> list[Entry]:
    return [record.entry for record in read(text, dialect) if record.entry]


def entry(fields: str, dialect: str = "bibtex") -> Entry:
    (found,) = entries(f"@article{{k, {fields}}}", dialect)
    return found


def codes(text: str, dialect: str = "bibtex") -> list[str]:
    return [problem.code for record in read(text, dialect) for problem in record.problems]


def field_codes(fields: str) -> list[str]:
    return codes(f"@article{{k, {fields}}}")


def test_a001_the_second_entry_by_a_key_is_set_aside_and_both_lines_are_named() -> None:
    records = read("@misc{a, title = {One}}\n@misc{a, title = {Two}}\n")
    (problem,) = records[2].problems
    assert (problem.code, problem.severity, problem.line) == ("BIB-DUPKEY", "error", 2)
    assert "line 1" in problem.message
    assert "line 2" in problem.message
    assert [record.entry is None for record in records if record.raw.strip()] == [False, True]


@pytest.mark.parametrize(
    "again", ["@misc{a, title = {One}, year = 2014}", "@MISC{a,\n  year = {2014}, title = {One}}"]
)
def test_a002_an_entry_that_says_the_same_is_skipped_with_a_warning(again: str) -> None:
    text = f"@misc{{a, title = {{One}}, year = 2014}}\n{again}"
    assert codes(text) == ["BIB-SAMEKEY"]
    assert len(entries(text)) == 1


def test_a003_keys_that_differ_in_case_are_both_kept() -> None:
    text = "@misc{a, title = {One}}@misc{A, title = {Two}}"
    assert [each.key for each in entries(text)] == ["a", "A"]
    assert codes(text) == ["BIB-CASEKEY"]


def test_a004_keys_that_differ_in_unicode_form_are_one() -> None:
    assert codes("@misc{cafe\u0301, title = {One}}@misc{caf\u00e9, title = {Two}}") == ["BIB-DUPKEY"]


def test_a005_a_key_with_what_cannot_be_seen_is_told_with_its_code() -> None:
    (problem,) = read("@misc{a\u200bb, title = {T}}")[0].problems
    assert problem.code == "BIB-ODDKEY"
    assert r"\u200b" in problem.message


def test_a006_a_field_given_twice_alike_is_read_once() -> None:
    text = "@misc{a, title = {T}, title = {T}}"
    assert codes(text) == ["BIB-SAMEFIELD"]
    assert dict(entries(text)[0].extra) == {}


@pytest.mark.parametrize("name", ["title", "Title"])
def test_a007_a008_of_a_field_given_twice_the_first_counts_and_all_are_kept(name: str) -> None:
    (record,) = read(f"@misc{{a, title = {{One}},\n  {name} = {{Two}}}}")
    assert record.entry is not None
    assert record.entry.title == "One"
    assert record.entry.extra["bibtex:title-2"] == "Two"
    (problem,) = record.problems
    assert problem.code == "BIB-DUPFIELD"
    assert "line 2" in problem.message
    assert "line 1" in problem.message


def test_a006_a007_each_field_that_comes_again_is_told_of_by_its_own_line() -> None:
    (record,) = read("@misc{a, note = {One},\nnote = {One},\nnote = {Two},\nnote = {Three}}")
    told = [(problem.code, re.findall(r"line (\d)", problem.message)) for problem in record.problems]
    assert told == [
        ("BIB-SAMEFIELD", ["2", "1"]),
        ("BIB-DUPFIELD", ["3", "1"]),
        ("BIB-DUPFIELD", ["4", "1"]),
    ]
    assert record.entry is not None
    assert list(record.entry.extra.values()) == ["Two", "Three"]


@pytest.mark.parametrize("key", ["../../etc/passwd", "CON", "x" * 300, "-rf"])
def test_a021_a_key_is_data_whatever_it_looks_like(key: str) -> None:
    assert entries(f"@misc{{{key}, title = {{T}}}}")[0].key == key


def test_a023_an_unknown_type_is_kept_and_told() -> None:
    (found,) = entries("@my-type{a, title = {T}}")
    assert (found.type, found.extra["bibtex:entrytype"]) == ("document", "my-type")
    assert codes("@my-type{a, title = {T}}") == ["BIB-TYPE"]


@pytest.mark.parametrize("written", ["@Article{a, title={T}}", "@ARTICLE{a, title={T}}"])
def test_a023_the_case_of_a_type_does_not_count(written: str) -> None:
    (found,) = entries(written)
    assert found.type == "article-journal"
    assert not found.extra


def test_a034_an_undefined_macro_is_its_own_name() -> None:
    assert entry("journal = nosuch").container_title == "nosuch"
    assert field_codes("journal = nosuch") == ["BIB-UNDEFMACRO"]


def test_a035_a_macro_that_is_defined_later_has_no_meaning_yet() -> None:
    text = '@misc{a, note = late}\n@string{late = "Later"}\n@misc{b, note = late}'
    assert [each.note for each in entries(text)] == ["late", "Later"]
    assert codes(text) == ["BIB-UNDEFMACRO", "BIB-LATEMACRO"]


def test_a036_a_macro_means_what_it_was_defined_as_last() -> None:
    text = '@string{m="one"}@misc{a, note=m}@string{m="two"}@misc{b, note=m}'
    assert [each.note for each in entries(text)] == ["one", "two"]


def test_a037_the_case_of_a_macro_does_not_count() -> None:
    assert entries('@string{FOO = "x"}@misc{a, note = Foo}')[0].note == "x"


@pytest.mark.parametrize(
    ("month", "date"),
    [("jan", "2014-01"), ('"10~" # dec', "2014-12-10"), ("{January}", "2014-01"), ("JUN", "2014-06")],
)
def test_a038_a_month_is_read_in_every_form(month: str, date: str) -> None:
    assert str(entry(f"year = 2014, month = {month}").issued) == date


def test_a038_a_month_that_is_none_is_kept_and_told() -> None:
    found = entry("year = 2014, month = 13")
    assert (str(found.issued), found.extra["bibtex:month"]) == ("2014", "13")
    assert field_codes("year = 2014, month = 13") == ["BIB-DATE"]


def test_a038_a_style_that_names_months_otherwise_does_not_change_the_month() -> None:
    (found,) = entries('@string{dec = "Dezember"}@misc{a, year = 2014, month = dec}')
    assert str(found.issued) == "2014-12"


def test_a039_joined_values_are_put_together() -> None:
    assert entries('@string{s = "z"}@misc{a, note = "x" # {y # " {b}} # s # 1}')[0].note is not None
    assert entries('@string{s = "z"}@misc{a, note = "x" # {y} # s # 1}')[0].note == "xyz1"


@pytest.mark.parametrize("strings", ["@string{a = a}", "@string{a = b}@string{b = a}"])
def test_a040_a_macro_made_of_itself_is_set_aside(strings: str) -> None:
    records = read(f"{strings}@misc{{k, note = a}}")
    assert records[0].problems[0].severity == "error"
    assert records[0].problems[0].code == "BIB-MACRO"


def test_a041_macros_that_grow_without_measure_refuse_the_file_soon() -> None:
    bomb = (
        "@string{a0 = {"
        + "x" * 10
        + "}}"
        + "".join(f"@string{{a{n} = {' # '.join([f'a{n - 1}'] * 10)}}}" for n in range(1, 10))
    )
    begun = time.process_time()
    tracemalloc.start()
    with pytest.raises(ParseError, match="LIMIT-EXPANSION"):
        read(f"{bomb}@misc{{k, note = a9}}")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - begun < 1
    assert peak < 100_000_000


def test_a048_digits_stay_text() -> None:
    assert entry("volume = 012").volume == "012"
    assert entry("volume = 1234567890123456789012345").volume == "1234567890123456789012345"


@pytest.mark.parametrize("value", ["{}", '""'])
def test_a050_an_empty_value_is_kept_as_one(value: str) -> None:
    found = entry(f"note = {value}")
    assert (found.note, found.extra["bibtex:note"]) == (None, "")


@pytest.mark.parametrize("text", ["@misc{c,,}", "@misc{c, ,, }", "@article{b,}", "@article{a}"])
def test_a051_an_entry_may_have_no_fields(text: str) -> None:
    assert len(entries(text)) == 1


def test_a052_odd_names_of_fields_are_kept() -> None:
    found = entry("date-added = {x}, a.b = {y}, 1st = {z}")
    assert dict(found.extra) == {"bibtex:date-added": "x", "bibtex:a.b": "y", "bibtex:1st": "z"}


def test_a052_a_name_beyond_ascii_is_told() -> None:
    assert entry("t\u00eftle = {T}").extra["bibtex:t\u00eftle"] == "T"
    assert field_codes("t\u00eftle = {T}") == ["BIB-FIELDNAME"]


def test_a053_an_entry_with_a_nul_is_set_aside() -> None:
    assert field_codes("title = {a\0b}") == ["BIB-NUL"]
    assert entries("@misc{a, title = {a\0b}}") == []


@pytest.mark.parametrize("control", ["\x1b", "\x07"])
def test_a053_other_control_characters_are_kept_and_told(control: str) -> None:
    assert entry(f"title = {{a{control}b}}").title == f"a{control}b"
    assert field_codes(f"title = {{a{control}b}}") == ["BIB-CONTROL"]


def test_a054_half_a_character_sets_its_entry_aside() -> None:
    assert field_codes("title = {a\udce9}") == ["ENC-SURROGATE"]


@pytest.mark.parametrize("text", ["", " \r\n\t"])
def test_a061_a_text_without_entries_is_told(text: str) -> None:
    assert codes(text) == ["BIB-EMPTY"]


def test_a068_a_name_with_too_many_commas_is_a_literal() -> None:
    assert entry("author = {A, B, C, D}").authors == (Name(literal="A, B, C, D"),)
    assert field_codes("author = {A, B, C, D}") == ["NAME-COMMAS"]


@pytest.mark.parametrize("author", ["A,", "and and and", "X and", "and Y"])
def test_a069_empty_names_are_dropped_visibly(author: str) -> None:
    assert field_codes(f"author = {{{author}}}")[0].startswith("NAME-")


def test_a070_names_have_their_parts_and_others_are_no_person() -> None:
    found = entry("author = {von der X, Jr., Y and {Barnes and Noble} and King, Jr., M. L. and others}")
    assert found.authors == (
        Name("X", "Y", "", "von der", "Jr."),
        Name(literal="Barnes and Noble"),
        Name("King", "M. L.", "", "", "Jr."),
    )
    assert found.others == ("author",)


def test_a071_and_parts_names_in_any_case_but_not_beside_a_tie() -> None:
    assert len(entry("author = {A AND B\n And C}").authors) == A_PAIR + 1
    assert field_codes("author = {A B\u00a0and C}") == ["NAME-SUSPECT"]


def test_a072_names_by_key_and_value_are_read() -> None:
    found = entry("author = {family=Doe, given=Jane, prefix=von, useprefix=true}", "biblatex")
    assert found.authors == (Name("Doe", "Jane", "", "von"),)


@pytest.mark.parametrize("author", ["Doe, J; Roe, R", "Doe J, Roe R"])
def test_a073_names_that_nothing_parts_are_not_guessed(author: str) -> None:
    assert entry(f"author = {{{author}}}").authors == (Name(literal=author),)
    assert field_codes(f"author = {{{author}}}") == ["NAME-SUSPECT"]


@pytest.mark.parametrize("year", ["in press", "c. 1900", "1999a", "\uff11\uff19\uff19\uff19"])
def test_a076_a_year_that_is_none_is_kept(year: str) -> None:
    found = entry(f"year = {{{year}}}")
    assert (found.year, str(found.issued)) == (None, year)
    assert field_codes(f"year = {{{year}}}") == ["BIB-DATE"]


@pytest.mark.parametrize(
    "date", ["2020-01/2021-02", "-0044", "2020~", "20XX", "/2020", "2014-21", "2017-06/2018~"]
)
def test_a077_dates_are_edtf(date: str) -> None:
    assert str(entry(f"date = {{{date}}}").issued) == date


@pytest.mark.parametrize("date", ["2020-13-45", "2020-02-30"])
def test_a077_a_date_that_is_none_is_kept_and_told(date: str) -> None:
    assert str(entry(f"date = {{{date}}}").issued) == date
    assert field_codes(f"date = {{{date}}}") == ["BIB-DATE"]


@pytest.mark.parametrize("name", ["date", "year", "urldate", "origdate", "eventdate"])
@pytest.mark.parametrize("value", ["~", "{}", r"\relax", "~ ~"])
def test_a076_a_date_that_sets_nothing_is_kept_as_written_and_told(name: str, value: str) -> None:
    found = entry(f"{name} = {{{value}}}")
    assert (found.issued, found.accessed, dict(found.extra)) == (None, None, {f"bibtex:{name}": value})
    assert field_codes(f"{name} = {{{value}}}") == ["BIB-DATE"]


@pytest.mark.parametrize(("silent", "also"), [("date", "year"), ("year", "date"), ("month", "year")])
def test_a076_beside_a_date_what_sets_nothing_is_kept_and_told(silent: str, also: str) -> None:
    fields = f"{also} = {{2014}}, {silent} = {{~}}"
    found = entry(fields)
    assert (str(found.issued), dict(found.extra)) == ("2014", {f"bibtex:{silent}": "~"})
    assert field_codes(fields) == ["BIB-DATE"]


@pytest.mark.parametrize(
    "year", [r"{\noopsort{1811b}}1811", r"\noopsort{1811b} 1811", r"{\SortNoop{1811b}1811}"]
)
def test_a077_what_a_year_is_sorted_by_is_no_part_of_it(year: str) -> None:
    found = entry(f"year = {{{year}}}")
    assert (str(found.issued), found.extra["bibtex:sortyear"]) == ("1811", "1811b")
    assert field_codes(f"year = {{{year}}}") == []


@pytest.mark.parametrize("name", ["date", "urldate", "eventdate", "origdate"])
def test_a077_a_date_in_words_is_read_where_a_literal_is_not_written(name: str) -> None:
    found = entry(f"{name} = {{3 May 1911}}")
    assert [
        str(date) for date in (found.issued, found.accessed, found.event_date, found.original_date) if date
    ] == ["1911-05-03"]
    assert str(entry("csl-submitted = {May 1911}").submitted) == "May 1911"
    assert str(entry("year = {May 1911}").issued) == "May 1911"


@pytest.mark.parametrize("options", ["useprefix=false", "skipbib, useprefix = false"])
def test_a070_an_option_holds_for_a_name_that_was_read_without_it(options: str) -> None:
    text = f"@book{{a, author = {{von Moor, Ada}}}}@book{{b, author = {{von Moor, Ada}}, options = {{{options}}}}}"
    first, second = entries(text, "biblatex")
    assert first.authors == (Name("Moor", "Ada", non_dropping_particle="von"),)
    assert second.authors == (Name("Moor", "Ada", dropping_particle="von"),)


@pytest.mark.parametrize(
    ("field", "value"), [("isbn", "0-262-03561-8 (hbk)"), ("issn", "0028-0836 (Print), 1476-4687 (Online)")]
)
def test_a083_what_a_serial_number_is_of_stands_behind_it(field: str, value: str) -> None:
    found = entry(f"{field} = {{{value}}}")
    assert len(found.identifiers) == value.count("(")
    assert found.extra[f"bibtex:{field}-2"] == value
    assert field_codes(f"{field} = {{{value}}}") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("journal = {S}, journaltitle = {A}, journaltitle = {B}", {"A", "B"}),
        (
            "isbn = {0-262-03561-8 (hbk)}, isbn = {0-19-852663-6 (pbk)}",
            {"0-262-03561-8 (hbk)", "0-19-852663-6 (pbk)"},
        ),
    ],
)
def test_a007_of_a_field_that_stands_twice_beside_what_it_is_read_as_all_is_kept(
    text: str, kept: set[str]
) -> None:
    assert set(entry(text).extra.values()) == kept


PARENT = "@proceedings{p, title = {All of It}, editor = {Roe, R.}, year = 2014, doi = {10.1000/all}}"
CHILD = "@inproceedings{c, author = {Doe, J.}, title = {Part of It}, crossref = {P}}"


@pytest.mark.parametrize("text", [f"{CHILD}\n{PARENT}", f"{PARENT}\n{CHILD}", f"{CHILD}@misc{{x}}{PARENT}"])
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_a078_a_child_inherits_wherever_its_parent_stands(text: str, dialect: str) -> None:
    child = next(each for each in entries(text, dialect) if each.key == "c")
    assert (child.title, child.container_title, child.year) == ("Part of It", "All of It", 2014)
    assert child.editors == (Name("Roe", "R."),)
    assert child.extra["bibtex:crossref"] == "P"
    assert child.doi is None


def test_a078_a_parent_that_is_missing_is_told() -> None:
    assert codes(CHILD) == ["BIB-NOPARENT"]
    assert entries(CHILD)[0].extra["bibtex:crossref"] == "P"


def test_a078_a_missing_parent_is_called_as_it_is_written() -> None:
    (problem,) = read("@misc{c, crossref = {Conf2015}}")[0].problems
    assert "'Conf2015'" in problem.message


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("@misc{a, note = {n}, crossref = a}", 1),
        ("@misc{a, crossref={b}}@misc{b, crossref={c}}@misc{c, crossref={a}}", 3),
    ],
)
def test_a078_a_circle_of_parents_is_told_and_its_entries_are_kept(text: str, count: int) -> None:
    text = text.replace("crossref = a", "crossref = {a}")
    assert codes(text) == ["BIB-CYCLE"] * count
    assert len(entries(text)) == count


def test_a079_data_is_taken_over_and_is_no_entry() -> None:
    text = "@xdata{x, publisher = {P}, location = {L}}@xdata{y, xdata = {x}, note = {N}}@book{b, title = {T}, xdata = {y}}"
    (found,) = entries(text, "biblatex")
    assert (found.publisher, found.publisher_place, found.note) == ("P", "L", "N")


def test_a079_ids_are_aliases_unless_they_are_taken() -> None:
    text = "@misc{a, ids = {old1, old2}}@misc{b, ids = {a, OLD1, new}}@misc{old2}"
    assert [each.aliases for each in entries(text)] == [("old1", "old2"), ("new",), ()]
    assert codes(text).count("BIB-ALIAS") == A_PAIR + 1


def test_a080_a_doi_is_canonical() -> None:
    assert entry("doi = {https://doi.org/10.1000/XYZ.}").doi == "10.1000/XYZ"
    assert entry(r"doi = {10.1000/a\_b}").doi == "10.1000/a_b"
    sici = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"
    assert entry(f"doi = {{{sici}}}").doi == sici


def test_a080_what_is_no_doi_is_kept_and_told() -> None:
    assert entry("doi = {see below}").extra["bibtex:doi"] == "see below"
    assert field_codes("doi = {see below}") == ["BIB-IDENTIFIER"]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://x.org/a%20b#c_d&e~f", "http://x.org/a%20b#c_d&e~f"),
        (r"http://x.org/a\_b\%20c\&d", "http://x.org/a_b%20c&d"),
        (r"\url{http://x.org/a--b}", "http://x.org/a--b"),
        (r"http://x.org/{\textasciitilde}u/\~{}v", "http://x.org/~u/~v"),
    ],
)
def test_a081_an_address_is_no_latex(written: str, url: str) -> None:
    assert entry(f"url = {{{written}}}").url == url


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ("eprint = {2401.00001v2}, archivePrefix = {arXiv}, primaryClass = {cs.CV}", "2401.00001"),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", "hep-th/9901001"),
        ("eprint = {arXiv:1406.2661}", "1406.2661"),
    ],
)
def test_a082_an_eprint_is_an_arxiv_id(fields: str, value: str) -> None:
    assert entry(fields).arxiv_id == value


def test_a082_an_arxiv_id_that_is_none_is_kept_and_told() -> None:
    found = entry("eprint = {2413.00001}, archiveprefix = {arXiv}")
    assert found.extra == {"bibtex:eprint": "2413.00001", "bibtex:archiveprefix": "arXiv"}
    assert field_codes("eprint = {2413.00001}, archiveprefix = {arXiv}") == ["BIB-IDENTIFIER"]


@pytest.mark.parametrize("fields", ["isbn = {978-3-16-148410-1}", "issn = {1234-5678}"])
def test_a083_a_wrong_check_digit_is_told(fields: str) -> None:
    assert field_codes(fields) == ["BIB-IDENTIFIER"]


@pytest.mark.parametrize(
    "text",
    [
        r"@misc{a, note = {\write18{rm}}}",
        r"@misc{a, note = {\input{secret}}}",
        r"@misc{a, note = {^^5cinput}}",
        r'@preamble{"\input{secret}"}',
        r'@string{s = "\input{secret}"}',
    ],
)
def test_a084_dangerous_tex_is_told(text: str) -> None:
    assert codes(text) == ["SEC-LATEX"]


def test_a086_accents_are_letters() -> None:
    found = entry(r"""author = {G{\"o}del, K. and Erd\H{o}s, P.}, title = {\'{\i} \v{C} \ss{} \aa n}""")
    assert [each.family for each in found.authors] == ["Gödel", "Erdős"]
    assert found.title == "í Č ß ån"


def test_a087_an_unknown_command_is_kept() -> None:
    assert entry(r"note = {\href{a}{b} \verb|x \foo}").note == r"\href{a}{b} \verb|x \foo"


def test_a088_math_is_kept_and_a_lone_dollar_is_told() -> None:
    assert entry(r"title = {$\alpha_{i}^2$}").title == r"$\alpha_{i}^2$"
    assert field_codes("title = {a $ b}") == ["BIB-MATH"]


def test_a_problem_has_its_place_key_and_field() -> None:
    (problem,) = read("@misc{a,\n  title = {T},\n  year = {soon},\n}")[0].problems
    assert str(problem).startswith("refs.bib:3:3: warning[BIB-DATE] key 'a' field 'year': 'soon' is no date")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"@misc{{k{n}, crossref = {{k{n + 1}}}}}" for n in range(2000)),
        "".join(f"@misc{{k{n}, crossref = {{nobody}}}}" for n in range(2000)),
        "@misc{k, note = " + " # ".join(["{x}"] * 20_000) + "}",
        "@misc{k, " + ",".join(f"f{n} = {{x}}" for n in range(5000)) + "}",
        "@misc{k, author = {" + " and ".join(["A B"] * 20_000) + "}}",
        "@xdata{x0, xdata={"
        + ",".join(f"x{n}" for n in range(1, 500))
        + "}}"
        + "".join(f"@misc{{k{n}, xdata={{x0}}}}" for n in range(500)),
    ],
    ids=["chain", "missing parent", "joined", "fields", "authors", "data"],
)
def test_hostile_texts_are_read_soon(text: str) -> None:
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 5
