"""What pandoc, typst, bibtex, biber and LaTeX make of entries of every type."""

# ruff: noqa: RUF001  # letters that look alike are what is tested

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from dlbib.formats import RenderOptions, get_format
from dlbib.model.markup import fold
from dlbib.model.tex.encode import encode
from dlbib.model.tex.letters import BY_CHARACTER
from tests import oracles
from tests.formats.bibtex.samples import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from dlbib.model.entry import Entry

Tool = Callable[[str], str]

pytestmark = pytest.mark.oracle

WAYS = pytest.mark.parametrize(
    ("name", "utf8"),
    [("bibtex", False), ("bibtex", True), ("biblatex", True)],
    ids=["ascii", "utf8", "biblatex"],
)
STYLES = pytest.mark.parametrize("style", ["plain", "abbrv", "alpha"])

NOT_IN_PANDOC = frozenset(
    "ȘșȚțÐðĐđÞþŊŋ_|{}`‑‚–—―·¡¿‡™€¢¤ªº‰№µ\N{EM SPACE}\N{EN SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
)
"""Characters whose commands pandoc passes over, or reads as others: a list that may only shrink.

Several are written otherwise than by their command (``--``, ``\\_``), and then read.
"""


def written(name: str, *, utf8: bool = False, entries: Sequence[Entry] = SAMPLES) -> str:
    render = get_format(name).render
    assert render is not None
    return "".join(render(entries, RenderOptions(utf8=utf8)))


def people(item: dict[str, Any]) -> list[str]:
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    names = [" ".join(name[part] for part in parts if name.get(part)) for name in item.get("author", ())]
    return [name for name in names if name != "others"]  # as pandoc has "and others"


@WAYS
def test_pandoc_reads_the_same_names_years_and_titles(*, name: str, utf8: bool) -> None:
    items = {item["id"]: item for item in oracles.pandoc_items(written(name, utf8=utf8), name)}
    assert items.keys() == {entry.key for entry in SAMPLES}
    for entry in SAMPLES:
        item = items[entry.key]
        told = (people(item), item["issued"]["date-parts"][0][0], fold(item["title"]))
        assert told == ([str(author) for author in entry.authors], entry.year, fold(entry.title or ""))


@WAYS
def test_pandoc_reads_the_same_addresses(*, name: str, utf8: bool) -> None:
    items = {item["id"]: item for item in oracles.pandoc_items(written(name, utf8=utf8), name)}
    for entry in (entry for entry in SAMPLES if not entry.arxiv_id):  # of which pandoc makes a URL
        assert (items[entry.key].get("URL"), items[entry.key].get("DOI")) == (entry.url, entry.doi)


def test_pandoc_keeps_the_case_of_what_is_protected() -> None:
    items = {item["id"]: item["title"] for item in oracles.pandoc_items(written("bibtex"), "bibtex")}
    titles = " ".join(items.values())
    assert "BERT" in titles
    assert "m-RNN" in titles
    assert "game of Go with" in titles


