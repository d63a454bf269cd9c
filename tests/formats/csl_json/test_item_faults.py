"""What bad items of CSL-JSON get: set aside, or read with a warning; never lost."""

from __future__ import annotations

import json

import pytest

from dlbib.model.dates import Date
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name
from tests.formats.csl_json.reading import codes, entries_of, item, parsed, parsed_item, read_item, written

BOOK = '{"id": "a", "type": "book"}'


@pytest.mark.parametrize("value", ["null", '"b"', "5", "[]", "true"])
def test_b005_an_item_that_is_no_object_is_set_aside_by_its_index(value: str) -> None:
    good, bad = parsed(f"[{BOOK}, {value}]")
    assert good.entry is not None
    assert bad.entry is None
    assert bad.raw == value
    assert codes(bad) == ["CSL-ITEM"]
    assert "[1]" in bad.problems[0].message


@pytest.mark.parametrize(
    "members", ["", '"id": null,', '"id": "",', '"id": " ",', '"id": [1],', '"id": true,']
)
def test_b006_an_item_without_an_id_is_set_aside(members: str) -> None:
    (record,) = parsed(f'[{{{members} "type": "book"}}]')
    assert record.entry is None
    assert codes(record) == ["CSL-NOKEY"]


def test_b007_a_number_as_id_is_the_text_of_it() -> None:
    (entry,) = entries_of('[{"id": 1, "type": "book"}]')
    assert entry.key == "1"


def test_b007_a_number_and_its_text_are_the_same_id() -> None:
    _, second = parsed('[{"id": 1, "type": "book"}, {"id": "1", "type": "map"}]')
    assert codes(second) == ["CSL-DUPKEY"]


def test_b008_the_second_item_of_an_id_is_set_aside_naming_the_first_ones_line() -> None:
    first, second = parsed(f'[{BOOK},\n{{"id": "a", "type": "map"}}]')
    assert first.entry is not None
    assert second.entry is None
    assert codes(second) == ["CSL-DUPKEY"]
    assert "line 1" in second.problems[0].message


def test_b008_an_item_that_stands_twice_is_skipped_with_a_warning() -> None:
    _, second = parsed(f'[{BOOK}, {{"type": "book",  "id": "a"}}]')
    assert second.entry is None
    assert [problem.severity for problem in second.problems] == ["warning"]


def test_b008_ids_that_differ_in_case_are_both_kept_with_a_warning() -> None:
    first, second = parsed(f'[{BOOK}, {{"id": "A", "type": "book"}}]')
    assert first.entry is not None
    assert second.entry is not None
    assert codes(second) == ["CSL-CASEKEY"]


def test_b008_ids_that_differ_in_unicode_composition_are_the_same() -> None:
    _, second = parsed('[{"id": "caf\u00e9", "type": "book"}, {"id": "cafe\u0301", "type": "map"}]')
    assert codes(second) == ["CSL-DUPKEY"]


@pytest.mark.parametrize("members", ["", ', "type": null', ', "type": ""'])
def test_b009_an_item_without_a_type_is_set_aside(members: str) -> None:
    (record,) = parsed(f'[{{"id": "a"{members}}}]')
    assert record.entry is None
    assert codes(record) == ["CSL-NOTYPE"]


@pytest.mark.parametrize(
    ("given", "known"),
    [("Article", "article"), ("LEGAL_CASE", "legal_case"), ("journal-article", "document"), (5, "document")],
)
def test_b009_an_unknown_type_is_kept_with_a_warning(given: object, known: str) -> None:
    record = parsed_item(type=given)
    assert record.entry is not None
    assert record.entry.type == known
    assert record.entry.extra["csl:type"] == json.dumps(given)
    assert codes(record) == ["CSL-TYPE"]


def test_b009_software_is_a_type() -> None:
    assert parsed_item(type="software").problems == ()


def test_b010_of_a_member_that_stands_twice_the_last_is_read_and_the_first_kept() -> None:
    (record,) = parsed('[{"id": "a", "type": "book", "title": "First", "title": "Last"}]')
    assert record.entry is not None
    assert record.entry.title == "Last"
    assert record.entry.extra == {"csl:title": '"First"'}
    assert codes(record) == ["CSL-REPEATED"]


def test_b010_what_stands_three_times_is_kept_twice() -> None:
    (entry,) = entries_of('[{"id": "a", "type": "book", "title": "1", "title": "2", "title": "3"}]')
    assert entry.extra == {"csl:title": '"1"', "csl:title#2": '"2"'}


