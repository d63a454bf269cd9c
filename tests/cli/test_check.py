from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dlbib.checks import checks

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

BIB = "@misc{smith2014,\n  title = {A title that ends.},\n  pages = {900--800}\n}\n"


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


@pytest.mark.usefixtures("bib")
def test_findings_are_lines_in_a_pipe_and_counted_beside_it(dlbib: Run) -> None:
    ran = dlbib("check", "refs.bib")
    assert ran.returncode == 1
    assert [line.partition(": ")[0] for line in ran.stdout.splitlines()] == ["refs.bib:2:3", "refs.bib:3:3"]
    assert ran.stderr.splitlines()[0] == "refs.bib: 2 findings in 1 entry"
    assert "--fix mends 1 of them" in ran.stderr


def test_a_file_without_findings_leaves_with_nothing(dlbib: Run, bib: Path) -> None:
    bib.write_text("@misc{a, title = {A title}}", encoding="utf-8")
    ran = dlbib("check", "refs.bib")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "refs.bib: nothing found\n")


def test_a_preview_is_a_patch(dlbib: Run, bib: Path) -> None:
    ran = dlbib("check", "refs.bib", "--dry-run")
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[:2] == ["--- refs.bib", "+++ refs.bib"]
    assert "-  title = {A title that ends.}," in ran.stdout
    assert bib.read_text(encoding="utf-8") == BIB


def test_mending_tells_old_and_new_and_what_is_left(dlbib: Run, bib: Path) -> None:
    ran = dlbib("check", "refs.bib", "--fix")
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[0] == (
        "refs.bib:2: mended[title-stop] key 'smith2014' title: {A title that ends.} -> {A title that ends}"
    )
    assert ran.stderr == "refs.bib: 1 finding mended, 1 left\n"
    assert bib.read_text(encoding="utf-8") == BIB.replace("ends.", "ends")


@pytest.mark.usefixtures("bib")
def test_checks_are_chosen_and_left_out_by_name(dlbib: Run) -> None:
    assert dlbib("check", "refs.bib", "--only", "page-range, title-stop").stdout.count("\n") == 2
    assert dlbib("check", "refs.bib", "--skip", "page-range,title-stop").returncode == 0
    ran = dlbib("check", "refs.bib", "--only", "page-rang")
    assert ran.returncode == 2
    assert "did you mean page-range" in ran.stderr


@pytest.mark.usefixtures("bib")
def test_json_has_every_finding_with_its_fix(dlbib: Run) -> None:
    found = json.loads(dlbib("check", "refs.bib", "--json").stdout)
    assert [each["check"] for each in found] == ["title-stop", "page-range"]
    assert found[0]["fix"] == [
        {"field": "title", "old": "{A title that ends.}", "new": "{A title that ends}"}
    ]
    mended = json.loads(dlbib("check", "refs.bib", "--json", "--dry-run").stdout)
    assert [len(mended[part]) for part in ("mended", "left")] == [1, 1]


def test_annotations_are_as_github_reads_them(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "a,b.bib").write_text("@misc{a, title = {50% & more}}", encoding="utf-8")
    ran = dlbib("check", "a,b.bib", "--github")
    assert ran.stdout == (
        "::error file=a%2Cb.bib,line=1,col=10,title=unescaped-special%3A a title::'50%25 & more' has a bare %25 and &; "
        "LaTeX drops the rest of the line; write \\%25 \\&\n"
    )


def test_every_check_is_listed_and_explained(dlbib: Run) -> None:
    listed = [line.split("\t")[0] for line in dlbib("check", "--list").stdout.splitlines()]
    assert listed == list(checks())
    explained = dlbib("check", "--explain", "page-range").stdout
    assert checks()["page-range"].explanation in explained
    assert checks()["page-range"].wrong in explained
    assert json.loads(dlbib("check", "--explain", "page-range", "--json").stdout)["name"] == "page-range"
    assert dlbib("check", "--explain", "nothing").returncode == 2


def test_a_library_is_checked_by_a_query(dlbib: Run, seeded: Path) -> None:
    ran = dlbib("check", "author:graves", "--library", str(seeded))
    assert ran.returncode == 1
    assert "key 'graves2014end'" in ran.stdout
    assert dlbib("check", "author:karpathy", "--library", str(seeded)).returncode == 0


def test_files_and_queries_are_not_mixed(dlbib: Run, bib: Path) -> None:
    assert bib.name == "refs.bib"
    assert dlbib("check", "refs.bib", "author:graves").returncode == 2
    assert dlbib("check", "refs.bib", "--json", "--github").returncode == 2
    assert dlbib("check", "missing.bib").returncode == 3
    assert dlbib("check", "--only", "").returncode == 2
    assert "/dev/stdin" in dlbib("check", "-").stderr
    assert dlbib("check", "-").returncode == 2


def test_a_file_that_can_not_be_written_stays_as_it_was(dlbib: Run, bib: Path) -> None:
    bib.chmod(0o444)
    ran = dlbib("check", "refs.bib", "--fix")
    if os.geteuid():
        assert ran.returncode == 6
    assert bib.read_text(encoding="utf-8") in {BIB, BIB.replace("ends.", "ends")}


def test_what_a_terminal_would_obey_is_shown_as_text(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_text(
        '[{"id": "a\\u001b[31m\\u202e", "type": "book", "title": "A\\u0007.."}]'
    )
    for arguments in ([], ["--github"], ["--dry-run"], ["--fix"]):
        ran = dlbib("check", "refs.json", *arguments)
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", ran.stdout + ran.stderr)


def on_terminal(*arguments: str, cwd: Path, columns: int, **environment: str) -> str:
    """What the program shows on a terminal of some width."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "dlbib", *arguments],
            cwd=cwd,
            env=os.environ | {"COLUMNS": str(columns), "TERM": "xterm"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return os.read(ours, 1 << 16).decode()
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.usefixtures("bib")
@pytest.mark.parametrize("columns", [40, 80])
def test_people_see_a_part_for_each_check_that_fits_their_terminal(tmp_path: Path, columns: int) -> None:
    shown = on_terminal("check", "refs.bib", cwd=tmp_path, columns=columns, NO_COLOR="1")
    lines = [line.rstrip() for line in shown.splitlines()]
    assert all(len(line) <= columns for line in lines)
    assert any(line.startswith("page-range") for line in lines)
    assert any(line.startswith("title-stop") for line in lines)
    assert "smith2014" in shown
    assert "\x1b[" not in shown


def test_a_folder_is_no_query(dlbib: Run, seeded: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    result = dlbib("check", "thesis", "--library", str(seeded))
    assert result.returncode == 2
    assert "'thesis' is a folder; name the files in it, or say 'text:\"thesis\"' to look" in result.stderr


def test_a_word_that_no_file_can_be_called_is_a_query(dlbib: Run, seeded: Path) -> None:
    result = dlbib("check", "x" * 300, DLBIB_LIBRARY=str(seeded))
    assert (result.returncode, "no work is found" in result.stderr) == (0, True)


def test_a_query_that_finds_no_work_is_told_to_find_none(dlbib: Run, seeded: Path) -> None:
    result = dlbib("check", "title:nothing", "--library", str(seeded))
    assert result.returncode == 0
    assert result.stderr == "no work is found by 'title:nothing'\nlibrary: nothing found\n"
