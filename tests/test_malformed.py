"""Broken files of other projects: nothing crashes, nothing is lost in silence, what stands around a fault is read."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

import dlbib
from dlbib.errors import InputError
from dlbib.formats.opening import open_entries

if TYPE_CHECKING:
    from pathlib import Path


class Outcome(NamedTuple):
    """How many entries are read of a file, and how often each error sets something aside."""

    entries: int
    errors: dict[str, int]
    encoding: str | None = None


NO_KEY: Final = {"BIB-NOKEY": 1}

OUTCOMES: Final = {
    "003_simple.bib": Outcome(1, {}),
    "005_unlimited.bib": Outcome(0, {"BIB-NOKEY": 1, "BIB-UNCLOSED": 1}),
    "007_encoding2.bib": Outcome(1, {}),
    "008_encoding3.bib": Outcome(1, {}),
    "012_names.bib": Outcome(38, {}),
    "013_tool.bib": Outcome(12, {}),
    "014_xdata.bib": Outcome(7, {}),
    "015_errors.bib": Outcome(
        1,
        {
            "BIB-BRACE": 2,
            "BIB-MISSING-COMMA": 2,
            "BIB-NOKEY": 1,
            "BIB-QUOTE": 4,
            "BIB-SYNTAX": 1,
            "BIB-UNCLOSED": 1,
        },
    ),
    "018_article_start_with_bom.bib": Outcome(1, {}),
    "019_book_bom.bib": Outcome(1, {}),
    "022_different delimiters.bib": Outcome(1, {"BIB-DELIMITER": 1}),
    "023_test.bib": Outcome(4, {}, "latin-1"),
    "024_MsBibExportFormatTest5.bib": Outcome(0, NO_KEY),
    "026_RepecNepImporterTest2.bib": Outcome(0, NO_KEY),
    "027_badFormat.bib": Outcome(3, {}),
    "029_unbalanced_braces.bib": Outcome(1, {"BIB-BRACE": 1}),
    "030_econ-example.bib": Outcome(67, {}, "latin-1"),
    "037_windycity.bib": Outcome(343, {}),
    "038_jbtest.bib": Outcome(24, {}, "latin-1"),
    "042_encoding-windows-1252-with-header.bib": Outcome(0, NO_KEY),
    "043_CitaviXmlImporterTest2.bib": Outcome(0, {"BIB-NOKEY": 58, "BIB-SYNTAX": 1}),
    "045_encoding-us-ascii-with-header.bib": Outcome(0, NO_KEY),
    "047_encoding-utf-16BE-without-header.bib": Outcome(0, NO_KEY),
    "049_encoding-utf-8-without-header.bib": Outcome(0, NO_KEY),
    "051_tiny-BE-noBOM.bib": Outcome(1, {}),
    "053_tiny-LE-noBOM.bib": Outcome(1, {}),
    "056_malformed.bib": Outcome(2, {"BIB-BRACE": 1}),
    "057_all_bibpy_entry_types.bib": Outcome(1, {}),
    "060_invalid_bibtex1.bib": Outcome(1, {}),
    "061_invalid_bibtex2.bib": Outcome(0, {"BIB-MISSING-COMMA": 1}),
    "062_iso-8859-1.bib": Outcome(1, {}, "latin-1"),
    "064_bib_data.bib": Outcome(5, {"BIB-FIELD": 1}),
    "065_ebsco_bib.bib": Outcome(1, {"BIB-FIELD": 1}),
    "066_ebsco_bib_result.bib": Outcome(1, {"BIB-FIELD": 1}),
    "069_web_of_science_bib.bib": Outcome(2, {}),
    "073_BraceBalancer.biblatex": Outcome(1, {}),
    "074_Endnote should parse.bib": Outcome(0, NO_KEY),
    "075_Some bibtex entries quietly discarded on import from bib file #873-techreport:thiebaux:93.bib": Outcome(
        0, {"BIB-BRACE": 1}
    ),
    "076_double-comma.bib": Outcome(1, {}),
    "077_biblatex-apa-test-references.bib": Outcome(283, {}),
    "078_citation-js.bib": Outcome(7, {"BIB-DUPKEY": 5, "BIB-KEY": 1, "BIB-SYNTAX": 1}),
    "081_gral_rep_key.bib": Outcome(83, {"BIB-DUPKEY": 1}),
    "083_incorrect_syntax.bib": Outcome(1, {"BIB-FIELD": 1}),
    "084_comments.bib": Outcome(4, {"BIB-BRACE": 1}),
    "085_BraceBalancer.biblatex": Outcome(1, {}),
    "088_Some bibtex entries quietly discarded on import from bib file #873.bib": Outcome(
        973, {"BIB-BRACE": 1, "BIB-DUPKEY": 14}
    ),
    "Double newlines means parbreak #2789.bib": Outcome(1, {}),
    "Jabref_import_-_groups_lost_1730-5.bib": Outcome(4, {}),
    "refs.bib": Outcome(3, {}),
}

NO_ENTRIES: Final = re.compile(r"@\s*(?:comment|preamble|string|xdata)", re.IGNORECASE)


@pytest.fixture(params=OUTCOMES)
def broken(request: pytest.FixtureRequest, shared: Path) -> Path:
    return shared / "data" / "malformed" / str(request.param)


def test_every_broken_file_is_judged(shared: Path) -> None:
    present = {path.name for path in (shared / "data" / "malformed").iterdir()}
    assert set(OUTCOMES) <= present


def test_what_is_sound_in_a_broken_file_is_read_and_the_rest_is_told_of(broken: Path) -> None:
    outcome = OUTCOMES[broken.name]
    entries, problems = dlbib.read(broken, encoding=outcome.encoding)
    errors = Counter(problem.code for problem in problems if problem.severity == "error")
    assert (len(entries), dict(errors)) == (outcome.entries, outcome.errors)
    assert all(problem.line for problem in problems if problem.severity == "error")


def test_no_entry_is_left_out_in_silence(broken: Path) -> None:
    with open_entries(broken, encoding=OUTCOMES[broken.name].encoding) as opened:
        assert opened.format.parse is not None
        blocks = list(opened.format.parse(opened.stream, broken.name))
    unread = [
        each for each in blocks if each.raw.startswith("@") and each.entry is None and not each.problems
    ]
    assert [each.raw for each in unread if not NO_ENTRIES.match(each.raw)] == []


@pytest.mark.parametrize("name", [name for name, outcome in OUTCOMES.items() if outcome.encoding])
def test_a_text_that_is_not_utf_8_is_refused_with_its_place(shared: Path, name: str) -> None:
    with pytest.raises(InputError, match=r":\d+: is not UTF-8: byte 0x[0-9A-F]{2} at offset \d+"):
        dlbib.read(shared / "data" / "malformed" / name)
