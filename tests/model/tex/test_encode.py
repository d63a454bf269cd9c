# ruff: noqa: RUF001  # letters that look alike are what is tested

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.tex.braces import is_balanced
from dlbib.model.tex.decode import decode
from dlbib.model.tex.encode import beyond_ascii, encode, encode_letters, one_line
from dlbib.model.tex.letters import BY_CHARACTER
from tests.growth import in_proportion, taken
from tests.strategies.entries import texts

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
NOCASE = '<span class="nocase">{}</span>'
PROTECTED_WORDS = [NOCASE.format(word) for word in ("DNA", "\u00c9s", "&D", "\\x", "{", "")]
SMALL_CAPS = '<span style="font-variant:small-caps;">{}</span>'


def in_ascii(text: str) -> str:
    return encode(text, ascii_only=True)


def in_utf8(text: str) -> str:
    return encode(text, ascii_only=False)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("&", r"\&"),
        ("%", r"\%"),
        ("$", r"\$"),
        ("#", r"\#"),
        ("_", r"\_"),
        ("~", r"{\textasciitilde}"),
        ("^", r"{\textasciicircum}"),
        ("\\", r"{\textbackslash}"),
        ("<", r"{\textless}"),
        (">", r"{\textgreater}"),
        ("|", r"{\textbar}"),
        ("`", r"{\textasciigrave}"),
        ('"', '"'),
        ("'", "'"),
    ],
)
def test_a_character_of_tex_is_escaped_once_in_either_mode(text: str, written: str) -> None:
    assert (in_ascii(text), in_utf8(text)) == (written, written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("é", r"{\'e}"),
        ("ß", r"{\ss}"),
        ("ﬁ", "fi"),
        ("→", r"{$\rightarrow$}"),
        ("α", r"{$\alpha$}"),
        ("x²", "x{$^2$}"),
        ("a\u0301", r"{\'a}"),
        ("q\u0301", r"{\'q}"),
        ("x\u0328\u0301", r"{\'{\k{x}}}"),
        ("–", "--"),
        ("—", "---"),
        ("“q”", "``q''"),
        ("it’s", r"it{\textquoteright}s"),
        ("…", r"{\dots}"),
    ],
)
def test_ascii_has_a_spelling_for_what_latex_can_set(text: str, written: str) -> None:
    assert in_ascii(text) == written


@pytest.mark.parametrize(
    "text", ["é", "ß", "ﬁ", "→", "α", "x²", "🙂", "日本", "–", "“", "’", "\u200b", "\u202e"]
)
def test_utf8_leaves_letters_as_they_are(text: str) -> None:
    assert in_utf8(text) == text


@pytest.mark.parametrize("text", ["🙂", "日本", "\u200b", "\u202e", "\u0301", "ả", "ж"])
def test_what_latex_can_t_spell_is_kept_and_named(text: str) -> None:
    assert in_ascii(text) == text
    assert beyond_ascii(f"a{text}b{text}") == "".join(dict.fromkeys(text))


def test_a_no_break_space_is_a_tie_in_either_mode() -> None:
    assert (in_ascii("a\u00a0b"), in_utf8("a\u00a0b")) == ("a~b", "a~b")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a--b", "a-{}-b"),
        ("''x", "'{}'x"),
        (",,x", ",{},x"),
        ("?“", "?{}``"),
        ("”'", "''{}'"),
        ("–-", "--{}-"),
    ],
)
def test_characters_side_by_side_do_not_become_another(text: str, written: str) -> None:
    assert in_ascii(text) == written


@pytest.mark.parametrize("text", ["a\nb", "a\r\n\tb", "a\0b", "a\x1bb", "a\u2028b", "a   b", " a b "])
def test_a_line_break_or_control_character_becomes_one_space(text: str) -> None:
    assert (in_ascii(text), in_utf8(text)) == ("a b", "a b")


def test_half_a_character_is_replaced() -> None:
    assert one_line("\ud800") == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<i>a</i>", r"\emph{a}"),
        ("<b>a</b>", r"\textbf{a}"),
        ("<sup>a</sup>", r"\textsuperscript{a}"),
        ("<sub>a</sub>", r"\textsubscript{a}"),
        (SMALL_CAPS.format("a"), r"\textsc{a}"),
        (NOCASE.format("BERT"), "{BERT}"),
        (NOCASE.format("a <i>b</i>"), r"{a \emph{b}}"),
        (NOCASE.format("<i>a</i> b"), r"{{}\emph{a} b}"),
        (NOCASE.format("Öl"), r"{{\"O}l}"),
        ("<i>a", r"{\textless}i{\textgreater}a"),
        ("a</i>", r"a{\textless}/i{\textgreater}"),
    ],
)
def test_markup_becomes_commands_and_protection_braces(markup: str, written: str) -> None:
    assert in_ascii(markup) == written


