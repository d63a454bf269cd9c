from __future__ import annotations

import json
from pathlib import Path

import pytest

import dlbib
from benchmarks.__main__ import Part, main
from benchmarks.measuring import Measurement
from benchmarks.samples import large, sample
from benchmarks.stages import STAGES
from benchmarks.tasks import all_tasks
from dlbib.formats.bibtex.splitter import EntryBlock, split_text


def test_the_made_file_is_the_same_every_time() -> None:
    assert list(sample(30)) == list(sample(30))


def test_the_made_file_holds_as_many_entries_as_it_should_and_no_fault() -> None:
    blocks = list(split_text("".join(sample(30))))

    assert sum(isinstance(block, EntryBlock) for block in blocks) == 30
    assert [block.problems for block in blocks if block.problems] == []


def test_what_a_task_is_held_against_is_a_task() -> None:
    tasks = all_tasks()

    assert {name for task in tasks.values() for name in task.peers} <= tasks.keys()


def test_a_large_file_repeats_another_under_keys_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "made.bib"
    path.write_text("".join(sample(20)), encoding="utf-8")

    made = large(path, 30_000)
    text = made.read_text(encoding="utf-8")
    made.unlink()
    keys = [block.key for block in split_text(text) if isinstance(block, EntryBlock)]

    assert len(keys) == len(set(keys)) > 20
    assert len(text) >= 30_000


def test_of_two_measurements_the_least_of_each_clock_counts() -> None:
    quiet, busy = Measurement("read", 1.0, 0.9, 50.0, 20), Measurement("read", 2.0, 0.8, 60.0, 20)

    assert quiet.least(busy) == Measurement("read", 1.0, 0.8, 50.0, 20)


@pytest.mark.parametrize(("cpu_seconds", "is_missed"), [(0.6, True), (0.5, False), (0.4, False)])
@pytest.mark.parametrize("seconds", [0.4, 0.6])
def test_a_limit_is_of_the_processors_time_whatever_the_clock_says(
    seconds: float, cpu_seconds: float, *, is_missed: bool
) -> None:
    assert Part("peer", seconds, cpu_seconds, at_most=0.5).is_missed is is_missed


def test_what_has_no_limit_is_never_missed() -> None:
    assert not Part("peer", 9.0, 9.0, at_most=None).is_missed


def test_a_part_says_plainly_what_it_is_of_and_what_it_may_be() -> None:
    assert str(Part("peer", 0.61, 0.6, at_most=0.5)) == "cpu 0.600 <=0.5 of peer (clock 0.610)"


@pytest.mark.parametrize(
    "name",
    [
        *("convert .bib to CSL-JSON", "import", "import again", "insert the same rows"),
        *("read", "read CSL-JSON", "read into a list", "split", "write .bib"),
    ],
)
def test_a_task_meets_every_entry(name: str, tmp_path: Path) -> None:
    path = tmp_path / "made.bib"
    path.write_text("".join(sample(20)), encoding="utf-8")
    task = all_tasks()[name]

    assert task.run(task.prepare(path)) == 20


def test_each_stage_of_an_import_is_that_of_a_module_that_is_there() -> None:
    package = Path(dlbib.__file__).parent.parent

    assert [part for part, _ in STAGES if not (package / part).exists()] == ["sqlalchemy/engine/default.py"]


def test_the_command_prints_a_table_and_writes_the_same_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "results" / "results.json"

    options = ["--entries", "20", "--repeats", "1", "--only", "parse_string", "--json", str(path)]
    assert main(options) == 0

    (result,) = json.loads(path.read_text(encoding="utf-8"))["results"]
    assert (result["measurement"]["entries"], result["missed"]) == (20, [])
    shown = capsys.readouterr().out
    assert "bibtexparser.parse_string" in shown
    assert "nothing is judged by fewer than 3 rounds" in shown
