from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.cited.live_text import live_text


def words(text: str) -> str:
    """The live text, white space squeezed."""
    return " ".join(live_text(text).split())


def test_g020_a_comment_is_dead_to_the_end_of_its_line() -> None:
    assert words("a % b\nc") == "a c"


def test_g020_an_escaped_percent_sign_begins_no_comment() -> None:
    assert words(r"a 5\% b") == r"a 5\% b"


def test_g020_a_percent_sign_behind_a_line_break_begins_a_comment() -> None:
    assert words("a \\\\% b\nc") == r"a \\ c"


@pytest.mark.parametrize(
    "name", ["verbatim", "verbatim*", "lstlisting", "comment", "minted", "filecontents*"]
)
def test_g020_verbatim_environments_are_dead(name: str) -> None:
    text = f"a \\begin{{{name}}} \\cite{{x}} \\iffalse % \\end{{other}} \\end{{{name}}} b"
    assert words(text) == f"a \\begin{{{name}}} \\end{{{name}}} b"


def test_a_verbatim_environment_without_end_is_dead_to_the_end() -> None:
    assert words("a \\begin{verbatim} b") == "a \\begin{verbatim}"


def test_an_environment_that_runs_its_text_is_live() -> None:
    assert words(r"\begin{alltt} a \end{alltt}") == r"\begin{alltt} a \end{alltt}"


@pytest.mark.parametrize(
    "text",
    [
        r"a \verb|\cite{x}| b",
        r"a \verb*+%+ b",
        r"a \Verb!x! b",
        r"a \lstinline|x| b",
        r"a \lstinline[language=C]|x| b",
        r"a \lstinline{x {y} z} b",
        r"a \mintinline{python}|x| b",
        r"a \mintinline[opts]{python}{x} b",
    ],
)
def test_g020_verbatim_text_within_a_line_is_dead(text: str) -> None:
    live = words(text)
    assert live.startswith("a ")
    assert live.endswith(" b")
    assert "x" not in live.replace("\\mintinline", "")


def test_a_verbatim_text_does_not_go_beyond_its_line() -> None:
    assert words("\\verb|a\nb|") == "\\verb|a b|"


def test_a_percent_sign_in_an_address_begins_no_comment() -> None:
    assert words(r"\url{http://a/%7E} b") == r"\url b"
    assert words(r"\href{http://a/%7E{b}}{c} d") == r"\href {c} d"


@pytest.mark.parametrize(
    ("text", "live"),
    [
        (r"a \iffalse b \fi c", r"a \iffalse c"),
        (r"a \iffalse b \else c \fi d", r"a \iffalse c \fi d"),
        (r"a \iffalse b \ifx\p\q c \else d \fi e \fi f", r"a \iffalse f"),
        (r"a \iffalse \ifdraft b \fi c \fi d", r"a \iffalse d"),
        (r"a \iffalse \ifthenelse{b}{c}{d} \fi e", r"a \iffalse e"),
        (r"a \iffalse $b \iff c$ \fi d", r"a \iffalse d"),
        (r"a \iffalse \newif\ifdraft \fi b", r"a \iffalse b"),
        (r"a \iffalse b", r"a \iffalse"),
        ("a \\iffalse % \\fi\nb \\fi c", r"a \iffalse c"),
        (r"a \iftrue b \fi c", r"a \iftrue b \fi c"),
    ],
)
def test_g020_what_a_false_condition_hides_is_dead(text: str, live: str) -> None:
    assert words(text) == live


def test_what_follows_the_end_of_the_document_is_dead() -> None:
    assert words("a \\end {document} b \\cite{c}") == "a \\end {document}"


def test_the_rest_of_the_line_that_ends_the_input_is_live() -> None:
    assert words("a \\endinput b\nc") == "a \\endinput b"


@given(st.text(alphabet="\\{}[]%\n |abeginverbatiffls", max_size=200))
def test_live_text_keeps_every_line_as_long_as_it_was(text: str) -> None:
    assert [len(line) for line in live_text(text).split("\n")] == [len(line) for line in text.split("\n")]


@given(st.text(alphabet="\\{}[]%\n |abeginverbatiffls", max_size=200))
def test_live_text_is_the_text_but_for_blanks(text: str) -> None:
    assert all(after in {before, " "} for before, after in zip(text, live_text(text), strict=True))