@WAYS
def test_typst_cites_every_key(*, name: str, utf8: bool, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(written(name, utf8=utf8), encoding="utf-8")
    pdf = oracles.typst_pdf(tmp_path, "refs.bib", [entry.key for entry in SAMPLES])
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert f"[{len(SAMPLES)}]" in text
    assert "Güçlütürk" in text


@STYLES
@pytest.mark.parametrize("utf8", [False, True], ids=["ascii", "utf8"])
def test_bibtex_has_no_complaint(*, style: str, utf8: bool, tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "refs.bib").write_text(written("bibtex", utf8=utf8), encoding="utf-8")
    verdict = oracles.bibtex(tool("bibtex"), tmp_path, "refs.bib", style)
    complaints = [line for line in verdict.output.splitlines() if re.search("[Ww]arning|[Ee]rror", line)]
    assert (verdict.code, complaints) == (0, [])


def test_bibtex_lowers_what_is_not_protected_and_nothing_else(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "refs.bib").write_text(written("bibtex"), encoding="ascii")
    oracles.bibtex(tool("bibtex"), tmp_path, "refs.bib", "plain")
    bbl = " ".join((tmp_path / "plain.bbl").read_text(encoding="ascii").split())
    assert r"{BERT} \& the 50\% rule: {m-RNN\_x} for \#3." in bbl
    assert "Mastering the game of {Go} with deep neural networks and tree search" in bbl
    assert "Sequence to sequence -- video to text" in bbl
    assert r"A \emph{Homo sapiens} model with {H}\textsubscript{2}{O}" in bbl


@WAYS
def test_biber_has_no_complaint(*, name: str, utf8: bool, tmp_path: Path, tool: Tool) -> None:
    # Biber takes a month of BibTeX's for one month.
    entries = [entry for entry in SAMPLES if name == "biblatex" or entry.key != "odd:edited"]
    (tmp_path / "refs.bib").write_text(written(name, utf8=utf8, entries=entries), encoding="utf-8")
    verdict = oracles.biber(tool("biber"), tmp_path, "refs.bib")
    complaints = [line for line in verdict.output.splitlines() if re.search("WARN|ERROR", line)]
    assert (verdict.code, complaints) == (0, [])


MODELLED = ("article-journal", "book", "chapter", "paper-conference", "patent", "report", "thesis", "webpage")


def modelled(csl_type: str) -> Entry:
    entry = next(entry for entry in SAMPLES if entry.type == csl_type)
    without_place = csl_type in {"article-journal", "patent"}  # for a publisher, in the model
    return entry.replace(publisher=None) if without_place else entry


def test_biblatex_s_data_model_holds_what_is_written(tmp_path: Path, tool: Tool) -> None:
    text = written("biblatex", entries=[modelled(csl_type) for csl_type in MODELLED])
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    command = [tool("biber"), "--tool", "--validate-datamodel", "--output-file=biber.out", "refs.bib"]
    verdict = oracles.run(command, tmp_path)
    assert [line for line in verdict.output.splitlines() if re.search("WARN|ERROR", line)] == []
    written_again = (tmp_path / "biber.out").read_text(encoding="utf-8")
    assert written_again.count("@") == len(MODELLED)


def test_latex_typesets_every_spelling(tmp_path: Path, tool: Tool) -> None:
    lines = "\n\n".join(f"{spelling} {{\\itshape {spelling}}}" for spelling in BY_CHARACTER.values())
    document = (
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{textcomp}\n"
        f"\\begin{{document}}\n{lines}\n\\end{{document}}\n"
    )
    (tmp_path / "letters.tex").write_text(document, encoding="ascii")
    command = [tool("pdflatex"), "-interaction=nonstopmode", "-no-shell-escape", "letters.tex"]
    verdict = oracles.run(command, tmp_path, timeout_s=300)
    assert [line for line in verdict.output.splitlines() if line.startswith("!")] == []


def test_pandoc_reads_every_command_but_those_it_does_not_know() -> None:
    spelled = {c: spelling for c, spelling in BY_CHARACTER.items() if "$" not in spelling}
    text = "\n".join(f"@misc{{k{ord(c)}, note = {{x{spelling}x}}}}" for c, spelling in spelled.items())
    read = [item["note"] for item in oracles.pandoc_items(text, "bibtex")]
    assert {c for c, note in zip(spelled, read, strict=True) if note != f"x{c}x"} == NOT_IN_PANDOC


@pytest.mark.parametrize("text", ["a & b % c # d _ e", "50% < 60% > 40%", "a~b^c", "x | y", '`a\' "b"'])
def test_what_tex_has_a_meaning_for_is_typeset_without_an_error(
    text: str, tmp_path: Path, tool: Tool
) -> None:
    document = f"\\documentclass{{article}}\\begin{{document}}\\pagestyle{{empty}}{encode(text, ascii_only=True)}\\end{{document}}"
    (tmp_path / "text.tex").write_text(document, encoding="ascii")
    command = [tool("pdflatex"), "-interaction=nonstopmode", "-no-shell-escape", "text.tex"]
    verdict = oracles.run(command, tmp_path)
    assert [line for line in verdict.output.splitlines() if line.startswith("!")] == []
