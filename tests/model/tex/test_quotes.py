# ruff: noqa: RUF001  # marks that look alike are what is tested

from __future__ import annotations

import pytest

from dlbib.model.tex.decode import decode
from dlbib.model.tex.quotes import closed


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("`Tide' and ebb", "‘Tide’ and ebb"),
        ("The `low tide', again", "‘low tide’"),
        ("`The boat's mast'", "‘The boat's mast’"),
        (r"`\emph{Tide}': a word", "‘<i>Tide</i>’: a word"),
        (r"`caf\'e'", "‘café’"),
        ("``a `b' c''", "“a ‘b’ c”"),
        ("`a' or `b'", "‘a’ or ‘b’"),
    ],
)
def test_the_mark_that_closes_a_quotation_is_none_but_that(written: str, read: str) -> None:
    assert read in decode(written)


@pytest.mark.parametrize(
    "text",
    [
        "rock 'n' roll",
        "the `90s and '80s",
        "don`t",
        r"\`a l'\'ete'",
        "the boys' `",
        "?`Que' tal",
        "`a``b'' c",
        "`$x'$",
    ],
)
def test_any_other_apostrophe_stays_one(text: str) -> None:
    assert closed(text) == text
