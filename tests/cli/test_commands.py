from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dlbib import cli

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_the_readmes_main_job_runs_from_an_empty_folder(dlbib: Run, tmp_path: Path) -> None:
    seeded = dlbib("seed")
    exported = dlbib("export", "--application", "image-captioning", "--output", "thesis.bib")
    assert (seeded.returncode, exported.returncode) == (0, 0), seeded.stderr + exported.stderr
    assert (tmp_path / "thesis.bib").read_text(encoding="ascii").count("@") == 7
    assert exported.stderr == "thesis.bib: 7 entries\n"


def test_seeding_again_says_that_nothing_changed(dlbib: Run) -> None:
    dlbib("seed")
    again = dlbib("seed")
    assert [line.split("\t")[1:] for line in again.stdout.splitlines()] == [
        ["applications", "0", "0", "14"],
        ["papers", "0", "0", "27"],
        ["resources", "0", "0", "23"],
    ]


@pytest.mark.parametrize(
    "command", ["applications", "papers", "resources", "show", "why", "export", "edit", "tag"]
)
def test_a_command_that_finds_no_library_says_which_one_makes_it(
    dlbib: Run, command: str, home: Path
) -> None:
    arguments = {"show": ["k"], "why": ["k"], "edit": ["k", "title=x"], "tag": ["k", "t"]}.get(command, [])
    result = dlbib(command, *arguments)
    assert result.returncode == 4
    assert "run dlbib seed" in result.stderr
    assert result.stdout == ""
    assert not any(path.is_file() for path in home.rglob("*"))


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        (["applications"], 14),
        (["papers"], 27),
        (["papers", "author:graves", "year:2013"], 2),
        (["papers", "--application", "game-playing"], 3),
        (["resources"], 23),
        (["resources", "-a", "game-playing"], 4),
    ],
)
def test_a_pipe_gets_a_line_per_row_parted_by_tabs(
    dlbib: Run, seeded: Path, arguments: list[str], rows: int
) -> None:
    result = dlbib(*arguments, "--library", str(seeded))
    lines = result.stdout.splitlines()
    assert (result.returncode, len(lines)) == (0, rows)
    assert all(line.count("\t") == 3 for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["applications"],
        ["papers"],
        ["resources"],
        ["show", "mnih2015human"],
        ["why", "mnih2015human"],
        ["why", "mnih2015human", "year"],
    ],
)
def test_every_reading_command_gives_json(dlbib: Run, seeded: Path, arguments: list[str]) -> None:
    result = dlbib(*arguments, "--json", DLBIB_LIBRARY=str(seeded))
    assert result.returncode == 0
    assert json.loads(result.stdout)


def test_a_list_of_works_has_titles_without_markup(dlbib: Run, seeded: Path, tmp_path: Path) -> None:
    own = str(shutil.copy(seeded, tmp_path / "own.db"))
    dlbib("edit", "mnih2015human", 'title=On <span class="nocase">Go</span> & <i>E. coli</i>', "-L", own)
    assert dlbib("papers", "key:mnih2015human", "-L", own).stdout.endswith("\tOn Go & E. coli\n")


def test_a_work_in_json_has_the_facts_by_their_names(dlbib: Run, seeded: Path) -> None:
    work = json.loads(dlbib("show", "donahue2015long", "--json", DLBIB_LIBRARY=str(seeded)).stdout)
    assert work["kind"] == "paper"
    assert work["author"][1] == {"family": "Hendricks", "given": "Lisa Anne"}
    assert (work["year"], work["doi"], work["arxiv_id"]) == (2015, "10.1109/CVPR.2015.7298878", "1411.4389")
    assert work["applications"] == ["image-captioning"]
    assert work["cited"][0]["year"] == 2014


@pytest.mark.parametrize(
    "arguments", [["--library", "{}", "papers"], ["papers", "--library", "{}"], ["papers", "-L", "{}"]]
)
def test_the_library_can_be_named_before_or_after_the_command(
    dlbib: Run, seeded: Path, arguments: list[str]
) -> None:
    result = dlbib(*(each.format(seeded) for each in arguments), DLBIB_LIBRARY="/nowhere.db")
    assert len(result.stdout.splitlines()) == 27, result.stderr


