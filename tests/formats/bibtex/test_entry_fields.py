from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dlbib.formats.bibtex.entry_fields import entry_fields, entry_type_of
from dlbib.formats.bibtex.value_writer import ValueWriter
from dlbib.formats.entry_types import TYPE_ROWS
from dlbib.formats.fields import fields_of
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.names import Name

if TYPE_CHECKING:
    from dlbib.formats.fields import Dialect

ADA = Name("Lovelace", "Ada")


def fields(dialect: Dialect, **values: Any) -> dict[str, str]:  # noqa: ANN401  # attributes of any type
    entry = Entry(**{"key": "a", **values})
    found = entry_fields(entry, entry_type_of(entry, dialect)[0], ValueWriter(dialect, dialect == "bibtex"))
    return {name: value[1:-1] if value.startswith("{") else value for name, value in found.items()}


def bibtex(**values: Any) -> dict[str, str]:  # noqa: ANN401  # attributes of any type
    return fields("bibtex", **values)


def biblatex(**values: Any) -> dict[str, str]:  # noqa: ANN401  # attributes of any type
    return fields("biblatex", **values)


def types(dialect: Dialect, **values: Any) -> tuple[str, str]:  # noqa: ANN401  # attributes of any type
    return entry_type_of(Entry(**values), dialect)


def test_a_preprint_is_online_and_pre_published_in_biblatex_and_misc_in_bibtex() -> None:
    values = {
        "type": "article",
        "identifiers": [Identifier("arxiv", "1308.0850v5")],
        "arxiv_category": "cs.NE",
        "contributors": [Contributor("author", ADA)],
    }
    assert types("biblatex", **values) == ("online", "")
    assert types("bibtex", **values) == ("misc", "")
    assert biblatex(**values) == {
        "author": "Lovelace, Ada",
        "eprint": "1308.0850v5",
        "eprinttype": "arxiv",
        "eprintclass": "cs.NE",
        "pubstate": "prepublished",
    }
    assert bibtex(**values) == {
        "author": "Lovelace, Ada",
        "eprint": "1308.0850v5",
        "archiveprefix": "arXiv",
        "primaryclass": "cs.NE",
        "howpublished": "arXiv:1308.0850v5",
    }


def test_a_status_of_its_own_is_kept() -> None:
    values: dict[str, Any] = {"type": "article", "identifiers": [Identifier("arxiv", "1308.0850")]}
    assert biblatex(**values, status="submitted")["pubstate"] == "submitted"


