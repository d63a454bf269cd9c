"""The light blocks that a BibTeX text is split into.

Every block begins with the same three: its ``raw`` text, and the one-based ``line`` and ``column``
where that begins. They are named tuples because a large file makes hundreds of thousands of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from dlbib.model.problems import Problem

Field: TypeAlias = tuple[str, str]
"""A field's name as written, and its value as written: braces, quotes, ``#`` and all."""


class EntryBlock(NamedTuple):
    """An entry such as ``@article{smith2014, title = {A title}}``.

    ``type``, ``key`` and ``fields`` stand as they were written: in order, duplicates included. A
    block with an error among its ``problems`` has to be set aside, although fields are given as far
    as they could be read; its ``type``, ``key`` or a value may then be empty or odd.
    """

    raw: str
    line: int
    column: int
    type: str
    key: str
    fields: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()


class StringBlock(NamedTuple):
    """Macros, as in ``@string{mit = "MIT Press"}``: usually one, though some programs write several."""

    raw: str
    line: int
    column: int
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...] = ()


class PreambleBlock(NamedTuple):
    """TeX for the top of the bibliography; ``value`` is what stands between the delimiters."""

    raw: str
    line: int
    column: int
    value: str
    problems: tuple[Problem, ...] = ()


class CommentBlock(NamedTuple):
    """Text that is no data: a ``@comment`` when ``explicit``, else what stands between blocks.

    ``text`` is what stands between a ``@comment``'s delimiters, and else all of ``raw``. Blank text
    between two entries is a comment too, because every letter of the file belongs to a block.
    """

    raw: str
    line: int
    column: int
    text: str
    explicit: bool = False
    problems: tuple[Problem, ...] = ()


class FailedBlock(NamedTuple):
    """A block that doesn't end where it should; its ``problems`` hold at least one error."""

    raw: str
    line: int
    column: int
    type: str
    key: str
    problems: tuple[Problem, ...]


Block: TypeAlias = EntryBlock | StringBlock | PreambleBlock | CommentBlock | FailedBlock


def is_set_aside(block: Block) -> bool:
    """Whether a block holds an error, so that its raw text is all that may be relied on."""
    return bool(block.problems) and any(problem.severity == "error" for problem in block.problems)


def advance(line: int, column: int, text: str) -> tuple[int, int]:
    r"""The line and column behind a text that begins at a line and column.

    Lines end in LF, CR LF or CR, in any mixture.

    >>> advance(1, 1, "a\nbc")
    (2, 3)
    >>> advance(7, 4, "ab")
    (7, 6)
    >>> advance(1, 1, "a\r\nb\rc\n")
    (4, 1)
    """
    breaks = text.count("\n")
    last = text.rfind("\n")
    if "\r" in text:
        breaks += text.count("\r") - text.count("\r\n")
        last = max(last, text.rfind("\r"))
    return (line + breaks, len(text) - last) if breaks else (line, column + len(text))
