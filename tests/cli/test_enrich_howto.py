"""docs/howto/enrich-from-arxiv.md, typed as it stands."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

from tests.cli import warm
from tests.conftest import ROOT
from tests.fake_arxiv import FakeArxiv, Paper, Version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOWTO = (ROOT / "docs" / "howto" / "enrich-from-arxiv.md").read_text(encoding="utf-8")
PAPERS = (
    Paper(
        "1706.03762",
        "Attention Is All You Need",
        ("Ashish Vaswani", "Noam Shazeer"),
        versions=(
            *(Version(f"2017-{6 + n:02}-12T00:00:00Z") for n in range(6)),
            Version("2023-08-02T00:00:00Z", "15 pages, 5 figures"),
        ),
    ),
    Paper(
        "1411.4389",
        "Long-term Recurrent Convolutional Networks for Visual Recognition and Description",
        ("Jeff Donahue",),
        doi="10.1109/CVPR.2015.7298878",
        journal_ref="CVPR 2015",
        versions=(Version("2014-11-17T00:00:00Z"),),
    ),
)


def test_what_is_typed_prints_what_is_shown(tmp_path: Path, fake_arxiv: Callable[..., FakeArxiv]) -> None:
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "DLBIB_LIBRARY": str(tmp_path / "library.db"),
        "DLBIB_ARXIV_URL": fake_arxiv(PAPERS).url,
        "DLBIB_ARXIV_DELAY_S": "0",
    }
    shown = re.findall(r"```console\n(.*?)```", HOWTO, re.DOTALL)
    for command, printed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(shown), re.MULTILINE):
        _, *arguments = shlex.split(command)
        ran = warm.run(arguments, tmp_path, environment)
        assert ran.stdout == printed, ran.stderr
