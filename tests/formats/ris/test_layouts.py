"""What tags mean in the types and the layouts of one program or another."""

from __future__ import annotations

import io

import pytest

from dlbib.formats import RenderOptions
from dlbib.formats.ris import parse, render
from tests.formats.ris.test_reader import the_entry

PROCITE = "N1  - Record Number: 1"


@pytest.mark.parametrize("lines", [("JO  - Nature",), ("JF  - Nature",), ("T2  - Nature", "VL  - 3")])
def test_a_generic_record_in_a_journal_is_an_article(lines: tuple[str, ...]) -> None:
    assert the_entry("GEN", "TI  - One", *lines).type == "article-journal"


@pytest.mark.parametrize("lines", [(), ("T2  - Nature",), ("VL  - 3",), ("JO  -",)])
def test_any_other_generic_record_is_a_document(lines: tuple[str, ...]) -> None:
    assert the_entry("GEN", "TI  - One", *lines).type == "document"


@pytest.mark.parametrize(
    ("type_", "line"), [("GEN", "JO  - Nature"), ("INPR", "JO  - Nature"), ("EDBOOK", "AU  - Doe, J.")]
)
def test_a_type_that_means_several_things_is_written_again(type_: str, line: str) -> None:
    entry = the_entry(type_, "TI  - One", line)
    written = "".join(render([entry], RenderOptions()))
    assert written.startswith(f"TY  - {type_}\r\n")
    assert [parsed.entry for parsed in parse(io.StringIO(written), "x") if parsed.entry] == [entry]


def test_what_is_in_press_is_told_to_be() -> None:
    entry = the_entry("INPR", "TI  - One")
    assert (entry.type, entry.status) == ("article-journal", "in press")


def test_the_authors_of_an_edited_book_are_its_editors() -> None:
    entry = the_entry("EDBOOK", "AU  - Doe, J.", "A1  - Roe, R.")
    assert [name.family for name in entry.editors] == ["Doe", "Roe"]
    assert entry.authors == ()


@pytest.mark.parametrize(
    ("type_", "line", "attribute"),
    [
        ("BILL", "OP  - History", "references"),
        ("CASE", "SV  - 12", "number"),
        ("MPCT", "C4  - Documentary", "genre"),
        ("PAT", "C6  - expired", "status"),
        ("PAT", "C5  - GB 7", "references"),
        ("CHAP", "IS  - 4", "number_of_volumes"),
        ("CHAP", "M1  - 4", "number_of_volumes"),
        ("CHAP", "NV  - 4", "number_of_volumes"),
        ("CHAP", "SE  - 6", "chapter_number"),
        ("STAT", "ET  - 101st", "chapter_number"),
        ("DATA", "ET  - 2.1", "version"),
        ("DATA", "IS  - 2.1", "version"),
        ("JOUR", "H1  - State Library", "source"),
        ("JOUR", "H2  - QA 76", "call_number"),
    ],
)
def test_a_tag_means_what_the_type_has_there(type_: str, line: str, attribute: str) -> None:
    assert getattr(the_entry(type_, line), attribute) == line[6:]


@pytest.mark.parametrize("line", ["M1  - 2014/05/06", "VL  - 2014/05/06", "Y2  - 2014/05/06"])
def test_endnote_has_the_access_to_a_page_in_other_tags(line: str) -> None:
    assert str(the_entry("ELEC", line).accessed) == "2014-05-06"


def test_the_fullest_date_of_access_counts() -> None:
    assert str(the_entry("ELEC", "VL  - 2014", "M1  - 2014/05/06").accessed) == "2014-05-06"


@pytest.mark.parametrize(
    ("type_", "tag", "role"),
    [
        ("CASE", "A4", "contributor"),
        ("CHAP", "C2", "container_author"),
        ("DATA", "A4", "contributor"),
        ("VIDEO", "C1", "performer"),
    ],
)
def test_people_stand_in_custom_tags_too(type_: str, tag: str, role: str) -> None:
    assert [each.role for each in the_entry(type_, f"{tag}  - Doe, J.").contributors] == [role]


def test_reference_manager_has_a_pubmed_id_among_the_addresses() -> None:
    assert [str(each) for each in the_entry("JOUR", "UR  - PM:12345").identifiers] == ["pmid:12345"]


def test_procite_has_a_bill_s_code_number_and_section_elsewhere() -> None:
    entry = the_entry("BILL", PROCITE, "CY  - Code", "VL  - 12", "SP  - 3", "N1  - Histroy: Read twice")
    said = (entry.container_title, entry.number, entry.section, entry.references)
    assert said == ("Code", "12", "3", "Read twice")


@pytest.mark.parametrize("type_", ["BOOK", "CTLG", "SER"])
def test_procite_has_the_edition_of_a_book_where_the_volume_is(type_: str) -> None:
    assert the_entry(type_, PROCITE, "VL  - 2nd").edition == "2nd"


def test_procite_has_a_catalogue_s_number_where_the_issue_is() -> None:
    entry = the_entry("CTLG", PROCITE, "IS  - 12")
    assert (entry.issue, entry.volume) == ("12", None)


def test_procite_has_names_in_their_natural_order_in_notes() -> None:
    names = the_entry("JOUR", PROCITE, "N1  - Author, Monographic: Jane Q. Doe; Roe, R.; Plato").editors
    assert [str(name) for name in names] == ["Jane Q. Doe", "R. Roe", "Plato"]