def test_b010_a_part_of_a_name_that_stands_twice_is_kept_with_a_warning() -> None:
    (record,) = parsed('[{"id": "a", "type": "book", "author": [{"family": "A", "family": "B"}]}]')
    assert record.entry is not None
    assert record.entry.authors == (Name("B"),)
    assert record.entry.extra == {"csl:author": '[{"family": "A", "family": "B"}]'}
    assert codes(record) == ["CSL-VALUE"]


def test_b011_null_names_are_absent() -> None:
    assert parsed_item(author=None).problems == ()
    assert read_item(author=None).contributors == ()


@pytest.mark.parametrize("author", ["J Doe", ["J Doe"]])
def test_b011_a_name_that_is_a_string_is_literal_with_a_warning(author: object) -> None:
    record = parsed_item(author=author)
    assert record.entry is not None
    assert record.entry.authors == (Name(literal="J Doe"),)
    assert [(problem.severity, problem.field) for problem in record.problems] == [("warning", "author")]


@pytest.mark.parametrize("author", [[{}], [None], [{"family": ""}], [[]], {}, 5, ""])
def test_b011_names_that_are_none_are_kept_with_a_warning(author: object) -> None:
    record = parsed_item(author=author)
    assert record.entry is not None
    assert record.entry.extra["csl:author"] == json.dumps(author)
    assert codes(record) == ["CSL-VALUE"]


def test_b011_the_names_around_one_that_is_none_are_read() -> None:
    assert read_item(author=[{"family": "A"}, None, {"family": "B"}]).authors == (Name("A"), Name("B"))


@pytest.mark.parametrize(
    "name",
    [
        {"literal": "OpenAI"},
        {"family": "Doe", "literal": "The Does"},
        {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von", "suffix": "Jr"},
        {"family": "Mao", "given": "Zedong", "static-ordering": True},
        {"family": "King", "given": "Martin", "suffix": "Jr", "comma-suffix": 1},
        {"family": "de la Cruz", "given": "Juan", "parse-names": "true"},
    ],
)
def test_b012_names_come_back_as_they_were(name: dict[str, object]) -> None:
    assert item(read_item(author=[name]))["author"] == [name]


def test_b012_a_part_of_a_name_that_is_a_number_is_text() -> None:
    entry = read_item(author=[{"family": 5, "given": "Johnny"}])
    assert entry.authors == (Name("5", "Johnny"),)
    assert item(entry)["author"] == [{"family": "5", "given": "Johnny"}]
    assert entries_of(written(entry)) == [entry]


def test_b013_a_date_that_is_null_is_absent() -> None:
    record = parsed_item(issued=None)
    assert record.problems == ()
    assert record.entry is not None
    assert record.entry.issued is None


@pytest.mark.parametrize(
    ("parts", "edtf"),
    [
        ([["2020", "1"]], "2020-01"),
        ([[2020], [2021]], "2020/2021"),
        ([[-44]], "-0043"),
    ],
)
def test_b013_odd_date_parts_are_understood(parts: object, edtf: str) -> None:
    record = parsed_item(issued={"date-parts": parts})
    assert record.problems == ()
    assert record.entry is not None
    assert record.entry.issued == Date.parse(edtf)


@pytest.mark.parametrize(
    "date",
    [
        {},
        {"date-parts": [[]]},
        {"date-parts": [[None]]},
        {"date-parts": [[2020, 13, 45]]},
        {"date-parts": [[2020.5]]},
        {"date-parts": [[2020], [2021], [2022]]},
        {"date-parts": 2020},
        {"date-parts": [["9" * 5000]]},
        {"date-parts": [["9" * 12]]},
        {"literal": ["x"]},
        [2020],
        True,
    ],
)
def test_b013_what_is_no_date_is_kept_with_a_warning(date: object) -> None:
    record = parsed_item(issued=date)
    assert record.entry is not None
    assert record.entry.issued is None
    assert json.loads(record.entry.extra["csl:issued"]) == date
    assert codes(record) == ["CSL-VALUE"]


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ({"date-parts": [[2020]], "season": 1}, "2020-21"),
        ({"date-parts": [[2020]], "circa": "1"}, "2020~"),
        ("2017-06/2018~", "2017-06/2018~"),
    ],
)
def test_b014_seasons_and_approximate_dates_are_kept(date: object, edtf: str) -> None:
    assert read_item(issued=date).issued == Date.parse(edtf)


def test_b014_a_season_that_is_none_does_not_spoil_the_year() -> None:
    entry = read_item(issued={"date-parts": [[2020]], "season": "spring"})
    assert entry.issued == Date.parse("2020")
    assert item(entry)["issued"] == {"date-parts": [[2020]], "season": "spring"}


