"""How two states of a text differ, as a unified diff, in time linear in the text."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LINES: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_LINE_END: Final = re.compile(r"[\r\n]")
_CONTEXT: Final = 3
_MOST: Final = 1 << 20
"""Up to how many pairs of lines are compared; what is larger is shown as replaced."""


class _Region(NamedTuple):
    """Lines that differ: where they begin and end in the old text, and in the new one."""

    old_at: int
    old_end: int
    new_at: int
    new_end: int


class _Text:
    """The lines of a text, and where each begins."""

    def __init__(self, text: str) -> None:
        self.lines = _LINES.findall(text)
        self._starts = list(accumulate(map(len, self.lines), initial=0))
        if text and not text.endswith(("\r", "\n")):
            self._starts.pop()

    def begins_line(self, offset: int) -> bool:
        """Whether a line begins at an offset, or would."""
        return self._starts[bisect_right(self._starts, offset) - 1] == offset

    def line_at(self, offset: int) -> int:
        """Which line an offset is in."""
        return bisect_right(self._starts, offset) - 1


def difference(name: str, pieces: Iterable[tuple[str, str]]) -> str:
    r"""A unified diff of the text whose ``pieces`` are given, each as it was and as it is; empty when none differs.

    >>> print(difference("a", [("1\n", "1\n"), ("2\n", "4\n"), ("3\n", "3\n")]).replace("\n ", "\n|"), end="")
    --- a
    +++ a
    @@ -1,3 +1,3 @@
    |1
    -2
    +4
    |3
    """
    pairs = [*pieces]
    if all(before == after for before, after in pairs):
        return ""
    old, new = (_Text("".join(pair[side] for pair in pairs)) for side in (0, 1))
    lines = [f"--- {name}\n", f"+++ {name}\n"]
    for region in _merged(_regions(pairs, old, new)):
        lines += _hunks(region, old.lines, new.lines)
    return "".join(lines)


def _regions(pairs: Iterable[tuple[str, str]], old: _Text, new: _Text) -> Iterator[_Region]:
    old_at = new_at = 0
    for before, after in _whole(pairs):
        old_end, new_end = old_at + len(before), new_at + len(after)
        if before != after:
            # What follows is the same and has a line's end, which ends the line for both.
            rest = 0 if old.begins_line(old_end) and new.begins_line(new_end) else 1
            yield _Region(
                old.line_at(old_at),
                old.line_at(old_end) + rest,
                new.line_at(new_at),
                new.line_at(new_end) + rest,
            )
        old_at, new_at = old_end, new_end


def _whole(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pieces, those that differ as one where no end of a line is between them."""
    changed: list[tuple[str, str]] = []
    for pair in pairs:
        if pair[0] != pair[1] or not _LINE_END.search(pair[0]):
            changed.append(pair)
            continue
        yield _joined(changed)
        changed.clear()
        yield pair
    yield _joined(changed)


def _joined(pairs: Iterable[tuple[str, str]]) -> tuple[str, str]:
    befores, afters = zip(*pairs, strict=True) if pairs else ((), ())
    return "".join(befores), "".join(afters)


def _merged(regions: Iterable[_Region]) -> Iterator[_Region]:
    """The regions, those as one whose contexts meet."""
    open_region: _Region | None = None
    for region in regions:
        if open_region and region.old_at - open_region.old_end <= 2 * _CONTEXT:
            open_region = open_region._replace(
                old_end=max(open_region.old_end, region.old_end),
                new_end=max(open_region.new_end, region.new_end),
            )
            continue
        if open_region:
            yield open_region
        open_region = region
    if open_region:
        yield open_region


def _hunks(region: _Region, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    lead = min(_CONTEXT, region.old_at, region.new_at)
    old_at, new_at = region.old_at - lead, region.new_at - lead
    before, after = old[old_at : region.old_end + _CONTEXT], new[new_at : region.new_end + _CONTEXT]
    for group in _groups(before, after):
        (_, a, _, c, _), (_, _, b, _, d) = group[0], group[-1]
        yield f"@@ -{_numbers(old_at + a, b - a)} +{_numbers(new_at + c, d - c)} @@\n"
        for tag, start, end, other_start, other_end in group:
            if tag == "equal":
                yield from (f" {_ended(line)}" for line in before[start:end])
                continue
            yield from (f"-{_ended(line)}" for line in before[start:end])
            yield from (f"+{_ended(line)}" for line in after[other_start:other_end])


def _groups(before: Sequence[str], after: Sequence[str]) -> Iterable[list[tuple[str, int, int, int, int]]]:
    if len(before) * len(after) > _MOST:
        return [[("replace", 0, len(before), 0, len(after))]]
    return difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_CONTEXT)


def _numbers(first: int, count: int) -> str:
    """Where a hunk begins, one-based, and how many lines it has, as ``diff -u`` tells it."""
    return f"{first + 1 if count else first}" + (f",{count}" if count != 1 else "")


def _ended(line: str) -> str:
    text = line.rstrip("\r\n")
    return f"{text}\n"
