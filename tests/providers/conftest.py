"""A fake arXiv, and a way to it by a clock of our own."""

from __future__ import annotations

import shutil
import subprocess
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


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that nobody trusts, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl: it is not installed on this machine")
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-days", "1"]
    request = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject]
    subprocess.run([*request, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key
