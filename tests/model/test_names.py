from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.model.entry import Contributor, Entry
from dlbib.model.names import Name, bibtex_form, bibtex_names, name_parts, parse_names, split_names
from tests.growth import in_proportion, taken
from tests.strategies.names import name_texts, names

if TYPE_CHECKING:
    from dlbib.model.names import Dialect

DIALECTS: list[Dialect] = ["bibtex", "biblatex"]
SYNTAX = '{}\\~"'
HIDDEN = {ord(character): chr(0xE000 + at) for at, character in enumerate(SYNTAX)}
SHOWN = {ord(chr(0xE000 + at)): character for at, character in enumerate(SYNTAX)}


def encode(text: str) -> str:
    """Stand in for TeX's escapes: nothing of BibTeX's syntax but what separates words and names."""
    return text.translate(HIDDEN)


def decode(text: str) -> str:
    return text.replace("{", "").replace("}", "").translate(SHOWN)


def read_back(text: str, dialect: Dialect) -> tuple[Name, ...]:
    return parse_names(text, dialect=dialect, decode=decode).names


# The value


def test_white_space_is_squeezed_and_unicode_composed() -> None:
    assert Name("  Gu\u0308c\u0327lu\u0308tu\u0308rk ", "Yag\u0306mur \u00a0 A.") == Name(
        "Güçlütürk", "Yağmur A."
    )


def test_equal_names_are_one_key() -> None:
    assert len({Name("Zolnai", "É."), Name(" Zolnai", "E\u0301.")}) == 1


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (Name("Merriënboer", "Bart", non_dropping_particle="van"), "Bart van Merriënboer"),
        (Name("Alembert", "Jean", non_dropping_particle="d'"), "Jean d'Alembert"),
        (Name("Khwarizmi", non_dropping_particle="al-"), "al-Khwarizmi"),
        (Name("Fontaine", "Jean", "de", "La"), "Jean de La Fontaine"),
        (Name("King", "Martin", suffix="Jr"), "Martin King Jr"),
        (Name(literal="Barnes and Noble"), "Barnes and Noble"),
        (Name(), ""),
    ],
)
def test_a_name_is_printed_in_display_order(name: Name, printed: str) -> None:
    assert str(name) == printed


def test_names_sort_by_family_without_particles_or_diacritics() -> None:
    ordered = [
        Name("Ångström"),
        Name("Berg", "A."),
        Name("Berg", "B.", "von"),
        Name(literal="Berkeley"),
        Name("Zorn"),
    ]
    assert sorted([*ordered[2:], *ordered[:2]]) == ordered


@given(names(), names())
def test_of_two_names_one_is_less_unless_they_are_equal(one: Name, other: Name) -> None:
    assert (one < other) + (one > other) + (one == other) == 1


@given(names())
def test_a_name_of_canonical_parts_is_itself(name: Name) -> None:
    assert (
        Name(
            name.family,
            name.given,
            name.dropping_particle,
            name.non_dropping_particle,
            name.suffix,
            name.literal,
        )
        == name
    )


@given(st.lists(names(), max_size=3))
def test_names_come_back_from_an_entry_in_json(given_names: list[Name]) -> None:
    entry = Entry(key="k", contributors=tuple(Contributor("author", name) for name in given_names))
    assert Entry.model_validate_json(entry.model_dump_json(exclude_defaults=True)) == entry


def test_a_name_can_be_pickled() -> None:
    name = Name("Gogh", "Vincent", non_dropping_particle="van")
    assert pickle.loads(pickle.dumps(name)) == name  # noqa: S301  # our own bytes


