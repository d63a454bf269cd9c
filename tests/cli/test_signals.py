from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import dlbib

if TYPE_CHECKING:
    from pathlib import Path

# The signal comes while the program is at work: from a trace, once it has entered the named function.
PROGRAM = """
import os, signal, sys, {module}
from dlbib.cli import main

def trace(frame, event, argument):
    if frame.f_code is {module}.{function}.__code__:
        sys.settrace(None)
        os.kill(os.getpid(), {number})

if signal.getsignal({number}) is signal.SIG_IGN:  # by whoever runs the tests, as nohup does
    signal.signal({number}, signal.SIG_DFL)
sys.argv = ["dlbib", *sys.argv[1:]]
sys.settrace(trace)
main()
"""
SEEDING = ("dlbib.store.records", "refresh")
IMPORTING = ("dlbib.store.rows", "search_text")
WRITING = ("dlbib.files.writing", "_pour")
SERIALISING = ("dlbib.model.entry", "Verbatim.__eq__")  # which pydantic calls, and hides the error of


def stopped(where: tuple[str, str], number: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program that got a signal at that function."""
    module, function = where
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(module=module, function=function, number=number), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGINT, 130, "dlbib: interrupted\n"),
        (signal.SIGTERM, 143, ""),
        (signal.SIGHUP, 143, ""),
    ],
)
def test_a_signal_takes_back_what_was_half_seeded(tmp_path: Path, number: int, code: int, said: str) -> None:
    path = tmp_path / "library.db"
    result = stopped(SEEDING, number, "seed", "--library", str(path))
    assert (result.returncode, result.stderr) == (code, said)
    with dlbib.open(path, create=False) as library:
        assert not library.works()
    assert [each.name for each in tmp_path.iterdir()] == ["library.db"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_what_was_to_be_replaced(
    seeded: Path, tmp_path: Path, number: int, code: int
) -> None:
    target = tmp_path / "all.bib"
    target.write_text("mine", encoding="utf-8")
    result = stopped(WRITING, number, "export", "--library", str(seeded), "--output", str(target))
    assert result.returncode == code
    assert {each.name: each.read_text(encoding="utf-8") for each in tmp_path.iterdir()} == {"all.bib": "mine"}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_is_told_as_one_even_where_other_code_makes_another_error_of_it(
    tmp_path: Path, number: int, code: int
) -> None:
    result = stopped(SERIALISING, number, "seed", "--library", str(tmp_path / "library.db"))
    assert result.returncode == code
    assert "bug" not in result.stderr


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_a_signal_takes_back_what_was_half_imported(tmp_path: Path, number: int, code: int) -> None:
    path, refs = tmp_path / "library.db", tmp_path / "refs.bib"
    refs.write_text("@book{before, title = {What was there}, year = 2014}\n", encoding="utf-8")
    with dlbib.open(path) as library:
        library.import_file(refs)
    refs.write_text("@book{new, title = {What is new}, year = 2015}\n", encoding="utf-8")
    result = stopped(IMPORTING, number, "import", str(refs), "--library", str(path))
    assert (result.returncode, "Traceback" in result.stderr) == (code, False)
    assert ("interrupted" in result.stderr) == (number == signal.SIGINT)
    with dlbib.open(path, create=False) as library:
        assert [work.key for work in library.works()] == ["before"]


def test_who_interrupts_it_before_it_has_begun_is_answered_too() -> None:
    program = """
import sys
from dlbib.__main__ import main

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupts())
main()
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (130, "dlbib: interrupted\n")
