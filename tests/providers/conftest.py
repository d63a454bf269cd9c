"""A fake arXiv, and a way to it by a clock of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.clocks import ManualClock
from tests.providers.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fake_arxiv import FakeArxiv


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def asking(fake_arxiv: Callable[..., FakeArxiv], clock: ManualClock, tmp_path: Path) -> Asking:
    """A fake arXiv that goes by the clock, and everything to ask it with."""
    return Asking(fake_arxiv(clock=clock.monotonic), clock, tmp_path / "cache")
