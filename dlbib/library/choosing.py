"""How works are chosen: the arguments that `Library` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from dlbib.formats.writing import How

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike


class Filters(TypedDict, total=False):
    """How works are chosen besides a query; all that are given must hold, ``None`` is not given.

    ``application`` is a slug; ``year`` one year, or ``(low, high)`` with ``None`` for an open end;
    ``author``, ``text`` and the others are what the query's fields of those names take. A list
    means any of its values.
    """

    application: str | None
    year: int | str | tuple[int | None, int | None] | list[int] | None
    author: str | list[str] | None
    type: str | list[str] | None
    tag: str | list[str] | None
    has: str | list[str] | None
    text: str | None


class Choice(Filters, How, total=False):
    """What an export writes, and how.

    ``keys`` are citation keys, of today or older; ``cited_in`` is a ``.tex``, ``.aux`` or ``.bcf`` file.
    """

    keys: Sequence[str] | None
    cited_in: str | PathLike[str] | None
