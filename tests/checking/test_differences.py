from __future__ import annotations

import difflib

from hypothesis import given
from hypothesis import strategies as st

from dlbib.checking.differences import difference


def test_equal_texts_have_no_difference() -> None:
    assert difference("a", [("1\n", "1\n")]) == ""


def test_changes_far_apart_are_told_in_two_hunks() -> None:
    pieces = [("1\n", "x\n"), *((f"{n}\n", f"{n}\n") for n in range(20)), ("2\n", "y\n")]
    assert difference("a", pieces).count("@@ -") == 2


def test_a_last_line_without_an_end_gets_one() -> None:
    assert difference("a", [("1", "2")]) == "--- a\n+++ a\n@@ -1 +1 @@\n-1\n+2\n"


TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "d", "\n"]), max_size=6).map("".join)


@given(pieces=st.lists(st.tuples(TEXTS, TEXTS) | TEXTS.map(lambda text: (text, text)), max_size=8))
def test_a_difference_turns_the_old_text_into_the_new(pieces: list[tuple[str, str]]) -> None:
    old, new = ("".join(piece[side] for piece in pieces) for side in (0, 1))
    assert applied(old, difference("a", pieces)) == lines_of(new)


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []


def applied(old: str, told: str) -> list[str]:
    """The lines of ``old`` with a unified diff applied, as ``patch`` does it."""
    before, after, at = lines_of(old), [], 0
    for line in told.split("\n")[2:-1]:
        if line.startswith("@@"):
            first, _, count = line.split()[1][1:].partition(",")
            start = int(first) - (0 if count == "0" else 1)
            after += before[at:start]
            at = start
        elif line.startswith("+"):
            after.append(line[1:])
        else:
            assert before[at] == line[1:]
            after += [] if line.startswith("-") else [before[at]]
            at += 1
    return after + before[at:]


def test_it_reads_as_the_library_of_python_has_it() -> None:
    old, new = ["a\n", "b\n", "c\n"], ["a\n", "x\n", "c\n"]
    expected = "".join(difflib.unified_diff(old, new, "f", "f"))
    assert difference("f", zip(old, new, strict=True)) == expected
