# ruff: noqa: RUF001  # letters that look alike are what is tested

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.model.markup import CLOSING, OPENING, plain
from dlbib.model.tex.commands import SPELLED_LETTERS
from dlbib.model.tex.decode import decode
from dlbib.model.tex.encode import encode, one_line
from dlbib.model.tex.letters import BY_CHARACTER
from tests.growth import in_proportion, taken

_SIGNS = [*"-'`\"?!,{}~^&%#_\\ aBé<>", "--", "''", "“", "”", "–", "—", "\N{NO-BREAK SPACE}", "$x$", r"\(x\)"]
_PIECES = [*_SIGNS, *OPENING.values(), *CLOSING.values(), *BY_CHARACTER]


def latex() -> st.SearchStrategy[str]:
    """What means something in LaTeX, in any order, or anything at all."""
    commands = [
        r"\'",
        r"\"",
        r"\c",
        r"\emph",
        r"\em",
        r"\foo",
        r"\url",
        r"\i",
        r"\mkbibquote",
        r"\enquote*",
        r"\foreignlanguage",
        r"\bibstring",
        r"\ensuremath",
        r"\hspace*",
        r"\$",
        "$",
        "[",
        "]",
    ]
    return st.lists(st.sampled_from([*commands, *_SIGNS]) | st.characters(), max_size=20).map("".join)


def texts() -> st.SearchStrategy[str]:
    """Texts with markup, math and every character that LaTeX has a spelling for; on one line and composed."""
    pieces = st.lists(st.sampled_from(_PIECES) | st.characters(), max_size=10)
    return pieces.map(lambda found: unicodedata.normalize("NFC", one_line("".join(found))))


@pytest.mark.parametrize(
    ("written", "letter"),
    [
        (r"{\"o}", "ö"),
        (r"\"{o}", "ö"),
        (r"\"o", "ö"),
        (r"\" o", "ö"),
        (r"{\H o}", "ő"),
        (r"\H{o}", "ő"),
        (r"\v{C}", "Č"),
        (r"\v C", "Č"),
        (r"\'{\i}", "í"),
        (r"{\'{\i}}", "í"),
        (r"\'\i", "í"),
        (r"\ss{}", "ß"),
        (r"{\ss}", "ß"),
        (r"\aa", "å"),
        (r"\c c", "ç"),
        (r"\c{c}", "ç"),
        (r"\k{\i}", "\N{LATIN SMALL LETTER DOTLESS I}\N{COMBINING OGONEK}"),
        (r"\^{\'a}", "a\N{COMBINING ACUTE ACCENT}\N{COMBINING CIRCUMFLEX ACCENT}"),
        (r"\'\^a", "ấ"),
        (r"\t{oo}", "o\N{COMBINING DOUBLE INVERTED BREVE}o"),
        (r"\'{\o}", "ǿ"),
        (r"{\'{E}}", "É"),
        (r"\r{A}", "Å"),
        (r"{$\alpha$}", "α"),
        (r"\textalpha", "α"),
    ],
)
def test_a_letter_is_read_in_every_spelling(written: str, letter: str) -> None:
    assert decode(written) == unicodedata.normalize("NFC", letter)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"K{\aa}re \aa n \o re", "Kåre ån øre"),
        (r"Stra\ss{}e, Stra{\ss}e, Stra\ss e", "Straße, Straße, Straße"),
        (r"Erd\H os", "Erdős"),
        (r"\'Ecole", "École"),
        (r"\~{}user and \^{}", "~user and ^"),
        (r"\'", "´"),
        (r"\'2", "´2"),
    ],
)
def test_an_accent_reaches_no_further_than_its_letter(written: str, read: str) -> None:
    assert decode(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\emph{in silico}", "<i>in silico</i>"),
        (r"\textit{x} \textsl{y} \mkbibemph{z}", "<i>x</i> <i>y</i> <i>z</i>"),
        (r"{\em x} y", "<i>x</i> y"),
        (r"{\bf x {\it y}} z", "<b>x <i>y</i></b> z"),
        (r"\bf all of it", "<b>all of it</b>"),
        (r"\textsc{abc}", '<span style="font-variant:small-caps;">abc</span>'),
        (r"10\textsuperscript{9} H\textsubscript{2}O", "10<sup>9</sup> H<sub>2</sub>O"),
        (r"\texttt{x} \mbox{y} {\tt z} {\rm\small a}", "x y z a"),
        (r"\mkbibquote{a \enquote{b} c}", "“a ‘b’ c”"),
        (r"{\sc x \emph{{BERT}}}", None),
    ],
)
def test_commands_for_fonts_are_markup(written: str, read: str | None) -> None:
    if read is None:
        read = '<span style="font-variant:small-caps;">x <i><span class="nocase">BERT</span></i></span>'
    assert decode(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{BERT}: a model", "[BERT]: a model"),
        ("{{Boltzmann Machines}} {a {B} c}", "[Boltzmann Machines] [a B c]"),
        (r"{G{\"o}del}", "[Gödel]"),
        (r"{{}\emph{BERT}}", "[<i>BERT</i>]"),
        (r"{\'E}cole {\LaTeX} {\bf B}", "École LaTeX <b>B</b>"),
        ("a{ }b{}c", "a bc"),
        (r"e{B}ay", "e[B]ay"),
    ],
)
def test_braces_protect_what_they_hold_unless_it_begins_with_a_command(written: str, read: str) -> None:
    assert decode(written).replace('<span class="nocase">', "[").replace("</span>", "]") == read


