"""Our blocks and bibtexparser's, both ways, so that its middlewares and those of others fit in.

Nothing is lost on the way there: what bibtexparser has no place for (a duplicate key or field, a
block with an error) stands in the library as the failed block that bibtexparser itself makes of it,
with its raw text. On the way back a block that still says the same is the block that it was made
of; one that says something else is written anew.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bibtexparser import model
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library

from dlbib.errors import ParseError
from dlbib.formats.bibtex.splitter import (
    Block,
    CommentBlock,
    EntryBlock,
    FailedBlock,
    PreambleBlock,
    StringBlock,
    field_places,
    is_set_aside,
    split_text,
)
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BEGINS_LINE = re.compile(r"\s*[\r\n]")
_ENDS_LINE = re.compile(r"[\r\n][ \t]*\Z")

_ORIGINAL = "dlbib_block"
"""Where a block of bibtexparser's keeps the block of ours that it was made of, in its metadata."""


def to_library(blocks: Iterable[Block]) -> Library:
    """The blocks as bibtexparser's own splitter would give them, before any middleware.

    Values keep their braces and quotation marks, types are in small letters, lines are counted from
    0. A second entry or macro by the same name becomes a `DuplicateBlockKeyBlock`, an entry with two
    fields of one name a `DuplicateFieldKeyBlock`, and what has to be set aside a
    `ParsingFailedBlock`. Blank text between blocks is left out.
    """
    library = Library()
    library.add([made for block in blocks for made in _made(block)], fail_on_duplicate_key=False)
    return library


def from_library(library: Library) -> Iterator[Block]:
    r"""The blocks of a library, blank lines between them, to be read on or written.

    Values need their braces or quotation marks, as `to_library` gives them. The ``line`` is that of the
    text the library was split from, or 0; the ``column`` of a block that was made anew is 0. A block
    that can't be written so that it says the same again (a value that would close its entry, a list
    of names) is a `FailedBlock`, and so is one that couldn't be read.

    >>> entry = model.Entry("misc", "a", [model.Field("year", "2014")])
    >>> "".join(block.raw for block in from_library(Library([entry])))
    '@misc{a,\n\tyear = 2014\n}\n'
    """
    last = "\n"
    for block in map(_restored, library.blocks):
        if not (_ENDS_LINE.search(last) or _BEGINS_LINE.match(block.raw)):
            yield CommentBlock("\n\n", 0, 0, "\n\n")
        yield block
        last = block.raw
    if not _ENDS_LINE.search(last):
        yield CommentBlock("\n", 0, 0, "\n")


def _made(block: Block) -> list[model.Block]:
    """What bibtexparser's splitter makes of a block."""
    made = _made_whole(block)
    if is_set_aside(block):
        error = next(problem for problem in block.problems if problem.severity == "error")
        failed = model.ParsingFailedBlock(
            error=ParseError(error.message, error.source, error.line, error.column),
            start_line=block.line - 1,
            raw=block.raw,
            ignore_error_block=made[0] if made else None,
        )
        made = [failed]
    if len(made) == 1:
        made[0].set_parser_metadata(_ORIGINAL, block)
    return made


def _made_whole(block: Block) -> list[model.Block]:
    """The same, whatever problems the block has."""
    start_line = block.line - 1
    match block:
        case EntryBlock():
            return [_made_entry(block)]
        case StringBlock(raw=raw, fields=fields):
            only = raw if len(fields) == 1 else None
            return [model.String(name, value, start_line, only) for name, value in fields]
        case PreambleBlock(raw=raw, value=value):
            return [model.Preamble(value, start_line, raw)]
        case CommentBlock(raw=raw, text=text, explicit=True):
            return [model.ExplicitComment(text.strip(), start_line, raw)]
        case CommentBlock(raw=raw) if comment := raw.strip("\ufeff \t\r\n\f\v"):
            skipped = raw[: raw.index(comment)]
            return [model.ImplicitComment(comment, start_line + len(skipped.splitlines()), comment)]
        case _:
            return []


