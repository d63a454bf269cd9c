from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.passlists import judge

if TYPE_CHECKING:
    from pathlib import Path


def test_what_agrees_no_more_fails(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("a\nb\tgood reason\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="agreed once"):
        judge({"a": ["differs"], "b": ["differs"]}, tmp_path / "list.tsv")


def test_what_agrees_at_last_has_to_be_listed(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("a\nb\tgood reason\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="agree now"):
        judge({"a": [], "b": []}, tmp_path / "list.tsv")


def test_what_is_as_listed_passes(tmp_path: Path) -> None:
    (tmp_path / "list.tsv").write_text("a\nb\tgood reason\n", encoding="utf-8")
    judge({"a": [], "b": ["differs"], "new": ["differs"]}, tmp_path / "list.tsv")
