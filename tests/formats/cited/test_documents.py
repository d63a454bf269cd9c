from __future__ import annotations

import os
import pickle
import subprocess
from typing import TYPE_CHECKING

import pytest

from dlbib.errors import InputError, ParseError, UnknownFormatError
from dlbib.formats.cited import Citations, cited

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def laid_out(folder: Path, **files: str) -> None:
    """Write files; ``__`` in a name is a slash, ``_`` the dot before its extension."""
    for name, text in files.items():
        path = folder.joinpath(*".".join(name.rsplit("_", 1)).split("__"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def problems(found: Citations) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.severity, problem.line) for problem in found.problems]


def test_a_key_is_given_once_with_all_its_places(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="\\cite{x}\n\\cite{y,x}\n")
    found = cited(tmp_path / "a.tex")
    assert found.keys == ("x", "y")
    assert [str(place) for place in found.citations[0].places] == [
        f"{tmp_path}/a.tex:1:7",
        f"{tmp_path}/a.tex:2:9",
    ]


def test_paths_are_shown_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path, a_tex=r"\input{b/c}", b__c_tex=r"\cite{x}")
    monkeypatch.chdir(tmp_path)
    assert str(cited("a.tex").citations[0].places[0]) == "b/c.tex:1:7"


def test_everything_is_told_beside_the_keys(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex=r"\cite{x}\nocite{*}")
    found = cited(tmp_path / "a.tex")
    assert (found.keys, found.everything) == (("x",), True)


def test_a_document_that_cites_nothing_is_no_problem(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="")
    assert cited(tmp_path / "a.tex") == Citations()


def test_keys_come_in_the_order_of_the_whole_document(tmp_path: Path) -> None:
    laid_out(
        tmp_path,
        a_tex="\\cite{a}\\input{b}\\cite{d}\\include{e.tex}",
        b_tex="\\cite{b}\\input{c.tex}",
        c_tex="\\cite{c}",
        e_tex="\\cite{e}",
    )
    assert cited(tmp_path / "a.tex").keys == ("a", "b", "c", "d", "e")


def test_names_are_relative_to_the_document_and_then_to_the_file(tmp_path: Path) -> None:
    laid_out(
        tmp_path,
        a_tex=r"\input{parts/b}",
        parts__b_tex=r"\input{parts/c}\input{d}\input{e}",
        parts__c_tex=r"\cite{c}",
        parts__d_tex=r"\cite{not}",
        d_tex=r"\cite{d}",
        parts__e_tex=r"\cite{e}",
    )
    assert cited(tmp_path / "a.tex").keys == ("c", "d", "e")


def test_an_imported_file_finds_its_own_files_first(tmp_path: Path) -> None:
    laid_out(
        tmp_path,
        a_tex=r"\import{parts/}{b}",
        parts__b_tex=r"\input{c}\subimport{deep/}{d}\import{other}{e}",
        parts__c_tex=r"\cite{c}",
        c_tex=r"\cite{not}",
        parts__deep__d_tex=r"\cite{d}",
        other__e_tex=r"\cite{e}",
    )
    assert cited(tmp_path / "a.tex").keys == ("c", "d", "e")


def test_the_end_of_a_subfile_is_not_the_end_of_the_document(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex=r"\subfile{b}\cite{a}", b_tex=r"\cite{b}\end{document}\cite{not}")
    assert cited(tmp_path / "a.tex").keys == ("b", "a")


def test_files_within_an_auxiliary_file_are_read(tmp_path: Path) -> None:
    laid_out(tmp_path, a_aux="\\citation{a}\n\\@input{b/c.aux}\n\\citation{d}\n", b__c_aux="\\citation{c}\n")
    assert cited(tmp_path / "a.aux").keys == ("a", "c", "d")


def test_a_file_taken_in_twice_is_read_once(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex=r"\input{b}\input{./b}", b_tex=r"\cite{b}")
    found = cited(tmp_path / "a.tex")
    assert (len(found.citations[0].places), found.problems) == (1, ())


