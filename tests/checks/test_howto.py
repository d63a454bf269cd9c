"""docs/howto/add-a-check.md, run as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dlbib import checks as package
from dlbib.checks import Check, checks, get_check
from tests.checks.conftest import found, mended, names
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOWTO = (ROOT / "docs" / "howto" / "add-a-check.md").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Check]:
    """The check of the page, put beside the others."""
    (module,) = re.findall(r"```python\n(.*?)```", HOWTO, re.DOTALL)
    (tmp_path / "no_place.py").write_text(module, encoding="utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    checks.cache_clear()
    yield get_check("no-place")
    checks.cache_clear()


def test_the_check_of_the_page_finds_and_mends_its_sample(example: Check) -> None:
    assert names(found(example.wrong)) == ["no-place"]
    assert names(found(example.right)) == []
    assert mended(example.wrong) == example.right


def test_the_page_names_what_there_is() -> None:
    for path in re.findall(r"`(tests/[a-z_/]+\.py)`", HOWTO):
        assert (ROOT / path).exists()
