"""An entry of every type, as complete as its type wants it."""

from __future__ import annotations

from typing import Any, Final

from dlbib.model.dates import Date
from dlbib.model.entry import TYPES, Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name

_AUTHORS: Final = (
    Name("Driessche", "George", non_dropping_particle="van den"),
    Name("Güçlütürk", "Yağmur"),
    Name("Łukasik", "Zoë J.-P."),
    Name("King", "Martin", suffix="Jr."),
    Name(literal="Barnes and Noble"),
)
_TITLES: Final = (
    "BERT & the 50% rule: m-RNN_x for #3",
    "Mastering the game of Go with deep neural networks and tree search",
    "Généralités sur l'œuvre de Gödel",
    "A <i>Homo sapiens</i> Model with H<sub>2</sub>O and 10<sup>9</sup> Words",
    "Sequence to Sequence \N{EN DASH} Video to Text",
)
_IN_JOURNALS: Final = {"article-journal", "article-magazine", "article-newspaper", "review", "review-book"}
_IN_BOOKS: Final = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"}


def _special(csl_type: str) -> dict[str, Any]:
    """What a type wants besides author, title, date and publisher."""
    if csl_type in _IN_JOURNALS:
        return {"container_title": "Journal of R&D", "volume": "12", "issue": "3", "page": "415-423"}
    if csl_type in _IN_BOOKS:
        return {
            "container_title": "Proceedings of Everything",
            "collection_title": "Lecture Notes",
            "volume": "9907",
            "page": "1-9",
            "publisher_place": "Cham",
        }
    if csl_type == "patent":
        return {"number": "EP123", "genre": "European patent"}
    if csl_type == "thesis":
        return {"genre": "Master's thesis"}
    if csl_type in {"manuscript", "speech"}:
        return {"note": "Read at the fair"}
    return {}


def _identifiers(number: int) -> tuple[Identifier, ...]:
    return (
        Identifier("url", f"https://example.org/a_b%20c~d#e?f={number}&g=1"),
        Identifier("doi", f"10.1000/a_b({number})"),
    )


def _sample(number: int, csl_type: str) -> Entry:
    author = _AUTHORS[number % len(_AUTHORS)]
    return Entry(
        key=f"sample:{csl_type}",
        type=csl_type,
        title=_TITLES[number % len(_TITLES)],
        contributors=[Contributor("author", author), Contributor("author", Name("Second", "Ann B."))],
        issued=Date.parse(("2013-08-04", "2015", "2014-10")[number % 3]),
        publisher="Barnes and Noble" if number % 2 else "Springer",
        identifiers=_identifiers(number),
        language="fr" if number % len(_TITLES) == 2 else "en",
        **_special(csl_type),
    )


_ODD: Final = (
    Entry(
        key="odd:anonymous",
        type="webpage",
        title="The unreasonable {effectiveness} of A",
        container_title="A Blog",
        issued=Date.parse("2015"),
        identifiers=[Identifier("url", "https://example.org/")],
    ),
    Entry(
        key="odd:preprint",
        type="article",
        title="Playing Atari with Deep Reinforcement Learning",
        contributors=[Contributor("author", Name("Mnih", "Volodymyr"))],
        others=["author"],
        issued=Date.parse("2013-12-19"),
        identifiers=[Identifier("arxiv", "1312.5602v1")],
        arxiv_category="cs.LG",
    ),
    Entry(
        key="odd:numbered",
        type="paper-conference",
        title="Towards End-To-End Speech Recognition",
        contributors=[
            Contributor("author", Name("Graves", "Alex")),
            Contributor("editor", Name("Xing", "Eric P.")),
        ],
        issued=Date.parse("2014-06"),
        container_title="Proceedings of the 31st Conference",
        collection_title="Proceedings of Machine Learning Research",
        collection_number="32",
        volume="32",
        issue="2",
        publisher="PMLR",
    ),
    Entry(
        key="odd:edited",
        type="book",
        title="Computer Vision",
        contributors=[
            Contributor("editor", Name("Hua", "Gang")),
            Contributor("editor", Name("Jégou", "Hervé")),
        ],
        issued=Date.parse("2016-09/2016-10"),
        publisher="Springer",
        edition="2",
        volume="1",
        collection_title="Lecture Notes",
        collection_number="9913",
    ),
)

SAMPLES: Final = (*(_sample(number, csl_type) for number, csl_type in enumerate(sorted(TYPES))), *_ODD)
"""One entry of each type, sorted by type, and some that are made otherwise."""
