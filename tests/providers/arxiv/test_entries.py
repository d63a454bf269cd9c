from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dlbib.providers.arxiv.names import name_of
from tests.fake_arxiv import Paper, invented

if TYPE_CHECKING:
    from dlbib.model.entry import Entry
    from dlbib.model.facts import Facts
    from tests.providers.asking import Asking

PAPER = "2001.00002"


@pytest.fixture
def known(asking: Asking) -> tuple[Entry, Facts]:
    """What is known of the paper of which most is known."""
    asking.server.by_id.update((paper.id, paper) for paper in invented())
    (outcome,) = asking.fetch(PAPER)
    assert outcome.entry
    return outcome.entry, outcome.facts


def test_a_preprint_is_an_article_of_that_genre_which_arxiv_publishes(known: tuple[Entry, Facts]) -> None:
    entry, _ = known
    assert (entry.type, entry.genre, entry.publisher) == ("article", "preprint", "arXiv")


def test_tex_is_read_and_math_kept(known: tuple[Entry, Facts]) -> None:
    assert known[0].title == "Gödel\u2019s $\\beta$-VAE for DNA & co".replace("\u2019", "'")
    assert known[0].abstract == "A first line and a second, at 50%."


def test_the_names_are_in_order_and_read_as_names(known: tuple[Entry, Facts]) -> None:
    authors = [(name.given, name.non_dropping_particle, name.family) for name in known[0].authors]
    assert authors == [("Kurt", "", "Gödel"), ("Bart", "van", "Merriënboer"), ("Paolo", "", "Di Vecchia")]


def test_it_is_issued_when_its_first_version_was_and_named_by_the_version_that_is_told_of(
    known: tuple[Entry, Facts],
) -> None:
    entry, facts = known
    assert str(entry.issued) == str(facts.submitted) == "2020-01-02"
    assert [str(each) for each in entry.identifiers] == [
        "arxiv:2001.00002v3",
        "url:https://arxiv.org/abs/2001.00002v3",
    ]
    assert (facts.version, facts.latest, str(facts.revised)) == (3, 3, "2021-03-04")
    assert facts.comment == "14 pages; to appear in J. Fakes"


def test_the_categories_stand_with_the_primary_one_apart(known: tuple[Entry, Facts]) -> None:
    assert known[0].arxiv_category == "cs.LG"
    assert known[1].categories == ("cs.LG", "stat.ML", "math.LO")


def test_what_is_known_of_the_published_version_is_none_of_the_preprint_s(known: tuple[Entry, Facts]) -> None:
    entry, facts = known
    assert entry.doi is None
    assert entry.container_title is None
    assert str(facts.published_doi) == "doi:10.1000/182"
    assert facts.published_in == "J. Fakes 1 (2020) 2-3"


def test_the_links_say_what_they_lead_to(known: tuple[Entry, Facts]) -> None:
    assert [(link.role, link.url) for link in known[1].links] == [
        ("webpage", "https://arxiv.org/abs/2001.00002v3"),
        ("pdf", "https://arxiv.org/pdf/2001.00002v3"),
        ("published version", "https://doi.org/10.1000/182"),
    ]


@pytest.mark.parametrize(
    ("doi", "read"),
    [
        ("10.1000/182", "doi:10.1000/182"),
        ("https://doi.org/10.1000/182", "doi:10.1000/182"),
        ("10.1000/182 10.1000/183", "doi:10.1000/182"),
        ("10.1000/182, 10.1000/183", "doi:10.1000/182"),
        ("10.48550/arXiv.2001.00002", "None"),
        ("in press", "None"),
        ("", "None"),
    ],
)
def test_a_doi_as_typed_is_read_and_arxiv_s_own_is_none_of_a_published_version(
    asking: Asking, doi: str, read: str
) -> None:
    asking.server.by_id[PAPER] = Paper(PAPER, "On Fakes", doi=doi)

    (outcome,) = asking.fetch(PAPER)

    assert str(outcome.facts.published_doi) == read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ada Lovelace", ("Ada", "", "Lovelace", "")),
        ("Lovelace", ("", "", "Lovelace", "")),
        ("Ludwig van Beethoven", ("Ludwig", "van", "Beethoven", "")),
        ("Hans De Raedt", ("Hans", "", "De Raedt", "")),
        ("Jan Van Der Meer", ("Jan", "", "Van Der Meer", "")),
        ("An Van der Meer", ("An", "", "Van der Meer", "")),
        ("Eva De la Mar", ("Eva", "", "De la Mar", "")),
        ("Aoife Mac Lir", ("Aoife", "", "Mac Lir", "")),
        ("Eva de los Llanos Van de Zee", ("Eva de los Llanos", "", "Van de Zee", "")),
        ("Jan van Den Berg", ("Jan", "van", "Den Berg", "")),
        ("John Smith Jr.", ("John", "", "Smith", "Jr.")),
        ("John Smith, Jr.", ("John", "", "Smith", "Jr.")),
        ("J. Smith jr.", ("J.", "", "Smith", "jr.")),
        ("John Smith JR", ("John", "", "Smith", "JR")),
        ("John Smith III", ("John", "", "Smith", "III")),
        ("Van Nguyen", ("Van", "", "Nguyen", "")),
        ("A. B. C. Smith", ("A. B. C.", "", "Smith", "")),
        ("Fr{\\'e}d{\\'e}rique Battin-Leclerc", ("Frédérique", "", "Battin-Leclerc", "")),
    ],
)
def test_a_person_s_name_has_parts(text: str, parts: tuple[str, ...]) -> None:
    name = name_of(text)
    assert (name.given, name.non_dropping_particle, name.family, name.suffix) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The LIGO Scientific Collaboration",
        "ATLAS Collaboration",
        "Gemini Team",
        "for the GRAND Collaboration",
        "DESI Collaboration: A. Aghamousavi",
        "Smith; Jones; Miller",
        "A, B, C",
    ],
)
def test_the_name_of_many_is_a_literal(text: str) -> None:
    assert name_of(text).literal == text


def test_names_are_split_as_arxiv_splits_them(shared_names: list[tuple[str, str]]) -> None:
    wrong = [
        shown
        for shown, family in shared_names
        if (name := name_of(shown)).literal == "" and not _agrees(str(name.family), family)
    ]
    assert len(wrong) <= len(shared_names) // 500, wrong


def _agrees(one: str, other: str) -> bool:
    return one.split()[-1:] == other.replace(",", "").split()[-1:]
