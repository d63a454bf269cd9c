from __future__ import annotations

import os
import subprocess
import sys

import pytest

import dlbib.formats

HEAVY = {
    "sqlalchemy",
    "alembic",
    "requests",
    "bibtexparser",
    "lxml",
    "yaml",
    "dlbib.model.entry",
    "dlbib.library",
}
COMPLETION = {"_DLBIB_COMPLETE": "complete_bash", "COMP_WORDS": "dlbib sh", "COMP_CWORD": "1"}


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["--version"], {*HEAVY, "pydantic", "rich", "dlbib.cli.ask", "dlbib.formats"}),
        (["--help"], {*HEAVY, "pydantic", "rich.progress", "dlbib.formats.bibtex"}),
        (["show", "--help"], {*HEAVY, "rich.progress", "dlbib.formats.bibtex"}),
        (["export", "--help"], {"sqlalchemy", "dlbib.library", "yaml"}),
    ],
)
def test_help_waits_for_nothing_that_it_does_not_tell_of(arguments: list[str], unneeded: set[str]) -> None:
    _, loaded = _run(*arguments)
    assert unneeded.isdisjoint(loaded)


def test_a_shell_completes_a_command_without_loading_the_library() -> None:
    completed, loaded = _run(**COMPLETION)
    assert completed.split() == ["show"]
    assert {*HEAVY, "rich.progress", "dlbib.formats.bibtex"}.isdisjoint(loaded)


@pytest.mark.parametrize("command", ["export", "import"])
def test_help_names_every_format(command: str) -> None:
    told, _ = _run(command, "--help")
    assert f"One of {', '.join(dlbib.formats.formats())};" in " ".join(told.replace("│", " ").split())


def _run(*arguments: str, **environment: str) -> tuple[str, set[str]]:
    """What ``dlbib`` prints, and which modules it loads for it."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "dlbib", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"COLUMNS": "200"} | environment,
    )
    return done.stdout, {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
