"""Files as they were imported, out of the library: what was set aside of them, and their whole text."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dlbib.errors import InputError, ParseError
from dlbib.library.importing.running import Text, open_input, text_of
from dlbib.store.importing import files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from dlbib.store import models
    from dlbib.store.importing.files import SetAside

_LISTED: Final = "csl-json"
"""The format whose records are parted by what belongs to none of them."""


@dataclass(frozen=True, slots=True)
class AsideRecord:
    """A record that was set aside of a file: the file's place, the record's text, and what is wrong with it."""

    path: str
    source: str
    record: SetAside


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was imported last, with its text."""

    source: str
    path: str
    format: str
    encoding: str
    digest: str
    text: str


def set_aside(session: Session, path: str | None = None) -> tuple[AsideRecord, ...]:
    """What is set aside, of all files or of the one at ``path`` or by that name."""
    return tuple(
        AsideRecord(row.path, row.source, aside)
        for row, aside in files.set_aside_of(session)
        if path is None or path in {row.path, row.source, row.source.removeprefix("file ")}
    )


def kept(session: Session, source: str) -> Kept:
    """The file that is called ``source``."""
    row = files.find_source(session, source)
    if row is None:
        message = f"{source}: nothing of that name was imported"
        raise InputError(message)
    return Kept(row.source, row.path, row.format, row.encoding, row.digest, _text(session, row))


def _text(session: Session, row: models.ImportedFile) -> str:
    texts = [text for _, text in files.pieces_of(session, row)]
    return f"[{','.join(texts)}]" if row.format == _LISTED else "".join(texts)


@contextlib.contextmanager
def opened_again(known: Kept) -> Iterator[Text]:
    """A file that was imported, open: as it is now, or out of the library where it didn't change or is gone."""
    with contextlib.ExitStack() as stack:
        text = None
        with contextlib.suppress(InputError, ParseError):
            text = stack.enter_context(open_input(known.path, {}))
        if text is None or text.digest == known.digest:
            stream = io.BytesIO(known.text.encode(known.encoding))
            wishes = {"format": known.format, "encoding": known.encoding}
            text = replace(text_of(stream, known.path, known.path, wishes), digest=known.digest)  # type: ignore[arg-type]  # they are wishes
        yield replace(text, source=known.source)
