from __future__ import annotations

import pytest

from dlbib.model.conflicts import conflicts
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.merging import Record, SourceKind
from dlbib.model.names import Name, parse_names


def record(kind: SourceKind, *, absent: tuple[str, ...] = (), **attributes: object) -> Record:
    return Record(kind, kind, "1", Entry.model_validate(attributes), absent=absent)


def people(text: str, role: str = "author") -> dict[str, object]:
    parsed = parse_names(text)
    names = tuple(Contributor(role, name) for name in parsed.names)
    return {"contributors": names, "others": (role,) if parsed.others else ()}


def fields_of(*records: Record) -> list[str]:
    return [conflict.field for conflict in conflicts(records, "k")]


def between(ours: dict[str, object], theirs: dict[str, object]) -> list[str]:
    """The fields on which a user and a file contradict each other, whoever says which."""

    def found(one: dict[str, object], other: dict[str, object]) -> list[str]:
        said = Entry.model_validate(one), Entry.model_validate(other)
        return fields_of(Record("user", "user", "1", said[0]), Record("file", "file", "1", said[1]))

    assert found(ours, theirs) == found(theirs, ours)
    return found(ours, theirs)


def test_d050_a_title_of_arxiv_that_differs_from_the_users_is_a_conflict_that_the_user_wins() -> None:
    (conflict,) = conflicts([record("arxiv", title="Old title"), record("user", title="My title")], "k")
    assert (conflict.key, conflict.field, conflict.won.text) == ("k", "title", "My title")
    assert [each.text for each in conflict.others] == ["Old title"]


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "Playing Atari", "Playing <i>Atari</i>."),
        ("title", "Güçlütürk's machine", "GUCLUTURK\N{RIGHT SINGLE QUOTATION MARK}S MACHINE"),
        ("container_title", "Journal of Machine Learning Research", "J. Mach. Learn. Res."),
        ("container_title", "CVPR", "2015 IEEE Conference (CVPR)"),
        ("publisher_place", "New York", "New York, NY, USA"),
        ("page", "436-444", "436\N{EN DASH}444"),
        ("page", "436", "436-444"),
        ("volume", "05", "5"),
        ("language", "en", "english"),
        ("type", "article", "paper-conference"),
        ("abstract", "One", "Two"),
        ("note", "One", "Two"),
    ],
)
def test_texts_that_say_the_same_are_no_conflict(field: str, one: str, other: str) -> None:
    assert between({field: one}, {field: other}) == []


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "Playing Atari", "Playing Doom"),
        ("container_title", "Neural Networks", "Nature"),
        ("page", "436-444", "426-444"),
        ("volume", "521", "512"),
        ("language", "en", "de"),
        ("type", "report", "article-journal"),
    ],
)
def test_texts_that_say_something_else_are_a_conflict(field: str, one: str, other: str) -> None:
    assert between({field: one}, {field: other}) == [field]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2014", "2014-06-23"),
        ("2014-06", "2014-06-23"),
        ("2014/2016", "2015-02"),
        ("2014/..", "2020"),
        ("199X", "1994"),
        ("2014~", "2013"),
        ("2014-21", "2014-04"),
    ],
)
def test_dates_of_which_one_lies_within_the_other_are_no_conflict(one: str, other: str) -> None:
    assert between({"issued": Date.parse(one)}, {"issued": Date.parse(other)}) == []


@pytest.mark.parametrize(
    ("one", "other"), [("2014", "2015"), ("2014-06", "2014-07-01"), ("2014-06-23", "2014-06-24")]
)
def test_dates_that_can_not_both_be_are_a_conflict(one: str, other: str) -> None:
    assert between({"issued": Date.parse(one)}, {"issued": Date.parse(other)}) == ["issued"]


def test_a_date_that_could_not_be_read_agrees_with_a_date_whose_year_it_holds() -> None:
    literal = Date(literal="Spring term 2014")
    assert between({"issued": literal}, {"issued": Date.of(2014)}) == []
    assert between({"issued": literal}, {"issued": Date.of(2015)}) == ["issued"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Graves, A.", "Graves, Alex"),
        ("LeCun, Yann and Bengio, Y.", "LeCun, Y and Bengio, Yoshua"),
        ("van den Driessche, G.", "Driessche, George van den"),
        ("Szegedy, Christian and others", "Szegedy, C. and Liu, Wei"),
        ("Fei-Fei, Li", "Fei-Fei, L."),
        ("Kim, Jin-Hwa", "Kim, Jinhwa"),
        ("Hinton, G. E.", "Hinton, Geoffrey"),
        ("{The ATLAS Collaboration}", "{The ATLAS collaboration}"),
    ],
)
def test_names_that_are_of_the_same_people_are_no_conflict(one: str, other: str) -> None:
    assert between(people(one), people(other)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Graves, Alex", "Graves, Bob"),
        ("LeCun, Yann and Bengio, Yoshua", "Bengio, Yoshua and LeCun, Yann"),
        ("LeCun, Yann", "LeCun, Yann and Bengio, Yoshua"),
        ("LeCun, Yann", "{Facebook}"),
    ],
)
def test_names_of_others_in_another_order_or_number_are_a_conflict(one: str, other: str) -> None:
    assert between(people(one), people(other)) == ["author"]


def test_an_identifier_of_another_work_is_a_conflict() -> None:
    one, other = (Identifier("doi", value) for value in ("10.1/a", "10.1/b"))
    assert between({"identifiers": (one,)}, {"identifiers": (other,)}) == ["doi"]


def test_identifiers_in_another_case_or_version_and_further_addresses_are_no_conflict() -> None:
    ours = (
        Identifier("doi", "10.1/A"),
        Identifier("arxiv", "1411.4389v1"),
        Identifier("url", "https://a.org"),
    )
    theirs = (
        Identifier("doi", "10.1/a"),
        Identifier("arxiv", "1411.4389v4"),
        Identifier("url", "https://b.org"),
    )
    assert between({"identifiers": ours}, {"identifiers": theirs}) == []


def test_arxivs_own_doi_is_none_of_the_publication() -> None:
    ours, theirs = Identifier("doi", "10.48550/arXiv.1411.4389"), Identifier("doi", "10.1/a")
    assert between({"identifiers": (ours,)}, {"identifiers": (theirs,)}) == []


def test_a_preprints_date_does_not_contradict_its_publications() -> None:
    preprint = record("arxiv", title="T", issued=Date.of(2014, 11, 17))
    publication = record("file", title="T", issued=Date.of(2015), container_title="CVPR")
    assert fields_of(preprint, publication) == []


def test_what_the_user_says_of_the_date_is_compared_with_arxivs() -> None:
    assert fields_of(record("arxiv", issued=Date.of(2014)), record("user", issued=Date.of(2015))) == [
        "issued"
    ]


def test_a_source_that_says_there_is_no_such_thing_contradicts_one_that_has_it() -> None:
    without = record("user", absent=("doi",))
    with_it = record("file", identifiers=(Identifier("doi", "10.1/a"),))
    (conflict,) = conflicts([without, with_it])
    assert (conflict.won.value, conflict.others[0].text) == (None, "10.1/a")


def test_what_is_said_of_another_version_is_no_conflict() -> None:
    assert fields_of(record("version", title="Extended"), record("file", title="Short")) == []


def test_names_without_given_names_or_words_are_compared_too() -> None:
    ours: dict[str, object] = {"contributors": (Contributor("author", Name(family="李", given="飞")),)}
    assert between(ours, {"contributors": (Contributor("author", Name(family="李")),)}) == []
