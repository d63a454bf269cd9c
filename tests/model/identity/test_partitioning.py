from __future__ import annotations

import pytest

from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.identity import Decisions, blocks, partition
from dlbib.model.names import Name

DOE = (Contributor("author", Name("Doe", "Jane")),)


def entry(title: str = "On the Comparison of Works", year: int | None = 2014, **said: object) -> Entry:
    given = {"type": "article-journal", "title": title, "contributors": DOE, **said}
    return Entry.model_validate({**given, "issued": None if year is None else Date.of(year)})


def doi(value: str) -> tuple[Identifier, ...]:
    return (Identifier("doi", f"10.1000/{value}"),)


PREPRINT = entry(type="article", identifiers=(Identifier("arxiv", "1401.0001"),))
PAPER = entry(year=2015, identifiers=doi("paper"))
JOURNAL = entry(year=2017, identifiers=doi("journal"))


def test_a_preprint_of_two_publications_goes_with_the_nearer_and_makes_them_no_one_work() -> None:
    assert partition([PREPRINT, PAPER, JOURNAL]) == ((0, 1), (2,))
    assert partition([JOURNAL, PREPRINT, PAPER]) == ((0,), (1, 2))


def test_a_record_with_the_identifiers_of_two_makes_them_one() -> None:
    both = entry("Something Else", identifiers=(*doi("paper"), *PREPRINT.identifiers))
    other = PREPRINT.replace(title="A Title of Its Own")
    assert partition([PAPER, other]) == ((0,), (1,))
    assert partition([PAPER, other, both]) == ((0, 1, 2),)


def test_what_a_person_told_apart_stays_apart_though_a_record_names_both() -> None:
    both = entry("Something Else", identifiers=(*doi("paper"), *PREPRINT.identifiers))
    other = PREPRINT.replace(title="A Title of Its Own")
    works = partition([PAPER, other, both], Decisions(distinct=((0, 1),)))
    assert len(works) == 2


def test_what_a_person_merged_stays_together_whatever_speaks_against_it() -> None:
    assert partition([PAPER, JOURNAL], Decisions(same=((0, 1),))) == ((0, 1),)


@pytest.mark.parametrize("said", [{"title": None}, {}])
def test_what_is_too_little_is_one_work_where_all_of_it_is_the_same_under_one_key(
    said: dict[str, object],
) -> None:
    one = entry(**{"contributors": (), "key": "a", "note": "Red", **said})  # type: ignore[arg-type]  # of a title
    others = (one.replace(note="Blue"), one.replace(key="b"), one.replace(key=""))
    assert partition([one, others[0], one, others[1], others[2], one, others[2]]) == (
        (0, 2, 5),
        *((1,), (3,), (4,), (6,)),
    )
    assert set(blocks(one)) & set(blocks(one.replace()))


def test_what_a_person_told_apart_stays_apart_though_it_says_the_same() -> None:
    one = entry(title="", contributors=(), key="a", note="Red")
    assert partition([one, one], Decisions(distinct=((0, 1),))) == ((0,), (1,))


CROWDS = {
    "recurring titles": lambda n: entry("Editorial", page=str(n)),
    "titles that say nothing": lambda n: entry("Editorial", note=str(n), contributors=()),
    "volumes": lambda n: entry(container_title="Journal", volume=str(n), page=str(n)),
    "subtitles": lambda n: entry(
        f"On the Comparison of Works: {n} of Them" if n % 2 else f"Study {n} of Works"
    ),
    "first pages": lambda n: entry(f"Study {n} of Works", container_title="Journal", page="1"),
    "short titles on a page": lambda n: entry("Works", container_title=f"Journal {n}", page="1", note=str(n)),
    "dois": lambda n: entry(identifiers=doi(str(n))),
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_thousands_under_one_title_are_not_all_compared(crowd: str) -> None:
    assert len(partition([CROWDS[crowd](n) for n in range(5000)])) == 5000


def test_one_of_many_with_subtitles_is_the_title_that_has_its_year_and_page() -> None:
    def on_page(page: int, title: str) -> Entry:
        return entry(title, container_title="Journal of Works", volume="3", page=str(page))

    many = [on_page(n, f"On the Comparison of Works: {'So ' * n}Much") for n in range(1, 201)]
    assert (7, 200) in partition([*many, on_page(8, "On the Comparison of Works")])


def test_thousands_that_say_the_same_are_one_work() -> None:
    assert len(partition([entry().replace(key=str(n)) for n in range(5000)])) == 1
