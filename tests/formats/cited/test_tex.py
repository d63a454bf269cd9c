from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.cited.findings import EntrySet, Everything, Key, Nested, Unclear
from dlbib.formats.cited.tex import scan
from tests.growth import in_proportion, taken


def keys(text: str) -> list[str]:
    return [found.key for found in scan(text) if isinstance(found, Key)]


def unclear(text: str) -> list[tuple[str, int, int]]:
    return [(found.code, found.line, found.column) for found in scan(text) if isinstance(found, Unclear)]


def files(text: str) -> list[Nested]:
    return [found for found in scan(text) if isinstance(found, Nested)]


@pytest.mark.parametrize(
    "text",
    [
        r"\cite{a}",
        r"\Cite{a}",
        r"\cite*{a}",
        r"\cite {a}",
        "\\cite\n{a}",
        r"\cite[p.~3]{a}",
        r"\cite[see][p.~3]{a}",
        r"\cite[see {[1]} there]{a}",
        r"\cite[{]}]{a}",
        r"\cite[][]{a}",
        "\\cite[see] % why\n {a}",
        r"\citep{a}",
        r"\citet*[see][]{a}",
        r"\Citealt{a}",
        r"\citeauthor{a}",
        r"\Citeauthor*{a}",
        r"\citeyearpar{a}",
        r"\citetitle{a}",
        r"\citeasnoun{a}",
        r"\parencite{a}",
        r"\parencite*{a}",
        r"\Parencite[3]{a}",
        r"\textcite{a}",
        r"\autocite{a}",
        r"\Autocite{a}",
        r"\footcite{a}",
        r"\footcitetext{a}",
        r"\smartcite{a}",
        r"\supercite{a}",
        r"\fullcite{a}",
        r"\footfullcite{a}",
        r"\notecite{a}",
        r"\onlinecite{a}",
        r"\nocite{a}",
        r"\nociteOther{a}",
        r"\bibentry{a}",
        r"\mycite{a}",
        r"\possessivecite{a}",
        r"\cites{a}",
        r"\cite<see>[p.~2]{a}",
        r"\textcquote[12]{a}{Text}",
        r"\blockcquote{a}{Text}",
        r"\foreigntextcquote{german}[12]{a}{Text}",
        r"\volcite{2}{a}",
        r"\volcite[see]{2}[p.~5]{a}",
        r"\Pvolcite{2}[5]{a}",
        r"\emph{\textbf{\cite{a}}}",
        r"\citetext{see \citealp{a}}",
    ],
)
def test_a_citing_command_cites(text: str) -> None:
    assert keys(text) == ["a"]
    assert unclear(text) == []


@pytest.mark.parametrize(
    "text",
    [
        r"\citation{a}",
        r"\citestyle{a}",
        r"\setcitestyle{a}",
        r"\bibcite{a}{1}",
        r"\AtEveryCite{a}",
        r"\newcites{a}{Own work}",
        r"\excited{a}",
        r"\ref{a}",
        r"\\cite{a}",
        r"\textbackslash cite{a}",
        r"cite{a}",
        r"\cite (a) b",
        r"\cite",
        r"\footnote{\cite}",
    ],
)
def test_what_only_looks_like_a_citation_does_not_cite(text: str) -> None:
    assert (keys(text), unclear(text)) == ([], [])


def test_g020_empty_keys_are_dropped() -> None:
    assert keys(r"\cite{a,,b, ,}") == ["a", "b"]


def test_g020_a_citation_of_everything_is_told_apart_from_keys() -> None:
    assert list(scan(r"\nocite{*}")) == [Everything()]


def test_g020_everything_may_stand_among_keys() -> None:
    assert list(scan(r"\nocite{a,*}")) == [Key("a", 1, 9), Everything()]


def test_white_space_and_newlines_around_keys_are_no_part_of_them() -> None:
    assert keys("\\cite{ a ,\n\tb\n,c }") == ["a", "b", "c"]


def test_white_space_within_a_key_is_squeezed_as_tex_does() -> None:
    assert keys("\\cite{a\n   b}") == ["a b"]


def test_comments_among_keys_are_no_part_of_them() -> None:
    assert keys("\\cite{%\n  a,% not x\n  % nor y,\n  b%\n}") == ["a", "b"]


@pytest.mark.parametrize(
    "key", ["DBLP:conf/nips/X14", "smith_2014", "a.b+c-d", "müller", "10.1/x", "a&b", "O'Neil"]
)
def test_keys_may_have_any_letter_that_parts_nothing(key: str) -> None:
    assert keys(rf"\cite{{{key}}}") == [key]


def test_a_command_of_many_lists_cites_them_all() -> None:
    assert keys(r"\cites(see)(and more)[1]{a}[2][3]{b,c} [4]{d}. \emph{e}") == ["a", "b", "c", "d"]


def test_a_command_of_many_volumes_cites_their_keys_only() -> None:
    assert keys(r"\volcites(see)[s]{1}[p]{a}[s]{2}[p]{b}") == ["a", "b"]


def test_a_command_of_one_list_leaves_the_next_group_alone() -> None:
    assert keys(r"\cite{a}{b}") == ["a"]


def test_a_citation_in_the_note_of_another_cites_too() -> None:
    assert sorted(keys(r"\cite[see \citealp{b}]{a}")) == ["a", "b"]


