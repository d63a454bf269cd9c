"""Entries on their way to a file: what may be asked of it, and what there is to say about it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from os import PathLike  # noqa: TC003  # who inherits from How reads its annotations
from typing import TYPE_CHECKING, Any, Final, TypedDict

from dlbib.errors import InputError, StrictError, UnknownFormatError, UnsupportedError
from dlbib.files.paths import shown
from dlbib.formats import Original, RenderOptions, require
from dlbib.formats.opening import open_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dlbib.formats import Format, Keeps
    from dlbib.model.entry import Entry
    from dlbib.model.problems import Problem

_MARK: Final = "\ufeff"
_MARKED: Final = ("utf-16", "utf-32")
_TOGETHER: Final = (
    "a middleware lays a file out anew, and 'preserve' asks for the layout as it was; leave out one of them"
)


class How(TypedDict, total=False):
    """How entries are written.

    ``utf8`` asks a format that is plain ASCII by default for letters as they are. ``middleware`` are
    bibtexparser's, or written for it, run over what is written. ``preserve`` is a file whose layout is kept:
    its comments, macros, order and spacing, and every entry that says the same still; of the others just the
    fields that changed are written anew, and new entries stand at its end. ``encoding`` is that file's, where it
    doesn't tell itself. ``safe`` writes as text what
    TeX would do more with than set it. ``strict`` refuses to write when there is anything to warn of.
    """

    utf8: bool
    middleware: Sequence[Any]
    preserve: str | PathLike[str] | None
    encoding: str | None
    safe: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A text in pieces, and its encoding; ``problems`` is complete when the last piece is taken."""

    pieces: Iterable[str]
    encoding: str
    problems: list[Problem]


def written(
    entries: Iterable[Entry],
    into: Format,
    how: How,
    keeps: Keeps = lambda keys: (),  # noqa: ARG005
    *,
    told: Iterable[Problem] = (),
) -> Written:
    """Entries as a text of the format.

    Raises `UnknownFormatError` or `UnsupportedError` for what the format can't do, and `StrictError`.
    ``keeps`` gives the keys, of some in the preserved file, of entries that stay though they aren't written;
    ``told`` are problems that were met before.
    """
    if into.render is None:
        message = f"{into.title} can be read, not written"
        raise UnknownFormatError(message)
    middleware, preserved = tuple(how.get("middleware", ())), how.get("preserve")
    if middleware:
        require(into, "middleware")
    if preserved is not None:
        require(into, "preserve")
    if middleware and preserved is not None:
        raise UnsupportedError(_TOGETHER)
    original, encoding = (
        (None, "utf-8") if preserved is None else _original(preserved, into, how.get("encoding"))
    )
    problems = [*told]
    options = RenderOptions(
        utf8=how.get("utf8", False),
        report=problems.append,
        middleware=middleware,
        original=original,
        keeps=keeps,
        safe=how.get("safe", False),
    )
    pieces: Iterable[str] = into.render(entries, options)
    if how.get("strict", False):
        pieces = [*pieces]
        if problems:
            raise StrictError(*problems)
    return Written(pieces, encoding, problems)


def _original(path: str | PathLike[str], into: Format, given: str | None) -> tuple[Original, str]:
    """The text of a file, its byte order mark included, and the encoding that gives its bytes back."""
    with open_entries(path, format=into.name, encoding=given) as opened:
        text, encoding = opened.stream.read(), opened.stream.encoding
        stream = opened.stream.buffer  # the bytes beneath
        stream.seek(0)
        data = stream.read()
    if encoding in _MARKED:
        encoding += "-le" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE)) else "-be"
        text = f"{_MARK}{text}"
    elif encoding == "utf-8-sig":
        encoding, text = "utf-8", f"{_MARK}{text}"
    if text.encode(encoding) != data:
        message = (
            f"{shown(path)}: what is read in {encoding} isn't written back alike; save it in UTF-8 first"
        )
        raise InputError(message)
    return Original(text, shown(path), encoding.startswith("utf-")), encoding
