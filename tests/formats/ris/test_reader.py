from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats import RenderOptions
from dlbib.formats.ris import parse, render
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.entry import Entry
from dlbib.model.names import Name
from tests.growth import in_proportion, taken


def the_entry(type_: str, *lines: str) -> Entry:
    text = "\n".join([f"TY  - {type_}", *lines, "ER  - ", ""])
    (entry,) = (parsed.entry for parsed in parse(io.StringIO(text), "x") if parsed.entry)
    return entry


def codes(type_: str, *lines: str) -> list[str]:
    text = "\n".join([f"TY  - {type_}", *lines, "ER  - ", ""])
    return [problem.code for parsed in parse(io.StringIO(text), "x") for problem in parsed.problems]


@pytest.mark.parametrize("tag", ["TI", "T1", "CT"])
def test_the_title_has_many_tags(tag: str) -> None:
    assert the_entry("JOUR", f"{tag}  - One").title == "One"


def test_bt_is_the_title_of_a_book_and_the_container_of_its_parts() -> None:
    assert the_entry("BOOK", "BT  - One").title == "One"
    assert the_entry("CHAP", "BT  - One").container_title == "One"


@pytest.mark.parametrize("tag", ["T2", "JF", "JO"])
def test_the_journal_has_many_tags(tag: str) -> None:
    assert the_entry("JOUR", f"{tag}  - Nature").container_title == "Nature"


@pytest.mark.parametrize("tag", ["J2", "JA", "J1"])
def test_so_has_its_short_title(tag: str) -> None:
    assert the_entry("JOUR", "T2  - Nature", f"{tag}  - Nat.").container_title_short == "Nat."


def test_jo_is_the_short_title_beside_another_tag_for_the_journal() -> None:
    entry = the_entry("JOUR", "JO  - Nat.", "JF  - Nature")
    assert (entry.container_title, entry.container_title_short) == ("Nature", "Nat.")


def test_a_short_title_that_is_the_whole_title_is_none() -> None:
    assert the_entry("JOUR", "JF  - Nature", "JA  - Nature").container_title_short is None


def test_authors_of_both_tags_keep_their_order() -> None:
    entry = the_entry("JOUR", "A1  - Roe, A.", "AU  - Doe, B.", "AU  - Poe, C.")
    assert [name.family for name in entry.authors] == ["Roe", "Doe", "Poe"]


@pytest.mark.parametrize(
    ("type_", "tag", "role"),
    [
        ("CHAP", "A2", "editor"),
        ("CHAP", "ED", "editor"),
        ("CHAP", "A3", "collection_editor"),
        ("BOOK", "A2", "collection_editor"),
        ("BOOK", "A3", "editor"),
        ("BOOK", "ED", "editor"),
        ("BOOK", "A4", "translator"),
        ("MPCT", "AU", "director"),
        ("MPCT", "A3", "producer"),
        ("POD", "AU", "author"),
        ("SOUND", "AU", "composer"),
        ("SOUND", "A2", "performer"),
        ("PCOMM", "A2", "recipient"),
        ("INTV", "A2", "interviewer"),
        ("THES", "A3", "contributor"),
        ("SLIDE", "A2", "author"),
    ],
)
def test_names_have_the_role_that_their_tag_has_in_the_type(type_: str, tag: str, role: str) -> None:
    assert the_entry(type_, f"{tag}  - Roe, A.").names(role) == (Name("Roe", "A."),)


def test_and_others_is_no_name() -> None:
    entry = the_entry("JOUR", "AU  - Roe, A.", "AU  - et al.")
    assert (len(entry.authors), entry.others) == (1, ("author",))


def test_several_names_in_one_tag_are_told() -> None:
    assert codes("JOUR", "AU  - Roe, A.; Doe, B.") == ["RIS-NAME"]


def test_what_names_the_proceedings_alone_is_their_title() -> None:
    entry = the_entry("CONF", "T2  - Proceedings of X", "CY  - Berlin")
    assert (entry.container_title, entry.event_title) == ("Proceedings of X", None)
    assert (entry.publisher_place, entry.event_place) == ("Berlin", None)