# One name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Donald E. Knuth", Name("Knuth", "Donald E.")),
        ("Plato", Name("Plato")),
        ("李明", Name("李明")),
        ("de la Vallée Poussin, Charles", Name("Vallée Poussin", "Charles", non_dropping_particle="de la")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", suffix="Jr.")),
        ("von der Aue, Jr., Yvo", Name("Aue", "Yvo", non_dropping_particle="von der", suffix="Jr.")),
        ("{Barnes and Noble}", Name(literal="Barnes and Noble")),
        ("{{OpenAI}}", Name(literal="OpenAI")),
        ("{van Gogh}, Vincent", Name("van Gogh", "Vincent")),
        ("Maria {de la} Cruz", Name("Cruz", "Maria de la")),
        ("Émile Zola", Name("Zola", "Émile")),
        ("École Zola, É.", Name("École Zola", "É.")),
        ("Marie école Zola", Name("Zola", "Marie", non_dropping_particle="école")),
        ("'t Hooft, Gerard", Name("Hooft", "Gerard", non_dropping_particle="'t")),
        ("გიორგი ბერიძე", Name("ბერიძე", "გიორგი")),
        ("Donald~E.~Knuth", Name("Knuth", "Donald E.")),
        ("Chih-wei Chang", Name("Chang", "Chih-wei")),
        ("al-Khwarizmi, Muhammad", Name("al-Khwarizmi", "Muhammad")),
        ("Humboldt, Alexander von", Name("Humboldt", "Alexander", dropping_particle="von")),
        ("Park, Jae sung", Name("Park", "Jae sung")),
        ("Jane And", Name("And", "Jane")),
        ("And, Anä", Name("And", "Anä")),
        ("Garc&iacute;a, Ana", Name("Garc&iacute;a", "Ana")),
        ("Smith III, John Q", Name("Smith III", "John Q")),
    ],
)
def test_a_name_is_read_by_bibtexs_rules(text: str, name: Name) -> None:
    assert Name.parse(text) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"{\'E}mile Zola", ((r"{\'E}mile",), (), ("Zola",))),
        (r"Marie {\'e}cole Zola", (("Marie",), (r"{\'e}cole",), ("Zola",))),
        (r"\'{E}mile Zola", ((r"\'{E}mile",), (), ("Zola",))),
        (r"\v{Z}eljko Novak", ((r"\v{Z}eljko",), (), ("Novak",))),
        (r"Jan \o{}st Novak", (("Jan",), (r"\o{}st",), ("Novak",))),
        (r"{\O}ystein {\aa}s Moe", ((r"{\O}ystein",), (r"{\aa}s",), ("Moe",))),
        (r"Jan {\relax Van} {\relax van} Moe", (("Jan", r"{\relax Van}"), (r"{\relax van}",), ("Moe",))),
        (r"Ana Mu\~noz", (("Ana",), (), (r"Mu\~noz",))),
        (r"Ana\ B. Mu{\~n}oz", (("Ana", "B."), (), (r"Mu{\~n}oz",))),
        (r"{\TeX} users {van} Group", ((r"{\TeX}",), ("users",), ("{van}", "Group"))),
    ],
)
def test_letters_of_tex_have_case_and_its_commands_have_none(
    text: str, words: tuple[tuple[str, ...], ...]
) -> None:
    assert name_parts(text)[:3] == words


def test_a_control_symbol_is_no_comma() -> None:
    assert name_parts(r"Knuth, D.\,E.").first == (r"D.\,E.",)


def test_commas_beyond_the_second_part_words_of_the_first_name() -> None:
    assert name_parts("Chong, B., Specia, L.") == (("Specia", "L."), (), ("Chong",), ("B.",))


@pytest.mark.parametrize(
    ("text", "bibtex", "biblatex"),
    [
        ("Drummond de Andrade, Carlos", "Drummond de|Andrade", "|Drummond de Andrade"),
        ("Carlos Drummond de Andrade", "de|Andrade", "de|Andrade"),
        ("von Berg und Tal, Xaver", "von Berg und|Tal", "von|Berg und Tal"),
    ],
)
def test_biblatex_takes_only_the_leading_words_for_a_particle(text: str, bibtex: str, biblatex: str) -> None:
    found = [Name.parse(text, dialect) for dialect in DIALECTS]
    assert [f"{name.non_dropping_particle}|{name.family}" for name in found] == [bibtex, biblatex]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("family=Doe, given=Jane, prefix=von", Name("Doe", "Jane", non_dropping_particle="von")),
        ("given={Jane, B.}, family = Doe , suffix=Jr", Name("Doe", "Jane, B.", suffix="Jr")),
        ("family=Doe, prefix=von, useprefix=false", Name("Doe", dropping_particle="von")),
        ('"family={Robert and Sons, Inc.}"', Name("Robert and Sons, Inc.")),
    ],
)
def test_a_name_is_read_by_keys(text: str, name: Name) -> None:
    assert Name.parse(text) == name


def test_a_particle_is_dropped_where_an_entry_says_so() -> None:
    read = parse_names("Johann von Goethe and family=Gogh, prefix=van, useprefix=true", useprefix=False)
    assert read.names == (
        Name("Goethe", "Johann", dropping_particle="von"),
        Name("Gogh", non_dropping_particle="van"),
    )


