"""What bad blocks get: nothing is lost, and the blocks around them are read."""

from __future__ import annotations

import pytest

from dlbib.formats.bibtex.splitter import CommentBlock, EntryBlock, FailedBlock, is_set_aside
from tests.formats.bibtex.splitting import NEXT, accepted, before_next, blocks, faults, values


def test_a006_a_field_given_twice_is_kept_twice_and_in_order() -> None:
    fields = (("title", "{A}"), ("year", "1"), ("title", "{A}"), ("Title", "{B}"))

    assert accepted("@misc{a, title = {A}, year = 1, title = {A}, Title = {B}}").fields == fields


def test_a009_a_missing_comma_is_told_at_the_end_of_the_value_before() -> None:
    block = before_next("@misc{a,\n  title = {T}\n  year = {2020}\n}")

    assert isinstance(block, EntryBlock)
    assert is_set_aside(block)
    assert faults(block) == [("BIB-MISSING-COMMA", 2, 14)]
    assert block.fields == (("title", "{T}"), ("year", "{2020}"))


def test_a009_a_missing_comma_behind_the_key_is_told_there() -> None:
    block = before_next("@misc{a\n  title = {T}\n}")

    assert isinstance(block, EntryBlock)
    assert (block.key, faults(block)) == ("a", [("BIB-MISSING-COMMA", 1, 8)])


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a,\n  title = {Open,\n  year = {2020}\n}",
        "@misc{a,\n  title = {Open {,\n  year = {2020}\n}",
        "@misc{a,\n  title = {Open {{{,\n}",
        "@misc(a,\n  title = {Open,\n  year = {2020}\n)",
    ],
)
def test_a010_an_open_brace_sets_aside_its_own_entry_alone(text: str) -> None:
    block = before_next(text)

    assert isinstance(block, FailedBlock)
    assert (block.type, block.key, block.raw) == ("misc", "a", text)
    assert faults(block) == [("BIB-BRACE", 2, 11)]


@pytest.mark.parametrize("between", ["\n   ", " ", "\n\t", "\n% "])
def test_a011_reading_goes_on_at_an_entry_that_is_indented_or_on_the_same_line(between: str) -> None:
    failed, *_, entry = blocks(f"@misc{{a, title = {{{{Open, year = {{2020}}}}{between}@misc{{b, year = 1}}")

    assert isinstance(failed, FailedBlock)
    assert faults(failed) == [("BIB-BRACE", 1, 18)]
    assert isinstance(entry, EntryBlock)
    assert (entry.key, entry.fields) == ("b", (("year", "1"),))


def test_a012_text_behind_a_brace_too_many_is_a_comment_that_is_told() -> None:
    entry, comment, following = blocks("@misc{a, title = {T}}, year = {2020}\n}\n@misc{b}")

    assert isinstance(entry, EntryBlock)
    assert (entry.fields, entry.problems) == ((("title", "{T}"),), ())
    assert comment.raw == ", year = {2020}\n}\n"
    assert faults(comment) == [("BIB-TRAILING-TEXT", 1, 22)]
    assert comment.problems[0].key == "a"
    assert isinstance(following, EntryBlock)


@pytest.mark.parametrize("text", ["x, title = {T}}", "\n  title = {T}\n}", "}"])
def test_a012_whatever_may_belong_to_the_entry_before_is_told(text: str) -> None:
    _, comment = blocks("@misc{a}" + text)

    assert [problem.code for problem in comment.problems] == ["BIB-TRAILING-TEXT"]


@pytest.mark.parametrize("text", ["\n% a remark\n", " % {note}\n", "\n\nA remark, with a = b.\n"])
def test_a012_a_remark_behind_an_entry_is_not_told(text: str) -> None:
    _, comment = blocks("@misc{a}" + text)

    assert comment.problems == ()


@pytest.mark.parametrize(
    "rest", ["\n  year = {2020}\n}", '\n  year = "2020"\n}', "}", '\n  note = "a {b} c"}', " {x}"]
)
def test_a013_an_open_quotation_mark_is_told_where_it_stands(rest: str) -> None:
    block = before_next(f'@misc{{a,\n  title = "Open,{rest}')

    assert isinstance(block, FailedBlock)
    assert faults(block) == [("BIB-QUOTE", 2, 11)]


