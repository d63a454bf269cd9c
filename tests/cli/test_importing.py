from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run

GOOD = "@article{doe2014, title = {On Words}, author = {Doe, Jane}, year = {2014}}\n"
BROKEN = "@misc{broken, title = {Never} year = {2014}}\n"


def _keys(dlbib: Run, *options: str) -> set[str]:
    return {paper["key"] for paper in json.loads(dlbib("papers", "--json", *options).stdout)}


def test_an_import_says_what_came_of_it_and_that_adds_up(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD + BROKEN)
    done = dlbib("import", "refs.bib")
    assert done.stdout == "refs.bib: read 2 = added 1 + merged 0 + unchanged 0 + set aside 1\n"
    assert done.returncode == 1
    assert "refs.bib:2:30: error[BIB-MISSING-COMMA] key 'broken' field 'title'" in done.stderr


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ('[{"id": "a", "type": "book", "title": "T"},\n{"id": oops}]', ["-f", "csl-json"], 3),
        (GOOD + BROKEN, ["--strict"], 3),
        (GOOD, ["--dry-run"], 0),
    ],
    ids=["refused while it is read", "refused when it was read", "rehearsed"],
)
def test_where_nothing_is_imported_no_library_is_left(
    dlbib: Run, tmp_path: Path, text: str, options: list[str], code: int
) -> None:
    (tmp_path / "refs.bib").write_text(text)
    assert dlbib("import", "refs.bib", *options, "-L", "new.db").returncode == code
    assert [path.name for path in tmp_path.iterdir() if ".db" in path.name] == []


@pytest.mark.parametrize("name", ["", " "])
def test_a_file_can_t_be_called_nothing(dlbib: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "refs.bib").write_text(GOOD)
    done = dlbib("import", "refs.bib", "--as", name, "-L", "new.db")
    assert (done.returncode, "can't be called nothing" in done.stderr) == (2, True)
    assert not (tmp_path / "new.db").exists()


def test_a_library_that_was_there_stays_whatever_is_imported(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD)
    dlbib("import", "refs.bib", "-L", "own.db")
    dlbib("undo", "-L", "own.db")
    assert dlbib("import", "refs.bib", "--dry-run", "-L", "own.db").returncode == 0
    assert (tmp_path / "own.db").exists()


def test_several_files_are_summed_up(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(GOOD)
    (tmp_path / "b.bib").write_text(GOOD.replace("doe2014", "doe2013").replace("On Words", "Of Letters"))
    done = dlbib("import", "a.bib", "b.bib")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        "total: read 2 = added 2 + merged 0 + unchanged 0 + set aside 0",
    )


def test_problems_lists_what_was_set_aside_line_by_line(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD + BROKEN)
    dlbib("import", "refs.bib")
    done = dlbib("problems")
    cells = done.stdout.rstrip("\n").split("\t")
    assert cells[:-1] == [str(tmp_path / "refs.bib"), "2", "30", "broken", "title", "BIB-MISSING-COMMA"]
    assert done.returncode == 1


def test_problems_gives_programs_json_and_people_the_texts(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD + BROKEN)
    dlbib("import", "refs.bib")
    (aside,) = json.loads(dlbib("problems", "--json").stdout)
    assert (aside["raw"], aside["problems"][0]["code"]) == (BROKEN.strip(), "BIB-MISSING-COMMA")
    assert dlbib("problems", "--raw").stdout.strip() == BROKEN.strip()


def test_a_mended_file_is_read_again(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD + BROKEN)
    dlbib("import", "refs.bib")
    (tmp_path / "refs.bib").write_text(GOOD + BROKEN.replace("} year", "}, year"))
    done = dlbib("problems", "--retry")
    assert "read 2 = added 1 + merged 0 + unchanged 1 + set aside 0" in done.stdout
    assert (done.returncode, dlbib("problems").stdout) == (0, "")


def test_a_file_is_read_again_as_it_is_asked_for(dlbib: Run, tmp_path: Path) -> None:
    unkeyed = "@misc{title = {Of Letters}, author = {Roe, Richard}, year = {2015}}\n"
    (tmp_path / "refs.bib").write_text(GOOD + GOOD.replace("On Words", "On Other Words") + unkeyed)
    assert "added 1 + merged 0 + unchanged 0 + set aside 2" in dlbib("import", "refs.bib").stdout
    done = dlbib("problems", "--retry", "--on-duplicate", "rename", "--generate-keys")
    assert "read 3 = added 2 + merged 0 + unchanged 1 + set aside 0" in done.stdout
    assert (done.returncode, dlbib("problems").stdout) == (0, "")


def test_how_files_are_read_again_is_not_said_where_none_is(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD)
    dlbib("import", "refs.bib")
    done = dlbib("problems", "--generate-keys")
    assert (done.returncode, "say --retry too" in done.stderr) == (2, True)


def test_json_tells_what_came_of_each_file(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD)
    said = json.loads(dlbib("import", "--json", "refs.bib").stdout)
    assert said["total"] == {"read": 1, "added": 1, "merged": 0, "unchanged": 0, "set_aside": 0}
    assert said["files"][0]["keys"] == {"doe2014": "doe2014"}


def test_a_file_that_cannot_be_read_makes_no_library(dlbib: Run, home: Path) -> None:
    done = dlbib("import", "nosuch.bib")
    assert (done.returncode, list(home.rglob("*.db"))) == (3, [])


