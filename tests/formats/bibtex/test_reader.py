from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.formats import RenderOptions
from dlbib.formats.bibtex.reader import parse_biblatex, parse_bibtex
from dlbib.formats.bibtex.writer import render_biblatex, render_bibtex
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier
from dlbib.model.markup import plain
from dlbib.model.names import Name
from tests.strategies.dates import dates
from tests.strategies.entries import entries

if TYPE_CHECKING:
    from pathlib import Path

PARSE = {"bibtex": parse_bibtex, "biblatex": parse_biblatex}
RENDER = {"bibtex": render_bibtex, "biblatex": render_biblatex}
DIALECTS = sorted(PARSE)

_WORDS = [
    "Deep",
    "learning",
    "of",
    "Gödel",
    "R&D",
    "50%",
    "a_b",
    "$x_1$",
    "C#",
]
_NAMES = [
    Name("Knuth", "Donald E."),
    Name(literal="OpenAI"),
    Name("Maaten", "L.", "", "van der"),
    Name("李", "明"),
]
_IDENTIFIERS = [
    Identifier("arxiv", "1406.2661"),
    Identifier("isbn", "9783161484100"),
    Identifier("doi", "10.1000/a_b"),
    Identifier("url", "http://x.org/a%20b#c_d&e~f"),
]
_TYPES = [
    "article-journal",
    "book",
    "paper-conference",
    "thesis",
    "report",
    "webpage",
    "dataset",
    "speech",
    "chapter",
]


def parsed(text: str, dialect: str) -> list[Entry]:
    records = PARSE[dialect](io.StringIO(text, newline=""), "refs")
    return [record.entry for record in records if record.entry]


def rendered(library: list[Entry], dialect: str) -> str:
    return "".join(RENDER[dialect](library, RenderOptions()))


@st.composite
def usual_entries(draw: st.DrawFn) -> Entry:
    """Entries as real libraries have them.

    Left out is what a file can't hold: the order of contributors over several roles, another order of
    identifiers than that of their fields, and protected words in a list or around a whole value.
    """
    texts = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
    names = (
        "title",
        "title_short",
        "container_title",
        "collection_title",
        "volume",
        "abstract",
        "note",
        "publisher_place",
    )
    values: dict[str, Any] = {
        name: draw(texts) for name in draw(st.lists(st.sampled_from(names), unique=True))
    }
    authors = draw(st.lists(st.sampled_from(_NAMES), max_size=3))
    return Entry(
        key="k",
        type=draw(st.sampled_from(_TYPES)),
        contributors=[Contributor("author", name) for name in authors],
        others=["author"] if draw(st.booleans()) else [],
        issued=draw(st.none() | dates()),
        accessed=draw(st.none() | dates()),
        identifiers=[each for each in _IDENTIFIERS if draw(st.booleans())],
        keywords=draw(st.lists(st.sampled_from(["speech", "x, y", "日本"]), unique=True)),
        page=draw(st.sampled_from([None, "415-423", "e12", "1-5, 9"])),
        genre="PhD thesis" if draw(st.booleans()) else None,
        language=draw(st.sampled_from([None, "en", "de", "fr-BE"])),
        extra=draw(
            st.sampled_from([{}, {"bibtex:file": ":a.pdf:PDF"}, {"bibtex:owner": "me", "csl:mood": "good"}])
        ),
        **values,
    )


def settled(entry: Entry) -> Entry:
    """``entry`` without what its type says by itself, and without what the writer protects in its titles."""
    extra = {name: text for name, text in entry.extra.items() if name != "bibtex:entrytype"}
    titles = {name: plain(getattr(entry, name) or "") for name in ("title", "title_short")}
    return entry.replace(genre=None, extra=extra, **titles)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(entry=usual_entries())
@settings(max_examples=40)
def test_what_was_written_is_read_as_it_was(dialect: str, entry: Entry) -> None:
    (found,) = parsed(rendered([entry], dialect), dialect)
    assert settled(found) == settled(entry)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(entry=entries())
