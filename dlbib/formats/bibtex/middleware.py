"""Running the middlewares of bibtexparser, and those written for it, over our blocks.

They expect values without their braces or quotation marks. bibtexparser's own middlewares that take
these off and put them on again count an escaped brace as none, which BibTeX doesn't, and take a
month's name for a macro where a macro stood before; so that is done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bibtexparser import model
from bibtexparser.library import Library
from bibtexparser.middlewares import (
    AddEnclosingMiddleware,
    BlockMiddleware,
    NameParts,
    RemoveEnclosingMiddleware,
    ResolveStringReferencesMiddleware,
)

from dlbib.formats.bibtex.library import from_library, to_library
from dlbib.formats.bibtex.splitter import CommentBlock
from dlbib.formats.bibtex.splitter.patterns import VALUE
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bibtexparser.middlewares.middleware import Middleware

    from dlbib.formats.bibtex.splitter import Block

_OPENED: Final = "dlbib_opened"
"""Where an opened block keeps its values as they were, by name and content, in its metadata."""

_SIGN: Final = re.compile(r'[{}"]')
_CLOSING: Final = {"{": "}", '"': '"'}
_BARE: Final = "no-enclosing"
_DONE_HERE: Final = (AddEnclosingMiddleware, RemoveEnclosingMiddleware)
_FAILED: Final = (
    "the middleware {0} failed ({1}); the file was taken without it; mend the middleware, or leave it out"
)

_Holder: TypeAlias = model.Field | model.String


def apply_middleware(
    blocks: Iterable[Block], middleware: Iterable[Middleware], source: str = ""
) -> Iterator[Block]:
    """The blocks after bibtexparser's middlewares, which see values without their enclosing.

    A value that no middleware changed comes back as it was written; another is put in braces, unless
    it is a number or its middleware demands none (``Field.enclosing``). Names that were split are
    merged again. An entry that a middleware fails on comes back as it was, with a warning; so do all
    blocks, when it fails as a whole. `ResolveStringReferencesMiddleware` sees values as they are written;
    the two middlewares of bibtexparser for enclosings are passed over.
    """
    given = tuple(blocks)
    stages = tuple(each for each in middleware if not isinstance(each, _DONE_HERE))
    problems: dict[int, Problem] = {}
    library = None
    while library is None:
        library = _after(given, stages, problems)
    if problems:
        told = tuple(replace(problem, source=source) for problem in problems.values())
        yield CommentBlock("", 0, 0, "", problems=told)
    for block in from_library(library):
        yield block._replace(problems=tuple(_sourced(each, source) for each in block.problems))


def _sourced(problem: Problem, source: str) -> Problem:
    return problem if problem.source else replace(problem, source=source)


def _after(
    blocks: Sequence[Block], stages: Sequence[Middleware], problems: dict[int, Problem]
) -> Library | None:
    """The library after all stages that have no problem yet; none when there is a new problem."""
    library = to_library(blocks)
    _each(library, _open)
    for number, stage in enumerate(stages):
        if number in problems:
            continue
        try:
            library = _transformed(stage, library)
        except Exception as error:  # noqa: BLE001  # it is somebody else's code
            message = _FAILED.format(_name(stage), _told(error))
            problems[number] = Problem("BIB-MIDDLEWARE", message, "warning")
            return None
    _each(library, _close)
    return library


def _each(library: Library, action: Callable[[model.Block], None]) -> None:
    for block in library.blocks:
        inner = block.ignore_error_block if isinstance(block, model.DuplicateBlockKeyBlock) else None
        action(inner or block)


def _transformed(stage: Middleware, library: Library) -> Library:
    """The library after one middleware; raises what that raises, but for one block alone."""
    if isinstance(stage, ResolveStringReferencesMiddleware):
        _each(library, _close)
        library = stage.transform(library)
        _each(library, _open)
        return library
    if isinstance(stage, BlockMiddleware) and type(stage).transform is BlockMiddleware.transform:
        made = [new for block in library.blocks for new in _transformed_block(stage, block, library)]
        return Library(made, fail_on_duplicate_key=False)
    transformed: object = stage.transform(library)
    if not isinstance(transformed, Library):
        message = f"it gave {type(transformed).__name__}, not a library"
        raise TypeError(message)
    return transformed


def _transformed_block(stage: BlockMiddleware, block: model.Block, library: Library) -> list[model.Block]:
    try:
        made = stage.transform_block(block, library)
        if made is None:
            return []
        found: list[Any] = list(made) if isinstance(made, Collection) else [made]
        if odd := next((each for each in found if not isinstance(each, model.Block)), None):
            message = f"it gave {type(odd).__name__}, not a block"
            raise TypeError(message)  # noqa: TRY301  # handled as what the middleware raises
    except Exception as error:  # noqa: BLE001  # it is somebody else's code
        return [model.MiddlewareErrorBlock(block, ValueError(f"{_name(stage)}: {_told(error)}"))]
    return found


def _name(stage: object) -> str:
    return getattr(stage, "__name__", type(stage).__name__)


def _told(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


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
        holder.value, enclosing = _merged(holder.value), holder.enclosing
        holder.enclosing = enclosing
        if isinstance(holder.value, str | int):
            holder.value = _closed(holder, block.get_parser_metadata(_OPENED) or {})


def _merged(value: object) -> object:
    """A value that was split into names, as the text that they are; any other as it is."""
    if not (isinstance(value, list) and value and all(isinstance(each, str | NameParts) for each in value)):
        return value
    return " and ".join(each if isinstance(each, str) else each.merge_last_name_first for each in value)


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
