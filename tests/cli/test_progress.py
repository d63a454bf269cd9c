from __future__ import annotations

from typing import TYPE_CHECKING

from dlbib.cli.progress import drawn_progress
from dlbib.progress import Progress, unwatched

if TYPE_CHECKING:
    import pytest


def test_nothing_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with drawn_progress() as watch:
        watch(Progress("refs.bib", 1, 2, "bytes"))

    assert watch is unwatched
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_what_is_done_how_much_of_it_and_what_came_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")

    with drawn_progress() as watch:
        watch(Progress("refs\x1b.bib", 1_000_000, 2_000_000, "bytes", {"added": 12, "merged": 0}))
        watch(Progress("arXiv", 3, 40, "works"))

    drawn = capsys.readouterr().err
    assert "refs\\x1b.bib" in drawn
    assert "1.0 MB" in drawn
    assert "12 added" in drawn
    assert "merged" not in drawn
    assert "3/40 works" in drawn