def test_braces_only_group_where_nothing_is_to_be_protected() -> None:
    assert decode(r"{Barnes and {N}oble} \emph{{x}}", protect=False) == "Barnes and Noble <i>x</i>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\enquote*{a \enquote{b}} \enquote{c}", "‘a “b”’ “c”"),
        (r"\mkbibparens{a} \mkbibbrackets{b}", "(a) [b]"),
        (r"\foreignlanguage{french}{le \emph{chat}}", "le <i>chat</i>"),
        (r"\foreignquote{french}{chat} \textgreek{x}", "“chat” x"),
        (r"\bibstring{phdthesis}, \bibcpstring{inpress}", "PhD thesis, In press"),
        (r"a\hspace{1em}b\hspace*{2pt}c\vphantom{\}}d\vphantom{\{}\}", "a b cd}"),
        (r"\ensuremath{\beta} \ensuremath{x^2}", "β $x^2$"),
        (r"20\texteuro{} $\pm$ 3\textpm\euro", "20€ $\\pm$ 3±€"),
        (r"methodology{\hyphen}free", "methodology-free"),
        (r"Z \to 2\gamma and {\alpha} more", "Z → 2γ and α more"),
    ],
)
def test_commands_of_biblatex_and_its_companions_are_read(written: str, read: str) -> None:
    assert decode(written, protect=False) == read


@pytest.mark.parametrize(
    "written",
    [
        r"\bibstring{nosuchkey}",
        r"\foreignlanguage{french}",
        r"\enquote*",
        r"\ensuremath{}",
        r"\ensuremath{a$b}",
        r"\hspace*",
        r"\bibstring",
    ],
)
def test_a_known_command_without_what_it_needs_stays(written: str) -> None:
    assert decode(written) == written


def test_braces_of_math_that_stands_in_text_stay() -> None:
    assert decode(r"Cu_7O_{15}: a ^{63}Cu \_{x}", protect=False) == "Cu_7O_{15}: a ^{63}Cu _x"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"{\uppercase{r}}einforced", '<span class="nocase">R</span>einforced'),
        (r"\MakeUppercase{dna} is", '<span class="nocase">DNA</span> is'),
        (r"{The \lowercase{E}Bay}", '<span class="nocase">The eBay</span>'),
        (r"\NoCaseChange{pH}", '<span class="nocase">pH</span>'),
        (r"\uppercase{\foo{a}}", r"\uppercase{\foo{a}}"),
    ],
)
def test_a_command_for_case_is_text_that_no_style_changes(written: str, read: str) -> None:
    assert decode(written) == read
    assert decode(written, protect=False) == re.sub("<[^>]*>", "", read)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"$$\lambda_1$$", r"$\lambda_1$"),
        (r"$$ \lambda_1$$", r"$\lambda_1$"),
        ("$ x_1 $", "$x_1$"),
        ("$x $", "$x$"),
        (r"$\nu = 1/2 $", r"$\nu = 1/2 $"),
        (r"$ \lambda_1 $", r"$ \lambda_1 $"),
    ],
)
def test_math_stands_in_its_line_and_without_blanks_if_nothing_else_tells_that_it_is_math(
    written: str, read: str
) -> None:
    assert decode(f"On {written} and $x$") == f"On {read} and $x$"
    assert encode(f"On {read} and $x$", ascii_only=True) == f"On {read} and $x$"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\glqq a\grqq{} b", "„a“ b"),
        (r"\og a\fg", "«a»"),
        (r"\ij s", "ĳs"),
        (r"5\,\EUR", "5\N{NARROW NO-BREAK SPACE}€"),
    ],
)
def test_what_languages_add_is_read(written: str, read: str) -> None:
    assert decode(written) == read


@pytest.mark.parametrize("math", [r"$\alpha_{i}^2$", r"\(x--y\)", r"$x~\text{ for {X} }$", r"\[a\%\]"])
def test_math_stays_as_it_is(math: str) -> None:
    assert decode(f"On {math} and more") == f"On {math} and more"


