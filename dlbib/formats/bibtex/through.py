"""Reading and writing through bibtexparser's middlewares, and those written for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dlbib.formats.bibtex.reader import read_blocks
from dlbib.formats.bibtex.splitter import split, split_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from dlbib.formats import Parsed
    from dlbib.formats.bibtex.splitter import Block
    from dlbib.model.problems import Problem

_TOLD: Final = frozenset({"BIB-MIDDLEWARE", "BIB-UNWRITABLE"})


def parse_bibtex_through(stream: TextIO, source: str, middleware: Sequence[Any]) -> Iterator[Parsed]:
    """What the blocks of a text say in BibTeX's dialect after the middlewares."""
    return read_blocks(_applied(split(stream, source), middleware, source), source, "bibtex")


def parse_biblatex_through(stream: TextIO, source: str, middleware: Sequence[Any]) -> Iterator[Parsed]:
    """What the blocks of a text say in BibLaTeX's dialect after the middlewares."""
    return read_blocks(_applied(split(stream, source), middleware, source), source, "biblatex")


def written_through(
    pieces: Iterable[str], middleware: Sequence[Any], report: Callable[[Problem], None]
) -> Iterator[str]:
    """A text after the middlewares; what of it can't be written as one left it stays as it was."""
    for block in _applied(split_text("".join(pieces)), middleware):
        for problem in block.problems:
            if problem.code in _TOLD:
                report(replace(problem, severity="warning", line=0, column=0))
        yield block.raw


def _applied(blocks: Iterable[Block], middleware: Sequence[Any], source: str = "") -> Iterator[Block]:
    # bibtexparser is loaded by those who use it: it takes as long as all the rest of a small command.
    from dlbib.formats.bibtex.middleware import apply_middleware  # noqa: PLC0415

    return apply_middleware(blocks, middleware, source)
