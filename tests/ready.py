"""Imported by the process that is forked for each command: does what every command would do anew.

All modules are there, SQLAlchemy knows how the classes of the tables belong together, and a library went
through a command's whole work once: what is made when it is first asked for is made.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import tempfile
from pathlib import Path

import dlbib

ENTRY = "@article{doe2014, title = {On Words}, author = {Doe, Jane}, journal = {J}, year = {2014}}\n"


def be_ready() -> None:
    """Import everything, and work with a library that is gone afterwards."""
    for module in pkgutil.walk_packages(dlbib.__path__, "dlbib."):
        if module.name != "dlbib.__main__":
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as name, dlbib.open(Path(name, "library.db")) as library:
        library.seed()
        Path(name, "refs.bib").write_text(ENTRY, encoding="ascii")
        library.import_file(Path(name, "refs.bib"))
        library.papers("words")
        library.export_file(Path(name, "out.bib"), keys=["doe2014"])
    gc.freeze()


be_ready()