def test_beside_the_proceedings_it_is_the_conference() -> None:
    entry = the_entry("CONF", "T2  - X 2014", "C3  - Proceedings of X", "C1  - New York", "CY  - Berlin")
    assert (entry.container_title, entry.event_title) == ("Proceedings of X", "X 2014")
    assert (entry.publisher_place, entry.event_place) == ("New York", "Berlin")


def test_keywords_are_parted_by_tags_lines_and_semicolons() -> None:
    entry = the_entry("JOUR", "KW  - a b", "KW  - c; d;", "KW  - e, f", "g", "KW  - a b")
    assert entry.keywords == ("a b", "c", "d", "e, f", "g")


def test_notes_are_joined_line_by_line() -> None:
    assert the_entry("JOUR", "N1  - a", "b", "N1  -", "N1  - c", "N1  - ").note == "a\nb\n\nc"


def test_abstract_tags_that_agree_are_one() -> None:
    assert codes("JOUR", "AB  - x", "N2  - x") == []
    assert codes("JOUR", "AB  - x", "N2  - y") == ["RIS-REPEATED"]


@pytest.mark.parametrize(
    ("value", "schemes"),
    [
        ("0896-6273", ["issn"]),
        ("978-1-4822-5326-9", ["isbn"]),
        ("0896-6273 1097-4199", ["issn", "issn"]),
        ("9781482253269; 0896-6273", ["isbn", "issn"]),
        ("978-1-4822-5326-9 and 0896-6273", ["isbn", "issn"]),
        ("0896-6273 / 1097-4199", ["issn", "issn"]),
    ],
)
def test_serial_numbers_are_told_by_their_form(value: str, schemes: list[str]) -> None:
    assert [each.scheme for each in the_entry("BOOK", f"SN  - {value}").identifiers] == schemes


def test_what_a_serial_number_is_of_stands_behind_it_and_is_kept() -> None:
    lines = ("SN  - 0896-6273 (Print)", "SN  - 1097-4199 (Electronic) 0896-6273 (Linking)")
    entry = the_entry("JOUR", *lines)
    assert [each.value for each in entry.identifiers] == ["0896-6273", "1097-4199"]
    assert [entry.extra["ris:SN"], entry.extra["ris:SN#2"]] == [line[6:] for line in lines]
    assert codes("JOUR", *lines) == []


def test_a_serial_number_that_is_none_is_kept_and_told() -> None:
    assert the_entry("JOUR", "SN  - 1111-3333").extra["ris:SN"] == "1111-3333"
    assert codes("JOUR", "SN  - 1111-3333") == ["RIS-IDENTIFIER"]


@pytest.mark.parametrize("tag", ["SN", "IS", "M1"])
def test_a_report_has_its_number_there(tag: str) -> None:
    assert the_entry("RPRT", f"{tag}  - TR-42").number == "TR-42"


@pytest.mark.parametrize(
    "value", ["10.1000/a", "doi:10.1000/a", "https://doi.org/10.1000/a", "doi: 10.1000/a"]
)
@pytest.mark.parametrize("tag", ["DO", "M3"])
def test_a_doi_is_read_in_every_form(tag: str, value: str) -> None:
    assert the_entry("JOUR", f"{tag}  - {value}").doi == "10.1000/a"


def test_a_kind_of_work_that_is_no_doi_is_its_genre() -> None:
    assert the_entry("THES", "M3  - Phd Thesis").genre == "Phd Thesis"


def test_an_accession_number_may_be_an_identifier() -> None:
    entry = the_entry("JOUR", "AN  - arXiv:1406.2661v1", "AN  - PMC3654245", "AN  - 12345")
    assert [str(each) for each in entry.identifiers] == ["arxiv:1406.2661v1", "pmcid:PMC3654245"]
    assert entry.archive_location == "12345"


def test_m1_is_the_issue_of_an_article_only_if_it_looks_it() -> None:
    assert the_entry("JOUR", "M1  - 3-4").issue == "3-4"
    assert the_entry("JOUR", "M1  - Copyright (C) 2016").issue is None


def test_several_addresses_in_one_tag_are_several() -> None:
    entry = the_entry("JOUR", "UR  - https://a.org/", "https://b.org/")
    assert (entry.url, entry.extra["ris:UR"]) == ("https://a.org/", "https://b.org/")


