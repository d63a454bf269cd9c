"""What is well-formed and yet most likely not what was meant: warnings about blocks."""

from __future__ import annotations

from dlbib.formats.bibtex.splitter.blocks import Block, CommentBlock, EntryBlock, StringBlock
from dlbib.formats.bibtex.splitter.faults import Fault
from dlbib.formats.bibtex.splitter.patterns import (
    HIDDEN_ENTRY,
    STRAY_AT,
    SWALLOWED_ENTRY,
    TRAILING_TEXT,
)
from dlbib.formats.bibtex.splitter.starts import follows_percent


def doubts_about(block: Block, last: Block | None, *, shares_line: bool) -> list[Fault]:
    """Warnings about a block, given the one before it.

    ``shares_line`` tells that it begins on the line where an entry of many lines ended.
    """
    if isinstance(block, CommentBlock):
        return _about_comment(block) if block.explicit else _about_text(block, last)
    faults = []
    if shares_line:
        faults.append(Fault("BIB-SAME-LINE", 0))
    if isinstance(last, CommentBlock) and not last.explicit and follows_percent(last.raw, len(last.raw)):
        faults.append(Fault("BIB-PERCENT", 0))
    if isinstance(block, EntryBlock | StringBlock):
        faults.extend(_about_values(block))
    return faults


def _about_comment(block: CommentBlock) -> list[Fault]:
    hidden = HIDDEN_ENTRY.search(block.text)
    return [Fault("BIB-COMMENTED-ENTRY", block.raw.index(block.text) + hidden.start())] if hidden else []


def _about_text(block: CommentBlock, last: Block | None) -> list[Fault]:
    faults = []
    if isinstance(last, EntryBlock) and TRAILING_TEXT.search(block.raw):
        faults.append(Fault("BIB-TRAILING-TEXT", len(block.raw) - len(block.raw.lstrip())))
    if "@" in block.raw and (stray := STRAY_AT.search(block.raw)):
        faults.append(Fault("BIB-STRAY-AT", stray.start(1), detail=stray[1]))
    return faults


def _about_values(block: EntryBlock | StringBlock) -> list[Fault]:
    if not SWALLOWED_ENTRY.search(block.raw, 1):
        return []
    faults = []
    for name, value in block.fields:
        if entry := SWALLOWED_ENTRY.search(value):
            faults.append(Fault("BIB-ENTRY-IN-VALUE", block.raw.index(value) + entry.start(1), name))
    return faults
