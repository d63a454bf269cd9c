"""Commands that say which works are one: duplicates, merge, distinct, remove, undo."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import dlbib as package
from dlbib.store.models import Contribution, Paper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

TITLE = "ImageNet Classification with Deep Convolutional Neural Networks"


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A library with a paper and its reprint of five years later."""
    path = tmp_path / "library.db"
    with package.open(path) as opened, opened.session() as session:
        for key, year in (("krizhevsky2012", "2012"), ("krizhevsky2017", "2017")):
            author = Contribution(role="author", position=0, family="Krizhevsky", given="Alex")
            session.add(
                Paper(key=key, type="article-journal", title=TITLE, issued=year, contributions=[author])
            )
            session.flush()
    return str(path)


def test_duplicates_are_told_with_every_reason_and_what_to_do(dlbib: Run, library: str) -> None:
    done = dlbib("duplicates", "-L", library)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[:5] for row in rows] == [
        ["krizhevsky2012", "krizhevsky2017", "0.55", "same-title", "+0.45"],
        ["krizhevsky2012", "krizhevsky2017", "0.55", "same-authors", "+0.35"],
        ["krizhevsky2012", "krizhevsky2017", "0.55", "other-year", "-0.25"],
    ]
    assert rows[2][5] == "year 2012 | 2017"
    assert "dlbib merge krizhevsky2012 krizhevsky2017" in done.stderr


def test_duplicates_are_json_for_programs(dlbib: Run, library: str) -> None:
    (found,) = json.loads(dlbib("duplicates", "-L", library, "--json").stdout)
    assert (found["key"], found["other"], found["verdict"]) == ("krizhevsky2012", "krizhevsky2017", "unsure")
    assert sum(each["weight"] for each in found["reasons"]) == pytest.approx(found["score"])


def test_duplicates_of_what_a_query_finds(dlbib: Run, library: str) -> None:
    assert dlbib("duplicates", "-L", library, "year:2012").stdout
    assert not dlbib("duplicates", "-L", library, "year:1999").stdout


@pytest.mark.parametrize(
    "command", [["merge", "krizhevsky2012", "krizhevsky2017"], ["remove", "krizhevsky2012"]]
)
def test_nothing_is_merged_or_removed_where_nobody_can_be_asked(
    dlbib: Run, library: str, command: list[str]
) -> None:
    done = dlbib(*command, "-L", library)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert len(dlbib("papers", "-L", library).stdout.splitlines()) == 2


def test_a_merge_keeps_both_keys_and_can_be_undone(dlbib: Run, library: str) -> None:
    merged = dlbib("merge", "krizhevsky2012", "krizhevsky2017", "-L", library, "--yes")
    assert (merged.returncode, "dlbib undo" in merged.stderr) == (0, True)
    assert (
        json.loads(dlbib("show", "krizhevsky2017", "-L", library, "--json").stdout)["key"] == "krizhevsky2012"
    )
    undone = dlbib("undo", "-L", library)
    assert undone.stderr.startswith("undone: merge krizhevsky2017 into krizhevsky2012")
    assert len(dlbib("papers", "-L", library).stdout.splitlines()) == 2


def test_works_that_were_told_apart_are_no_duplicates(dlbib: Run, library: str) -> None:
    assert dlbib("distinct", "krizhevsky2012", "krizhevsky2017", "-L", library).returncode == 0
    done = dlbib("duplicates", "-L", library)
    assert (done.stdout, done.stderr) == ("", "no two works may be one\n")


def test_what_is_removed_comes_back_when_that_is_undone(dlbib: Run, library: str) -> None:
    assert dlbib("remove", "krizhevsky2012", "-L", library, "--yes").returncode == 0
    assert dlbib("show", "krizhevsky2012", "-L", library).returncode != 0
    assert "remove krizhevsky2012" in dlbib("undo", "-L", library, "--dry-run").stderr
    assert dlbib("undo", "-L", library).returncode == 0
    assert dlbib("show", "krizhevsky2012", "-L", library).returncode == 0


def test_undo_says_when_there_is_nothing_to_undo(dlbib: Run, library: str) -> None:
    assert dlbib("undo", "-L", library).returncode == 0
    done = dlbib("undo", "-L", library)
    assert done.returncode != 0
    assert "nothing to undo" in done.stderr


def test_a_merge_of_a_key_that_nobody_has_says_which_are_near(dlbib: Run, library: str) -> None:
    done = dlbib("merge", "krizhevsky2012", "krizhevsky2018", "-L", library, "--yes")
    assert done.returncode != 0
    assert "krizhevsky2017" in done.stderr
