"""Running the middlewares of bibtexparser, and those written for it, over our blocks.

They expect values without their braces or quotation marks. bibtexparser's own middlewares that take
these off and put them on again count an escaped brace as none, which BibTeX doesn't, and take a
month's name for a macro where a macro stood before; so that is done here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from bibtexparser import model

from dlbib.formats.bibtex.library import from_library, to_library
from dlbib.formats.bibtex.splitter.patterns import VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bibtexparser.middlewares.middleware import Middleware

    from dlbib.formats.bibtex.splitter import Block

_OPENED = "dlbib_opened"
"""Where an opened block keeps its values as they were, by name and content, in its metadata."""

_SIGN = re.compile(r'[{}"]')
_CLOSING = {"{": "}", '"': '"'}
_BARE = "no-enclosing"

_Holder: TypeAlias = model.Field | model.String


def apply_middleware(blocks: Iterable[Block], middleware: Iterable[Middleware]) -> Iterator[Block]:
    """The blocks after bibtexparser's middlewares, which see values without their enclosing.

    A value that no middleware changed comes back as it was written; another is put in braces, unless
    it is a number or its middleware demands none (``Field.enclosing``). An entry that a middleware
    fails on comes back as it was, with a warning.
    """
    library = to_library(blocks)
    for block in library.blocks:
        _open(block)
    for each in middleware:
        library = each.transform(library)
    for block in library.blocks:
        inner = block.ignore_error_block if isinstance(block, model.DuplicateBlockKeyBlock) else None
        _close(inner or block)
    return from_library(library)


def _open(block: model.Block) -> None:
    """Take the enclosing off a block's values."""
    opened: dict[tuple[str, object], str] = {}
    for holder in _holders(block):
        value = holder.value
        content, enclosing = (value[1:-1], None) if _is_enclosed(value) else (value, _BARE)
        holder.value = content
        holder.enclosing = None if value.isdigit() else enclosing
        opened[holder.key.lower(), content] = value
    block.set_parser_metadata(_OPENED, opened)


def _close(block: model.Block) -> None:
    """Put the enclosing on again, where values are text."""
    for holder in _holders(block):
        if isinstance(holder.value, str | int):
            holder.value = _closed(holder, block.get_parser_metadata(_OPENED) or {})


def _closed(holder: _Holder, opened: dict[tuple[str, object], str]) -> str:
    value = str(holder.value)
    if (known := opened.get((holder.key.lower(), value))) is not None:
        return known
    is_bare = holder.enclosing == _BARE and VALUE.fullmatch(value)
    return value if is_bare or value.isdigit() else f"{{{value}}}"


def _holders(block: model.Block) -> list[_Holder]:
    """What holds the values of a block."""
    if isinstance(block, model.Entry):
        return list(block.fields)
    return [block] if isinstance(block, model.String) else []


def _is_enclosed(value: str) -> bool:
    """Whether one pair of braces or quotation marks encloses all of a value, as BibTeX counts them."""
    opening, depth = value[:1], 0
    for sign in _SIGN.finditer(value):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign.start() and not depth and sign[0] == _CLOSING.get(opening):
            return sign.end() == len(value)
    return False
