from __future__ import annotations

import pytest

from dlbib.model.tex.hazards import hazards


@pytest.mark.parametrize(
    "text",
    [
        r"\write18{rm -rf}",
        r"\immediate\write18{x}",
        r"\input{/etc/passwd}",
        r"\input /etc/passwd",
        r"\openin5=x",
        r"\openout5=x",
        r"\include{x}",
        r"\catcode`\@=11",
        r"\def\x{}",
        r"\let\x=\y",
        r"\csname x\endcsname",
        r"\loop\iftrue\repeat",
        r"\endinput",
        "^^5cinput",
        r"\directlua{os.exit()}",
        r"\special{x}",
        r"\usepackage{x}",
        r"\newcommand{\x}{}",
        r"\makeatletter\@@input x",
        r"\read5to\x",
        r"\INPUT{x}",
        r"\\\input{x}",
        r"\begin{input}x\end{input}",
        r"\begin{filecontents}{x}",
        r"\@namedef{x}{}",
        r"\file_input:n {x}",
        r"\pdfcatalog{}",
        r"\typein{x}",
    ],
)
def test_tex_that_does_more_than_set_text_is_found(text: str) -> None:
    assert hazards(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        r"\alpha \frac{1}{2} \mathcal{N}",
        r"\inputencoding",
        r"\writer",
        r"\emph{defined}",
        "x^2^3",
        r"\LaTeX",
        r"\textsc{Input}",
        r"a\\input",
    ],
)
def test_tex_that_sets_text_is_not(text: str) -> None:
    assert hazards(text) == ()


def test_each_command_is_named_once_in_order() -> None:
    assert hazards(r"\def\input x \def ^^41") == (r"\def", r"\input", "^^")
