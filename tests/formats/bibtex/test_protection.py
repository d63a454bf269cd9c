# ruff: noqa: RUF001  # titles are set with typographic apostrophes, quotes and dashes

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.bibtex.proper_nouns import PROPER_NOUNS
from dlbib.formats.bibtex.protection import protected
from dlbib.model.markup import plain
from dlbib.model.tex.encode import encode
from tests.growth import in_proportion, taken

WORDS = [
    *(
        "A",
        "I",
        "a",
        "the",
        "Go",
        "go",
        "BERT",
        "DeepMind",
        "m-RNN",
        "U-Net",
        ":",
        "?",
        ".",
        "–",
        "Deep",
        "deep",
    ),
    *(
        "learning",
        "Learning",
        "Gaussian",
        "Non-IID",
        r"$\Gamma$",
        "$x$",
        "<i>Foo</i>",
        "O'Neil",
        "Rock'n'Roll",
    ),
    *(
        '<span class="nocase">Bar</span>',
        "(Foo)",
        "C++",
        "x2",
        "3D",
        "U.S.",
        "foo's",
        "Étude",
        "ß",
        "$",
        "</i>",
    ),
]
TITLES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


def braced(title: str, language: str | None = None, *, every_capital: bool = False) -> str:
    return encode(protected(title, language, every_capital=every_capital), ascii_only=False)


@pytest.mark.parametrize(
    "title",
    [
        "{BERT}: Pre-training of Deep Bidirectional Transformers",
        "{DeepMind}'s {AlphaGo} and {DeepMind}’s {WaveNet}",
        "A Survey of {GANs} and {CNNs}",
        "{3D} Object Detection on {CIFAR-10}",
        "Captioning with an {m-RNN}",
        "The {U-Net}, the {T-SNE} and the {X-ray}",
        "Learning from Non-{IID} Data",
        "{CNN-RNN} Hybrids for {TCP/IP} Traffic",
        "{RNN}-based Models, and RNN-Like".replace("RNN-Like", "{RNN}-Like"),
        "Using {RNN} Encoder–Decoder Models",
        "World War {II}: The End",
        "Vitamin {C} in Humans, Vitamin {A}",
        "Programming in {C++} and {C\\#}",
        "{R\\&D} in the {U.S.} and Elsewhere",
        "What {I} Talk About",
        "The {iPhone} and {mRNA} of {Web2.0}",
        "An {arXiv} Reader",
        r"{$\Gamma$}-Nets and $x$",
        "Step by Step With {O'Neil} and {McDonald}",
    ],
)
def test_words_whose_shape_says_so_keep_their_case(title: str) -> None:
    assert braced(title.replace("{", "").replace("}", "").replace("\\&", "&").replace("\\#", "#")) == title


@pytest.mark.parametrize(
    "title",
    [
        "Generating Sequences With Recurrent Neural Networks",
        "Deep Visual-Semantic Alignments for Generating Image Descriptions",
        "Towards End-To-End Speech Recognition with Recurrent Neural Networks",
        "A Neural Algorithm of Artistic Style",
        "Deep Learning: A Review",
        "Deep Learning",
        "THE GREAT BOOK OF DEEP LEARNING",
        "On the 2nd Law in the 1980s",
        "",
    ],
)
def test_plain_words_get_no_braces(title: str) -> None:
    assert braced(title) == title


@pytest.mark.parametrize(
    "title",
    [
        "Playing {Atari} with Deep Reinforcement Learning",
        "Hidden {Markov} Models and {Gaussian} Processes",
        "Non-{Gaussian} Noise in {Chinese} Text",
        "The {Poincaré} Ball",
    ],
)
def test_known_proper_nouns_keep_their_case(title: str) -> None:
    assert braced(title.replace("{", "").replace("}", "")) == title


@pytest.mark.parametrize(
    "title",
    [
        "Mastering the game of {Go} with deep neural networks and tree search",
        "Human-level control through deep reinforcement learning",
        "Who is who? The story of {Go} in deep learning methods",
        "Learning to play {Go}. The end of {Deep} {Blue} in practical terms",
    ],
)
def test_in_sentence_case_a_capital_inside_a_sentence_means_something(title: str) -> None:
    assert braced(title.replace("{", "").replace("}", "")) == title


def test_the_first_word_needs_nothing_but_for_its_shape() -> None:
    assert braced("Bayesian Learning") == "Bayesian Learning"
    assert braced("BERT Learning") == "{BERT} Learning"


def test_what_is_protected_already_gets_no_second_braces() -> None:
    assert braced('A <span class="nocase">GAN</span> Program') == "A {GAN} Program"


def test_italics_hold_words_like_any_other() -> None:
    assert (
        braced("<i>Escherichia coli</i> and an <i>RNN</i>") == r"\emph{Escherichia coli} and an \emph{{RNN}}"
    )


def test_german_nouns_keep_their_case_where_nobody_knows_german() -> None:
    title = "Über die Grundlagen der Mathematik: Eine Studie"
    assert (
        braced(title, "de", every_capital=True) == "Über die {Grundlagen} der {Mathematik}: {Eine} {Studie}"
    )
    assert braced(title, "de") == title


def test_english_by_any_tag_is_english() -> None:
    assert braced("Deep Learning", "en-GB", every_capital=True) == "Deep Learning"


def test_an_address_keeps_its_case_whole() -> None:
    assert braced("See http://Foo.BAR/x for More") == "See {http://Foo.BAR/x} for More"


def test_proper_nouns_are_words_with_a_capital() -> None:
    assert all(noun.isalpha() and noun.istitle() for noun in PROPER_NOUNS)


@given(TITLES)
def test_protecting_twice_changes_nothing(title: str) -> None:
    assert protected(protected(title)) == protected(title)


@given(TITLES, st.sampled_from([None, "en", "de"]), st.booleans())
def test_no_word_is_lost(title: str, language: str | None, every_capital: bool) -> None:  # noqa: FBT001  # drawn
    found = plain(protected(title, language, every_capital=every_capital))
    assert found.replace(r"\$", "$") == plain(title)


@pytest.mark.parametrize(
    "piece", ["BERT ", "A ", "A-", "a-", "'s", "É", "<i>", "U.", "$x$ ", "http://", "Go "]
)
def test_long_titles_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        return taken(lambda: protected(piece * count))

    assert in_proportion(seconds, 8_000, least_s=0.1)


_SPANS = ['<span class="nocase">DNA</span>', 'e<span class="nocase">B</span>ay', "Berlin", "A", "3D"]


@given(
    st.lists(st.sampled_from([word for word in [*WORDS, *_SPANS] if "$" not in word]), max_size=8).map(
        " ".join
    )
)
def test_a_title_is_judged_as_it_is_beside_math_where_all_its_words_are_looked_at(title: str) -> None:
    assert protected(f"{title} end") + " $x$" == protected(f"{title} end $x$")


def test_a_dollar_that_opens_no_math_is_escaped_within_a_span_too() -> None:
    assert protected('<span class="nocase">5 $</span> Bills') == '<span class="nocase">5 \\$</span> Bills'
