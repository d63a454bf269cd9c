from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dlbib.cli.output import say

if TYPE_CHECKING:
    from pathlib import Path


def in_shell(command: str, library: Path) -> subprocess.CompletedProcess[str]:
    """What a shell makes of ``command``, in which DLBIB stands for the program with its library."""
    program = f"DLBIB_LIBRARY='{library}' '{sys.executable}' -m dlbib"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("DLBIB", program)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "stream"),
    [("export", ">/dev/full"), ("papers", ">&-"), ("papers --json", ">/dev/full"), ("--version", ">&-")],
)
def test_a_standard_output_that_takes_nothing_is_an_output_error(
    seeded: Path, arguments: str, stream: str
) -> None:
    result = in_shell(f"DLBIB {arguments} {stream}", seeded)
    assert result.returncode == 6
    assert result.stderr.startswith("dlbib: error: standard output can't be written: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_closed_standard_output_is_no_obstacle_to_writing_a_file(seeded: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.bib"
    result = in_shell(f"DLBIB export --output '{target}' >&-", seeded)
    assert result.returncode == 0
    assert target.stat().st_size


@pytest.mark.parametrize("stream", ["2>/dev/full", "2>&-"])
def test_messages_that_nobody_takes_stop_no_work(seeded: Path, stream: str) -> None:
    result = in_shell(f"DLBIB seed {stream}", seeded)
    assert (result.returncode, len(result.stdout.splitlines())) == (0, 3)


@pytest.mark.parametrize("arguments", ["papers", "export --format bibtex --output /dev/stdout", "--help"])
def test_a_reader_that_takes_nothing_is_left_in_silence(seeded: Path, arguments: str) -> None:
    result = in_shell(f"DLBIB {arguments} | true", seeded)
    assert result.returncode in {0, 141}
    assert result.stderr == ""


@pytest.mark.parametrize("stream", [">/dev/full", "| true"])
def test_an_error_that_cannot_be_given_as_json_keeps_its_exit_code(seeded: Path, stream: str) -> None:
    result = in_shell(f"DLBIB show nobody --json {stream}", seeded)
    assert (result.returncode, result.stderr) == (1, "dlbib: error: no key 'nobody'\n")


def test_a_program_without_buffers_writes_the_same(seeded: Path) -> None:
    buffered, unbuffered = (
        in_shell(f"PYTHONUNBUFFERED={value} DLBIB papers", seeded).stdout for value in ("", "1")
    )
    assert buffered == unbuffered


def test_debug_shows_a_traceback_and_keeps_the_exit_code(seeded: Path) -> None:
    result = in_shell("DLBIB show nobody --debug", seeded)
    assert result.returncode == 1
    assert "Traceback" in result.stderr


def test_a_message_is_told_at_once_however_standard_error_is_buffered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(told, encoding="utf-8"))
    say("wait\x1b\nhere")
    assert told.getvalue() == b"wait\\x1b\nhere\n"
