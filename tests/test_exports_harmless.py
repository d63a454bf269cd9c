"""A hostile bibliography, given to the programs that it is written against: before, and made safe.

The canary lies in TeX's own folder, where TeX reads and writes whatever it is told to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dlbib
from dlbib.formats.bibtex.safety import made_safe
from tests import oracles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tool = Callable[[str], str]

pytestmark = pytest.mark.oracle

READ = "canary.tex"
WRITTEN = "written.txt"

ATTACKS = {
    "input": r"@misc{a, note = {\input{canary}}}",
    "spelled": r"@misc{b, note = {^^5cinput{canary}}}",
    "spelled in part": r"@misc{c, note = {\in^^70ut{canary}}}",
    "environment": r"@misc{d, note = {\begin{input}{canary}\end{input}}}",
    "csname": r"@misc{e, note = {\csname input\endcsname{canary}}}",
    "in math": r"@misc{g, note = {$x \input{canary}$}}",
    "defined": r"@misc{h, note = {\def\x{\input{canary}}\x}}",
    "written": r"@misc{i, note = {\immediate\openout3=written.txt \immediate\write3{x}\immediate\closeout3 }}",
    "joined": r"@misc{j, note = {\in} # {put{canary}}}",
    "joined by a macro": "@string{m = {put{canary}}}\n" + r"@misc{k, note = {\in} # m}",
    "in another case": r"@article{l, title = {x \INPUT{CANARY}}}",
    "preamble": r'@preamble{"\input{canary}"}',
    "preamble in a comment": r'@comment{@preamble{"\input{canary}"}}',
    "preamble in words": r'mail a@preamble{"\input{canary}"} words',
    "preamble in an entry's comment": '@misc{m, note = {N}, % @preamble{"\\input{canary}"}\n title = {T}}',
    "preamble in two halves": r'@pre@preamble{"x"}amble{"\input{canary}"}',
    "preamble and its sign": r'@ @preamble{"x"}preamble{"\input{canary}"}',
    "beside a broken entry": r"@misc{n, note = {N} title = {\input{canary}}}",
}
"""Texts each of which has TeX read or write what it shouldn't, in at least one of bibtex and biber."""

HARMLESS_NOW = {"preamble in two halves", "preamble and its sign", "beside a broken entry"}
"""What both pass over, unless something is left out of it."""

DOCUMENT = "\n\n".join([*ATTACKS.values(), "@misc{z, note = {The end}}\n"])


def lay_out(folder: Path, text: str) -> Path:
    (folder / READ).write_text("SECRET\n", encoding="ascii")
    (folder / "hostile.bib").write_text(text, encoding="ascii")
    return folder


def touched(folder: Path, tool: Tool, backend: str) -> set[str]:
    used = oracles.compiled((tool("pdflatex"), tool(backend)), folder, "hostile.bib")
    assert "hostile.bbl" in used
    return used & {READ, WRITTEN}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(ATTACKS.keys() - HARMLESS_NOW))
def test_the_attack_works_where_nothing_is_done_about_it(name: str, tmp_path: Path, tool: Tool) -> None:
    folder = lay_out(tmp_path, f"{ATTACKS[name]}\n\n@misc{{z, note = {{The end}}}}\n")
    assert touched(folder, tool, "bibtex")


@pytest.mark.parametrize("backend", ["bibtex", "biber"])
def test_g011_a_file_that_was_made_safe_is_harmless(backend: str, tmp_path: Path, tool: Tool) -> None:
    folder = lay_out(tmp_path, "".join(made_safe([DOCUMENT], lambda problem: None)))  # noqa: ARG005  # told elsewhere
    assert touched(folder, tool, backend) == set()
    assert not (folder / WRITTEN).exists()
    assert "The end" in (folder / "hostile.bbl").read_text(encoding="utf-8")


@pytest.mark.parametrize("backend", ["bibtex", "biber"])
def test_g011_what_is_read_and_written_safely_is_harmless(backend: str, tmp_path: Path, tool: Tool) -> None:
    folder = lay_out(tmp_path, DOCUMENT)
    entries, problems = dlbib.read(folder / "hostile.bib")
    assert [problem for problem in problems if problem.code == "SEC-LATEX"]
    dlbib.write(
        entries, folder / "hostile.bib", format="biblatex" if backend == "biber" else "bibtex", safe=True
    )
    assert touched(folder, tool, backend) == set()
    assert not (folder / WRITTEN).exists()
