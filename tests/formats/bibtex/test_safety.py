"""What a hostile bibliography may hold, and that nothing of it is left alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given

from dlbib.errors import StrictError
from dlbib.formats import RenderOptions, get_format
from dlbib.formats.bibtex.safety import made_safe
from dlbib.formats.bibtex.splitter import EntryBlock, PreambleBlock, StringBlock, is_set_aside, split_text
from dlbib.formats.writing import written
from dlbib.model.entry import Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.tex.safety import is_harmless
from tests.strategies.bibtex import broken_files

if TYPE_CHECKING:
    from dlbib.model.problems import Problem

EVIL = r"\input{secret}"


def made(text: str) -> tuple[str, list[Problem]]:
    problems: list[Problem] = []
    return "".join(made_safe([text], problems.append)), problems


def told(text: str) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.key, problem.field) for problem in made(text)[1]]


def rendered(entry: Entry, *, safe: bool) -> tuple[str, list[Problem]]:
    problems: list[Problem] = []
    render = get_format("biblatex").render
    assert render is not None
    return "".join(render([entry], RenderOptions(safe=safe, report=problems.append))), problems


def test_a_value_becomes_text_and_is_told_with_key_and_field() -> None:
    text, (problem,) = made(f"@misc{{a,\n  note = {{{EVIL}}},\n  title = {{T}}\n}}\n")
    assert text == "@misc{a,\n  note = {{\\textbackslash}input{secret}},\n  title = {T}\n}\n"
    assert (problem.code, problem.key, problem.field, problem.severity) == (
        "SEC-LATEX",
        "a",
        "note",
        "warning",
    )
    assert r"\input" in problem.message


def test_a_preamble_is_left_out_and_told() -> None:
    assert made('@preamble{"x"}\n@misc{a}\n')[0] == "left out for safety\n@misc{a}\n"
    assert told('@preamble{"x"}') == [("SEC-LATEX", "", "")]


def test_a_macro_becomes_text() -> None:
    assert made('@string{s = "\\input{x}"}')[0] == '@string{s = "{\\textbackslash}input{x}"}'


@pytest.mark.parametrize(
    "text",
    [
        r'@comment{@preamble{"\input{secret}"}}',
        r'words a@preamble{"\input{secret}"} words',
        r'@comment{@PREAMBLE {"x"}}',
        r"@comment{@misc{a, note = {\input{secret}}}}",
        r"@misc{, note = {\input{secret}}}",
        r"@misc{a, note = {\input{secret}",
        r"@misc{a, note = {\input{secret}} title = {T}}",
    ],
)
def test_what_bibtex_may_read_all_the_same_is_left_out(text: str) -> None:
    assert made(text)[0] == "left out for safety"
    assert [code for code, _, _ in told(text)] == ["SEC-LATEX"]


@pytest.mark.parametrize(
    "text",
    [
        "% \\input{x} in a remark that no @ is in".replace("@", "at"),
        "@comment{jabref-meta: databaseType:bibtex;}",
        "mail me@example.org\n",
        '@misc{a, title = "G{\\"o}del", month = 10 # "~" # jan}\n',
    ],
)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert made(text) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        r'@pre@preamble{"x"}amble{"\input{secret}"}',
        r'@ @preamble{"x"}preamble{"\input{secret}"}',
        "@" + r'@preamble{"x"}' * 20 + r'preamble{"\input{secret}"}',
        r'@misc{a@preamble{"x"}, note = {\input{secret}}}',
        '@{comment{}\n@preamble{""#{}}comment{{\\X}}',
        "@pre" * 30 + r'@preamble{"x"}' + r'amble{"x"}' * 30 + r'amble{"\input{secret}"}',
    ],
)
def test_what_stood_around_a_block_that_is_left_out_does_not_become_one(text: str) -> None:
    once = made(text)[0]
    assert made(once) == (once, [])
    for block in split_text(once):
        assert not isinstance(block, PreambleBlock)
        assert is_harmless(block.raw) or "@" not in block.raw


def test_a_comment_within_an_entry_that_bibtex_would_read_is_left_out() -> None:
    text = '@misc{a, title = {T}, % @preamble{"\\input{secret}"}\n note = {N}}'
    assert made(text)[0] == "@misc{a,\n  title = {T},\n  note = {N},\n}"


@pytest.mark.parametrize(
    "value",
    [
        r"{\in} # {put{secret}}",
        r"{\} # {input{secret}}",
        r"{^} # {^5cinput}",
        r'"\in" # s',
        r"s # {\csname} # s",
    ],
)
def test_pieces_that_are_joined_make_no_command(value: str) -> None:
    text, _ = made(f"@string{{s = {{put{{secret}}}}}}@misc{{a, note = {value}}}")
    (macro, block) = [each for each in split_text(text) if isinstance(each, EntryBlock | StringBlock)]
    pieces = [piece.strip() for piece in block.fields[0][1].split("#")]
    assert is_harmless("".join(macro.fields[0][1][1:-1] if piece == "s" else piece[1:-1] for piece in pieces))


@pytest.mark.parametrize(("key", "safe_key"), [(r"a\input", "ainput"), ("a^^5cb", "a5cb"), ("\\", "entry")])
def test_a_key_that_tex_would_obey_is_written_without_it(key: str, safe_key: str) -> None:
    text, problems = made(f"@misc{{{key}, title = {{T}}}}")
    assert text.startswith(f"@misc{{{safe_key},")
    assert [problem.key for problem in problems] == [key]


@given(broken_files())
@example(
    r'@a{k, t = "\input" # {\input}}@preamble{"\input"}@string{a = {\input}}@comment{@a{b, c = {\input}}}'
)
def test_nothing_alive_is_left_in_any_text(text: str) -> None:
    for block in split_text(made(text.replace("title", r"\input").replace("=", "^^"))[0]):
        assert not isinstance(block, PreambleBlock)
        if isinstance(block, EntryBlock | StringBlock) and not is_set_aside(block):
            assert all(is_harmless(value) for _, value in block.fields)


@given(broken_files())
def test_what_is_safe_is_made_safe_again_unchanged(text: str) -> None:
    once = made(text)[0]
    assert made(once)[0] == once


def test_g011_dangerous_tex_is_told_when_it_is_written_and_neutralised_when_asked_for() -> None:
    entry = Entry(key="a", title="T", extra={"bibtex:annotation": EVIL})
    text, (problem,) = rendered(entry, safe=False)
    assert "annotation = {\\input{secret}}" in text
    assert (problem.code, problem.key, problem.field) == ("SEC-LATEX", "a", "annotation")
    text, (problem,) = rendered(entry, safe=True)
    assert "annotation = {{\\textbackslash}input{secret}}" in text
    assert (problem.code, problem.key, problem.field) == ("SEC-LATEX", "a", "annotation")


@pytest.mark.parametrize("attribute", ["title", "note", "publisher", "abstract", "genre", "volume", "page"])
@pytest.mark.parametrize(
    "value", [EVIL, "^^5cinput{secret}", r"$\input{secret}$", r"\csname input\endcsname"]
)
def test_g011_what_a_variable_says_is_text_even_without_asking(attribute: str, value: str) -> None:
    text, _ = rendered(Entry(key="a", **{attribute: value}), safe=False)
    assert all(
        is_harmless(v) for block in split_text(text) if isinstance(block, EntryBlock) for _, v in block.fields
    )


def test_an_address_that_spells_tex_is_percent_encoded() -> None:
    entry = Entry(key="a", identifiers=[Identifier("url", "http://x.org/^^5cinput^")])
    assert "http://x.org/%5E%5E5cinput^" in rendered(entry, safe=False)[0]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(key="a", title="T", extra={"bibtex:owner": "x } y"}), "owner"),
        (Entry(key="a", title="T", extra={"bibtex:owner": EVIL}), "owner"),
        (Entry(key="a", title="\u65e5\u672c"), "title"),
    ],
    ids=["G004", "G011", "G009"],
)
@pytest.mark.parametrize("safe", [False, True])
def test_g004_g009_g011_strictness_refuses_what_there_is_to_warn_of(
    entry: Entry, field: str, *, safe: bool
) -> None:
    with pytest.raises(StrictError) as raised:
        written([entry], get_format("bibtex"), {"strict": True, "safe": safe})
    assert f"key 'a' field {field!r}" in str(raised.value)


def test_strictness_has_nothing_against_what_is_right() -> None:
    entry = Entry(key="a", title="Plain words")
    assert "".join(written([entry], get_format("biblatex"), {"strict": True}).pieces).startswith("@misc{a,")
