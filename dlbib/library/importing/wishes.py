"""What is asked of an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlbib.progress import Watch

Duplicates = Literal["set-aside", "skip", "rename", "merge", "replace"]
"""What becomes of a record whose key a record before it in the file has, and that says something else.

It is set aside; or passed over; or gets a key of its own; or is another record of the same work; or counts
instead of those before it.
"""


@dataclass(frozen=True, slots=True)
class Given:
    """A text that is no file, such as standard input: a seekable stream and what to call it."""

    stream: BinaryIO
    name: str = "standard input"


class Wishes(TypedDict, total=False):
    """How files are imported.

    ``format`` and ``encoding`` are as in `dlbib.read`. ``name`` is what the file's records are called by,
    instead of its place. The works are grouped under ``application`` (a slug), behind what is there, and
    get ``tags``; with ``keywords_as_tags`` also one for each of their keywords. ``generate_keys`` makes keys
    for records that have none. ``strict`` refuses a file of which anything had to be set aside, ``atomic`` all
    files if one can't be imported; ``dry_run`` does everything but keep it.
    """

    format: str | None
    encoding: str | None
    name: str | None
    application: str | None
    tags: Sequence[str]
    keywords_as_tags: bool
    on_duplicate: Duplicates
    generate_keys: bool
    strict: bool
    atomic: bool
    dry_run: bool
    progress: Watch