def test_a_link_is_the_address_of_a_record_that_names_no_other() -> None:
    assert the_entry("JOUR", "LK  - https://a.org/").url == "https://a.org/"
    lines = ("LK  - https://a.org/", "UR  - https://b.org/")
    entry = the_entry("JOUR", *lines)
    assert codes("JOUR", *lines) == []
    assert (entry.url, entry.extra["ris:LK"]) == ("https://b.org/", "https://a.org/")


def test_what_a_program_runs_on_is_its_medium() -> None:
    assert the_entry("COMP", "M1  - Linux").medium == "Linux"


def test_a_patent_is_issued_on_the_date_that_it_has_for_that() -> None:
    assert str(the_entry("PAT", "PY  - 2001", "C2  - 2001/05/06/").issued) == "2001-05-06"


@pytest.mark.parametrize("tag", ["M1", "VL"])
def test_what_counts_something_of_a_page_is_no_date_of_access(tag: str) -> None:
    entry = the_entry("ELEC", f"{tag}  - 7")
    assert (entry.accessed, entry.extra[f"ris:{tag}"]) == (None, "7")


@pytest.mark.parametrize("between", [" ", "; "])
def test_several_addresses_in_one_line_are_several(between: str) -> None:
    entry = the_entry("JOUR", f"UR  - https://a.org/x;y=1;z=2{between}https://b.org/")
    assert (entry.url, entry.extra["ris:UR"]) == ("https://a.org/x;y=1;z=2", "https://b.org/")


def test_a_space_of_another_kind_stays() -> None:
    assert the_entry("JOUR", "TI  - Prop.\u00a05  and\t6\u2009m ").title == "Prop.\u00a05 and 6\u2009m"


def test_character_entities_are_letters() -> None:
    assert the_entry("JOUR", "TI  - R &amp; D").title == "R & D"


def test_procite_s_notes_are_what_they_name() -> None:
    entry = the_entry(
        "BOOK",
        "N1  - Record ID: 10",
        "TI  - x",
        "VL  - 2nd",
        "IS  - 3",
        "N1  - Call Number: QA 76",
        "N1  - Notes: y",
        "N1  - Role: z",
    )
    assert (entry.edition, entry.volume, entry.call_number, entry.note) == ("2nd", "3", "QA 76", "y\nRole: z")


def test_a_note_of_another_program_is_a_note() -> None:
    assert the_entry("BOOK", "N1  - Language: English").note == "Language: English"


def test_problems_name_source_key_tag_and_line() -> None:
    text = "\nTY  - JOUR\nID  - roe\nTI  - x\nXX  - y\nER  - \n"
    (problem,) = (problem for parsed in parse(io.StringIO(text), "refs.ris") for problem in parsed.problems)
    assert str(problem) == (
        "refs.ris:5: warning[RIS-TAG] key 'roe' field 'XX': RIS has no such tag; kept as it is"
    )


def test_records_are_given_before_the_next_is_read() -> None:
    stream = io.StringIO("TY  - JOUR\nTI  - x\nER  - \n" * 1000)
    first = next(parse(stream, "x"))
    assert first.entry is not None
    assert stream.tell() < 100


KEYS = st.lists(st.text("abzAZ019:_./+-é", min_size=1, max_size=6), max_size=6, unique_by=key_fingerprint)


@given(KEYS)
def test_keys_come_back_in_their_order_whatever_they_are(keys: list[str]) -> None:
    text = "".join(render([Entry(key=key, title="x") for key in keys], RenderOptions()))
    assert [parsed.entry.key for parsed in parse(io.StringIO(text), "x") if parsed.entry] == keys


def test_blank_lines_take_linear_time() -> None:
    def seconds(count: int) -> float:
        return taken(lambda: list(parse(io.StringIO("\n" * count), "x")))

    assert in_proportion(seconds, 100_000, least_s=0.08)


@given(st.text("TYERAUI12 -\n\r;,.xé\x0c", max_size=120))
def test_any_text_is_conserved_and_gives_no_exception(text: str) -> None:
    assert "".join(parsed.raw for parsed in parse(io.StringIO(text, newline=""), "x")) == text