@pytest.mark.parametrize("math", ["$x$", r"$\alpha$", "$x_1^{2}$", r"$\mathcal{N}=4$", r"$\{x\}$", r"$50\%$"])
def test_math_is_copied(math: str) -> None:
    assert (in_ascii(f"the {math} case"), in_utf8(math)) == (f"the {math} case", math)


@pytest.mark.parametrize("text", [r"$\sim$5 km", "$K$3 surfaces", "10$^3$2", "$2_1$3"])
def test_a_number_may_stand_right_behind_math(text: str) -> None:
    assert in_ascii(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$5 and $6", r"\$5 and \$6"),
        ("costs $5", r"costs \$5"),
        (r"\$5", r"\$5"),
        ("$5-$6", r"\$5-\$6"),
        ("$a%b$", r"\$a\%b\$"),
        (r"$\write18{rm}$", r"\${\textbackslash}write18\{rm\}\$"),
        (r"$^^5cinput$", r"\${\textasciicircum}{\textasciicircum}5cinput\$"),
        ("$a{b$", r"\$a{\textbraceleft}b\$"),
        (r"$\{b$", r"\${\textbackslash}{\textbraceleft}b\$"),
    ],
)
def test_dollars_that_hold_no_math_or_none_that_is_safe_are_dollars(text: str, written: str) -> None:
    assert in_ascii(text) == written


def test_letters_in_math_are_spelled_as_math() -> None:
    assert in_ascii("$β_1$") == r"${\beta}_1$"


def test_braces_in_pairs_are_short_and_odd_ones_are_named() -> None:
    assert in_ascii("{a}") == r"\{a\}"
    assert in_ascii("a} b {") == r"a{\textbraceright} b {\textbraceleft}"


def test_latex_gets_its_letters_spelled_and_nothing_else_touched() -> None:
    assert encode_letters(r"Gödel \& {DNA} $x$ 日") == r"G{\"o}del \& {DNA} $x$ 日"


@given(texts())
def test_whatever_comes_in_the_braces_are_balanced_and_the_line_is_one(text: str) -> None:
    for written in (in_ascii(text), in_utf8(text)):
        assert is_balanced(written)
        assert not CONTROL.search(written)


def is_without_math(text: str) -> bool:
    return text.count("$") < 2


@given(
    st.lists(st.sampled_from([*BY_CHARACTER, *"aZ 1-–—“”.,"]), max_size=12)
    .map("".join)
    .filter(is_without_math)
)
def test_all_that_latex_has_a_spelling_for_is_ascii_and_comes_back(text: str) -> None:
    written = in_ascii(text)
    assert written.isascii()
    assert decode(written) == one_line(text)


@pytest.mark.parametrize("math", ["$À$", "$a$ und $ö + 1$"])
def test_letters_in_math_stay_and_are_told(math: str) -> None:
    assert in_ascii(math) == in_utf8(math) == math
    assert beyond_ascii(math)


@given(
    st.lists(
        st.sampled_from(
            ["a", "Z", " ", "--", "''", "{", "}", "&", "\\", "\u00f6", "\u2013", "[", *PROTECTED_WORDS]
        ),
        max_size=9,
    ).map("".join)
)
def test_protected_words_are_written_alike_whatever_other_markup_stands_behind_them(text: str) -> None:
    assert in_ascii(f"{text}, <i>x</i>") == in_ascii(f"{text}, x")[:-1] + r"\emph{x}"


@given(texts())
def test_a_second_round_changes_nothing(text: str) -> None:
    once = decode(in_ascii(text))
    assert in_ascii(decode(in_ascii(once))) == in_ascii(once)


@pytest.mark.parametrize(
    "piece", ["<i>", "</i>", '<span class="nocase">', "$", "{", "}", "\\", "é\u0301", "-'", "$x$"]
)
def test_long_input_takes_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        return taken(lambda: in_ascii(piece * count))

    assert in_proportion(seconds, 20_000, least_s=0.1)
