"""The tools that judge what dlbib writes: pandoc, typst, bibtex and biber, as they are run by people."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Verdict:
    """What a tool said of a bibliography: its exit code and all its output."""

    code: int
    output: str


def pandoc_items(text: str, source_format: str) -> list[dict[str, Any]]:
    """The CSL items that pandoc makes of a bibliography; its warnings are errors."""
    import pypandoc  # noqa: PLC0415  # a wheel of the test extra

    converted = pypandoc.convert_text(
        text, "csljson", format=source_format, extra_args=["--fail-if-warnings"]
    )
    items: list[dict[str, Any]] = json.loads(converted)
    return items


def pandoc_cites(folder: Path, bibliography: str, keys: Iterable[str]) -> str:
    """The plain text of a document that cites every key; pandoc's warnings are errors."""
    import pypandoc  # noqa: PLC0415  # a wheel of the test extra

    citations = "\n\n".join(f"Cited [@{{{key}}}]." for key in keys)
    arguments = ["--citeproc", f"--bibliography={folder / bibliography}", "--fail-if-warnings"]
    plain: str = pypandoc.convert_text(citations, "plain", format="markdown", extra_args=arguments)
    return plain


def typst_pdf(folder: Path, bibliography: str, keys: Sequence[str]) -> bytes:
    """The PDF of a typst document that cites every key; typst's errors and warnings are raised."""
    import typst  # noqa: PLC0415  # a wheel of the test extra

    citations = "\n\n".join(f'Cited #cite(label("{key}")).' for key in keys)
    document = folder / "document.typ"
    document.write_text(f'{citations}\n#bibliography("{bibliography}")\n', encoding="utf-8")
    pdf, warnings = typst.compile_with_warnings(str(document))
    if warnings:
        raise AssertionError(str(warnings))
    return bytes(pdf)


def bibtex(program: str, folder: Path, bibliography: str, style: str) -> Verdict:
    """What the bibtex program says of every entry of a ``.bib`` file in a style."""
    aux = folder / f"{style}.aux"
    stem = bibliography.removesuffix(".bib")
    aux.write_text(
        f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{{stem}}}\n", encoding="ascii"
    )
    return run([program, style], folder)


def biber(program: str, folder: Path, bibliography: str) -> Verdict:
    """What biber says of every entry of a ``.bib`` file."""
    return run([program, "--tool", "--output-file=biber.out", bibliography], folder)


def latex(programs: tuple[str, str], folder: Path, bibliography: str) -> str:
    """The warnings and errors of a LaTeX document that cites everything, with BibLaTeX and biber."""
    pdflatex, biber_program = programs
    document = (
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage[backend=biber]{biblatex}"
        f"\\addbibresource{{{bibliography}}}\\begin{{document}}\\nocite{{*}}\\printbibliography\\end{{document}}\n"
    )
    (folder / "thesis.tex").write_text(document, encoding="ascii")
    typeset = [pdflatex, "-interaction=nonstopmode", "-no-shell-escape", "thesis.tex"]
    run(typeset, folder)
    said = run([biber_program, "thesis"], folder).output
    run(typeset, folder)
    said += run(typeset, folder).output
    return "\n".join(
        line for line in said.splitlines() if line.startswith("!") or "arning" in line or "WARN" in line
    )


def compiled(programs: tuple[str, str], folder: Path, bibliography: str) -> set[str]:
    """The files of a folder that pdfLaTeX reads or writes for a document that cites everything.

    The second program is bibtex or biber. TeX may run no program, and read no file outside the folder but its own.
    """
    pdflatex, backend = programs
    uses_biber = "biber" in backend
    setup = r"\usepackage{biblatex}\addbibresource{%s}" if uses_biber else r"\usepackage{url}%%%s"
    printed = r"\printbibliography" if uses_biber else r"\bibliographystyle{plain}\bibliography{%s}"
    stem = bibliography.removesuffix(".bib")
    (folder / "hostile.tex").write_text(
        f"\\documentclass{{article}}{setup % bibliography}\n\\begin{{document}}\\nocite{{*}}"
        f"{printed.replace('%s', stem)}\\end{{document}}\n",
        encoding="ascii",
    )
    typeset = [pdflatex, "-interaction=nonstopmode", "-no-shell-escape", "-recorder", "hostile.tex"]
    run(typeset, folder, openin_any="p", openout_any="p")
    run([backend, "hostile"], folder)
    run(typeset, folder, openin_any="p", openout_any="p")
    recorded = (folder / "hostile.fls").read_text(encoding="utf-8", errors="replace").splitlines()
    return {line.split()[-1].removeprefix("./") for line in recorded if line.startswith(("INPUT", "OUTPUT"))}


def run(command: list[str], folder: Path, timeout_s: int = 120, **variables: str) -> Verdict:
    """What a program says in a folder, with some variables of the environment set."""
    environment = {**os.environ, **variables}
    finished = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=timeout_s,
        env=environment,
    )
    return Verdict(finished.returncode, finished.stdout + finished.stderr)