def test_why_marks_the_winner(dlbib: Run, seeded: Path) -> None:
    lines = dlbib("why", "erhan2014scalable", "year", DLBIB_LIBRARY=str(seeded)).stdout.splitlines()
    assert [line.split("\t")[:3] for line in lines] == [["issued", "*", "2014"], ["issued", "", "2013"]]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "mnih2015humen"], 1, "mnih2015human"),
        (["export", "--key", "mnih2015humen"], 1, "mnih2015human"),
        (["why", "nobody1999"], 1, "no key 'nobody1999'"),
        (["why", "mnih2015human", "titel"], 2, "title"),
        (["papers", "--application", "image-caption"], 2, "image-captioning"),
        (["papers", "nosuch:x"], 2, "no field 'nosuch'"),
        (["papers", "(a"], 2, "never closed"),
        (["export", "--format", "word"], 2, "there are"),
        (["export", "--output", "x.docx"], 2, ".docx"),
        (["export", "--output", "nowhere/x.bib"], 6, "nowhere/x.bib"),
        (["export", "--cited-in", "none.aux"], 3, "none.aux"),
        (["export", "--cited-in", "thesis.pdf"], 2, "thesis.pdf"),
        (["export", "--nosuch"], 2, "--nosuch"),
        (["nosuch"], 2, "nosuch"),
        (["edit", "mnih2015human", "year=soon"], 2, "soon"),
        (["edit", "mnih2015human", "doi=nonsense"], 2, "nonsense"),
        (["edit", "mnih2015human", "title"], 2, "FIELD=VALUE"),
        (["edit", "mnih2015human", "title=a", "title=b"], 2, "twice"),
        (["edit", "mnih2015human", "year=2014", "issued=2015"], 2, "one field"),
        (["edit", "mnih2015human", "key=mine"], 2, "no field 'key'"),
        (["edit", "mnih2015human", "self=mine"], 2, "no field 'self'"),
        (["show", "caf\udce9"], 1, "no key 'caf\\udce9'"),
        (["export", "--key", "caf\udce9"], 1, "no key 'caf\\udce9'"),
        (["papers", "key:caf\udce9"], 2, "no database keeps"),
        (["tag", "mnih2015human", "caf\udce9"], 2, "is no tag"),
        (["tag", "mnih2015human", "x" * 201], 2, "is no tag"),
    ],
)
def test_a_mistake_gets_one_line_and_its_exit_code(
    dlbib: Run, seeded: Path, arguments: list[str], code: int, said: str
) -> None:
    result = dlbib(*arguments, DLBIB_LIBRARY=str(seeded))
    assert result.returncode == code, result.stderr
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_mistake_with_json_is_an_object_on_standard_output(dlbib: Run, seeded: Path) -> None:
    result = dlbib("show", "mnih2015humen", "--json", DLBIB_LIBRARY=str(seeded))
    error = json.loads(result.stdout)["error"]
    assert (error["type"], error["nearest"][0], error["exit_code"]) == ("NotFoundError", "mnih2015human", 1)


def test_g019_a_citation_that_the_library_lacks_is_named_and_the_rest_is_written(
    dlbib: Run, seeded: Path, tmp_path: Path
) -> None:
    (tmp_path / "thesis.tex").write_text("\\cite{mnih2015human}\n\\cite{nobody}\n", encoding="utf-8")
    result = dlbib("export", "--cited-in", "thesis.tex", "-o", "thesis.bib", DLBIB_LIBRARY=str(seeded))
    assert result.returncode == 1
    assert "thesis.tex:2:7: error[CITE-MISSING] key 'nobody'" in result.stderr
    assert "mnih2015human" in (tmp_path / "thesis.bib").read_text(encoding="utf-8")


def test_a_citation_of_what_was_set_aside_is_told_where_it_is(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "old.bib").write_text(
        "@misc{good, title = {Good}}\n@misc{bad, title = {Bad}\n", encoding="utf-8"
    )
    (tmp_path / "thesis.tex").write_text("\\cite{good}\\cite{Bad}\n", encoding="utf-8")
    assert dlbib("import", "old.bib", "-L", "library.db").returncode == 1
    result = dlbib("export", "--cited-in", "thesis.tex", "-o", "thesis.bib", "-L", "library.db")
    assert result.returncode == 1
    told = f"key 'Bad': is cited, but {tmp_path}/old.bib:2:6 could not be read, and was set aside; left out; mend it there"
    assert told in result.stderr


