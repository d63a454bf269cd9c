"""Renaming works by a pattern, in the library and at the prompt."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import InvalidPatternError
from dlbib.model.renaming import Renaming
from tests.conftest import ROOT

if TYPE_CHECKING:
    import dlbib
    from tests.cli.conftest import Run

PATTERN = "[auth:lower]_[shortyear]"
HOWTO = (ROOT / "docs" / "howto" / "choose-citation-keys.md").read_text(encoding="utf-8")


def test_a_preview_tells_what_would_change_and_changes_nothing(library: dlbib.Library) -> None:
    before = [work.key for work in library.works()]

    planned = library.rename(PATTERN, "author:hochreiter", dry_run=True)

    assert planned == library.rename(PATTERN, "author:hochreiter", dry_run=True)
    assert [work.key for work in library.works()] == before


def test_renaming_gives_the_keys_that_were_previewed(library: dlbib.Library) -> None:
    planned = library.rename(PATTERN, dry_run=True)

    assert library.rename(PATTERN) == planned
    assert {each.new for each in planned} <= {work.key for work in library.works()}


def test_a_work_is_found_by_its_old_key_for_ever(library: dlbib.Library) -> None:
    library.rename("[auth:lower]_[shortyear]", "key:graves2014end")
    library.rename("[auth:lower]-[year]", "key:graves_14")

    work = library.get("graves2014end")

    assert work.key == "graves-2014"
    assert set(work.aliases) == {"graves2014end", "graves_14"}
    assert "ids = {graves_14,graves2014end}" in library.export(format="biblatex", keys=[work.key])[0]


def test_works_that_would_have_one_key_get_suffixes(library: dlbib.Library) -> None:
    renamed = library.rename("[auth:lower]", "author:graves")

    assert [each.new for each in renamed][:2] == ["graves", "gravesa"]


def test_renaming_again_changes_nothing(library: dlbib.Library) -> None:
    library.rename(PATTERN)

    assert library.rename(PATTERN) == ()


def test_works_can_go_back_to_their_old_keys(library: dlbib.Library) -> None:
    (renamed,) = library.rename("[auth:lower]-[year]", "key:graves2014end")

    assert library.rename("[auth:lower][year][veryshorttitle:lower]", "key:graves-2014") == (
        Renaming(renamed.new, "graves2014end"),
    )


def test_a_pattern_that_is_none_changes_nothing(library: dlbib.Library) -> None:
    with pytest.raises(InvalidPatternError, match="no marker 'aut'"):
        library.rename("[aut]")


@pytest.fixture
def place(seeded_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(seeded_file, tmp_path / "library.db"))


def test_the_example_of_the_how_to_prints_what_stands_there(place: Path, dlbib: Run) -> None:
    (example,) = re.findall(
        r"```console\n\$ dlbib keys --pattern \"(.*?)\" (.*?)\n(.*?)```", HOWTO, re.DOTALL
    )
    pattern, query, printed = example

    shown = dlbib("keys", "--pattern", pattern, query, "--library", str(place))

    assert (shown.returncode, shown.stdout) == (0, printed)
    assert "would be renamed; add --apply" in shown.stderr


def test_every_marker_and_modifier_of_the_how_to_is_understood(library: dlbib.Library) -> None:
    markers = re.findall(r"`(\[[^`]+\])`", HOWTO)
    modifiers = [
        each
        for line in re.findall(r"^\| (`:.*?) \|", HOWTO, re.MULTILINE)
        for each in re.findall(r"`(:[^`]+)`", line)
    ]
    patterns = [*markers, *(f"[title{each}]" for each in modifiers)]

    assert len(patterns) > 35
    for pattern in patterns:
        library.rename(
            re.sub(r"(?<=[a-zI])N(?=[_\]])", "2", pattern).replace("_M]", "_1]").replace("Ini2", "Ini3"),
            dry_run=True,
        )


def test_programs_get_the_renamed_keys_as_json(place: Path, dlbib: Run) -> None:
    shown = dlbib("keys", "-p", "[auth]", "key:graves2014end", "--json", "--apply", "--library", str(place))

    assert json.loads(shown.stdout) == [{"old": "graves2014end", "new": "Graves"}]
    assert shown.stderr == "1 key renamed; the old ones stay aliases\n"


def test_a_pattern_that_is_none_is_pointed_into(place: Path, dlbib: Run) -> None:
    shown = dlbib("keys", "-p", "[auth:lowre]", "--library", str(place))

    assert shown.returncode == 2
    assert "did you mean lower?\n  [auth:lowre]\n        ^\n" in shown.stderr


def test_a_formula_of_another_tool_is_answered_by_what_a_pattern_needs(place: Path, dlbib: Run) -> None:
    shown = dlbib("keys", "-p", "auth.lower + year", "--library", str(place))

    assert shown.returncode == 2
    assert "add one, such as [auth]" in shown.stderr


def test_the_help_shows_patterns_with_their_brackets(dlbib: Run) -> None:
    assert "[auth:lower][year]" in dlbib("keys", "--help").stdout


def test_the_command_asks_for_a_pattern(dlbib: Run) -> None:
    shown = dlbib("keys")

    assert shown.returncode == 2
    assert "Missing option '--pattern'" in shown.stderr
