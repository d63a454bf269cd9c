from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbib.formats.bibtex.source import changed, fields_in, place_in, type_in

ENTRY = '@Article{key,\n  Title = {A {B} c},\n  year  = 2014,\n  month = jan,\n  note  = "d" # e,\n  pages = {1-2}\n}'


def test_fields_come_in_their_order_with_what_stands_between_their_delimiters() -> None:
    assert [(field.name, field.text) for field in fields_in(ENTRY)] == [
        ("title", "A {B} c"),
        ("year", "2014"),
        ("month", None),
        ("note", None),
        ("pages", "1-2"),
    ]


def test_of_two_fields_by_one_name_the_first_is_given() -> None:
    assert [field.written for field in fields_in("@misc{a, note = {1}, NOTE = {2}}")] == ["{1}"]


def test_a_sign_of_joining_in_braces_joins_nothing() -> None:
    assert fields_in("@misc{a, note = {a # b}}")[0].text == "a # b"


def test_the_type_is_in_small_letters() -> None:
    assert type_in(ENTRY) == "article"


@pytest.mark.parametrize("raw", ["", "no entry", "@comment{a}", "@string{a = {b}}"])
def test_what_is_no_entry_has_no_fields(raw: str) -> None:
    assert fields_in(raw) == ()


def test_a_place_is_counted_in_lines_and_columns() -> None:
    assert place_in(ENTRY, "pages") == (5, 3)
    assert place_in(ENTRY, "nothing") == (0, 1)


def test_a_changed_field_leaves_all_else_as_it_was() -> None:
    assert changed(ENTRY, {"pages": "{1--2}"}) == ENTRY.replace("{1-2}", "{1--2}")


def test_a_new_field_stands_last_and_looks_like_the_others() -> None:
    assert changed(ENTRY, {"doi": "{10.1/x}"}).endswith("  pages = {1-2},\n  doi   = {10.1/x}\n}")


def test_a_new_field_keeps_the_comma_at_the_end() -> None:
    assert changed("@misc{a,\n\tt={b},\n}", {"u": "{c}"}) == "@misc{a,\n\tt={b},\n\tu={c},\n}"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("@misc{a}", "@misc{a, u = {c}}"),
        ("@misc{a,}", "@misc{a, u = {c}}"),
        ("@misc(a)", "@misc(a, u = {c})"),
    ],
)
def test_an_entry_without_fields_gets_its_first(raw: str, expected: str) -> None:
    assert changed(raw, {"u": "{c}"}) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("@misc{a,\n  t = {b},\n  u = {c},\n}", "@misc{a,\n  t = {b},\n}"),
        ("@misc{a,\n  t = {b},\n  u = {c}\n}", "@misc{a,\n  t = {b},\n}"),
        ("@misc{a, u = {c}, t = {b}}", "@misc{a, t = {b}}"),
        ("@misc{a, t = {b}, u = {c}}", "@misc{a, t = {b}}"),
        ("@misc{a,\n  t = {b}, % why\n  u = {c}, v = {d}\n}", "@misc{a,\n  t = {b}, % why\n  v = {d}\n}"),
        ("@misc{a,\r\n  u = {c},\r\n  t = {b}\r\n}", "@misc{a,\r\n  t = {b}\r\n}"),
        ("@misc{a, % one\nt = {b}, % two\nu = {c}}", "@misc{a, % one\nt = {b}, % two\n}"),
    ],
)
def test_a_field_is_taken_out_with_its_line_and_leaves_the_others_alone(raw: str, expected: str) -> None:
    assert changed(raw, {"u": None}) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("@misc{a, u = {b}}", "@misc{a, v = {c}}"),
        ("@misc{a, t = {b}, u = {c},}", "@misc{a, t = {b}, v = {c},}"),
        ("@misc{a,\n  t = {b},\n  u = {c}\n}", "@misc{a,\n  t = {b},\n  v = {c}\n}"),
        ("@misc{a\n, u = {c}\n}", "@misc{a\n, v = {c}\n}"),
    ],
)
def test_a_new_field_stands_where_the_last_one_was_taken_out(raw: str, expected: str) -> None:
    assert changed(raw, {"u": None, "v": "{c}"}) == expected


VALUES = st.text(st.characters(exclude_characters='{}"#%\\', exclude_categories=["Cs", "Cc"]), max_size=8)
NAMES = st.sampled_from(["title", "note", "url", "pages"])


@given(
    fields=st.dictionaries(NAMES, VALUES),
    changes=st.dictionaries(NAMES, st.none() | VALUES),
    comma=st.sampled_from([",\n  ", ", ", ",", "\n, ", ", % why\n"]),
    end=st.sampled_from(["", ",", ",\n", "\n", " % why\n"]),
)
def test_an_entry_says_what_it_is_changed_to(
    fields: dict[str, str], changes: dict[str, str | None], comma: str, end: str
) -> None:
    raw = "@misc{a" + "".join(f"{comma}{name} = {{{text}}}" for name, text in fields.items()) + end + "}"

    after = changed(raw, {name: None if text is None else f"{{{text}}}" for name, text in changes.items()})

    wanted = {name: text for name, text in (fields | changes).items() if text is not None}
    assert {field.name: field.text for field in fields_in(after)} == wanted


def test_a_long_run_of_blanks_takes_no_time() -> None:
    raw = "@misc{a," + " " * 200_000 + "t = {b}," + " " * 200_000 + "u = {c}}"
    assert "u =" not in changed(raw, {"u": None})
