"""The real program against a fake arXiv over real HTTP, as a new user would try it, on good days and bad ones."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

import dlbib as package
from dlbib.store.models import Identifier
from dlbib.store.models import Paper as StoredPaper
from tests import warm
from tests.conftest import ROOT
from tests.dumps import dump
from tests.fake_arxiv import Answer, FakeArxiv, Paper, faults, invented, seeded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

APART = ("jobs", "job_items", "operations", "images", "meta", "works", "records")
MANY = 110

# Killed by itself once it calls the named function for the n-th time.
KILLED = """
import os, signal, sys
import {module}
from dlbib.cli import main

left = {times}
own = {module}.{function}

def deadly(*arguments, **named):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return own(*arguments, **named)

{module}.{function} = deadly
sys.argv = ["dlbib", *sys.argv[1:]]
main()
"""


class Prompt:
    """A user's prompt: a library of its own, and a fake arXiv."""

    def __init__(self, folder: Path, server: FakeArxiv) -> None:
        self.folder, self.server = folder, server
        self.library = folder / "library.db"

    def __call__(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return warm.run(arguments, self.folder, {**self._environment(), **more})

    def run(self, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
        process = self.start(command, **more)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def start(self, command: list[str], **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *command],
            env={**self._environment(), **more},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("DLBIB", "XDG"))}
        return {
            **clean,
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "DLBIB_LIBRARY": str(self.library),
            "DLBIB_ARXIV_URL": self.server.url,
            "DLBIB_ARXIV_DELAY_S": "0",
        }

    def json(self, *arguments: str) -> Any:  # noqa: ANN401  # whatever it prints
        return json.loads(self(*arguments, "--json").stdout)

    def said(self) -> tuple[object, ...]:
        """All that the library holds, but for when it came to know it."""
        with package.open(self.library, create=False) as opened:
            held = dump(opened._database.engine, APART)  # noqa: SLF001  # what a test looks into
            works = opened.works()
            said = [
                (r.source, r.source_id, r.kind, r.entry, r.facts, r.raw)
                for work in works
                for r in opened.records(work.key)
            ]
        return held, works, said


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of papers with an arXiv id each, which takes two requests to enrich."""
    path = tmp_path_factory.mktemp("many") / "library.db"
    with package.open(path) as library, library.session() as session:
        for number in range(1, MANY + 1):
            value = f"2001.{number:05}"
            paper = StoredPaper(title=f"Paper Number {number}")
            paper.identifiers.append(Identifier(scheme="arxiv", value=value, work_value=value, position=0))
            session.add(paper)
            session.flush()  # each gets a key that the ones before don't have
    return path


@pytest.fixture(scope="session")
def enriched(many: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, tuple[object, ...]]:
    """How many requests it takes to enrich the many when nothing goes wrong, and all that the library then holds."""
    folder = tmp_path_factory.mktemp("enriched")
    shutil.copy(many, folder / "library.db")
    with FakeArxiv(_papers()) as server:
        calm = Prompt(folder, server)
        assert calm("enrich").returncode == 0
        return len(server.requests), calm.said()


def _papers() -> list[Paper]:
    return [Paper(f"2001.{n:05}", f"Paper Number {n}", (f"Ada Number{n}",)) for n in range(1, MANY + 1)]


@pytest.fixture
def prompt(tmp_path: Path, fake_arxiv: Callable[..., FakeArxiv]) -> Prompt:
    """A prompt at which nothing was done yet."""
    return Prompt(tmp_path, fake_arxiv((*invented(), *seeded(ROOT / "seeds"))))


@pytest.fixture
def busy(tmp_path: Path, many: Path, fake_arxiv: Callable[..., FakeArxiv]) -> Prompt:
    """A prompt with a library of many papers."""
    shutil.copy(many, tmp_path / "library.db")
    return Prompt(tmp_path, fake_arxiv(_papers()))


# --- on good days ---------------------------------------------------------------------------------------


def test_a_new_user_seeds_enriches_and_exports(prompt: Prompt) -> None:
    assert prompt("seed").returncode == 0
    enriched = prompt("enrich")
    assert (enriched.returncode, enriched.stdout.count("\tfound\t")) == (0, 18)
    assert "asked 18 = found 18 + not found 0 + invalid 0 + unknown 0; works: 18 changed" in enriched.stderr
    again = prompt("enrich")
    assert (again.stdout, again.stderr.strip().endswith("works: 18 unchanged")) == ("", True)
    exported = prompt("export", "--format", "biblatex")
    assert exported.returncode == 0
    assert exported.stdout.count("abstract = {We show what can be shown.}") == 18


def test_papers_are_added_where_there_was_no_library(prompt: Prompt) -> None:
    added = prompt("add", "arXiv:2001.00002v1", "https://arxiv.org/abs/hep-th/9901001", "--tag", "new")
    assert added.returncode == 0
    assert added.stdout == (
        "arXiv:2001.00002v1\tfound\tgodel2020godels\tadded\t\n"
        "https://arxiv.org/abs/hep-th/9901001\tfound\tlovelace1999old\tadded\t\n"
    )
    assert "VERSION-NEWER" in added.stderr
    assert prompt("drift").stdout.startswith("godel2020godels\tarxiv:2001.00002v1\tv3\t2021-03-04")
    assert prompt("published").stdout == "godel2020godels\t10.1000/182\tJ. Fakes 1 (2020) 2-3\t\n"
    assert [each["key"] for each in prompt.json("papers", "tag:new")] == [
        "godel2020godels",
        "lovelace1999old",
    ]


def test_what_arxiv_knows_of_a_paper_is_shown_with_it(prompt: Prompt) -> None:
    prompt("add", "2001.00002")
    shown = prompt("show", "godel2020godels").stdout
    assert "arxiv\t2001.00002: version 3 of 2021-03-04, first submitted 2020-01-02\n" in shown
    assert "\t14 pages; to appear in J. Fakes\n" in shown
    (told,) = prompt.json("show", "godel2020godels")["told"]
    assert (told["version"], told["published_doi"], told["withdrawn"]) == (3, "10.1000/182", False)


def test_d038_a_withdrawn_paper_is_warned_of_when_it_is_added_checked_and_exported(prompt: Prompt) -> None:
    added = prompt("add", "2001.00003")
    exported = prompt("export", "--format", "biblatex")
    checked = prompt("check", "--only", "withdrawn-work")
    assert [added.returncode, exported.returncode] == [0, 0]
    assert all(
        "withdrawn" in each for each in (added.stderr, exported.stderr, checked.stdout + checked.stderr)
    )
    assert "pubstate = {withdrawn}" in exported.stdout


def test_d039_d040_what_is_no_id_and_what_is_not_there_are_told_apart(prompt: Prompt) -> None:
    said = prompt.json("add", "2001.00001", "9901001", "2001.99999", "a,b&max_results=9")
    assert [each["status"] for each in said["outcomes"]] == ["found", "invalid", "not_found", "invalid"]
    assert said["counts"] == {"asked": 4, "found": 1, "not_found": 1, "invalid": 2, "unknown": 0}
    assert (said["job"], said["exit_code"], said["dry_run"]) == ("J1", 1, False)


def test_a_rehearsal_says_what_would_be(prompt: Prompt, seeded_file: Path) -> None:
    shutil.copy(seeded_file, prompt.library)
    assert "18 would be changed" in prompt("enrich", "--dry-run").stderr
    assert "18 changed" in prompt("enrich").stderr


def test_conflicts_are_listed_with_who_won(prompt: Prompt) -> None:
    prompt("add", "2001.00001")
    prompt("edit", "lovelace2016fakes", "title=My Fakes")
    assert prompt("conflicts").stdout == (
        "lovelace2016fakes\ttitle\t*\tMy Fakes\tuser\nlovelace2016fakes\ttitle\t\tOn Fakes\tarxiv\n"
    )


def test_a_mistyped_application_is_a_mistake_in_the_command(prompt: Prompt, seeded_file: Path) -> None:
    shutil.copy(seeded_file, prompt.library)
    done = prompt("add", "2001.00001", "--application", "image-captionin")
    assert (done.returncode, "image-captioning" in done.stderr) == (2, True)


def test_enriching_needs_a_library_and_makes_none(prompt: Prompt) -> None:
    assert prompt("enrich").returncode == 4
    assert not prompt.library.exists()


def test_the_contact_is_told_to_arxiv(prompt: Prompt) -> None:
    prompt("add", "2001.00001", DLBIB_CONTACT="ada@example.org")
    assert "ada@example.org" in prompt.server.requests[0].headers["user-agent"]


def test_d029_a_proxy_is_used_where_it_is_named_for_dlbib_and_no_other(prompt: Prompt) -> None:
    proxy = prompt.server.url.removesuffix("/api/query")
    nowhere = {"DLBIB_ARXIV_URL": "http://127.0.0.1:9/api/query"}
    assert prompt("add", "2001.00001", http_proxy=proxy, HTTP_PROXY=proxy, **nowhere).returncode == 5
    assert prompt.server.requests == []
    assert prompt("add", "2001.00001", DLBIB_PROXY=proxy, **nowhere).returncode == 0
    assert prompt("add", "2001.00002", "--proxy", proxy, **nowhere).returncode == 0
    assert len(prompt.server.requests) == 2


@pytest.mark.parametrize("url", ["https://export.arxiv.org/api/query", "https://example.org/api/query"])
def test_d052_only_a_server_on_this_machine_may_be_asked_faster_and_no_other_host_at_all(
    prompt: Prompt, url: str
) -> None:
    assert prompt("add", "2001.00001", DLBIB_ARXIV_URL=url).returncode == 2
    assert prompt.server.requests == []


def test_d034_what_a_terminal_would_obey_is_shown_as_it_is_written(prompt: Prompt) -> None:
    prompt.server.by_id["2001.00009"] = Paper("2001.00009", "Turned \u202egnorW\u202c Around")
    prompt("add", "2001.00009")
    shown = prompt("papers").stdout
    assert ("\u202e" in shown, "\\u202e" in shown) == (False, True)
    assert "\u202e" in prompt.json("papers")[0]["title"]


def test_d034_what_a_terminal_would_obey_is_escaped_in_json_and_comes_back(prompt: Prompt) -> None:
    title = "Turned \u202egnorW\u202c \x9b31m Around, \u00e9t\u00e9 \U0001f600"
    prompt.server.by_id["2001.00009"] = Paper("2001.00009", title)
    prompt("add", "2001.00009")
    written = prompt("papers", "--json").stdout
    assert [letter for letter in "\u202e\u202c\x9b" if letter in written] == []
    assert "\u00e9t\u00e9 \U0001f600" in written
    assert json.loads(written)[0]["title"] == title


def test_d048_without_a_place_for_a_cache_it_works_all_the_same(prompt: Prompt) -> None:
    done = prompt("add", "2001.00001", XDG_CACHE_HOME="/proc/nowhere")
    assert (done.returncode, "found 1" in done.stderr) == (0, True)


# --- on bad days ----------------------------------------------------------------------------------------


def test_d004_throttled_it_says_how_far_it_came_and_how_to_go_on(busy: Prompt) -> None:
    busy.server.plan(None, *[faults.text(429)] * 20)
    done = busy("enrich")
    assert done.returncode == 5
    assert f"100 of {MANY} done; resume: dlbib enrich --resume J1" in done.stderr
    assert f"asked {MANY} = found 100 + not found 0 + invalid 0 + unknown 10" in done.stderr
    assert "no results" not in done.stdout + done.stderr
    busy.server._script.clear()  # noqa: SLF001  # the service has calmed down
    resumed = busy("enrich", "--resume", "J1")
    assert resumed.returncode == 0
    assert f"asked {MANY} = found {MANY}" in resumed.stderr
    assert busy("enrich", "--resume").returncode == 2


def test_d020_nobody_there_is_told_as_such_and_the_cache_still_answers(busy: Prompt) -> None:
    busy("add", "2001.00001")
    done = busy("enrich", DLBIB_ARXIV_URL="http://127.0.0.1:9/api/query")
    assert (done.returncode, "offline?" in done.stderr) == (5, True)
    offline = busy("add", "--offline", "2001.00001")
    assert (offline.returncode, "found 1" in offline.stderr) == (0, True)


@pytest.mark.parametrize(
    ("module", "function", "times"),
    [
        ("dlbib.providers.transport.wire", "Wire.send", 2),
        ("dlbib.library.questioning", "Questioning._take", 1),
        ("dlbib.store.jobs", "note", 100),
        ("dlbib.library.questioning", "Questioning._tell", 2),
    ],
    ids=["before-send", "after-response", "before-commit", "after-commit"],
)
def test_d046_killed_anywhere_it_goes_on_and_ends_with_the_same_library(
    busy: Prompt, enriched: tuple[int, tuple[object, ...]], module: str, function: str, times: int
) -> None:
    program = KILLED.format(module=module, function=function, times=times)
    assert busy.run(["-c", program, "enrich"]).returncode == -signal.SIGKILL
    resumed = busy("enrich", "--resume")
    assert (resumed.returncode, f"found {MANY} " in resumed.stderr) == (0, True)
    asked, held = enriched
    assert len(busy.server.requests) <= asked + 1
    assert busy.said() == held


@pytest.mark.parametrize("delay_s", ["0", "3"], ids=["while-it-waits-for-an-answer", "while-it-pauses"])
def test_d047_interrupted_it_stops_and_says_how_to_go_on(busy: Prompt, delay_s: str) -> None:
    busy.server.plan(*([Answer(hangs=lambda: time.sleep(20))] if delay_s == "0" else []))
    process = busy.start(["-m", "dlbib", "enrich"], DLBIB_ARXIV_DELAY_S=delay_s)
    _until(lambda: bool(busy.server.requests))
    time.sleep(0.5)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - began < 10  # less than a second where nothing else is at work
    assert process.returncode == 130
    assert "dlbib enrich --resume J1" in said
    assert "Traceback" not in said


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
