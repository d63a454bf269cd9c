"""The pages in docs/howto that show a session, typed as they stand."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

from tests import warm
from tests.conftest import ROOT
from tests.fake_arxiv import FakeArxiv, Paper, Version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOWTOS = ROOT / "docs" / "howto"
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


def _type(page: str, folder: Path, **variables: str) -> None:
    """Type what a page shows, in a folder with a library of its own, and compare what is printed."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "DLBIB_LIBRARY": str(folder / "library.db"),
        **variables,
    }
    shown = "".join(re.findall(r"```console\n(.*?)```", page, re.DOTALL))
    session = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", shown, re.MULTILINE)
    assert session
    for command, printed in session:
        _, *arguments = shlex.split(command)
        ran = warm.run(arguments, folder, environment)
        assert ran.stdout == printed, ran.stderr


def test_enriching_from_arxiv(tmp_path: Path, fake_arxiv: Callable[..., FakeArxiv]) -> None:
    page = (HOWTOS / "enrich-from-arxiv.md").read_text(encoding="utf-8")
    _type(page, tmp_path, DLBIB_ARXIV_URL=fake_arxiv(PAPERS).url, DLBIB_ARXIV_DELAY_S="0")


def test_bringing_files(tmp_path: Path) -> None:
    page = (HOWTOS / "bring-your-files.md").read_text(encoding="utf-8")
    (old,) = re.findall(r"```bibtex\n(.*?)```", page, re.DOTALL)
    (tmp_path / "old.bib").write_text(old, encoding="utf-8")
    _type(page, tmp_path)
