from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bibtexparser.middlewares import (
    AddEnclosingMiddleware,
    BlockMiddleware,
    LatexDecodingMiddleware,
    LatexEncodingMiddleware,
    LibraryMiddleware,
    MergeCoAuthors,
    MergeNameParts,
    MonthAbbreviationMiddleware,
    MonthIntMiddleware,
    MonthLongStringMiddleware,
    NormalizeFieldKeys,
    RemoveEnclosingMiddleware,
    ResolveStringReferencesMiddleware,
    SeparateCoAuthors,
    SortBlocksByTypeAndKeyMiddleware,
    SortBlocksMiddleware,
    SortFieldsAlphabeticallyMiddleware,
    SortFieldsCustomMiddleware,
    SplitNameParts,
)
from bibtexparser.model import Entry, Field, ImplicitComment

from dlbib.formats.bibtex.middleware import apply_middleware
from dlbib.formats.bibtex.splitter import (
    Block,
    EntryBlock,
    FailedBlock,
    StringBlock,
    is_set_aside,
    split_text,
)

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.middlewares.middleware import Middleware
    from bibtexparser.model import Block as TheirBlock

EVERYTHING = """% a remark

@string{mit = "MIT Press"}
@preamble{"\\newcommand{\\x}{y}"}
@comment{kept}
@Article{smith2014,
  title = {A {DNA} title},
  author = "Ann Smith and Bob Jones",
  publisher = mit # { Ltd},
  month = jan,
  year = 2014
}
"""


def after(text: str, *middleware: Middleware) -> list[Block]:
    return [b for b in apply_middleware(split_text(text), middleware) if not b.raw.isspace()]


def only_entry_after(text: str, *middleware: Middleware) -> EntryBlock:
    (entry,) = after(text, *middleware)
    assert isinstance(entry, EntryBlock)
    return entry


def test_what_no_middleware_changed_keeps_its_text() -> None:
    assert after(EVERYTHING) == [block for block in split_text(EVERYTHING) if not block.raw.isspace()]


def test_a_month_middleware_changes_the_months_alone() -> None:
    text = "@misc{a, title = {C:\\\\}, note = {a} # {b}, month = jan}"
    entry = only_entry_after(text, MonthLongStringMiddleware())

    assert entry.fields == (("title", "{C:\\\\}"), ("note", "{a} # {b}"), ("month", "{January}"))


def test_a_number_made_by_a_middleware_is_written_as_one() -> None:
    assert only_entry_after("@misc{a, month = feb}", MonthIntMiddleware()).fields == (("month", "2"),)


def test_names_are_the_same_after_they_were_split_and_merged() -> None:
    text = "@misc{a, author = {Ann van Smith and Jones, Jr, Bob}, title = {T}}"
    stack = (SeparateCoAuthors(), SplitNameParts(), MergeNameParts(), MergeCoAuthors())
    entry = only_entry_after(text, *stack)

    assert entry.fields[0] == ("author", "{van Smith, Ann and Jones, Jr, Bob}")


@pytest.mark.parametrize("stack", [(SeparateCoAuthors(),), (SeparateCoAuthors(), SplitNameParts())])
def test_names_that_were_split_and_not_merged_are_merged_again(stack: tuple[Middleware, ...]) -> None:
    entry = only_entry_after(
        "@misc{a, author = {Smith, Ann and {Barnes and Noble} and Jones, Jr, Bob}}", *stack
    )

    assert entry.fields == (("author", "{Smith, Ann and {Barnes and Noble} and Jones, Jr, Bob}"),)


def test_a_value_that_a_middleware_made_no_text_of_sets_its_entry_aside() -> None:
    class Counting(BlockMiddleware):
        def transform_entry(self, entry: Entry, library: Library) -> Entry:
            assert library.entries
            entry.fields[0].value = {"count": 1}
            return entry

    (block,) = after("@misc{a, author = {Ann Smith}}", Counting())

    assert isinstance(block, FailedBlock)
    assert block.raw == "@misc{a, author = {Ann Smith}}"


def test_one_entry_that_a_middleware_of_ones_own_fails_on_leaves_the_others() -> None:
    class Failing(BlockMiddleware):
        def transform_entry(self, entry: Entry, library: Library) -> Entry:
            assert library.entries
            entry["note"] = entry["note"].upper()
            return entry

    text = "@misc{a, note = {x}}\n@misc{b, title = {y}}\n@misc{c, note = {z}}"
    first, second, third = after(text, Failing())

    assert isinstance(first, EntryBlock)
    assert isinstance(third, EntryBlock)
    assert (first.fields, third.fields) == ((("note", "{X}"),), (("note", "{Z}"),))
    assert second.raw == "@misc{b, title = {y}}"
    assert [(p.code, p.severity, p.key) for p in second.problems] == [("BIB-MIDDLEWARE", "warning", "b")]
    assert "Failing: KeyError" in second.problems[0].message


class Breaking(LibraryMiddleware):
    """Changes something, then fails."""

    def transform(self, library: Library) -> Library:
        for entry in library.entries:
            entry.key = "broken"
        message = "no more"
        raise RuntimeError(message)


class Odd(LibraryMiddleware):
    """Gives no library."""

    def transform(self, library: Library) -> Library:
        assert library.blocks
        return "a text"  # type: ignore[return-value]  # as users' code may


