from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.tex.braces import is_balanced
from dlbib.model.tex.hazards import HAZARDS, hazards
from dlbib.model.tex.safety import HARMLESS, is_harmless, safe

PIECES = st.lists(
    st.sampled_from(
        [
            *r"\{}^$%#&@ ab~'",
            "^^",
            "^^5c",
            r"\input",
            r"\INPUT",
            r"\emph",
            r"\url",
            r"\in",
            "put",
            r"\csname",
            '"',
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (r"\input{/etc/passwd}", r"{\textbackslash}input{/etc/passwd}"),
        (r"\immediate\write18{x}", r"{\textbackslash}immediate{\textbackslash}write18{x}"),
        (r"\emph{\input x}", r"\emph{{\textbackslash}input x}"),
        (r"$x^2 \def\a{}$", r"$x^2 {\textbackslash}def{\textbackslash}a{}$"),
        ("^^5cinput x", r"{\textasciicircum}{\textasciicircum}5cinput x"),
        (r"\^^5cinput x", r"\^{\textasciicircum}5cinput x"),
        (r"\i^^6eput x", r"\i{\textasciicircum}{\textasciicircum}6eput x"),
        (r"\begin{input}x\end{input}", r"{\textbackslash}begin{input}x{\textbackslash}end{input}"),
        (r"\@@input x", r"{\textbackslash}@@input x"),
        (r"\INPUT{x}", r"{\textbackslash}INPUT{x}"),
        ("x\\", r"x{\textbackslash}"),
        ("50% of A&B #1", r"50\% of A\&B \#1"),
        (r"\url{http://x.org/a%20b\input{c}} 5%", r"\url{http://x.org/a%20b{\textbackslash}input{c}} 5\%"),
    ],
)
def test_what_is_not_known_to_be_harmless_becomes_text(text: str, made: str) -> None:
    assert safe(text) == made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain text, with 'signs'",
        r"G{\"o}del, Erd\H{o}s \& Co., 5\% of \$3",
        r"\emph{In silico} {\bf DNA}",
        r"$\alpha_i^2 \leq \frac{1}{\sqrt{2}} \mathcal{N}$ and \(x^2\)",
        r"{\textbackslash}input \url{http://x.org/a%20b}",
        r"Stra{\ss}e \ldots{} a\ b",
    ],
)
def test_harmless_tex_stays_as_it_is(text: str) -> None:
    assert safe(text) == text
    assert is_harmless(text)


@given(PIECES)
def test_nothing_but_harmless_commands_is_left(text: str) -> None:
    made = safe(text)
    assert is_harmless(made)
    assert "^^" not in made
    assert hazards(made) == ()


@given(PIECES)
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    made = safe(text)
    assert safe(made) == made


@given(PIECES)
def test_braces_that_are_balanced_stay_so(text: str) -> None:
    assert is_balanced(safe(text)) == is_balanced(text)


@given(PIECES, PIECES, st.booleans())
def test_two_safe_pieces_are_safe_together(first: str, second: str, verbatim: bool) -> None:  # noqa: FBT001  # drawn
    made = safe(first, verbatim=verbatim, is_joined=True) + safe(second, verbatim=verbatim, is_joined=True)
    assert is_harmless(made)


@pytest.mark.parametrize("change", [str.lower, str.upper, str.capitalize])
def test_no_harmless_command_is_a_dangerous_one_in_another_case(change: object) -> None:
    assert callable(change)
    assert {word for word in HARMLESS if change(word).lower() in HAZARDS} == set()


def test_no_harmless_command_ends_as_the_beginning_of_a_dangerous_one() -> None:
    growing = {word for word in HARMLESS if any(name.startswith(word.lower()) for name in HAZARDS)}
    assert {word for word in growing if re.search(rf"\\{word}\Z", safe(f"a \\{word}"))} == set()


@pytest.mark.parametrize("piece", ["\\", "^", "$", "%", r"\url{", r"\input", "{"])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    begun = time.process_time()
    safe(piece * 20_000)
    assert time.process_time() - begun < 5