def test_each_part_is_decoded_with_its_braces() -> None:
    seen: list[str] = []

    def spy(part: str) -> str:
        seen.append(part)
        return part

    parse_names(r"von {\'E}xample {Group}, {\'I}da", decode=spy)
    assert seen == [r"{\'E}xample {Group}", r"{\'I}da", "von"]


# Lists of names


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("", ()),
        ("A AND B And C", ("A", "B", "C")),
        ("A\n\tand\r\nB", ("A", "B")),
        ("{Barnes and Noble} and {A {and} B}", ("{Barnes and Noble}", "{A {and} B}")),
        ("Sand Andand Bandy", ("Sand Andand Bandy",)),
        ("A} and B", ("A}", "B")),
        ("{A and B", ("{A and B",)),
    ],
)
def test_a_list_is_split_at_and_outside_braces(text: str, texts: tuple[str, ...]) -> None:
    assert split_names(text) == (texts, False, ())


def test_others_is_a_flag_and_no_person() -> None:
    assert parse_names("Doe, Jane and others") == ((Name("Doe", "Jane"),), True, ())


def test_others_alone_are_nobody() -> None:
    assert parse_names("others") == ((), True, ())


@pytest.mark.parametrize(
    ("text", "read", "code"),
    [
        ("A, B, C, D", [Name(literal="A, B, C, D")], "NAME-COMMAS"),
        ("A,", [Name("A")], "NAME-COMMAS"),
        (", Jane", [Name(literal="Jane")], "NAME-COMMAS"),
        ("Doe, , Jane", [Name("Doe", "Jane")], "NAME-COMMAS"),
        ("and and and", [], "NAME-EMPTY"),
        ("X and", [Name("X")], "NAME-EMPTY"),
        ("and Y", [Name("Y")], "NAME-EMPTY"),
        ("X and and Y", [Name("X"), Name("Y")], "NAME-EMPTY"),
        ("X and {} and Y", [Name("X"), Name("Y")], "NAME-EMPTY"),
        ("X and , and Y", [Name("X"), Name("Y")], "NAME-EMPTY"),
        ("Doe, J; Roe, R", [Name(literal="Doe, J; Roe, R")], "NAME-SUSPECT"),
        ("Doe J, Roe R", [Name(literal="Doe J, Roe R")], "NAME-SUSPECT"),
        ("Jane Doe & Richard Roe", [Name(literal="Jane Doe & Richard Roe")], "NAME-SUSPECT"),
        ("Jane Doe et al.", [Name(literal="Jane Doe et al.")], "NAME-SUSPECT"),
        ("Jane Doe\u00a0and\u00a0Bob", [Name(literal="Jane Doe and Bob")], "NAME-SUSPECT"),
        ("X and others and Y", [Name("X"), Name("Y")], "NAME-SUSPECT"),
        (r"Doe, J\}", [Name(literal=r"Doe, J\}")], "NAME-BRACES"),
        ("family=Doe, id=7", [Name("Doe")], "NAME-OPTIONS"),
    ],
)
def test_what_is_odd_is_told_and_never_guessed(text: str, read: list[Name], code: str) -> None:
    found = parse_names(text)
    assert ([*found.names], [oddity.code for oddity in found.oddities]) == (read, [code])


@given(name_texts(), st.sampled_from(DIALECTS))
def test_no_text_is_refused(text: str, dialect: Dialect) -> None:
    assert all(str(name) for name in parse_names(text, dialect=dialect).names)