def test_f004_one_bad_file_of_several_is_no_matter_of_the_others(dlbib: Run, tmp_path: Path) -> None:
    _three_good_and_a_bad_one(tmp_path)
    done = dlbib("import", "a.bib", "bad.bib", "b.bib", "c.bib")
    total = "total: read 3 = added 3 + merged 0 + unchanged 0 + set aside 0"
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, total)
    assert "error: bad.bib:1: is not UTF-8" in done.stderr
    assert _keys(dlbib) == {"a", "b", "c"}


def test_f004_all_or_none_are_imported_where_that_is_asked_for(dlbib: Run, tmp_path: Path) -> None:
    _three_good_and_a_bad_one(tmp_path)
    dlbib("import", "c.bib")
    done = dlbib("import", "--atomic", "a.bib", "bad.bib", "b.bib")
    assert (done.returncode, done.stdout) == (3, "")
    assert "a.bib: was not imported, because another file could not be" in done.stderr
    assert _keys(dlbib) == {"c"}


def _three_good_and_a_bad_one(folder: Path) -> None:
    for name, title in (("a", "On Words"), ("b", "Of Letters"), ("c", "Signs")):
        (folder / f"{name}.bib").write_text(GOOD.replace("doe2014", name).replace("On Words", title))
    (folder / "bad.bib").write_bytes(b"@misc{bad, title = {\xff}}")


@pytest.mark.parametrize("make", [Path.hardlink_to, Path.symlink_to])
def test_f005_a_file_that_is_given_twice_is_imported_once(
    dlbib: Run, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    (tmp_path / "a.bib").write_text(GOOD)
    make(tmp_path / "same.bib", tmp_path / "a.bib")
    done = dlbib("import", "a.bib", "same.bib", "a.bib")
    total = "total: read 1 = added 1 + merged 0 + unchanged 0 + set aside 0"
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, total)
    assert done.stderr.count("warning[FILE-TWICE]") == 2


def test_f005_a_link_that_leads_to_itself_is_told(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "a.bib").symlink_to("b.bib")
    (tmp_path / "b.bib").symlink_to("a.bib")
    done = dlbib("import", "a.bib")
    assert (done.returncode, "a.bib: can't be read: Too many levels" in done.stderr) == (3, True)


def test_strict_refuses_with_3_and_tells_warnings_with_1(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.bib").write_text(GOOD + BROKEN)
    (tmp_path / "odd.bib").write_text("@nonsense{a, title = {T}}")
    assert dlbib("import", "--strict", "broken.bib").returncode == 3
    assert dlbib("import", "--strict", "odd.bib").returncode == 1
    assert dlbib("import", "odd.bib").returncode == 0


def _piped(text: bytes | None, home: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "dlbib", "import", "-", *arguments],
        input=text,
        env={"PATH": os.environ["PATH"], "HOME": str(home)},
        capture_output=True,
        check=False,
    )


def test_standard_input_is_read_as_what_its_text_shows(home: Path) -> None:
    done = _piped(GOOD.encode(), home)
    assert done.stdout == b"standard input: read 1 = added 1 + merged 0 + unchanged 0 + set aside 0\n"


def test_the_same_text_on_standard_input_changes_nothing(home: Path) -> None:
    _piped(GOOD.encode(), home)
    assert b"unchanged 1" in _piped(GOOD.encode(), home).stdout


@pytest.mark.parametrize("sent", [b"", b"\x1f\x8b\x08\x00garbage", b"\x00\xff\xfe\x01" * 500])
def test_f002_nothing_or_what_is_no_text_on_standard_input_is_3(home: Path, sent: bytes) -> None:
    done = _piped(sent, home, "--format", "bibtex")
    assert (done.returncode, done.stderr.count(b"\n"), list(home.rglob("*.db"))) == (3, 1, [])


def test_f002_a_standard_input_that_is_closed_is_3(home: Path) -> None:
    arguments = ["sh", "-c", 'exec "$0" -m dlbib import - <&-', sys.executable]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "standard input: it is closed; name a file" in done.stderr) == (3, True)


FULL = """
import resource, sys
from dlbib.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.mark.parametrize("room", [0, 50_000, 400_000])
def test_e012_nothing_of_an_import_stays_when_the_disk_is_full(dlbib: Run, tmp_path: Path, room: int) -> None:
    (tmp_path / "few.bib").write_text(GOOD)
    dlbib("import", "--library", "library.db", "few.bib")
    before = (tmp_path / "library.db").read_bytes()
    many = "".join(f"@book{{k{n}, title = {{Book Number {n}}}, year = {n + 999}}}\n" for n in range(5000))
    (tmp_path / "many.bib").write_text(many)
    arguments = [str(len(before) + room), "import", "--library", "library.db", "many.bib"]
    done = subprocess.run(
        [sys.executable, "-c", FULL, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert "nothing was changed" in done.stderr
    assert _keys(dlbib, "--library", "library.db") == {"doe2014"}
    assert "added 5000" in dlbib("import", "--library", "library.db", "many.bib").stdout


def test_an_unknown_way_with_duplicates_is_a_mistake(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(GOOD)
    done = dlbib("import", "--on-duplicate", "guess", "refs.bib")
    assert (done.returncode, "set-aside, skip, rename, merge, replace" in done.stderr) == (2, True)


def test_standard_input_can_be_named_once(dlbib: Run, tmp_path: Path) -> None:
    result = dlbib("import", "-", "-", "--library", "new.db")
    assert result.returncode == 2
    assert "'-' is there more than once" in result.stderr
    assert not (tmp_path / "new.db").exists()
