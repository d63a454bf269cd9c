from __future__ import annotations

import pytest

from dlbib.model.identity.titles import title_of


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Annual Report",
            "The Yearly Survey",
            "Quarterly Bulletin 7",
            "Monthly Weather Review",
            "Weekly Update",
        ),
        *(
            "Biennial Conference",
            "Half-Yearly Statistics",
            "Annual Progress\tMeeting",
            "Year Book",
            "A Yearbook",
        ),
        *(
            "Jahresbericht 1911",
            "Jahrbuch",
            "Rapport Annuel",
            "Informe anual",
            "Status Report",
            "PROGRESS REPORT",
        ),
    ],
)
def test_what_a_society_does_again_and_again_recurs(text: str) -> None:
    assert title_of(text).is_recurring


@pytest.mark.parametrize(
    "text", ["Editorial", "editorial.", "Book Reviews", "Einf\u00fchrung", "\u00c9ditorial"]
)
def test_what_many_volumes_have_recurs(text: str) -> None:
    assert title_of(text).is_recurring


@pytest.mark.parametrize(
    "text", ["Annual Plants of the Shore", "A Report on Dunes", "The Year of the Tide", ""]
)
def test_any_other_title_does_not(text: str) -> None:
    assert not title_of(text).is_recurring


@pytest.mark.parametrize(
    ("text", "charges"),
    [
        ("The decay of K$^+$", "+"),
        ("The decay of K$^{-}$", "-"),
        (r"The decay of K\^+", "+"),
        ("Ca<sup>2+</sup> in cells", "+"),
        ("Ca<sup>2\u2212</sup> in cells", "-"),
        ("K\u207a and K\u207b", "+-"),
        ("x<sup>2</sup> + y", ""),
        ("One + One", ""),
    ],
)
def test_signs_that_stand_raised_are_charges(text: str, charges: str) -> None:
    assert title_of(text).charges == charges