@pytest.mark.parametrize("failing", [Breaking(), Odd(), object(), NormalizeFieldKeys])
def test_a_middleware_that_fails_as_a_whole_is_passed_over_with_a_warning(failing: Any) -> None:  # noqa: ANN401  # users pass anything
    told, entry = after("@misc{a, Note = {x}, month = jan}", failing, MonthLongStringMiddleware())

    assert [(p.code, p.severity) for p in told.problems] == [("BIB-MIDDLEWARE", "warning")]
    assert isinstance(entry, EntryBlock)
    assert (entry.key, entry.fields) == ("a", (("Note", "{x}"), ("month", "{January}")))


@pytest.mark.parametrize(
    "stage",
    [
        AddEnclosingMiddleware(reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{"),
        RemoveEnclosingMiddleware(),
    ],
)
def test_middlewares_for_what_is_done_here_change_nothing(stage: Middleware) -> None:
    assert after(EVERYTHING, stage) == after(EVERYTHING)


def test_macros_are_resolved_by_a_middleware_where_no_braces_are() -> None:
    text = '@string{acm = "ACM Press"}\n@misc{a, publisher = ACM, note = {acm}, title = "acm"}'
    _, entry = after(text, ResolveStringReferencesMiddleware())

    assert isinstance(entry, EntryBlock)
    assert entry.fields == (("publisher", '"ACM Press"'), ("note", "{acm}"), ("title", '"acm"'))


def test_fields_are_sorted_in_an_order_of_ones_own() -> None:
    entry = only_entry_after("@misc{a, x = 1, y = 2}", SortFieldsCustomMiddleware(order=("y", "x")))

    assert entry.fields == (("y", "2"), ("x", "1"))


def test_blocks_are_sorted_by_a_key_of_ones_own() -> None:
    found = after("@misc{b}\n@misc{a}", SortBlocksMiddleware(key=lambda block: getattr(block, "key", "")))

    assert [b.key for b in found if isinstance(b, EntryBlock)] == ["a", "b"]


def test_letters_are_spelled_by_a_middleware() -> None:
    entry = only_entry_after("@misc{a, title = {G\u00f6del}}", LatexEncodingMiddleware())

    assert entry.fields == (("title", '{G\\"odel}'),)


def test_fields_and_blocks_are_sorted_by_middlewares() -> None:
    stack = (SortFieldsAlphabeticallyMiddleware(), SortBlocksByTypeAndKeyMiddleware())
    found = after("@misc{b, y = 1, x = 2}\n@misc{a, z = 3}\n@string{s = 4}", *stack)

    assert [type(block) for block in found] == [StringBlock, EntryBlock, EntryBlock]
    assert [b.fields for b in found if isinstance(b, EntryBlock)] == [
        (("z", "3"),),
        (("x", "2"), ("y", "1")),
    ]


def test_field_names_are_folded_by_a_middleware() -> None:
    assert only_entry_after("@misc{a, Title = {T}}", NormalizeFieldKeys()).fields == (("title", "{T}"),)


def test_accents_are_decoded_by_a_middleware() -> None:
    entry = only_entry_after('@misc{a, title = {G{\\"o}del}}', LatexDecodingMiddleware())

    assert entry.fields == (("title", "{Gödel}"),)


def test_a_middleware_of_ones_own_may_drop_and_add_blocks() -> None:
    class Doubling(BlockMiddleware):
        def transform_entry(self, entry: Entry, library: Library) -> list[TheirBlock]:
            assert library.entries
            return [entry, Entry("misc", entry.key + "2", [Field("note", "two")])]

        def transform_implicit_comment(self, implicit_comment: ImplicitComment, library: Library) -> None:
            assert implicit_comment in library.comments

    found = after("% gone\n@misc{a, x = 1}", Doubling())

    assert [(b.key, b.fields) for b in found if isinstance(b, EntryBlock)] == [
        ("a", (("x", "1"),)),
        ("a2", (("note", "{two}"),)),
    ]
    assert len(found) == 2


def test_an_entry_that_a_middleware_fails_on_comes_back_with_a_warning() -> None:
    text = "@misc{a, author = {A, B, C, D}}"
    (block,) = after(text, SeparateCoAuthors(), SplitNameParts())

    assert isinstance(block, EntryBlock)
    assert (block.raw, block.fields) == (text, (("author", "{A, B, C, D}"),))
    assert [problem.code for problem in block.problems] == ["BIB-MIDDLEWARE"]
    assert not is_set_aside(block)


def test_a_macro_made_by_a_middleware_is_written_as_one() -> None:
    entry = only_entry_after("@misc{a, month = {January}}", MonthAbbreviationMiddleware())

    assert entry.fields == (("month", "jan"),)


def test_equal_contents_keep_each_its_own_enclosing() -> None:
    fields = only_entry_after('@misc{a, x = {jan}, y = jan, z = "jan"}', NormalizeFieldKeys()).fields

    assert fields == (("x", "{jan}"), ("y", "jan"), ("z", '"jan"'))


def test_keys_that_a_middleware_makes_equal_lose_no_entry() -> None:
    class Renaming(BlockMiddleware):
        def transform_entry(self, entry: Entry, library: Library) -> Entry:
            assert library.entries
            entry.key = "same"
            return entry

    found = after("@misc{a, x = {1}}\n@misc{b, x = {2}}", Renaming())

    assert [(b.key, b.fields) for b in found if isinstance(b, EntryBlock)] == [
        ("same", (("x", "{1}"),)),
        ("same", (("x", "{2}"),)),
    ]