def test_b014_a_text_that_is_no_edtf_is_a_date_in_words_with_a_warning() -> None:
    record = parsed_item(issued="June 2015")
    assert record.entry is not None
    assert record.entry.issued == Date(literal="June 2015")
    assert codes(record) == ["CSL-VALUE"]


@pytest.mark.parametrize("member", ["raw", "literal"])
def test_b014_what_a_date_says_in_words_is_kept(member: str) -> None:
    assert item(read_item(issued={member: "in press"}))["issued"] == {"literal": "in press"}


def test_b015_names_are_those_of_csl_whatever_their_case() -> None:
    record = parsed_item(doi="10.1000/x", url="https://example.org/", PAGES="1-2", Title="T")
    assert record.entry is not None
    assert record.entry.identifiers == (
        Identifier("doi", "10.1000/x"),
        Identifier("url", "https://example.org/"),
    )
    assert (record.entry.page, record.entry.title) == ("1-2", "T")
    assert codes(record) == ["CSL-NAME"] * 4


def test_b015_a_misspelt_name_beside_the_right_one_is_kept() -> None:
    entry = read_item(page="1", pages="2")
    assert entry.page == "1"
    assert item(entry)["custom"]["dlbib"]["extra"] == {"csl:pages": '"2"'}


@pytest.mark.parametrize(
    ("member", "text"), [("volume", "12"), ("number-of-pages", "3.5"), ("issue", "1e400")]
)
def test_b016_a_number_is_text_and_is_written_as_the_number_it_was(member: str, text: str) -> None:
    (entry,) = entries_of(f'[{{"id": "a", "type": "book", "{member}": {text}}}]')
    assert getattr(entry, member.replace("-", "_")) == text
    assert f'"{member}": {text}' in written(entry)


def test_b016_a_number_that_was_changed_is_written_as_text() -> None:
    entry = read_item(volume=12).replace(volume="13")
    assert item(entry)["volume"] == "13"


def test_b016_a_truth_value_is_text_for_the_schema_admits_none() -> None:
    entry = read_item(volume=True)
    assert entry.volume == "true"
    assert item(entry)["custom"]["dlbib"]["extra"] == {"csl:volume": "true"}


def test_b017_variables_unknown_to_csl_are_kept_as_they_are() -> None:
    mood = {"a": [1, 2.50, None, {"b": "é"}]}
    entry = read_item(mood=mood)
    assert json.loads(entry.extra["csl:mood"]) == mood
    assert entries_of(written(entry)) == [entry]


def test_b017_custom_data_of_others_stays_in_its_place() -> None:
    custom = {"short_id": "xyz", "nested": {"deep": [True, None]}}
    assert item(read_item(custom=custom))["custom"] == custom


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "<i>E. coli</i>", "a &lt; b", '<span class="nocase">BERT</span>']
)
def test_b018_markup_in_a_title_stays_as_it_is(title: str) -> None:
    assert item(read_item(title=title))["title"] == title


@pytest.mark.parametrize("escape", ["\\ud800", "\\udfff", "\\ude00\\ud83d"])
@pytest.mark.parametrize(
    "place", ['"title": "{}"', '"custom": {{"{}": 1}}', '"author": [{{"family": "{}"}}]']
)
def test_b019_an_item_with_half_a_surrogate_pair_is_set_aside(place: str, escape: str) -> None:
    bad, good = parsed(f'[{{"id": "b", "type": "book", {place.format(escape)}}}, {BOOK}]')
    assert bad.entry is None
    assert codes(bad) == ["CSL-CHARACTER"]
    assert good.entry is not None


def test_b019_a_whole_surrogate_pair_is_a_letter() -> None:
    (entry,) = entries_of('[{"id": "a", "type": "book", "title": "\\ud83d\\ude00"}]')
    assert entry.title == "😀"


def test_b020_an_item_with_nul_is_set_aside() -> None:
    (record,) = parsed('[{"id": "a", "type": "book", "title": "a\\u0000b"}]')
    assert record.entry is None
    assert codes(record) == ["CSL-CHARACTER"]


def test_b025_names_that_mean_something_elsewhere_are_plain_data() -> None:
    entry = read_item(id="../../etc/passwd", __proto__={"x": 1}, constructor="y")
    assert entry.key == "../../etc/passwd"
    assert entry.extra == {"csl:__proto__": '{"x": 1}', "csl:constructor": '"y"'}
