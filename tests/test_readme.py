from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_two_commands_do_all_the_set_up() -> None:
    commands = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    assert commands[:2] == [
        "pip install . && dlbib seed && dlbib export --application image-captioning --output thesis.bib",
        "pip install -e '.[test]' && pytest",
    ]


def test_the_script_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (script,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(script, "README.md", "exec"), {"__name__": "__main__"})  # noqa: S102  # the README's own script
    assert capsys.readouterr().out.splitlines()[-1] == "7 entries written"
    assert (tmp_path / "thesis.bib").read_text(encoding="ascii").count("@") == 7


def test_the_example_shows_what_the_program_prints(seeded_file: Path) -> None:
    (example,) = re.findall(r"```console\n\$ (.*?)\n(.*?)```", README, re.DOTALL)
    command, printed = example
    ran = subprocess.run(
        [sys.executable, "-m", *command.split(), "--library", str(seeded_file)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout == printed


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md"])
def test_every_link_inside_the_project_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("command", re.findall(r"\| `dlbib ([a-z]+)", README))
def test_the_commands_of_the_table_exist(command: str) -> None:
    from dlbib.cli import app  # noqa: PLC0415  # the command line is built for this test alone

    known = app()
    commands, groups = known.registered_commands, known.registered_groups
    assert command in {each.name for each in commands} | {each.name for each in groups}