@pytest.mark.parametrize(
    ("csl_type", "subtype"),
    [
        ("webpage", "webpage"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("post-weblog", "post-weblog"),
    ],
)
def test_what_bibtex_has_no_type_for_is_misc_and_says_what_it_is(csl_type: str, subtype: str) -> None:
    assert types("bibtex", type=csl_type) == ("misc", subtype)


@pytest.mark.parametrize("csl_type", ["dataset", "software", "patent", "thesis", "report"])
def test_biblatex_has_types_of_its_own(csl_type: str) -> None:
    assert types("biblatex", type=csl_type) == (csl_type, "")


def test_the_type_of_a_file_is_kept_while_it_fits() -> None:
    extra = {"bibtex:entrytype": "manual"}
    assert types("bibtex", type="book", extra=extra) == ("manual", "")
    assert types("bibtex", type="report", extra=extra) == ("techreport", "")


def test_a_type_of_biblatex_alone_is_not_given_to_bibtex() -> None:
    extra = {"bibtex:entrytype": "collection"}
    assert types("biblatex", type="book", extra=extra) == ("collection", "")
    assert types("bibtex", type="book", extra=extra) == ("book", "")


@pytest.mark.parametrize("given", ["comment", "string", "preamble", "a}b", "a b", "a,b"])
def test_a_type_that_would_be_no_entry_is_not_written(given: str) -> None:
    assert types("bibtex", extra={"bibtex:entrytype": given}) == ("misc", "")


def test_an_unknown_type_is_kept() -> None:
    assert types("bibtex", extra={"bibtex:entrytype": "Customa"}) == ("customa", "")


def test_the_number_is_the_issue_in_an_article_and_the_place_in_a_series_in_a_book() -> None:
    assert bibtex(type="article-journal", volume="3", issue="4")["number"] == "4"
    assert bibtex(type="book", collection_title="LNCS", collection_number="9907")["number"] == "9907"


def test_bibtex_gets_no_number_beside_a_volume_or_without_a_series() -> None:
    beside = bibtex(type="book", collection_title="LNCS", collection_number="2", volume="1")
    without = bibtex(type="book", collection_number="2")
    assert "number" not in beside | without
    assert beside["csl-collection-number"] == without["csl-collection-number"] == "2"
    assert biblatex(type="book", collection_number="2", volume="1")["number"] == "2"


def test_an_issue_of_proceedings_is_no_number() -> None:
    found = bibtex(type="paper-conference", volume="32", issue="2")
    assert (found["volume"], found["issue"], "number" in found) == ("32", "2", False)


def test_what_no_dialect_has_a_field_for_is_called_after_its_variable() -> None:
    found = biblatex(type="map", scale="1:25000", archive_location="Box 7", reviewed_title="Maps")
    assert found == {"csl-scale": "1:25000", "csl-archive-location": "Box 7", "csl-reviewed-title": "Maps"}


def test_second_identifiers_stand_aside() -> None:
    found = bibtex(identifiers=[Identifier("url", f"https://a.b/{n}") for n in "123"])
    assert (found["url"], found["csl-url"]) == ("https://a.b/1", "https://a.b/2 https://a.b/3")


def test_g007_urls_and_dois_are_never_escaped() -> None:
    url, doi = "https://a.b/c_d%20e~f#x?y=1&z=2", "10.1000/a_b%c#d&e$f"
    found = bibtex(identifiers=[Identifier("url", url), Identifier("doi", doi)])
    assert (found["url"], found["doi"]) == (url, doi)


def test_a_role_that_has_no_field_is_called_after_its_variable() -> None:
    assert bibtex(contributors=[Contributor("illustrator", ADA)])["csl-illustrator"] == "Lovelace, Ada"
    assert bibtex(contributors=[Contributor("container_author", ADA)])["bookauthor"] == "Lovelace, Ada"


def test_biblatex_has_kinds_of_editors() -> None:
    director = Contributor("director", ADA)
    assert biblatex(contributors=[director]) == {"editor": "Lovelace, Ada", "editortype": "director"}
    beside = biblatex(contributors=[Contributor("editor", ADA), director])
    assert (beside["editor"], beside["editora"], beside["editoratype"]) == (
        *["Lovelace, Ada"] * 2,
        "director",
    )


def test_whoever_made_what_has_no_author_is_cited_as_its_author() -> None:
    composer, director = (Contributor(role, ADA) for role in ("composer", "director"))
    assert biblatex(contributors=[composer]) == {"author": "Lovelace, Ada", "authortype": "composer"}
    assert bibtex(contributors=[director])["authortype"] == "director"
    beside = bibtex(contributors=[Contributor("author", ADA), composer])
    assert (beside["csl-composer"], "authortype" in beside) == ("Lovelace, Ada", False)


def test_more_authors_are_others() -> None:
    assert (
        bibtex(contributors=[Contributor("author", ADA)], others=["author"])["author"]
        == "Lovelace, Ada and others"
    )


def test_a_date_is_one_field_in_biblatex_and_three_in_bibtex() -> None:
    issued = Date.parse("2013-08-04")
    assert biblatex(issued=issued) == {"date": "2013-08-04"}
    found = bibtex(issued=issued)
    assert [found[name] for name in ("year", "month", "day")] == ["2013", "aug", "4"]


def test_a_date_that_bibtex_can_t_say_is_kept_whole_beside_its_year() -> None:
    found = bibtex(issued=Date.parse("2014~/2016"))
    assert (found["year"], found["date"]) == ("2014", "2014~/2016")


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_a_date_in_words_is_a_year_in_words(dialect: Dialect) -> None:
    found = fields(dialect, issued=Date(literal="in press"), accessed=Date(literal="last week"))
    assert (found["year"], found["csl-accessed"], "date" in found) == ("in press", "last week", False)


def test_extra_fields_come_back_as_they_were() -> None:
    latex = r"G{\"o}del {DNA} $x$ \& 50\%"
    assert bibtex(extra={"bibtex:owner": latex})["owner"] == latex


def test_a_field_that_the_table_wrote_wins_under_either_of_its_names() -> None:
    extra = {"bibtex:journal": "Old", "bibtex:journaltitle": "Older", "bibtex:title": "Old"}
    found = biblatex(type="article-journal", title="New", container_title="Newer", extra=extra)
    assert found == {"title": "New", "journaltitle": "Newer"}


def test_extra_of_other_formats_is_text_and_named_after_them() -> None:
    found = bibtex(extra={"csl:mood": "R&D", "ris:M1": "50%"})
    assert (found["csl-mood"], found["ris-m1"]) == (r"R\&D", r"50\%")


@pytest.mark.parametrize(("given", "name"), [("1st", "x-1st"), ("a={b", "a-b"), ("A B", "a-b"), ("}", "x-")])
def test_the_name_of_an_extra_field_can_be_read_by_bibtex(given: str, name: str) -> None:
    assert bibtex(extra={f"bibtex:{given}": "x"})[name] == "x"


def test_verbatim_extra_is_not_taken_for_latex() -> None:
    assert bibtex(extra={"bibtex:file": "a_\N{LATIN SMALL LETTER E WITH ACUTE}.pdf"})["file"].endswith(
        "\N{LATIN SMALL LETTER E WITH ACUTE}.pdf"
    )


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "entry_type", sorted({row.name(d) for row in TYPE_ROWS for d in ("bibtex", "biblatex")})
)
def test_no_two_attributes_are_written_as_one_field(entry_type: str, dialect: Dialect) -> None:
    names = [row.name(dialect) for row in fields_of(entry_type).values()]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("dialect", "issued", "kept", "written"),
    [
        ("bibtex", "2001", {"year": "2000"}, {"year": "2001", "year-2": "2000"}),
        ("bibtex", "2001-05", {"month": "jun"}, {"year": "2001", "month": "may", "month-2": "jun"}),
        ("bibtex", "2001", {"day": "3"}, {"year": "2001", "day": "3"}),
        ("biblatex", "2001", {"date": "soon"}, {"date": "2001", "date-2": "soon"}),
        (
            "biblatex",
            "2001",
            {"date": "soon", "date-2": "later"},
            {"date": "2001", "date-2": "later", "date-3": "soon"},
        ),
        ("biblatex", "2001", {"date": "2001"}, {"date": "2001"}),
        ("biblatex", "2001", {"year": "2000"}, {"date": "2001", "year": "2000"}),
    ],
)
def test_a_date_that_says_otherwise_stands_beside_the_one_that_counts(
    dialect: Dialect, issued: str, kept: dict[str, str], written: dict[str, str]
) -> None:
    extra = {f"bibtex:{name}": text for name, text in kept.items()}
    found = fields(dialect, type="article-journal", issued=Date.parse(issued), extra=extra)
    assert {
        name: text
        for name, text in found.items()
        if name.partition("-")[0] in {"date", "year", "month", "day"}
    } == written
