"""Asking the splitter what it makes of a text."""

from __future__ import annotations

from dlbib.formats.bibtex.splitter import Block, EntryBlock, split_text

NEXT = "\n\n@misc{next, title = {Next}}\n"


def blocks(text: str) -> list[Block]:
    found = list(split_text(text))
    assert "".join(block.raw for block in found) == text
    return [block for block in found if not block.raw.isspace()]


def before_next(text: str) -> Block:
    """The one block before an entry that must be read whole."""
    block, following = blocks(text + NEXT)
    assert isinstance(following, EntryBlock)
    assert (following.key, following.fields, following.problems) == ("next", (("title", "{Next}"),), ())
    return block


def faults(block: Block) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in block.problems]


def accepted(text: str) -> EntryBlock:
    block = before_next(text)
    assert isinstance(block, EntryBlock)
    assert block.problems == ()
    return block


def values(text: str) -> list[str]:
    return [value for _, value in accepted(text).fields]
