from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dlbib.library.importing.layouts import Layout
from dlbib.model.problems import Problem
from dlbib.store.importing.files import SetAside

if TYPE_CHECKING:
    from dlbib.store.importing.files import Piece

ODD = Problem("ODD", "is odd; mend it", "error", "refs.bib", 1, 1)


def pieces(layout: Layout) -> list[Piece]:
    """What the layout keeps, read back."""
    kept: list[Piece] = json.loads(layout.as_json())
    return kept


def test_a_layout_without_pieces_is_an_empty_list() -> None:
    assert pieces(Layout()) == []


def test_pieces_stand_in_their_order() -> None:
    layout = Layout()
    layout.text("% a comment\n")
    layout.record("a")
    layout.set_aside("@misc{broken", [ODD])
    layout.text("\n")
    layout.record("b")
    assert pieces(layout) == ["% a comment\n", ["a"], 0, "\n", ["b"]]
    assert layout.aside == [SetAside(0, "@misc{broken", (ODD,))]


def test_no_text_is_no_piece() -> None:
    layout = Layout()
    layout.text("")
    assert pieces(layout) == []


def test_a_record_that_is_refused_is_set_aside_in_its_place() -> None:
    layout = Layout()
    first, second = layout.record("a"), layout.record("b")
    layout.set_aside("@misc{b}", [ODD], second)
    layout.set_aside("@misc{a}", [], first)
    assert pieces(layout) == [0, 1]
    assert layout.aside == [SetAside(0, "@misc{a}", ()), SetAside(1, "@misc{b}", (ODD,))]


def test_what_is_set_aside_is_counted_on_after_the_layout_was_settled() -> None:
    layout = Layout()
    layout.set_aside("one", [])
    layout.settle()
    layout.record("a")
    layout.set_aside("other", [], layout.record("b"))
    assert pieces(layout) == [0, ["a"], 1]
    assert [(each.position, each.raw) for each in layout.aside] == [(0, "one"), (1, "other")]


@given(st.lists(st.one_of(st.text(min_size=1), st.none())))
def test_it_does_not_matter_when_a_layout_is_settled(texts: list[str | None]) -> None:
    once, often = Layout(), Layout()
    for text in texts:
        for layout in (once, often):
            layout.record("a") if text is None else layout.text(text)
        often.settle()
    assert pieces(often) == pieces(once) == [["a"] if text is None else text for text in texts]