@pytest.mark.parametrize(
    "unit",
    ["Doe, Jane and ", "and ", "a ", "Aa ", "a,", "a;", "{", "{}", "a=b,", "\\", "\\v", "  ", "&", "A{\\'e}"],
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        text = f"A{unit * times}0"
        return taken(lambda: parse_names(text))

    assert in_proportion(seconds, 40_000, least_s=0.1)


# Writing


@pytest.mark.parametrize(
    ("name", "bibtex", "biblatex"),
    [
        (Name("Knuth", "Donald E."), "Knuth, Donald E.", "Knuth, Donald E."),
        (Name("Plato"), "Plato", "Plato"),
        (Name(literal="Barnes and Noble"), "{Barnes and Noble}", "{Barnes and Noble}"),
        (Name("Gogh", non_dropping_particle="van"), "van Gogh", "van Gogh"),
        (Name("King", "Martin", suffix="Jr"), "King, Jr, Martin", "King, Jr, Martin"),
        (Name("King", suffix="Jr"), "King, Jr, {}", "family=King, suffix=Jr"),
        (Name("van Gogh", "V."), "{van Gogh}, V.", "{van Gogh}, V."),
        (Name("al-Khwarizmi", "M."), "{al-Khwarizmi}, M.", "al-Khwarizmi, M."),
        (Name("Smith Jones"), "Smith{ }Jones", "family=Smith Jones"),
        (Name("Baker, Jr"), "{Baker, Jr}{}", '"family={Baker, Jr}"'),
        (Name("Humboldt", "Alexander", "von"), "Humboldt, Alexander von", "family=Humboldt, given=Alexander, prefix=von, useprefix=false"),
        (Name("Fontaine", "Jean", "de", "La"), "La Fontaine, Jean de", "family=La Fontaine, given=Jean, prefix=de, useprefix=false"),
        (Name("Alembert", "Jean", "", "d'"), "d'Alembert, Jean", "d' Alembert, Jean"),
        (Name("Doe", "Ann and Bob"), "Doe, {Ann and Bob}", "Doe, {Ann and Bob}"),
        (Name("Doe", "And"), "Doe, {And}", "Doe, {And}"),
        (Name(given="Jane"), "{Jane}", "given=Jane"),
        (Name(), "", ""),
    ],
)  # fmt: skip
def test_a_name_is_written_so_that_its_parts_are_plain(name: Name, bibtex: str, biblatex: str) -> None:
    assert [bibtex_form(name, dialect=dialect) for dialect in DIALECTS] == [bibtex, biblatex]


def test_what_is_encoded_may_stand_in_braces_of_its_own() -> None:
    assert bibtex_form(Name("É"), encode=lambda text: text.replace("É", r"{\'E}")) == r"{\'E}{}"


def test_a_list_ends_in_others() -> None:
    assert (
        bibtex_names([Name("Doe", "Jane"), Name(), Name(literal="A and B")], others=True)
        == "Doe, Jane and {A and B} and others"
    )


@settings(max_examples=300)
@given(st.lists(names(), min_size=1, max_size=3), st.booleans(), st.sampled_from(DIALECTS))
def test_a_written_list_has_as_many_names_and_nothing_odd(
    many: list[Name],
    others: bool,  # noqa: FBT001  # hypothesis gives it
    dialect: Dialect,
) -> None:
    text = bibtex_names(many, others=others, dialect=dialect, encode=encode)
    read = parse_names(text, dialect=dialect, decode=decode)
    assert (len(read.names), read.others, read.oddities) == (len(many), others, ())


@settings(max_examples=300)
@given(names(), st.sampled_from(DIALECTS))
def test_a_written_name_is_printed_the_same_when_it_is_read(name: Name, dialect: Dialect) -> None:
    assert [str(read) for read in read_back(bibtex_form(name, dialect=dialect, encode=encode), dialect)] == [
        str(name)
    ]


@settings(max_examples=300)
@given(names())
def test_biblatex_keeps_every_part(name: Name) -> None:
    if name.dropping_particle and name.non_dropping_particle:
        name = Name(name.family, name.given, name.dropping_particle, "", name.suffix)
    assert read_back(bibtex_form(name, dialect="biblatex", encode=encode), "biblatex") == (name,)


@settings(max_examples=300)
@given(names())
def test_bibtex_keeps_family_given_and_suffix_of_a_name_without_particles(name: Name) -> None:
    name = Name(name.family or "Doe", name.given, "", "", name.suffix)
    assert read_back(bibtex_form(name, encode=encode), "bibtex") == (name,)


@settings(max_examples=300)
@given(name_texts(), st.sampled_from(DIALECTS))
def test_what_was_read_and_written_is_written_the_same_again(text: str, dialect: Dialect) -> None:
    read = parse_names(text, dialect=dialect).names
    written = bibtex_names(read, dialect=dialect, encode=encode)
    again = read_back(written, dialect)
    assert bibtex_names(again, dialect=dialect, encode=encode) == written
    assert [str(name) for name in again] == [str(name) for name in read]


@settings(max_examples=300)
@given(name_texts())
def test_what_was_read_from_biblatex_comes_back_equal(text: str) -> None:
    read = parse_names(text, dialect="biblatex").names
    assert read_back(bibtex_names(read, dialect="biblatex", encode=encode), "biblatex") == read
