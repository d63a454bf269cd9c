"""How files are called, so that one is known again: by its place, or by what it holds."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from dlbib.errors import InvalidOptionError
from dlbib.files.paths import shown
from dlbib.model.storable import is_storable

if TYPE_CHECKING:
    from dlbib.store import models

_LONGEST: Final = 900
_BLOCK: Final = 1 << 20
_DIGITS: Final = 12


def digest_of(stream: BinaryIO) -> str:
    """The SHA-256 of a seekable stream."""
    stream.seek(0)
    found = hashlib.sha256()
    while block := stream.read(_BLOCK):
        found.update(block)
    return found.hexdigest()


def source_at(path: str | os.PathLike[str], library: Path | None) -> str:
    """What a file's records are called by: its place, seen from the library's folder if it is in there."""
    place = os.path.realpath(path)
    if library is not None:
        folder = os.path.realpath(library.parent)
        if os.path.commonpath([folder, place]) == folder if _is_comparable(folder, place) else False:
            place = Path(place).relative_to(folder).as_posix()
    return _called(shown(place))


def _is_comparable(one: str, other: str) -> bool:
    return Path(one).drive == Path(other).drive


def source_named(name: str) -> str:
    """What the records of a file are called by that the user calls ``name``; raises `InvalidOptionError` for none."""
    if not name.strip():
        message = "a file can't be called nothing; give it a name, or leave it out for that of its place"
        raise InvalidOptionError(message)
    return _called(shown(name))


def _called(name: str) -> str:
    if len(name) > _LONGEST or not is_storable(name):
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        name = f"{name[-_LONGEST:].encode('utf-8', 'replace').decode()} {digest}"
    return f"file {name}"


def source_of_stream(name: str, digest: str) -> str:
    """What the records of a text are called by that is no file: another text is another source."""
    return f"{name} {digest[:_DIGITS]}"


def moved_from(known: list[models.ImportedFile]) -> models.ImportedFile | None:
    """The file that was moved: it held the same, and is no longer where it was."""
    return next((each for each in known if not os.path.lexists(each.path)), None)
