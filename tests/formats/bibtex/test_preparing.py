"""Fields that are one variable together, and odd ones that are read the same when they were written once."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING, Final

import pytest

from dlbib.formats import RenderOptions, formats
from dlbib.formats.bibtex.reader import parse_biblatex
from tests.growth import in_proportion, taken

if TYPE_CHECKING:
    from dlbib.model.entry import Entry

FIELDS: Final = {
    "article": ("title", "subtitle", "journal", "journaltitle", "booktitle", "issuetitle", "series", "eid"),
    "book": ("title", "subtitle", "titleaddon", "maintitle", "mainsubtitle", "series", "part", "edition"),
    "incollection": ("title", "booktitle", "booksubtitle", "maintitle", "number", "volumes", "chapter"),
    "misc": ("title", "howpublished", "organization", "publisher", "journal", "note", "addendum", "eprint"),
    "patent": ("title", "type", "location", "number", "pubstate"),
    "periodical": ("title", "subtitle", "shorttitle", "issuetitle", "issuesubtitle", "shortjournal"),
    "thesis": ("title", "type", "institution", "pubstate", "langid", "langidopts", "hyphenation"),
    "unpublished": ("title", "eventtitle", "eventtitleaddon", "venue", "eventyear", "origyear", "urlyear"),
}
VALUES: Final = (
    "T", "{T}", "", "a: b", "newseries", "3", "3rd series", "inpress", "in press", "phdthesis", "countryde and countryus",
    "Germany; France", "english", "variant=british", "langlatin", "http://x.org/a_b", r"\url{http://x.org/a}", "2014", "2014-05",
    r"\enquote*{a \enquote{b}}", r"\bibstring{phdthesis}", r"\foreignlanguage{french}{x}", "x_{1} ^{2}", r"\ensuremath{x^2}",
    r"\foo{a}", r"\emph{\o}", r"\NoCaseChange{pH}", r"\ensuremath{\alpha}", "A and B", "{{{{{deep}}}}}", "日本 🙂", "``q''", "<i>x</i> & <",
)  # fmt: skip


def read(fields: str, entry_type: str = "book") -> Entry:
    (entry,) = entries(f"@{entry_type}{{k, {fields}}}", "biblatex")
    return entry


def entries(text: str, dialect: str) -> list[Entry]:
    parse = formats()[dialect].parse
    assert parse is not None
    return [each.entry for each in parse(io.StringIO(text, newline=""), "x") if each.entry]


def written(library: list[Entry], dialect: str) -> str:
    render = formats()[dialect].render
    assert render is not None
    return "".join(render(library, RenderOptions()))


@pytest.mark.parametrize(
    ("fields", "attribute"),
    [
        ("subtitle = {T}", "title"),
        ("maintitle = {M}, subtitle = {T}", "volume_title"),
        ("addendum = {T}", "note"),
        ("eventtitleaddon = {T}", "event_title"),
    ],
)
def test_what_stands_behind_a_title_that_is_missing_takes_its_place(fields: str, attribute: str) -> None:
    assert getattr(read(fields), attribute) == "T"


def test_an_empty_subtitle_is_kept_and_makes_no_short_title() -> None:
    entry = read("title = {T}, subtitle = {}")
    assert (entry.title, entry.title_short, entry.extra["bibtex:subtitle"]) == ("T", None, "")


def test_the_title_of_a_periodical_without_its_subtitle_is_no_abbreviation_of_it() -> None:
    entry = read("title = {Shore}, subtitle = {A Monthly}, issuetitle = {Sand}", "periodical")
    assert (entry.container_title, entry.container_title_short) == ("Shore: A Monthly", None)


def test_a_page_was_last_checked_when_it_was_looked_at() -> None:
    assert str(read("lastchecked = {2011-02-03}", "online").accessed) == "2011-02-03"


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_mathscinet_has_the_journal_s_name_beside_its_abbreviation(dialect: str) -> None:
    text = "@article{k, JOURNAL = {Ann. Shores}, FJOURNAL = {Annals of Shores}}"
    (entry,) = entries(text, dialect)
    assert (entry.container_title, entry.container_title_short) == ("Annals of Shores", "Ann. Shores")
    assert entries(written([entry], dialect), dialect) == [entry]


def test_a_journal_s_full_name_alone_is_kept() -> None:
    assert read("fjournal = {Annals of Shores}", "article").extra["bibtex:fjournal"] == "Annals of Shores"


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_the_place_beside_the_publisher_s_is_where_a_conference_met(dialect: str) -> None:
    text = "@inproceedings{k, location = {Oslo, Norway}, address = {New York}}"
    (entry,) = entries(text, dialect)
    assert (entry.event_place, entry.publisher_place) == ("Oslo, Norway", "New York")


@pytest.mark.parametrize(
    ("entry_type", "fields"),
    [
        ("inproceedings", "location = {Oslo}, address = {Oslo}"),
        ("inproceedings", "location = {Oslo}"),
        ("book", "location = {Oslo}, address = {Bergen}"),
    ],
)
def test_any_other_place_is_the_publisher_s(entry_type: str, fields: str) -> None:
    entry = read(fields, entry_type)
    assert (entry.publisher_place, entry.event_place) == ("Oslo", None)


@pytest.mark.parametrize(
    ("title", "subtitle", "joined"),
    [
        ("Sand", "A Tale", "Sand: A Tale"),
        ("Sand?", "A Tale", "Sand? A Tale"),
        ("Sand;", "A Tale", "Sand; A Tale"),
        ("Sand --", "A Tale", "Sand \N{EN DASH} A Tale"),
        ("Arena", "¿Un cuento?", "Arena ¿Un cuento?"),
    ],
)
def test_a_subtitle_stands_behind_a_colon_unless_a_sign_parts_it(
    title: str, subtitle: str, joined: str
) -> None:
    assert read(f"title = {{{title}}}, subtitle = {{{subtitle}}}").title == joined


def test_the_container_of_an_article_may_be_called_booktitle() -> None:
    assert read("booktitle = {J}", "article").container_title == "J"
    assert read("booktitle = {B}, journaltitle = {J}", "article").container_title == "J"


def test_two_years_in_a_date_are_a_range() -> None:
    assert str(read("date = {2014--2015}").issued) == "2014/2015"


def test_a_publisher_that_is_an_address_is_not_repeated_as_howpublished() -> None:
    (entry,) = entries("@misc{k, publisher = {http://x.org}}", "bibtex")
    assert "howpublished" not in written([entry], "bibtex")


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("entry_type", FIELDS)
def test_g002_odd_fields_are_the_same_after_one_step(entry_type: str, dialect: str) -> None:
    chance = random.Random(entry_type)  # noqa: S311  # the same samples in every run
    for _ in range(150):
        names = chance.sample(FIELDS[entry_type], chance.randint(1, 5))
        fields = ", ".join(f"{name} = {{{chance.choice(VALUES)}}}" for name in names)
        once = written(entries(f"@{entry_type}{{k, {fields}}}", dialect), dialect)
        assert written(entries(once, dialect), dialect) == once, fields


@pytest.mark.parametrize(
    "value",
    [
        r"\enquote*{",
        r"\foreignlanguage{a}{",
        r"\bibstring{",
        r"\hspace*{",
        r"\vphantom{\}",
        "_{",
        r"\ensuremath{",
    ],
)
def test_a066_commands_that_are_never_closed_take_linear_time(value: str) -> None:
    def seconds(count: int) -> float:
        text = f"@misc{{k, note = {{{value * count}{'}' * count * value.count('{')}}}}}"
        return taken(lambda: list(parse_biblatex(io.StringIO(text), "x")))

    assert in_proportion(seconds, 8_000, least_s=0.3)