@pytest.mark.parametrize("text", ["$", "a $ b", r"\(x", r"\[", "costs 5$ {x$}"])
def test_a_sign_of_math_that_nothing_closes_is_kept(text: str) -> None:
    assert decode(text, protect=False) == text.replace("{", "").replace("}", "")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\$5", "$5"),
        (r"\$5 and \$6", "$5 and $6"),
        (r"\$x\$", r"\$x\$"),
        (r"\$5, and $x$", r"\$5, and $x$"),
    ],
)
def test_an_escaped_dollar_is_a_dollar_unless_it_could_be_taken_for_math(written: str, read: str) -> None:
    assert decode(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a~b", "a\N{NO-BREAK SPACE}b"),
        ("1--2 --- x -{}- y", "1–2 — x -- y"),
        ("``a'' `b' '{}'", "“a” ‘b’ ''"),
        ("?`Que? !`No!", "¿Que? ¡No!"),
        (r"\& \% \# \_ \{ \}", "& % # _ { }"),
        (r"50% of \LaTeX\ users\ldots", "50% of LaTeX users…"),
        (r"A\\ B\/C\-D", "A BC\N{SOFT HYPHEN}D"),
        (r"J.\,R.", "J.\N{NARROW NO-BREAK SPACE}R."),
        ("a \n\t b\r\n", "a b"),
        (r"{\textbackslash}a {\textasciitilde} \textgreater{}", r"\a ~ >"),
    ],
)
def test_signs_are_what_latex_sets(written: str, read: str) -> None:
    assert decode(written) == read


@pytest.mark.parametrize(
    "text",
    [
        r"\href{a}{b}",
        r"\verb|x",
        r"\foo[x]{a {B} \'e}{c} d",
        r"\foo bar",
        r"\noopsort{1973b}",
        r"{\foo x}",
        r"a \cite{k~1}",
        "a\\",
        "{a",
        "a} b",
    ],
)
def test_what_is_not_known_stays_as_it_was_written(text: str) -> None:
    assert decode(text) == text


def test_the_address_in_a_command_is_no_latex() -> None:
    assert decode(r"\url{http://a.org/~b%20c--d_e}") == "http://a.org/~b%20c--d_e"


@given(text=texts(), ascii_only=st.booleans())
@settings(max_examples=300)
def test_what_was_encoded_is_decoded_to_the_same(text: str, ascii_only: bool) -> None:  # noqa: FBT001  # drawn
    read = unicodedata.normalize("NFC", decode(encode(text, ascii_only=ascii_only)))
    assert _settled(read) == _settled(text)


def _settled(text: str) -> str:
    r"""``text`` without what encoding gives up.

    A dollar is escaped or not by need, and a letter in math is spelled as a command there; a protected
    text within another needs no protection of its own; ASCII has one hyphen; and a letter is dotless
    under an accent.
    """
    for given_up, kept in (
        ("\\$", "$"),
        ("\N{HYPHEN}", "-"),
        ("\N{LATIN SMALL LETTER DOTLESS I}", "i"),
        ("ȷ", "j"),
    ):
        text = text.replace(given_up, kept)
    decomposed = unicodedata.normalize("NFD", plain(text))
    return "".join(decomposed.split()) if "$" not in text else ""


@given(text=texts(), ascii_only=st.booleans())
@settings(max_examples=300)
def test_encoding_and_decoding_settle_after_one_round(text: str, ascii_only: bool) -> None:  # noqa: FBT001  # drawn
    once = unicodedata.normalize("NFC", decode(encode(text, ascii_only=ascii_only)))
    assert unicodedata.normalize("NFC", decode(encode(once, ascii_only=ascii_only))) == once


@given(text=latex(), protect=st.booleans())
@settings(max_examples=300)
def test_any_text_can_be_decoded(text: str, protect: bool) -> None:  # noqa: FBT001  # drawn
    assert len(decode(text, protect=protect)) <= 60 * len(text) + 1


@pytest.mark.parametrize(
    "piece",
    ["{", "{ ", "\\'{", "\\'", "\\(", "$", "{$}", "\\foo[", "\\foo{", "{\\em ", "\\$ $x$", "\\enquote{", "-"],
)
def test_hostile_texts_take_time_in_proportion(piece: str) -> None:
    def seconds(count: int) -> float:
        return taken(lambda: decode(piece * count))

    assert in_proportion(seconds, 16_000, least_s=0.05)


@pytest.mark.parametrize(("spelled", "letter"), SPELLED_LETTERS.items())
def test_a_letter_in_one_group_is_read_as_it_is_amid_other_tex(spelled: str, letter: str) -> None:
    assert decode(f"{spelled} $x$") == f"{letter} $x$"  # beside math no letter is looked up in one go
    assert decode(f"a{spelled}") == f"a{letter}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\emph{\o}", "<i>ø</i>"),
        (r"\textbf {\'e}t", "<b>é</b>t"),
        (r"\enquote*{\O}", "‘Ø’"),
        (r"\foreignlanguage{german}{\"u}", "ü"),
        (r"\raisebox{2pt}[1pt]{\aa}", r"\raisebox{2pt}[1pt]{\aa}"),
        (r"{\'E}{\oe}", "Éœ"),
        (r"Ko\c{ c}", "Koç"),
    ],
)
def test_a_letter_alone_may_be_what_a_command_sets(written: str, read: str) -> None:
    assert decode(written) == read


@pytest.mark.parametrize("nonsense", [r"{\A{A}}", r"{\O{E}}", r"{\s{s}}", r"{\d{j}}"])
def test_what_only_begins_like_a_letters_command_is_not_that_letter(nonsense: str) -> None:
    assert decode(nonsense) not in SPELLED_LETTERS.values()