def _made_entry(block: EntryBlock) -> model.Block:
    fields = [
        model.Field(name, value, start_line=line - 1)
        for (name, value), (line, _) in zip(block.fields, field_places(block), strict=True)
    ]
    entry = model.Entry(block.type.lower(), block.key, fields, block.line - 1, block.raw)
    duplicates = {name for name, count in Counter(name for name, _ in block.fields).items() if count > 1}
    return model.DuplicateFieldKeyBlock(duplicates, entry) if duplicates else entry


def _restored(block: model.Block) -> Block:
    """The block that says what bibtexparser's says."""
    original = _original(block)
    if isinstance(block, model.ParsingFailedBlock):
        return original or _restored_failed(block)
    for found in _candidates(block):
        if not is_set_aside(found) and [_contents(made) for made in _made_whole(found)] == [_contents(block)]:
            return found if found is original else found._replace(line=_line(block), column=0)
    return _unwritable(block)


def _candidates(block: model.Block) -> Iterator[Block]:
    """The blocks that may say what bibtexparser's says, from what it was to how it would be written."""
    if original := _original(block):
        yield original
    for text in (block.raw, _written(block)):
        if found := _only_block(text):
            yield found


def _restored_failed(block: model.ParsingFailedBlock) -> Block:
    """The block that bibtexparser or a middleware had to set aside."""
    inner = block.ignore_error_block
    if isinstance(block, model.MiddlewareErrorBlock):
        found = _original(inner) or _only_block(block.raw)
        return _with_middleware_problem(found, block) if found else _unwritable(block)
    return _restored(inner) if inner else _unwritable(block)


def _original(block: model.Block | None) -> Block | None:
    return None if block is None else block.get_parser_metadata(_ORIGINAL)


def _with_middleware_problem(found: Block, block: model.ParsingFailedBlock) -> Block:
    message = f"a middleware failed ({block.error}); the block was kept as it was read; mend what it names"
    key = found.key if isinstance(found, EntryBlock) else ""
    problem = Problem("BIB-MIDDLEWARE", message, "warning", line=_line(block), key=key)
    return found._replace(problems=(*found.problems, problem))


def _unwritable(block: model.Block) -> FailedBlock:
    kind, key = (block.entry_type, block.key) if isinstance(block, model.Entry) else ("", "")
    message = (
        "the block can't be written as it was left; its text as it was read was set aside; "
        "balance the braces of its values, and merge names that were split"
    )
    problem = Problem("BIB-UNWRITABLE", message, line=_line(block), key=key)
    return FailedBlock(block.raw or "", _line(block), 0, kind, key, (problem,))


def _line(block: model.Block) -> int:
    return 0 if block.start_line is None else block.start_line + 1


def _only_block(text: str | None) -> Block | None:
    """The one block of a text, if it is one."""
    found = [block for block in split_text(text or "") if not block.raw.isspace()]
    return found[0] if len(found) == 1 else None


def _written(block: model.Block) -> str | None:
    """A block's text as bibtexparser writes it, if its values are text."""
    try:
        return write_string(Library([block]), unparse_stack=[]).strip()
    except TypeError:
        return None


def _contents(block: model.Block) -> tuple[object, ...]:
    """What a block says, whatever it looks like."""
    match block:
        case model.DuplicateFieldKeyBlock(ignore_error_block=model.Entry() as entry):
            return _contents(entry)
        case model.Entry():
            fields = [(field.key, field.value) for field in block.fields]
            return ("entry", block.entry_type.lower(), block.key, fields)
        case model.String():
            return ("string", block.key, block.value)
        case model.Preamble():
            return ("preamble", block.value)
        case model.ExplicitComment() | model.ImplicitComment():
            return (type(block), block.comment.strip())
        case _:
            return (block,)