def test_a_circle_of_files_is_told_and_broken(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="\n\\input{b}\\cite{a}", b_tex="\\cite{b}\n\n\\input{a}")
    found = cited(tmp_path / "a.tex")
    assert found.keys == ("b", "a")
    assert problems(found) == [("CITED-CIRCLE", "warning", 3)]
    assert found.problems[0].source == f"{tmp_path}/b.tex"


def test_a_file_that_takes_itself_in_is_told(tmp_path: Path) -> None:
    laid_out(tmp_path, a_aux="\\@input{a.aux}\n")
    assert problems(cited(tmp_path / "a.aux")) == [("CITED-CIRCLE", "warning", 1)]


def test_a_missing_file_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="\\input{none}\n\\cite{a}")
    found = cited(tmp_path / "a.tex")
    assert (found.keys, problems(found)) == (("a",), [("CITED-MISSING", "warning", 1)])


def test_a_missing_auxiliary_file_is_an_error(tmp_path: Path) -> None:
    laid_out(tmp_path, a_aux="\\@input{none.aux}\n")
    assert problems(cited(tmp_path / "a.aux")) == [("CITED-MISSING", "error", 1)]


def test_a_file_that_may_be_missing_is_not_missed(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex=r"\InputIfFileExists{none}{}{}")
    assert cited(tmp_path / "a.tex").problems == ()


@pytest.mark.parametrize("name", ["", ".", "x" * 300, "a\0b"])
def test_a_name_that_is_no_file_is_missing(tmp_path: Path, name: str) -> None:
    laid_out(tmp_path, a_tex=f"\\input{{{name}}}")
    assert problems(cited(tmp_path / "a.tex")) == [("CITED-MISSING", "warning", 1)]


def test_a_file_that_cannot_be_decoded_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="\\input{b}\\cite{a}")
    (tmp_path / "b.tex").write_bytes(b"caf\xe9 \\cite{b}")
    found = cited(tmp_path / "a.tex")
    assert (found.keys, problems(found)) == (("a",), [("CITED-UNREADABLE", "error", 1)])
    assert "--encoding latin-1" in found.problems[0].message


def test_an_encoding_holds_for_all_files(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="\\input{b}")
    (tmp_path / "b.tex").write_bytes(b"\\cite{caf\xe9}")
    assert cited(tmp_path / "a.tex", "latin-1").keys == ("café",)


def test_a_pipe_among_the_files_is_told_without_waiting(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="\\input{b}")
    os.mkfifo(tmp_path / "b.tex")
    assert problems(cited(tmp_path / "a.tex")) == [("CITED-UNREADABLE", "error", 1)]


def test_keys_made_by_a_macro_are_warnings_with_their_place(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex="\n\\cite{\\foo}")
    (problem,) = cited(tmp_path / "a.tex").problems
    assert str(problem).startswith(f"{tmp_path}/a.tex:2:7: warning[CITED-MACRO]: ")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["a.tex", "a.aux"])
def test_lines_are_counted_whatever_ends_them(tmp_path: Path, name: str, newline: str) -> None:
    command = "cite" if name == "a.tex" else "citation"
    (tmp_path / name).write_bytes(f"% one{newline}{newline}\\{command}{{a}}{newline}".encode())
    assert cited(tmp_path / name).citations[0].places[0].line == 3


def test_a_mark_at_the_beginning_of_the_file_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.aux").write_text("\\citation{a}\n", "utf-8-sig")
    assert cited(tmp_path / "a.aux").keys == ("a",)


def test_extensions_are_read_whatever_their_case(tmp_path: Path) -> None:
    (tmp_path / "A.TEX").write_text("\\cite{a}")
    assert cited(tmp_path / "A.TEX").keys == ("a",)


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.bib"])
def test_another_extension_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(UnknownFormatError, match=r"\.aux, \.bcf and \.tex"):
        cited(tmp_path / name)


@pytest.mark.parametrize("name", ["none.tex", "none.aux", "none.bcf"])
def test_a_document_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="No such file"):
        cited(tmp_path / name)