@settings(max_examples=15)
def test_an_entry_that_is_read_would_pass_every_check(dialect: str, entry: Entry) -> None:
    for found in parsed(rendered([entry], dialect), dialect):
        assert Entry(**{name: getattr(found, name) for name in Entry.model_fields}) == found


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("folder", ["bib", "malformed"])
def test_every_letter_of_a_real_file_is_accounted_for(shared: Path, folder: str, dialect: str) -> None:
    for path in sorted((shared / "data" / folder).glob("*.bib*")):
        if path.suffix == ".xz":
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        records = list(PARSE[dialect](io.StringIO(text, newline=""), path.name))
        assert "".join(record.raw for record in records) == text


def test_titles_are_put_together_with_their_subtitles() -> None:
    text = "@book{b, title = {Deep {L}earning?}, subtitle = {An Answer}, maintitle = {All}, mainsubtitle = {Of It}}"
    (found,) = parsed(text, "biblatex")
    assert found.title == "All: Of It"
    assert found.volume_title == 'Deep <span class="nocase">L</span>earning? An Answer'


@pytest.mark.parametrize("utf8", [False, True])
@pytest.mark.parametrize(
    ("note", "read"),
    [
        (r"\uppercase{dna}", "DNA"),
        (r"{\NoCaseChange{pH}}", "pH"),
        (r"\ensuremath{\beta}", "β"),
        (r"{$\beta$}", "β"),
        (r"{{$\beta$ b}}", r"$\beta$ b"),
    ],
)
def test_a_text_settles_when_it_was_written_once(note: str, read: str, utf8: bool) -> None:  # noqa: FBT001  # drawn
    (found,) = parsed(f"@misc{{a, note = {{{note}}}}}", "bibtex")
    assert found.note == read
    assert parsed("".join(render_bibtex([found], RenderOptions(utf8=utf8))), "bibtex") == [found]


@pytest.mark.parametrize(
    ("fields", "roles"),
    [
        ("author = {Roe, R.}, authortype = {composer}", ["composer"]),
        ("author = {Roe, R.}, authortype = {Director}", ["director"]),
        ("author = {Roe, R.}, authortype = {translator}", ["author"]),
        ("author = {Roe, R.}, authortype = {composer}, csl-composer = {Doe, J.}", ["author", "composer"]),
    ],
)
def test_an_author_may_be_one_of_another_kind(fields: str, roles: list[str]) -> None:
    (entry,) = parsed(f"@misc{{a, {fields}}}", "biblatex")
    assert sorted(each.role for each in entry.contributors) == roles


def test_editors_have_the_role_that_their_type_names() -> None:
    text = "@book{b, editor = {Roe, R.}, editora = {Doe, J.}, editoratype = {compiler}}"
    (found,) = parsed(text, "biblatex")
    assert [(each.role, each.name.family) for each in found.contributors] == [
        ("editor", "Roe"),
        ("compiler", "Doe"),
    ]


def test_of_two_fields_for_one_variable_the_dialects_own_counts_and_the_other_is_kept() -> None:
    (found,) = parsed("@article{a, journaltitle = {Long}, journal = {Short}}", "bibtex")
    assert (found.container_title, dict(found.extra)) == ("Short", {"bibtex:journaltitle-2": "Long"})


def test_a_url_in_howpublished_is_the_url() -> None:
    (found,) = parsed(r"@misc{a, howpublished = {\url{http://x.org/~b}}}", "bibtex")
    assert (found.url, found.medium) == ("http://x.org/~b", None)


def test_a_literal_list_has_several_items_in_biblatex_alone() -> None:
    text = "@book{b, publisher = {Taylor and Francis}}"
    assert parsed(text, "bibtex")[0].publisher == "Taylor and Francis"
    assert parsed(text, "biblatex")[0].publisher == "Taylor; Francis"


def test_braces_around_a_whole_value_mean_nothing_outside_titles() -> None:
    (found,) = parsed("@article{a, volume = {{12}}, publisher = {{ACM}}, abstract = {{{On} it}}}", "bibtex")
    assert (found.volume, found.publisher) == ("12", "ACM")
    assert found.abstract == '<span class="nocase">On</span> it'