def test_a013_an_open_quotation_mark_in_parentheses_does_not_swallow_the_next_entry() -> None:
    failed, entry = blocks('@misc(a, title = "Open, year = 1)\n@misc(b, title = "B")')

    assert faults(failed) == [("BIB-QUOTE", 1, 18)]
    assert isinstance(entry, EntryBlock)
    assert entry.fields == (("title", '"B"'),)


@pytest.mark.parametrize(
    "cut", ["@misc{b, title = {T", "@misc{b, title", "@misc{b", "@misc{", "@misc(b, x = 1"]
)
def test_a014_a_file_that_is_cut_off_loses_its_last_entry_alone(cut: str) -> None:
    entry, failed = blocks("@misc{a, year = 1}\n" + cut)

    assert entry.problems == ()
    assert isinstance(failed, FailedBlock)
    assert failed.problems[0].code == "BIB-EOF"


@pytest.mark.parametrize("text", ["@misc{, year = 1}", "@misc{ ,\n year = 1}", "@misc{\n year = 1}"])
def test_a015_a016_an_entry_without_a_key_keeps_its_fields_for_one_who_makes_keys(text: str) -> None:
    block = before_next(text)

    assert isinstance(block, EntryBlock)
    assert (block.key, block.fields) == ("", (("year", "1"),))
    assert [problem.code for problem in block.problems] == ["BIB-NOKEY"]


def test_a016_a_field_in_the_place_of_the_key_is_no_key() -> None:
    block = before_next("@misc{title={T}}")

    assert isinstance(block, EntryBlock)
    assert (block.key, block.fields, faults(block)) == ("", (("title", "{T}"),), [("BIB-NOKEY", 1, 7)])


@pytest.mark.parametrize("sign", " #%\"(='"[:-1])
def test_a017_a018_a_key_with_a_sign_that_biber_refuses_is_told_with_the_sign(sign: str) -> None:
    block = before_next(f"@misc{{a{sign}b, year = 1}}")

    assert isinstance(block, EntryBlock)
    assert (block.key, block.fields) == (f"a{sign}b", (("year", "1"),))
    assert faults(block) == [("BIB-KEY", 1, 7)]
    assert (sign.strip() or "blank") in block.problems[0].message


@pytest.mark.parametrize("sign", [")", "}", ",", "{"])
def test_a018_a_delimiter_in_a_key_is_told(sign: str) -> None:
    found = blocks(f"@misc{{a{sign}b, year = 1}}{NEXT}")

    assert [problem.code for block in found for problem in block.problems] != []
    assert isinstance(found[-1], EntryBlock)
    assert found[-1].key == "next"


KEYS = ["DBLP:conf/x/Y14", "a+b.c_d-e", "café2020", "../../etc/passwd", "CON", "-rf", "k" * 300, "a'b", "o@x"]


@pytest.mark.parametrize("key", KEYS)
def test_a019_a020_a021_any_other_key_is_taken_as_it_is(key: str) -> None:
    assert accepted(f"@misc{{{key}, year = 1}}").key == key


def test_a022_an_entry_in_parentheses_may_hold_them_in_values() -> None:
    assert values('@misc(a, x = {a ) b}, y = "c ) d", z = 2)') == ["{a ) b}", '"c ) d"', "2"]


@pytest.mark.parametrize("kind", ["my-type", "Article", "ARTICLE", "comment2", "strings"])
def test_a023_an_unknown_type_is_kept_as_it_was_written(kind: str) -> None:
    assert accepted(f"@{kind}{{a, year = 1}}").type == kind


def test_a024_an_entry_without_a_type_is_told() -> None:
    block = before_next("@{a, year = 1}")

    assert isinstance(block, EntryBlock)
    assert (block.type, block.key, faults(block)) == ("", "a", [("BIB-NOTYPE", 1, 1)])


