from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hypothesis import given, settings

from dlbib.formats import RenderOptions
from dlbib.formats.ris import parse, render
from tests.formats.ris.strategies import holdable_entries, wild_entries

if TYPE_CHECKING:
    from pathlib import Path

    from dlbib.model.entry import Entry
    from dlbib.model.problems import Problem


def read(text: str) -> list[Entry]:
    return [parsed.entry for parsed in parse(io.StringIO(text, newline=""), "x") if parsed.entry]


def written(entries: list[Entry]) -> tuple[str, list[Problem]]:
    problems: list[Problem] = []
    return "".join(render(entries, RenderOptions(report=problems.append))), problems


@given(holdable_entries())
@settings(max_examples=100)
def test_what_ris_can_hold_comes_back_equal_and_nothing_is_reported(entry: Entry) -> None:
    text, problems = written([entry])
    assert read(text) == [entry]
    assert problems == []


@given(wild_entries())
@settings(max_examples=100)
def test_what_was_read_once_is_a_fixed_point(entry: Entry) -> None:
    once = read(written([entry])[0])
    text, problems = written(once)
    assert read(text) == once
    assert written(read(text))[0] == text
    assert problems == []


@given(wild_entries())
def test_an_entry_is_one_record_whatever_it_holds(entry: Entry) -> None:
    text, _ = written([entry, entry])
    assert len(read(text)) == 2
    assert text.count("TY  - ") == text.count("\r\nER  - \r\n") == 2


def test_real_files_keep_every_record_and_are_fixed_points(shared: Path) -> None:
    files = sorted((shared / "data" / "ris").glob("*.ris"))
    assert files
    for file in files:
        text = file.read_bytes().decode("utf-8-sig")
        entries = read(text)
        starts = sum(line.startswith("TY  -") for line in text.replace("\r\n", "\n").split("\n"))
        assert (file.name, len(entries)) == (file.name, starts)
        again, problems = written(entries)
        assert read(again) == entries
        assert written(read(again))[0] == again
        assert problems == []
