"""The true arXiv, asked two questions. Never run by default: ``pytest -m live``."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

import dlbib

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.live, pytest.mark.enable_socket]


@pytest.fixture(autouse=True)
def _network() -> None:
    try:
        socket.create_connection(("export.arxiv.org", 443), timeout=5).close()
    except OSError as error:
        pytest.skip(f"the network: {error}")


def test_the_true_service_answers_as_it_is_read(tmp_path: Path) -> None:
    found, missing = dlbib.fetch(["1706.03762v1", "2001.99999"], cache_dir=tmp_path)

    assert found.entry
    assert found.entry.title == "Attention Is All You Need"
    assert [str(name) for name in found.entry.authors][:2] == ["Ashish Vaswani", "Noam Shazeer"]
    assert str(found.entry.issued) == "2017-06-12"
    assert missing.status == "not_found"
