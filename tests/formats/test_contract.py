"""What every format promises, whichever there are."""

from __future__ import annotations

import io
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlbib.errors import DlbibError
from dlbib.formats import Format, Parsed, RenderOptions, formats
from dlbib.model.entry import Contributor, Entry
from dlbib.model.names import Name
from tests.growth import in_proportion, taken
from tests.strategies.entries import libraries

FORMATS = list(formats().values())
READ = [each for each in FORMATS if each.parse]
WRITTEN = [each for each in FORMATS if each.render]
BOTH = [each for each in READ if each.render]

BAD = [
    "",
    "\ufeff",
    "\0",
    "\0" * 1000,
    "<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
    "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n",
    "\x1f\u008b\b\0",
    '[{"id": "a", "type": "bo',
    "[" * 100_000,
    "@article{a, title = {",
    "@article{" * 10_000,
    "{" * 100_000,
    "TY  - JOUR\nTI  - a",
    "ER  - \n" * 1000,
    "- - -\n  a: &a [*a]",
    "\r\r\n\n\r",
    "\u2028\u0085\x0b\x0c",
    "\ud800",
]


def name_of(each: Format) -> str:
    return each.name


def parsed(each: Format, text: str) -> list[Parsed]:
    assert each.parse is not None
    return list(each.parse(io.StringIO(text, newline=""), "refs"))


def entries_in(each: Format, text: str) -> list[Entry]:
    return [record.entry for record in parsed(each, text) if record.entry is not None]


def rendered(each: Format, given_entries: list[Entry]) -> str:
    assert each.render is not None
    return "".join(each.render(given_entries, RenderOptions()))


@pytest.mark.parametrize("each", FORMATS, ids=name_of)
def test_a_format_is_found_by_its_name(each: Format) -> None:
    assert formats()[each.name] is each


@pytest.mark.parametrize("each", FORMATS, ids=name_of)
def test_an_extension_has_its_dot_and_is_lower_case(each: Format) -> None:
    assert all(extension.startswith(".") and extension.islower() for extension in each.extensions)


@pytest.mark.parametrize("each", FORMATS, ids=name_of)
def test_a_format_can_be_read_or_written(each: Format) -> None:
    assert each.parse or each.render


@pytest.mark.parametrize("each", BOTH, ids=name_of)
@given(library=libraries(3))
@settings(max_examples=25)
def test_every_entry_comes_back_by_its_key_in_its_place(each: Format, library: list[Entry]) -> None:
    assert [entry.key for entry in entries_in(each, rendered(each, library))] == [
        entry.key for entry in library
    ]


@pytest.mark.parametrize("each", BOTH, ids=name_of)
@given(library=libraries(3))
@settings(max_examples=25)
def test_g002_what_was_written_once_is_written_and_read_again_unchanged(
    each: Format, library: list[Entry]
) -> None:
    once = entries_in(each, rendered(each, library))
    text = rendered(each, once)
    assert entries_in(each, text) == once
    assert rendered(each, entries_in(each, text)) == text


@pytest.mark.parametrize("each", BOTH, ids=name_of)
@given(library=libraries(3))
@settings(max_examples=25)
def test_nothing_of_what_was_written_is_set_aside(each: Format, library: list[Entry]) -> None:
    for record in parsed(each, rendered(each, library)):
        assert [problem for problem in record.problems if problem.severity == "error"] == []


@pytest.mark.parametrize("each", WRITTEN, ids=name_of)
@given(library=libraries(3))
@settings(max_examples=20)
def test_the_same_entries_give_the_same_text(each: Format, library: list[Entry]) -> None:
    copies = [Entry(**{name: getattr(entry, name) for name in Entry.model_fields}) for entry in library]
    assert rendered(each, library) == rendered(each, copies)


@pytest.mark.parametrize("each", WRITTEN, ids=name_of)
@given(library=libraries(3))
@settings(max_examples=20)
def test_a_text_ends_in_a_newline_and_can_be_encoded(each: Format, library: list[Entry]) -> None:
    text = rendered(each, library)
    assert text.endswith("\n") or not (text or library)
    assert text.encode().decode() == text


def check(each: Format, text: str) -> None:
    """Read ``text``, which must give records, problems with a place, or an error of ours."""
    try:
        records = parsed(each, text)
    except DlbibError:
        return
    for record in records:
        is_refused = any(problem.severity == "error" for problem in record.problems)
        assert record.entry is None or not is_refused
        assert all(problem.line >= 1 and problem.source == "refs" for problem in record.problems)


@pytest.mark.parametrize("each", READ, ids=name_of)
@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:20]))
def test_bad_input_gives_problems_with_a_line_and_no_exception(each: Format, text: str) -> None:
    check(each, text)


@pytest.mark.parametrize("each", READ, ids=name_of)
@given(text=st.text(st.one_of(st.sampled_from('@{}[]",:=#%\\-\n\r\t TYERa1'), st.characters())))
@settings(max_examples=100)
def test_any_input_gives_problems_with_a_line_and_no_exception(each: Format, text: str) -> None:
    check(each, text)


@pytest.mark.parametrize("each", BOTH, ids=name_of)
@given(library=libraries(3), data=st.data())
@settings(max_examples=25)
def test_a_text_that_is_cut_short_gives_problems_and_no_exception(
    each: Format, library: list[Entry], data: st.DataObject
) -> None:
    text = rendered(each, library)
    check(each, text[: data.draw(st.integers(0, len(text)))])


@pytest.mark.parametrize("each", READ, ids=name_of)
def test_blank_lines_take_time_in_proportion(each: Format) -> None:
    def seconds(count: int) -> float:
        return taken(lambda: check(each, "\n" * count))

    assert in_proportion(seconds, 100_000, least_s=0.05)


@pytest.mark.parametrize("each", BOTH, ids=name_of)
@pytest.mark.parametrize(
    "roles", list(permutations(("author", "composer", "director", "editor"), 2)), ids=" ".join
)
def test_makers_of_several_kinds_settle_whatever_their_order(each: Format, roles: tuple[str, ...]) -> None:
    makers = [Contributor(role, Name("Knuth", "Donald")) for role in roles]
    once = entries_in(each, rendered(each, [Entry(key="a", title="Deep", contributors=makers)]))
    assert entries_in(each, rendered(each, once)) == once