def test_a_damaged_control_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.bcf").write_text("<bcf:controlfile")
    with pytest.raises(ParseError, match=r"a\.bcf:1:"):
        cited(tmp_path / "a.bcf")


def test_a_long_chain_of_files_is_followed_to_its_end(tmp_path: Path) -> None:
    depth = 1500
    for n in range(depth):
        (tmp_path / f"f{n}.tex").write_text(f"\\input{{f{n + 1}}}\\cite{{k{n}}}")
    (tmp_path / f"f{depth}.tex").write_text("\\cite{last}")
    found = cited(tmp_path / "f0.tex")
    assert (len(found.keys), found.keys[0], found.problems) == (depth + 1, "last", ())


def test_citations_can_be_pickled(tmp_path: Path) -> None:
    laid_out(tmp_path, a_tex=r"\cite{a,\b}")
    found = cited(tmp_path / "a.tex")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own bytes


CLASSIC = r"""
\documentclass{article}
\usepackage{natbib,url,verbatim}
\begin{document}
\cite{a,,b , c}\citep[see][p.~2]{d}\citet*{e}\Citealt{f} \% \cite{g} % \cite{not1}
\verb|\cite{not2}| \url{http://x/%7E} \citeauthor{h}
\begin{verbatim}
\cite{not3}
\end{verbatim}
\begin{comment}
\cite{not4}
\end{comment}
\iffalse \cite{not5} \ifx a b \fi \cite{not6} \else \cite{i} \fi
\newcommand{\ours}{\cite{j}}\ours
\cite{%
  k,% \cite{not7}
  l
}
\input{deep/one}\include{two}\nocite{o}\citetext{see \citealp{p}}
\bibliographystyle{plainnat}\bibliography{refs}
\end{document}
\cite{not8}
"""

MODERN = r"""
\documentclass{article}
\usepackage[backend=biber]{biblatex}
\addbibresource{refs.bib}
\defbibentryset{both}{m1,m2}
\begin{document}
\cite{a,,b , c}\parencite*[see][2]{d}\Textcite{e}\autocites(pre)(post)[1]{f}[2][3]{g,h} \footcite{i}
\volcite{2}[3]{j}\citeauthor*{k}\citetitle{l}\fullcite{n}\supercite{o}\nocite{p}\cite{both}
\begin{refsection}\smartcite{q}\end{refsection}
\footnotemark\footcitetext{r} \verb|\cite{not1}| % \cite{not2}
\input{deep/one}\include{two}
\end{document}
"""


def compiled(folder: Path, text: str, pdflatex: str) -> Path:
    laid_out(folder, main_tex=text, deep__one_tex="\\cite{one}\n", two_tex="\\cite{two}\n", refs_bib="")
    subprocess.run(
        [pdflatex, "-interaction=batchmode", "-no-shell-escape", "main.tex"],
        cwd=folder,
        check=False,
        capture_output=True,
        timeout=120,
    )
    return folder / "main"


@pytest.mark.oracle
def test_latex_itself_cites_the_same_in_the_same_order(tmp_path: Path, tool: Callable[[str], str]) -> None:
    main = compiled(tmp_path, CLASSIC, tool("pdflatex"))
    from_tex = cited(main.with_suffix(".tex"))
    assert from_tex.keys == cited(main.with_suffix(".aux")).keys
    assert from_tex.keys == (*"abcdefghijkl", "one", "two", "o", "p")
    assert from_tex.problems == ()


@pytest.mark.oracle
def test_biblatex_itself_cites_the_same(tmp_path: Path, tool: Callable[[str], str]) -> None:
    main = compiled(tmp_path, MODERN, tool("pdflatex"))
    from_tex, from_control = cited(main.with_suffix(".tex")), cited(main.with_suffix(".bcf"))
    assert from_tex.keys == from_control.keys
    assert set(from_tex.keys) == {*"abcdefghijklnopqr", "m1", "m2", "one", "two"}
    from_aux = cited(main.with_suffix(".aux"))
    assert set(from_aux.keys) == set(from_tex.keys) - {"m1", "m2"} | {"both"}
    assert (from_tex.problems, from_control.problems, from_aux.problems) == ((), (), ())
