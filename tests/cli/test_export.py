"""What ``dlbib export`` refuses, and what it makes harmless."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import dlbib as package

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

KEY = "mnih2015human"
HOSTILE = r"\input{secret}"


@pytest.fixture
def hostile(seeded_file: Path, tmp_path: Path) -> str:
    """A library of one list in which one work has a dangerous field."""
    path = shutil.copy(seeded_file, tmp_path / "hostile.db")
    with package.open(path, create=False) as library:
        library.edit(KEY, **{"extra:bibtex:annotation": HOSTILE})
    return str(path)


def test_g011_dangerous_tex_is_told_and_kept(hostile: str, dlbib: Run) -> None:
    done = dlbib("export", "-L", hostile, "-k", KEY)
    assert done.returncode == 0
    assert f"annotation = {{{HOSTILE}}}" in done.stdout
    assert f"warning[SEC-LATEX] key '{KEY}' field 'annotation'" in done.stderr


def test_g011_safety_neutralises_it(hostile: str, dlbib: Run, tmp_path: Path) -> None:
    done = dlbib("export", "-L", hostile, "-k", KEY, "--safe", "-o", "refs.bib")
    assert done.returncode == 0
    assert r"annotation = {{\textbackslash}input{secret}}" in (tmp_path / "refs.bib").read_text(
        encoding="utf-8"
    )
    assert f"warning[SEC-LATEX] key '{KEY}' field 'annotation'" in done.stderr


@pytest.mark.parametrize("also", [[], ["--safe"]])
def test_g011_strictness_refuses_it_naming_key_and_field(
    also: list[str], hostile: str, dlbib: Run, tmp_path: Path
) -> None:
    (tmp_path / "refs.bib").write_text("as it was", encoding="utf-8")
    done = dlbib("export", "-L", hostile, "-k", KEY, "--strict", *also, "-o", "refs.bib")
    assert done.returncode == 1
    assert f"key '{KEY}' field 'annotation'" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8") == "as it was"


@pytest.mark.parametrize("output", ["refs", "folder.json/refs"])
def test_a_file_without_extension_is_bibtex(seeded: Path, dlbib: Run, tmp_path: Path, output: str) -> None:
    (tmp_path / "folder.json").mkdir()
    assert dlbib("export", "-L", str(seeded), "-k", KEY, "-o", output).returncode == 0
    assert (tmp_path / output).read_text().startswith("@article{mnih2015human,")


def test_f008_a_device_without_room_is_told_as_such(seeded: Path, dlbib: Run) -> None:
    assert dlbib("export", "-L", str(seeded), "-o", "/dev/full").returncode == 6


def test_an_extension_of_no_format_is_a_mistake(seeded: Path, dlbib: Run, tmp_path: Path) -> None:
    done = dlbib("export", "-L", str(seeded), "-o", "refs.jsn")
    assert (done.returncode, "no format goes by '.jsn'" in done.stderr) == (2, True)
    assert not (tmp_path / "refs.jsn").exists()


def test_strictness_prints_nothing_either(hostile: str, dlbib: Run) -> None:
    assert dlbib("export", "-L", hostile, "--strict").stdout == ""


def test_strictness_has_nothing_against_what_is_right(seeded: Path, dlbib: Run) -> None:
    done = dlbib("export", "-L", str(seeded), "-k", KEY, "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"@article{{{KEY},")


BIB = "% mine\n@Article{mnih2015human, title={Other},\n  note = {n}}\n\n@misc{own, title = {Own}}\n"


def test_preserve_writes_over_the_layout_of_a_file(seeded: Path, dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    done = dlbib("export", "-L", str(seeded), "-k", KEY, "--preserve", "refs.bib", "-o", "refs.bib")
    text = (tmp_path / "refs.bib").read_text(encoding="utf-8")
    assert done.returncode == 0
    assert text.startswith("% mine\n@Article{mnih2015human, title={Human-level control")
    assert text.endswith("\n\n@misc{own, title = {Own}}\n")
    assert "warning[PRESERVE-KEPT] key 'own'" in done.stderr


def test_preserve_puts_new_works_at_the_end(seeded: Path, dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    done = dlbib("export", "-L", str(seeded), "-k", "cho2014learning", "--preserve", "refs.bib")
    assert "warning[PRESERVE-LEFT-OUT] key 'mnih2015human'" in done.stderr
    assert done.stdout.startswith("% mine\n@misc{own, title = {Own}}\n\n@inproceedings{cho2014learning,\n")


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("-f", "csl-json", "--preserve", "refs.bib"), (2, "CSL-JSON can't preserve the layout of a file")),
        (("--preserve", "none.bib"), (3, "No such file")),
        (("--preserve", "page.bib"), (3, "looks like HTML")),
        (("--preserve", "old.bib"), (3, "--encoding latin-1")),
    ],
)
def test_what_cannot_be_preserved_is_refused(
    arguments: tuple[str, ...], answer: tuple[int, str], seeded: Path, dlbib: Run, tmp_path: Path
) -> None:
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "page.bib").write_text("<!DOCTYPE html>\n", encoding="utf-8")
    (tmp_path / "old.bib").write_bytes(b"@misc{a, title = {\xe9}}")
    done = dlbib("export", "-L", str(seeded), *arguments, "-o", "out.bib")
    code, what = answer
    assert done.returncode == code
    assert what in done.stderr
    assert not (tmp_path / "out.bib").exists()


def test_g018_nothing_selected_is_an_empty_file_that_is_told(
    seeded: Path, dlbib: Run, tmp_path: Path
) -> None:
    done = dlbib("export", "-L", str(seeded), "author:nobodyatall", "-o", "refs.bib")
    assert (done.returncode, (tmp_path / "refs.bib").read_bytes()) == (0, b"")
    assert "refs.bib: 0 entries" in done.stderr
    done = dlbib("export", "-L", str(seeded), "author:nobodyatall", "-f", "csl-json")
    assert (done.returncode, done.stdout.strip()) == (0, "[]")
    assert "nothing was selected" in done.stderr


def test_a_hyphen_is_standard_output(seeded: Path, dlbib: Run, tmp_path: Path) -> None:
    done = dlbib("export", "-L", str(seeded), "-k", KEY, "-o", "-")
    assert done.returncode == 0
    assert done.stdout == dlbib("export", "-L", str(seeded), "-k", KEY).stdout != ""
    assert not (tmp_path / "-").exists()