def test_of_many_problems_the_first_hundred_are_told(dlbib: Run, seeded: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text(
        "".join(f"\\cite{{nobody{n}}}\n" for n in range(150)), encoding="utf-8"
    )
    result = dlbib("export", "--cited-in", "thesis.tex", DLBIB_LIBRARY=str(seeded))
    told = result.stderr.splitlines()
    assert (result.returncode, len(told), told[100]) == (1, 102, "… and 50 more")


def test_what_is_wrong_with_a_list_is_told_as_compilers_do(dlbib: Run, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("list: {slug: own, title: Own}\nnonsense: 1\n", encoding="utf-8")
    result = dlbib("seed", "own.yaml")
    assert result.returncode == 3
    assert all(line.startswith("own.yaml:") for line in result.stderr.splitlines())


def test_an_edit_and_a_tag_are_kept(dlbib: Run, seeded: Path, tmp_path: Path) -> None:
    own = str(shutil.copy(seeded, tmp_path / "own.db"))
    assert dlbib("edit", "mnih2015human", "note=Read it", "year=2016", DLBIB_LIBRARY=own).returncode == 0
    assert dlbib("tag", "mnih2015human", "read", "rl", DLBIB_LIBRARY=own).returncode == 0
    work = json.loads(dlbib("show", "mnih2015human", "--json", DLBIB_LIBRARY=own).stdout)
    assert (work["note"], work["year"], work["tags"]) == ("Read it", 2016, ["read", "rl"])


def test_a_reader_that_leaves_early_is_no_error(seeded: Path) -> None:
    command = f"{sys.executable} -m dlbib papers --json --library '{seeded}' | head -c 10"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert result.returncode in {0, 141}
    assert result.stderr == ""


@pytest.mark.parametrize("columns", ["200", "40", "20"])
def test_a_terminal_gets_a_table_that_fits(seeded: Path, columns: str) -> None:
    output = on_terminal("papers", "--library", str(seeded), COLUMNS=columns, TERM="xterm", NO_COLOR="1")
    lines = output.splitlines()
    assert "key" in lines[0]
    assert all(len(line) <= int(columns) for line in lines)
    assert "\x1b" not in output


def test_a_terminal_gets_no_table_without_rows(seeded: Path) -> None:
    output = on_terminal("papers", "title:nothing", "--library", str(seeded), TERM="xterm", NO_COLOR="1")
    assert output == ""


def test_a_usage_error_ends_before_it_says_what_to_try(dlbib: Run) -> None:
    assert dlbib("show").stderr == "dlbib show: error: Missing argument 'KEY'. Try 'dlbib show --help'.\n"
    assert ". Try 'dlbib check --help'.\n" in dlbib("check", "-").stderr


def test_what_a_terminal_would_obey_is_made_visible(dlbib: Run, seeded: Path, tmp_path: Path) -> None:
    own = str(shutil.copy(seeded, tmp_path / "own.db"))
    dlbib("edit", "mnih2015human", "title=\x1b]0;owned\x07 \u202e evil", DLBIB_LIBRARY=own)
    shown = dlbib("show", "mnih2015human", DLBIB_LIBRARY=own).stdout
    assert "\\x1b]0;owned\\x07" in shown
    assert "\\u202e" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("arguments", [[], ["--help"], ["export", "--help"], ["--version"]])
def test_help_teaches(dlbib: Run, arguments: list[str]) -> None:
    result = dlbib(*arguments)
    assert result.returncode == 0
    assert "dlbib" in result.stdout


def test_a_locale_without_letters_is_no_obstacle(seeded: Path) -> None:
    command = [sys.executable, "-m", "dlbib", "show", "gucluturk2016convolutional"]
    spoken = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "DLBIB_LIBRARY": str(seeded)}
    shown = subprocess.run(command, capture_output=True, check=True, env=os.environ | spoken).stdout
    assert b"G\\xfc\\xe7l\\xfc" in shown


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_bibliography_in_a_pipe_is_utf8_whatever_the_terminal_can_show(seeded: Path, encoding: str) -> None:
    command = [sys.executable, "-m", "dlbib", "export", "-f", "biblatex", "-k", "gucluturk2016convolutional"]
    environment = os.environ | {"PYTHONIOENCODING": encoding, "DLBIB_LIBRARY": str(seeded)}
    written = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    assert "Güçlütürk, Yağmur" in written.decode("utf-8")


@pytest.mark.parametrize("content", [None, "list: {slug: x}\n"])
def test_a_list_that_cannot_be_read_makes_no_library(dlbib: Run, tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "own.yaml").write_text(content, encoding="utf-8")
    assert dlbib("seed", "own.yaml", "--library", "new.db").returncode == 3
    assert not (tmp_path / "new.db").exists()


def test_a_data_folder_that_cannot_be_made_is_told(dlbib: Run, home: Path) -> None:
    (home / ".local").write_text("a file", encoding="utf-8")
    result = dlbib("seed")
    assert result.returncode == 4
    assert "--library FILE" in result.stderr


def test_every_command_that_a_message_names_is_there() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in Path(cli.__file__).parents[1].rglob("*.py")
    )
    named = set(re.findall(r"run dlbib ([a-z]+)", sources))
    assert named - {each.name for each in cli.app().registered_commands} == set()


def on_terminal(*arguments: str, **environment: str) -> str:
    """What the program prints on a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dlbib", *arguments],
        stdout=follower,
        stdin=follower,
        env=os.environ | environment,
    )
    os.close(follower)
    chunks = []
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(leader)
    process.wait()
    return b"".join(chunks).decode().replace("\r\n", "\n")
