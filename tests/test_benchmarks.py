from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.__main__ import main
from benchmarks.samples import sample
from benchmarks.tasks import all_tasks
from dlbib.formats.bibtex.splitter import EntryBlock, split_text

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_made_file_is_the_same_every_time() -> None:
    assert list(sample(30)) == list(sample(30))


def test_the_made_file_holds_as_many_entries_as_it_should_and_no_fault() -> None:
    blocks = list(split_text("".join(sample(30))))

    assert sum(isinstance(block, EntryBlock) for block in blocks) == 30
    assert [block.problems for block in blocks if block.problems] == []


def test_what_a_task_is_held_against_is_a_task() -> None:
    tasks = all_tasks()

    assert {name for task in tasks.values() for name in task.at_most} <= tasks.keys()


def test_the_command_prints_a_table_and_writes_the_same_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "results" / "results.json"

    options = ["--entries", "20", "--repeats", "1", "--only", "parse_string", "--json", str(path)]
    assert main(options) == 0

    (result,) = json.loads(path.read_text(encoding="utf-8"))["results"]
    assert (result["measurement"]["entries"], result["missed"]) == (20, [])
    assert "bibtexparser.parse_string" in capsys.readouterr().out
