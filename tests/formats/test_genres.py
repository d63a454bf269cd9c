from __future__ import annotations

import pytest

from dlbib.formats.fields import REPORTS, THESES, Dialect
from dlbib.formats.genres import is_doctoral, read_genre, written_genre
from dlbib.model.tex.terms import KINDS

DIALECTS: tuple[Dialect, ...] = ("bibtex", "biblatex")


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "entry_type", ["thesis", "phdthesis", "mastersthesis", "techreport", "patent", "misc"]
)
def test_every_kind_comes_back_in_every_type(key: str, dialect: Dialect, entry_type: str) -> None:
    assert read_genre(written_genre(KINDS[key], entry_type, dialect), entry_type) == KINDS[key]


def test_biblatex_gets_a_key_that_it_can_translate() -> None:
    assert written_genre("technical report", "report", "biblatex") == "techreport"
    assert written_genre("technical report", "report", "bibtex") == "technical report"


@pytest.mark.parametrize("entry_type", sorted(THESES | REPORTS))
def test_a_thesis_or_report_of_unknown_kind_claims_no_kind(entry_type: str) -> None:
    written = written_genre(None, entry_type, "bibtex")
    assert written in {"Thesis", "Report"}
    assert read_genre(written, entry_type) is None


def test_what_has_no_kind_elsewhere_gets_none() -> None:
    assert written_genre(None, "misc", "bibtex") is None
    assert read_genre(None, "misc") is None


def test_a_typographic_apostrophe_is_recognised() -> None:
    assert written_genre("Master\N{RIGHT SINGLE QUOTATION MARK}s thesis", "thesis", "biblatex") == "mathesis"


def test_a_kind_of_its_own_is_kept() -> None:
    assert written_genre("Course project report", "techreport", "bibtex") == "Course project report"
    assert read_genre("Course project report", "techreport") == "Course project report"


@pytest.mark.parametrize("genre", ["PhD thesis", "Ph.D. thesis", "Doctoral dissertation", None])
def test_a_doctoral_thesis_is_told(genre: str | None) -> None:
    assert is_doctoral(genre)


def test_a_lesser_thesis_is_told() -> None:
    assert not is_doctoral("Diplomarbeit")