@pytest.mark.parametrize("head", ["@ misc{", "@misc\n{", "@\n misc {"])
def test_a024_blanks_around_the_type_do_not_matter(head: str) -> None:
    assert accepted(f"{head}a, year = 1}}").type == "misc"


def test_a025_a_comment_in_an_entry_is_no_field() -> None:
    text = "@misc{a, % key\n title = {T}, % note = {x},\n % {open\n year = 2020 % last, \n}"

    assert accepted(text).fields == (("title", "{T}"), ("year", "2020"))


@pytest.mark.parametrize("text", ["%@misc{a, year = 1}", "% @misc{a,\n year = 1}"])
def test_a026_an_entry_behind_a_percent_sign_is_read_with_a_warning(text: str) -> None:
    comment, entry = blocks(text)

    assert (comment.raw.rstrip(), comment.problems) == ("%", ())
    assert isinstance(entry, EntryBlock)
    assert [(problem.code, problem.severity) for problem in entry.problems] == [("BIB-PERCENT", "warning")]


def test_a026_an_entry_whose_lines_are_all_commented_out_is_a_comment() -> None:
    text = "% @misc{old,\n%   year = {1},\n% }"

    assert before_next(text) == CommentBlock(text + "\n\n", 1, 1, text + "\n\n")


def test_a027_an_entry_in_a_comment_stays_one_with_a_warning() -> None:
    block = before_next("@comment{\n@misc{hidden, year = 1}}")

    assert isinstance(block, CommentBlock)
    assert block.text == "\n@misc{hidden, year = 1}"
    assert faults(block) == [("BIB-COMMENTED-ENTRY", 2, 1)]
    assert not is_set_aside(block)


def test_a028_an_open_comment_is_set_aside_and_nothing_in_it_comes_alive() -> None:
    block = before_next("@comment{ foo { bar } @misc{hidden, year = 1}")

    assert isinstance(block, FailedBlock)
    assert faults(block) == [("BIB-BRACE", 1, 9)]


def test_a029_the_groups_that_jabref_keeps_in_a_comment_are_untouched() -> None:
    text = "@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:x\\;0\\;1\\;a\\;;\n}"
    block = before_next(text)

    assert (block.raw, block.problems) == (text, ())


def test_a030_a_comment_without_braces_ends_before_the_next_entry() -> None:
    block = before_next("@Comment jabref-meta: x")

    assert isinstance(block, CommentBlock)
    assert (block.explicit, block.problems) == (False, ())


@pytest.mark.parametrize(
    "text",
    [
        "mail a@b.c or x@y.z{now}",
        "at x@y (z)",
        "@ noon",
        "see @foo (bar)",
        "a@b{c, d}@",
        "@@@",
        "@b",
        "x @y {z}",
    ],
)
def test_a031_an_at_sign_in_running_text_begins_no_entry(text: str) -> None:
    block = before_next("Words: " + text)

    assert isinstance(block, CommentBlock)
    assert block.problems == ()


def test_a031_a_line_that_begins_like_an_entry_without_a_brace_is_told() -> None:
    block = before_next("@article smith, title = {T}}")

    assert isinstance(block, CommentBlock)
    assert faults(block) == [("BIB-STRAY-AT", 1, 1)]


@pytest.mark.parametrize("value", ["{x\n@twitter{foo} y}", "{x\n  @twitter (foo) y}", '"x\n@twitter{foo} y"'])
def test_a032_a_line_of_a_value_may_begin_with_an_at_sign(value: str) -> None:
    assert values(f"@misc{{a, note = {value}, year = 1}}") == [value, "1"]


def test_a033_an_entry_in_a_value_stays_there_with_a_warning() -> None:
    value = "{see\n@misc{inner, year = 2}\n@misc{other, year = 3}}"
    block = before_next(f"@misc{{a, note = {value}, year = 1}}")

    assert isinstance(block, EntryBlock)
    assert block.fields == (("note", value), ("year", "1"))
    assert faults(block) == [("BIB-ENTRY-IN-VALUE", 2, 1)]
    assert not is_set_aside(block)