def test_citations_come_with_line_and_column_of_their_key() -> None:
    text = "One \\cite{a, b}\n\nTwo \\parencite[3]{a,\n  c}"
    assert list(scan(text)) == [Key("a", 1, 11), Key("b", 1, 14), Key("a", 3, 19), Key("c", 4, 3)]


@pytest.mark.parametrize(
    "text", [r"\cite{\foo}", r"\cite{#1}", r"\cite\foo", r"\cite#1", r"\cite{\foo{a,b}}"]
)
def test_g020_keys_made_by_a_macro_are_told_and_not_counted(text: str) -> None:
    assert keys(text) == []
    assert [code for code, _, _ in unclear(text)] == ["CITED-MACRO"]


def test_g020_plain_keys_beside_one_made_by_a_macro_are_counted() -> None:
    assert keys(r"\cite{a,\foo,b}") == ["a", "b"]
    assert unclear(r"\cite{a,\foo,b}") == [("CITED-MACRO", 1, 9)]


def test_a_list_that_is_never_closed_is_told() -> None:
    assert unclear("x\n \\cite{a, b") == [("CITED-UNCLOSED", 2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\mycite}{x}",
        r"\newcommand\mycite[1][x]{y}",
        r"\renewcommand*{\citeleft}{(}",
        r"\def\mycite{x}",
        r"\let\oldcite\cite {\bf x}",
        r"\let\oldcite=\cite {\bf x}",
        r"\DeclareMultiCiteCommand{\mycites}{\mycite}{, }",
        r"\NewDocumentCommand\mycite{O{}m}{x}",
    ],
)
def test_the_definition_of_a_command_does_not_cite(text: str) -> None:
    assert (keys(text), unclear(text)) == ([], [])


def test_the_body_of_a_definition_is_read() -> None:
    assert keys(r"\newcommand{\ours}{\cite{a}}") == ["a"]
    assert unclear(r"\newcommand{\see}[1]{(see \cite{#1})}") == [("CITED-MACRO", 1, 33)]


def test_a_set_of_entries_cites_its_members() -> None:
    found = list(scan(r"\defbibentryset{s}{a,b}"))
    assert found == [EntrySet("s"), Key("a", 1, 20), Key("b", 1, 22)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"\input{one}", "one"),
        (r"\input{ chapters/one.tex }", "chapters/one.tex"),
        (r"\input one and more", "one"),
        ("\\input one\n", "one"),
        (r'\input{"two words"}', "two words"),
        (r"\include{one}", "one"),
        (r"\subfile{one}", "one"),
        (r"\@input{one.aux}", "one.aux"),
    ],
)
def test_a_file_that_is_taken_in_is_named(text: str, name: str) -> None:
    assert files(text) == [Nested(name, 1, 1)]


def test_a_file_that_may_be_missing_is_marked_so() -> None:
    assert files(r"\InputIfFileExists{one}{}{}") == [Nested("one", 1, 1, optional=True)]


def test_an_import_names_folder_and_file() -> None:
    assert files(r"\import{parts/}{one}") == [Nested("one", 1, 1, "parts/")]
    assert files(r"\subimport*{parts/}{one}") == [Nested("one", 1, 1, "parts/", from_here=True)]


@pytest.mark.parametrize(
    "text", [r"\includegraphics{one}", r"\inputencoding{utf8}", r"\import{one}", r"\input"]
)
def test_what_takes_in_no_text_names_no_file(text: str) -> None:
    assert files(text) == []


@pytest.mark.parametrize("text", [r"\input{\jobname-x}", r"\include{#1}"])
def test_a_file_whose_name_a_macro_makes_is_told(text: str) -> None:
    assert unclear(text) == [("CITED-MACRO", 1, 1)]


@pytest.mark.parametrize("text", [r'\input{|"ls"}', r'\input|"ls"'])
def test_a_program_is_not_run_and_told(text: str) -> None:
    assert unclear(text) == [("CITED-PROGRAM", 1, 1)]


@given(st.text(alphabet="\\{}[]()<>,#%*\n abcite|if", max_size=80))
def test_any_text_is_scanned_and_keys_are_plain(text: str) -> None:
    for key in keys(text):
        assert key == key.strip()
        assert not set(key) & set(",{}\\#%\n")


KEYS = st.lists(st.text(alphabet="abc:-_0", min_size=1, max_size=6), min_size=1, max_size=5)


@given(KEYS, st.sampled_from(["\\cite{%s}", "\\citet*[x][y]{ %s }", "\\parencite\n[{[}]{%s}"]))
def test_what_a_list_holds_is_what_is_cited(given_keys: list[str], command: str) -> None:
    assert keys(command % " ,\n".join(given_keys)) == given_keys


HOSTILE = [
    "\\cite[", "\\cite{", "\\cites(", "\\cite<", "\\cites{}", "\\cites{\\cites{", "\\url{", "\\verb|", "\\lstinline[",
    "\\iffalse", "\\iffalse\\fi", "\\begin{verbatim}", "\\begin{comment}\\end{comment}", "\\input{", "\\input ", "%",
    "\\newcommand{", "\\let", "[", "{", "]", "}", " ", ",", "\\cite{,", "\\cite{ ", "\\begin  ", "\\mintinline{",
    "\\url{{}", "\\endinput", "\\defbibentryset{a}{", "\\volcites{a}",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("ending", ["", "\n"])
def test_hostile_text_takes_linear_time(piece: str, ending: str) -> None:
    def seconds(count: int) -> float:
        text = (piece + ending) * count
        return taken(lambda: list(scan(text)))

    assert in_proportion(seconds, 20_000, least_s=0.16)
