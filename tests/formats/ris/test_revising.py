from __future__ import annotations

import pytest

from dlbib.formats.ris.revising import revised

RAW = "TY  - JOUR\nT1  - A title.\nA1  - Adler D.G.\nSP  - 1\nXX  - mine\nER  - \n"
BEFORE = "TY  - JOUR\r\nAU  - Adler, D.G.\r\nTI  - A title.\r\nSP  - 1\r\nER  - \r\n"


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("TI  - A title.", "TI  - A title", "T1  - A title.", "T1  - A title"),
        ("AU  - Adler, D.G.", "AU  - Adler, D. G.", "A1  - Adler D.G.", "A1  - Adler, D. G."),
        ("SP  - 1", "SP  - 7", "SP  - 1", "SP  - 7"),
        ("SP  - 1\r\n", "", "SP  - 1\n", ""),
        ("ER  - ", "DO  - 10.1/x\r\nER  - ", "ER  - ", "DO  - 10.1/x\nER  - "),
    ],
)
def test_the_lines_that_differ_are_changed_and_no_others(old: str, new: str, was: str, now: str) -> None:
    assert revised(RAW, BEFORE, BEFORE.replace(old, new)) == RAW.replace(was, now)


def test_a_line_that_is_not_there_can_not_be_changed() -> None:
    assert revised(RAW, BEFORE + "PB  - Nobody\r\n", BEFORE + "PB  - Somebody\r\n") is None


def test_a_short_value_is_known_by_its_tag_alone() -> None:
    assert revised("TY  - JOUR\nVL  - 1\nER  - \n", "SP  - 1\r\n", "SP  - 2\r\n") is None
