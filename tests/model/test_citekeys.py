"""Keys: proposed from an entry, unique, stable, and what a key can't hold."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.model.citekeys import key_fingerprint, key_problem, propose_key, unique_key
from dlbib.model.dates import Date, Point
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name


def _authored(*families: str, title: str | None = None, year: int | None = None) -> Entry:
    authors = tuple(Contributor("author", Name(family)) for family in families)
    return Entry(contributors=authors, title=title, issued=None if year is None else Date(Point(year)))


def _titled(title: str) -> str:
    """The part of a proposed key that comes from the title."""
    return propose_key(_authored("Doe", title=title)).removeprefix("doe")


def test_a_key_is_family_name_year_and_first_word_of_weight() -> None:
    entry = _authored("Güçlütürk", "Güçlü", title="Convolutional Sketch Inversion", year=2016)
    assert propose_key(entry) == "gucluturk2016convolutional"


def test_an_unknown_year_is_left_out() -> None:
    assert propose_key(_authored("Cheng", title="Deep Colorization")) == "chengdeep"


def test_a_year_before_our_era_says_so() -> None:
    assert propose_key(_authored("Cicero", title="De Officiis", year=-43)) == "cicero44bcofficiis"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (Name("Maaten", "Laurens", non_dropping_particle="van der"), "maaten"),
        (Name("Humboldt", "Alexander", dropping_particle="von"), "humboldt"),
        (Name("King", "Martin Luther", suffix="Jr."), "king"),
        (Name("Fei-Fei", "Li"), "feifei"),
        (Name("O\N{RIGHT SINGLE QUOTATION MARK}Brien", "Tim"), "obrien"),
        (Name("Drummond de Andrade", "Carlos"), "drummonddeandrade"),
        (Name("Łukasiewicz"), "lukasiewicz"),
        (Name("Weiß"), "weiss"),
        (Name("Bjørn"), "bjorn"),
        (Name("Nguyễn"), "nguyen"),
        (Name("张"), "zhang"),
        (Name("Соловьёв"), "solovev"),
        (Name(given="Plato"), "plato"),
        (Name(literal="The OpenAI Team"), "openai"),
        (Name(literal="MIT Press"), "mit"),
        (Name("x" * 500), "x" * 40),
    ],
)
def test_a_name_gives_its_family_name_or_the_first_word_of_a_literal(name: Name, part: str) -> None:
    assert propose_key(Entry(contributors=(Contributor("author", name),))) == part


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Deep Colorization", "deep"),
        ("The Unreasonable Effectiveness", "unreasonable"),
        ("Towards End-To-End Speech Recognition", "end"),
        ("Some Improvements on Networks", "improvements"),
        ("Long-term Recurrent Networks", "long"),
        ("Encoder\N{EN DASH}Decoder Models", "encoder"),
        ("k-means in Practice", "kmeans"),
        ("U-Net: Convolutional Networks", "unet"),
        ("I, Robot", "robot"),
        ("3D Objects", "3d"),
        ("100 Years of Solitude", "years"),
        ("1984", "1984"),
        ("To Be or Not to Be", "to"),
        ("IT in the Enterprise", "it"),
        ("A SURVEY OF NETWORKS", "survey"),
        ("Don\N{RIGHT SINGLE QUOTATION MARK}t Stop", "dont"),
        ("Über die Grundlagen der Geometrie", "grundlagen"),
        ("Zur Elektrodynamik bewegter Körper", "elektrodynamik"),
        ("L\N{RIGHT SINGLE QUOTATION MARK}apprentissage profond", "apprentissage"),
        ("Les réseaux de neurones", "reseaux"),
        ("El aprendizaje profundo", "aprendizaje"),
        ("L'arte dell'intelligenza", "arte"),
        ("Dell'intelligenza artificiale", "intelligenza"),
        ("Het leren van netwerken", "leren"),
        ("Uma introdução", "introducao"),
        ("深度学习\N{FULLWIDTH COLON}综述", "shenduxuexi"),
        ("Большие нейронные сети", "bolshie"),
        ("हिन्दी भाषा", "hindi"),
        ('<span class="nocase">BERT</span>: Pre-training', "bert"),
        ("The <i>Drosophila</i> Genome", "drosophila"),
        (r"$\beta$-VAE: Learning Concepts", "vae"),
        ("$O(n \\log n)$ Sorting", "sorting"),
        (r"\emph{Deep} Networks", "deep"),
        ("\N{LEFT DOUBLE QUOTATION MARK}Deep\N{RIGHT DOUBLE QUOTATION MARK} Learning", "deep"),
        ("Cafe\N{COMBINING ACUTE ACCENT} Society", "cafe"),
        ("x" * 500, "x" * 40),
        ("—", ""),
    ],
)
def test_a_title_gives_its_first_word_of_weight(title: str, word: str) -> None:
    assert _titled(title) == word


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (Entry(contributors=(Contributor("editor", Name("Bengio")),), title="Learning"), "bengiolearning"),
        (
            Entry(contributors=(Contributor("editor", Name("Bengio")), Contributor("author", Name("Le")))),
            "le",
        ),
        (
            Entry(contributors=(Contributor("director", Name("Kubrick")),), title="The Shining"),
            "kubrickshining",
        ),
        (Entry(contributors=(Contributor("author", Name(literal="…")),), publisher="The Press"), "press"),
        (Entry(title="Dreams", publisher="MIT Press", container_title="Wired"), "mitdreams"),
        (Entry(title="Dreams", container_title="The Guardian"), "guardiandreams"),
        (Entry(title="Dreams", event_title="Neural Days"), "neuraldreams"),
        (
            Entry(
                title="The Effectiveness", identifiers=(Identifier("url", "http://karpathy.github.io/2015/"),)
            ),
            "karpathyeffectiveness",
        ),
        (
            Entry(title="Dreams", identifiers=(Identifier("url", "https://research.googleblog.com/x"),)),
            "googleblogdreams",
        ),
        (Entry(identifiers=(Identifier("url", "http://localhost/"),)), "localhost"),
        (Entry(title="Deep Learning"), "deep"),
        (Entry(title_short="Dreams"), "dreams"),
        (Entry(), "work"),
    ],
)
def test_others_stand_in_for_an_author_who_is_unknown(entry: Entry, key: str) -> None:
    assert propose_key(entry) == key


def test_without_a_name_the_key_begins_with_the_title() -> None:
    assert propose_key(Entry(title="Deep Learning", issued=Date(Point(2016)))) == "deep2016"


def test_a_year_alone_makes_a_key_that_begins_with_a_letter() -> None:
    assert propose_key(Entry(issued=Date(Point(2016)))) == "work2016"


@given(st.text(), st.text(), st.text())
def test_any_entry_has_a_key_of_letters_and_digits_of_bounded_length(
    family: str, literal: str, title: str
) -> None:
    authors = (Contributor("author", Name(family, literal=literal)),)
    key = propose_key(Entry(contributors=authors, title=title))
    assert re.fullmatch("[a-z0-9]{1,90}", key)
    assert key_problem(key) is None


def test_the_first_to_want_a_key_gets_it_plain() -> None:
    assert unique_key("smith2014deep", set()) == "smith2014deep"


def test_thirty_clashes_take_a_to_z_then_aa() -> None:
    taken: set[str] = set()
    keys = []
    for _ in range(31):
        keys.append(unique_key("smith2014", taken))
        taken.add(key_fingerprint(keys[-1]))
    suffixes = ["", *"abcdefghijklmnopqrstuvwxyz", "aa", "ab", "ac", "ad"]
    assert keys == [f"smith2014{suffix}" for suffix in suffixes]


def test_the_sequence_goes_from_az_to_ba_and_from_zz_to_aaa() -> None:
    taken: set[str] = set()
    keys = []
    for _ in range(1 + 26 + 26 * 26 + 1):
        keys.append(unique_key("k", taken))
        taken.add(key_fingerprint(keys[-1]))
    assert keys[52:54] == ["kaz", "kba"]
    assert keys[-2:] == ["kzz", "kaaa"]


def test_a_gap_among_the_first_letters_is_filled() -> None:
    assert unique_key("k", {"k", "ka", "kc"}) == "kb"


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [("SMITH2014", "smith2014"), ("Straße", "STRASSE"), ("cafe\u0301", "CAF\u00c9"), ("ΣΊΣΥΦΟΣ", "σίσυφος")],
)
def test_keys_that_differ_in_case_or_unicode_form_alone_clash(wanted: str, taken: str) -> None:
    assert unique_key(wanted, {key_fingerprint(taken)}) == f"{wanted}a"


def test_ten_thousand_clashes_are_quick() -> None:
    taken: set[str] = set()
    begun = time.process_time()
    for _ in range(10_000):
        taken.add(key_fingerprint(unique_key("smith2014", taken)))
    assert len(taken) == 10_000
    assert time.process_time() - begun < 3


@given(st.lists(st.sampled_from(["k", "K", "ka", "kb", "kaa", "l"]), max_size=60))
def test_whatever_is_wanted_every_key_is_new(wanted: list[str]) -> None:
    taken: set[str] = set()
    for each in wanted:
        key = unique_key(each, taken)
        assert key.startswith(each)
        assert key_fingerprint(key) not in taken
        taken.add(key_fingerprint(key))


@given(st.text())
def test_a_fingerprint_is_its_own_fingerprint(key: str) -> None:
    fingerprint = key_fingerprint(key)
    assert key_fingerprint(fingerprint) == fingerprint


@given(st.text())
def test_a_fingerprint_is_the_same_in_every_unicode_form(key: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, key) for form in ("NFC", "NFD"))
    assert key_fingerprint(composed) == key_fingerprint(decomposed) == key_fingerprint(key)


@pytest.mark.parametrize(
    "key",
    [
        "smith2014",
        "DBLP:conf/nips/Smith-Jones_14+1.2",
        "café2020",
        "张2016",
        "../../etc/passwd",
        "CON",
        "-rf",
        "x" * 300,
    ],
)
def test_keys_that_bibtex_can_hold_have_no_problem(key: str) -> None:
    assert key_problem(key) is None


@pytest.mark.parametrize("character", '#%"()=,{}~\\')
def test_a_character_that_bibtex_reads_as_its_own_is_named(character: str) -> None:
    assert key_problem(f"smith{character}2014") == f"the key holds '{character}'; 'smith2014' would do"


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", "the key is empty; write one"),
        ("smith 2014", "the key holds a space; 'smith2014' would do"),
        ("o'brien", "the key holds \"'\"; 'obrien' would do"),
        ("smith\t2014", r"the key holds \t (a control character); 'smith2014' would do"),
        ("smith\x002014", r"the key holds \x00 (a control character); 'smith2014' would do"),
        ("smith\u200b2014", r"the key holds \u200b (ZERO WIDTH SPACE); 'smith2014' would do"),
        ("smith\u202e2014", r"the key holds \u202e (RIGHT-TO-LEFT OVERRIDE); 'smith2014' would do"),
        ("smith\u00a02014", r"the key holds \xa0 (NO-BREAK SPACE); 'smith2014' would do"),
        ("smith\ufe0f", r"the key holds \ufe0f (VARIATION SELECTOR-16); 'smith' would do"),
        ("smith\U000e0041", r"the key holds \U000e0041 (TAG LATIN CAPITAL LETTER A); 'smith' would do"),
        ("{}", "the key holds '{'; write another"),
    ],
)
def test_what_a_key_cannot_hold_is_named_visibly_with_a_key_that_would_do(key: str, problem: str) -> None:
    assert key_problem(key) == problem


@given(st.text(min_size=1))
def test_the_key_that_would_do_does(key: str) -> None:
    problem = key_problem(key)
    if problem and problem.endswith("would do"):
        assert key_problem(problem.rpartition("; '")[2].removesuffix("' would do")) is None
