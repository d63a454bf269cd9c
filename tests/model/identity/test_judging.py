from __future__ import annotations

import pytest

from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.identity import judge, same_work
from dlbib.model.names import Name


def entry(title: str, author: str = "", year: int | None = None, **identifiers: str) -> Entry:
    return Entry(
        title=title,
        contributors=(Contributor("author", Name(author)),) if author else (),
        issued=Date.of(year) if year else None,
        identifiers=tuple(Identifier(scheme, value) for scheme, value in identifiers.items()),
    )


SAME = [
    (entry("Preprint title", arxiv="1411.4389v1"), entry("Other title", arxiv="1411.4389v4")),
    (entry("A", doi="10.1/X"), entry("B", doi="10.1/x")),
    (entry("Sequence — to Sequence!", "Güçlü", 2015), entry("sequence to sequence", "Guclu", 2016)),
    (entry("A demo", url="https://example.org/demo"), entry("A Demo", url="https://example.org/demo")),
]
OTHER = [
    (entry("Deep Learning", "LeCun", 2015), entry("Deep Learning", "Goodfellow", 2016)),
    (entry("Deep Learning"), entry("Deep Learning")),
    (entry("Deep Learning", "LeCun", 2015), entry("Deep Learning", "LeCun", 2018)),
    (entry("Part", "Doe", 2015, doi="10.1/1"), entry("Part", "Doe", 2015, doi="10.1/2")),
    (entry("One paper", isbn="9781467369640"), entry("Another paper", isbn="9781467369640")),
    (entry("Blog", url="https://example.org/"), entry("Talk", url="https://example.org/")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_are_one_work_whichever_comes_first(one: Entry, other: Entry) -> None:
    assert same_work(one, other)
    assert same_work(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_these_are_two_works_whichever_comes_first(one: Entry, other: Entry) -> None:
    assert not same_work(one, other)
    assert not same_work(other, one)


def test_what_three_published_again_elsewhere_is_listed_for_a_person_to_decide() -> None:
    first = Entry(
        type="paper-conference",
        title="Learning to Sort Letters by Hand",
        contributors=tuple(Contributor("author", Name(each, "A.")) for each in ("Berg", "Doe", "Lee")),
        issued=Date.of(2012),
        container_title="Proceedings of the Conference on Letters",
    )
    again = first.replace(type="article-journal", issued=Date.of(2017), container_title="Journal of Sorting")
    two = [each.replace(contributors=each.contributors[:2]) for each in (first, again)]
    assert [judge(first, again).verdict, judge(*two).verdict] == ["unsure", "different"]


def test_papers_of_one_volume_are_not_surely_one_where_one_has_no_title() -> None:
    whole = Entry(
        type="paper-conference",
        title="Generating Sequences With Recurrent Neural Networks",
        contributors=(
            Contributor("author", Name("Doe", "Jane")),
            Contributor("author", Name("Roe", "Richard")),
        ),
        issued=Date.of(2013),
        container_title="Words",
        page="7-9",
        identifiers=(Identifier("isbn", "9780262035613"),),
    )
    assert not same_work(whole, whole.replace(title=None))
    assert same_work(whole.replace(type="book"), whole.replace(type="book", title=None))
