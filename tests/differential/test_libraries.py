"""Real libraries, read by dlbib and by pandoc, bibtex and biber: they agree, or the difference has its reason."""

from __future__ import annotations

import io
import lzma
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from tests.conftest import SHARED
from tests.differential.readings import differences
from tests.differential.tools import by_biber, by_bibtex, by_pandoc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dlbib.formats import Parse, Parsed
    from dlbib.model.entry import Entry
    from tests.differential.readings import Reading

LIST = Path(__file__).parent / "differences.tsv"
"""The known differences: tool, library (``*`` for all of them in one), key, field, reason."""

LIBRARIES = sorted(
    path.name for kind in ("*.bib", "*.bib.xz") for path in (SHARED / "data" / "bib").glob(kind)
)
EVERY = 20
"""Of the largest library, every which entry is compared."""

FEW = 100
"""Of a library that has more entries, biber, which is slow, reads one in ten."""


def blocks_of(name: str, parse: Parse) -> list[Parsed]:
    """The blocks of a library without those that dlbib sets aside."""
    path = SHARED / "data" / "bib" / name
    stored = path.read_bytes()
    text = (lzma.decompress(stored) if path.suffix == ".xz" else stored).decode()
    blocks = parse(io.StringIO(text, newline=""), name)
    return [each for each in blocks if each.entry or not each.problems]


def together(blocks: Iterable[Parsed]) -> tuple[str, dict[str, Entry]]:
    """The text of some blocks, and their entries by their keys, of which each counts once whatever its case."""
    texts: list[str] = []
    entries: dict[str, Entry] = {}
    taken: set[str] = set()
    for each in blocks:
        if each.entry and each.entry.key.casefold() in taken:
            continue
        texts.append(each.raw)
        if each.entry:
            taken.add(each.entry.key.casefold())
            entries[each.entry.key] = each.entry
    return "\n".join(texts), entries


def sound(name: str) -> tuple[str, dict[str, Entry]]:
    """What dlbib reads of a library, or of a part of the largest: its text, and the entries by their keys."""
    blocks = blocks_of(name, parse_bibtex)
    return together([each for each in blocks if each.entry][::EVERY] if name.endswith(".xz") else blocks)


def for_biber() -> tuple[str, dict[str, Entry]]:
    """All the libraries in one text, with some entries of the large ones."""
    found: list[Parsed] = []
    for name in LIBRARIES:
        blocks = blocks_of(name, parse_biblatex)
        entries = [each for each in blocks if each.entry]
        step = (10 if len(entries) > FEW else 1) * (EVERY if name.endswith(".xz") else 1)
        chosen = {id(each) for each in entries[::step]}
        # Two macros in one block are an error to biber, which then gives nothing of the whole file.
        found += [each for each in blocks if id(each) in chosen or (entries and not each.entry)]
    return together(found)


def listed(tool: str, name: str) -> set[tuple[str, str]]:
    """The key and the field of each known difference of a tool's about a library."""
    lines = (line.split("\t") for line in LIST.read_text("utf-8").splitlines())
    return {(line[2], line[3]) for line in lines if line[:2] == [tool, name]}


def judge(tool: str, name: str, ours: dict[str, Entry], theirs: dict[str, Reading]) -> None:
    """Fail for a difference without a reason, and for a reason without a difference."""
    found: dict[tuple[str, str], str] = {(key, field): how for key, field, how in differences(ours, theirs)}
    known = listed(tool, name)
    assert {each: found[each] for each in found.keys() - known} == {}, "give the reason, or mend it"
    assert known - found.keys() == set(), "these agree now: take them out"


@pytest.mark.oracle
@pytest.mark.parametrize("name", LIBRARIES)
def test_g031_pandoc_reads_the_same(name: str) -> None:
    text, entries = sound(name)
    if ("*", "file") in listed("pandoc", name):
        with pytest.raises(RuntimeError):
            by_pandoc(text)
    else:
        judge("pandoc", name, entries, by_pandoc(text))


@pytest.mark.oracle
@pytest.mark.parametrize("name", LIBRARIES)
def test_g031_bibtex_reads_the_same(name: str, tool: Callable[[str], str], tmp_path: Path) -> None:
    text, entries = sound(name)
    judge("bibtex", name, entries, by_bibtex(tool("bibtex"), text, tmp_path))


@pytest.mark.oracle
def test_g031_biber_reads_the_same(shared: Path, tool: Callable[[str], str], tmp_path: Path) -> None:
    assert shared.is_dir()
    text, entries = for_biber()
    judge("biber", "*", entries, by_biber(tool("biber"), text, tmp_path))


def test_every_difference_has_a_reason() -> None:
    reasons: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for line in LIST.read_text("utf-8").splitlines():
        tool, name, key, field, reason = line.split("\t")
        assert reason.strip()
        assert (key, field) not in reasons[tool, name], line
        reasons[tool, name].add((key, field))
