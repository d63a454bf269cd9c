from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib import checking
from dlbib.checks.findings import Finding
from dlbib.errors import InputError, NotFoundError, OutputError, UnknownFormatError
from tests.conftest import SHARED

if TYPE_CHECKING:
    from pathlib import Path

BIB = """% mine
@article{smith2014,
  title  = {The Linux kernel & its users.}, % keep me
  author = {Smith, J.R.R.},
  pages  = {123-5},
  year   = 2014
}
"""
MENDED = r"""% mine
@article{smith2014,
  title  = {The {Linux} kernel \& its users}, % keep me
  author = {Smith, J. R. R.},
  pages  = {123--125},
  year   = 2014
}
"""


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8", newline="")
    return path


def test_a_file_is_checked_where_its_fields_stand(bib: Path) -> None:
    found = [(each.code, each.line, each.column) for each in dlbib.check(bib)]
    assert found == [
        ("required-fields", 2, 1),
        ("title-stop", 3, 3),
        ("unescaped-special", 3, 3),
        ("unprotected-capitals", 3, 3),
        ("name-initials", 4, 3),
        ("page-dash", 5, 3),
        ("page-range", 5, 3),
    ]


def test_a_finding_reads_as_every_problem_does(bib: Path) -> None:
    (finding,) = dlbib.check(bib, only=["title-stop"])
    assert str(finding) == (
        f"{bib}:3:3: warning[title-stop] key 'smith2014' field 'title': ends with a full stop; styles that "
        "set one print two; take it out"
    )


def test_what_the_reader_says_stands_before_what_is_found(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title = {A title}, note = nomacro, pages = {9--8}}", encoding="utf-8")
    assert [each.code for each in dlbib.check(path)] == ["BIB-UNDEFMACRO", "page-range"]
    assert [each.code for each in dlbib.check(path, skip=["reading"])] == ["page-range"]
    assert [each.code for each in dlbib.check(path, only=["reading"])] == ["BIB-UNDEFMACRO"]


def test_what_was_set_aside_is_told_whatever_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title = {A title}\n@misc{b, title = {B}}", encoding="utf-8")
    assert [each.severity for each in dlbib.check(path, only=["page-range"])] == ["error"]


def test_a_check_speaks_in_the_place_of_the_reader_that_says_less(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title = {A title}, doi = {nothing}}", encoding="utf-8")
    assert [each.code for each in dlbib.check(path)] == ["doi-form"]
    assert [each.code for each in dlbib.check(path, skip=["doi-form"])] == ["BIB-IDENTIFIER"]


def test_what_an_entry_inherits_is_told_of_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@inproceedings{a, author = {Smith, John}, title = {A title}, crossref = {p}}\n"
        "@proceedings{p, title = {Proceedings}, booktitle = {In Proceedings}, year = 2014}\n",
        encoding="utf-8",
    )
    assert [(each.code, each.key) for each in dlbib.check(path)] == [("booktitle-in", "p")]


def test_entries_are_checked_without_a_file() -> None:
    entry = dlbib.Entry(key="a", type="article-journal", title="A title", page="900-800")
    assert [each.code for each in dlbib.check([entry], only=["page-range"])] == ["page-range"]


def test_mending_changes_the_fields_that_it_is_about_and_nothing_else(bib: Path) -> None:
    mended = checking.mend(bib)
    assert bib.read_text(encoding="utf-8") == BIB
    mended.save()
    assert bib.read_text(encoding="utf-8") == MENDED
    assert [each.code for each in mended.left] == ["required-fields"]


def test_mending_again_changes_nothing(bib: Path) -> None:
    checking.mend(bib).save()
    again = checking.mend(bib)
    assert (again.mended, again.difference) == ((), "")


def test_only_what_is_asked_for_is_mended(bib: Path) -> None:
    checking.mend(bib, only=["page-range"]).save()
    assert bib.read_text(encoding="utf-8") == BIB.replace("123-5", "123--125")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_file_keeps_its_encoding_and_its_line_ends(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "refs.bib"
    text = "@misc{a,\r\n  title = {Café — a title.},\r\n}\r\n".replace("—", "-")
    path.write_bytes(text.encode(encoding))
    checking.mend(path, encoding="latin-1" if encoding == "latin-1" else None).save()
    assert path.read_bytes() == text.replace("title.}", "title}").encode(encoding)


def test_a_big_endian_file_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    text = "\ufeff@misc{a, title = {A title that ends.}}"
    path.write_bytes(text.encode("utf-16-be"))
    checking.mend(path).save()
    assert path.read_bytes() == text.replace("ends.", "ends").encode("utf-16-be")


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(bib: Path) -> None:
    mended = checking.mend(bib)
    bib.write_text("@misc{mine}", encoding="utf-8")
    with pytest.raises(OutputError, match="while it was checked"):
        mended.save()
    assert bib.read_text(encoding="utf-8") == "@misc{mine}"


def test_a_file_that_is_gone_is_told_of(bib: Path) -> None:
    mended = checking.mend(bib)
    bib.unlink()
    with pytest.raises(OutputError):
        mended.save()


def test_an_item_of_json_keeps_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    text = '{"items": [\n {"id": "a", "type": "article", "title":"A title.", "note": "cited-by: 3", "x": [1, 2]}\n]}\n'
    path.write_text(text, encoding="utf-8")
    checking.mend(path, only=["title-stop"]).save()
    assert path.read_text(encoding="utf-8") == text.replace("title.", "title")


def test_a_record_of_ris_keeps_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris"
    text = "TY  - JOUR\nT1  - A title.\nC7  - mine\nER  - \n\n\nTY  - JOUR\nT1  - Another\nER  - \n"
    path.write_text(text, encoding="utf-8")
    checking.mend(path, only=["title-stop"]).save()
    assert path.read_text(encoding="utf-8") == text.replace("title.", "title")


@pytest.mark.parametrize(("name", "error"), [("none.bib", InputError), ("refs.txt", UnknownFormatError)])
def test_what_can_not_be_read_is_refused(tmp_path: Path, name: str, error: type[Exception]) -> None:
    (tmp_path / "refs.txt").write_text("a text", encoding="utf-8")
    with pytest.raises(error):
        dlbib.check(tmp_path / name)


def test_an_unknown_check_is_refused(bib: Path) -> None:
    with pytest.raises(NotFoundError, match="title-stop"):
        dlbib.check(bib, only=["title-stopp"])


def test_this_day_is_told_in_utc() -> None:
    assert checking.today() - dt.datetime.now(tz=dt.UTC).date() <= dt.timedelta(0)


def test_a_record_of_ris_that_is_not_ended_stays_as_it_is_where_it_would_fall_apart(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris"
    path.write_bytes(b"TY-\r\xef\xbb\xbf\r\rTY-")
    checking.mend(path).save()
    assert path.read_bytes() == b"TY-\r\xef\xbb\xbf\r\rTY-"


@pytest.mark.parametrize(
    "source", sorted((SHARED / "data" / "bib").glob("*.bib")), ids=lambda source: source.name
)
def test_mending_every_real_file_keeps_every_entry(source: Path, tmp_path: Path) -> None:
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes())
    before, _ = dlbib.read(path)
    checking.mend(path).save()
    after, _ = dlbib.read(path)
    assert [entry.key for entry in after] == [entry.key for entry in before]
    assert checking.mend(path).mended == ()


def test_seeds_have_one_fault_which_is_their_publisher_s(library: dlbib.Library) -> None:
    assert [(each.key, each.code) for each in library.check()] == [("graves2014end", "issn-check-digit")]
    assert all(isinstance(each, Finding) for each in library.check())
