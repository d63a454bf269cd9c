"""One file into a library, in the transaction of a session."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from dlbib.errors import InputError, UnknownFormatError
from dlbib.files import open_bytes
from dlbib.files.paths import shown
from dlbib.formats.opening import entries_in
from dlbib.library.importing.places import (
    digest_of,
    moved_from,
    source_at,
    source_named,
    source_of_stream,
)
from dlbib.library.importing.reports import FileReport
from dlbib.library.importing.sorting import Sorter
from dlbib.library.importing.wishes import Given
from dlbib.progress import Progress, unwatched
from dlbib.store import linking
from dlbib.store.importing import Importer, around, files
from dlbib.store.indexing import indexed_together
from dlbib.store.records import now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper
    from os import PathLike
    from pathlib import Path

    from sqlalchemy.orm import Session

    from dlbib.formats import Parsed
    from dlbib.formats.opening import Opened
    from dlbib.library.importing.wishes import Wishes

_TOLD_EVERY: Final = 200
"""After how many records progress is told."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file that is open: what it is called, where it is, its bytes' digest, and the text to be parsed.

    ``source`` is what its records are called by, if that is known already.
    """

    name: str
    path: str
    digest: str
    size: int
    opened: Opened
    is_file: bool
    source: str = ""

    def parsed(self) -> Iterator[Parsed]:
        """What the format's reader gives, from the beginning."""
        parse = self.opened.format.parse
        if parse is None:
            message = f"{self.opened.format.title} can be written, not read"
            raise UnknownFormatError(message)
        self.opened.stream.seek(0)
        return parse(self.opened.stream, self.name)


@contextlib.contextmanager
def open_input(given: str | PathLike[str] | Given, wishes: Wishes) -> Iterator[Text]:
    """A file, open and known to be text of a format that can be read.

    Raises what `dlbib.formats.opening.open_entries` does.
    """
    if isinstance(given, Given):
        text = text_of(given.stream, given.name, "", wishes)
        try:
            yield text
        finally:
            cast("TextIOWrapper", text.opened.stream).detach()  # else it would close what isn't ours
        return
    with open_bytes(given) as stream:
        yield text_of(stream, shown(given), os.path.realpath(given), wishes)


def text_of(stream: BinaryIO, name: str, path: str, wishes: Wishes) -> Text:
    """The text in a seekable stream that is called ``name``; ``path`` is empty where it is no file."""
    digest = digest_of(stream)
    size = stream.tell()
    opened = entries_in(stream, name, format=wishes.get("format"), encoding=wishes.get("encoding"))
    return Text(name, shown(path or name), digest, size, opened, bool(path))


def run(session: Session, text: Text, wishes: Wishes, library: Path | None) -> FileReport:
    """Import a file; raises `InputError` when it has to be refused as a whole."""
    source = _source(session, text, wishes, library)
    slug = wishes.get("application")
    row = linking.application(session, slug) if slug else None
    sorter = Sorter(text.name, Importer(session, source, now().isoformat()), wishes)
    if wishes.get("on_duplicate") == "replace":
        sorter.last_of = _last_of(text)
    sorter.tell(text.opened.problems)
    with indexed_together(session.connection()):
        _sort(sorter, text, wishes)
        gone = around.leave(session, source, sorter.seen) if sorter.importer.is_known else []
    if row is not None:
        around.group(session, row, around.works_of(session, source, sorter.seen))
    if wishes.get("tags") or wishes.get("keywords_as_tags"):
        _tag(session, around.works_of(session, source, sorter.seen), wishes)
    _keep(session, source, text, sorter)
    return _report(sorter, text, around.keys_of(session, source, sorter.seen), gone)


def _sort(sorter: Sorter, text: Text, wishes: Wishes) -> None:
    watch = wishes.get("progress", unwatched)
    for number, parsed in enumerate(text.parsed()):
        sorter.sort(parsed)
        if number % _TOLD_EVERY == 0:
            watch(_moment(sorter, text, text.opened.stream.buffer.tell()))
    sorter.flush()
    watch(_moment(sorter, text, text.size))


def _moment(sorter: Sorter, text: Text, done: int) -> Progress:
    return Progress(text.name, done, text.size, "bytes", {"records": sorter.read, **sorter.counts})


def _last_of(text: Text) -> dict[str, int]:
    """Which piece of the file is the last with a key, for each key."""
    entries = ((n, parsed.entry or parsed.unkeyed) for n, parsed in enumerate(text.parsed()))
    return {entry.key: n for n, entry in entries if entry is not None and entry.key}


def _source(session: Session, text: Text, wishes: Wishes, library: Path | None) -> str:
    """What the file's records are called by: what it was called by, if it only moved."""
    if text.source:
        return text.source
    if (name := wishes.get("name")) is not None:
        return source_named(name)
    if not text.is_file:
        return source_of_stream(text.name, text.digest)
    source = source_at(text.path, library)
    if files.find_source(session, source) is None:
        moved = moved_from(files.find_digest(session, text.digest))
        if moved is not None:
            return moved.source
    return source


def _tag(session: Session, works: list[int], wishes: Wishes) -> None:
    tags = {work: set(wishes.get("tags", ())) for work in works}
    if wishes.get("keywords_as_tags"):
        for work, keywords in around.keywords_of(session, works).items():
            tags[work].update(keywords)
    around.tag(session, tags)


def _keep(session: Session, source: str, text: Text, sorter: Sorter) -> None:
    opened, layout = text.opened, sorter.layout.as_json()
    said = (source, text.path, opened.format.name, opened.stream.encoding, text.digest)
    files.put_file(session, files.FileState(*said, layout, tuple(sorter.layout.aside)))


def _report(sorter: Sorter, text: Text, keys: dict[str, str], gone: list[str]) -> FileReport:
    counts = sorter.counts
    report = FileReport(
        text.name,
        sorter.read,
        counts["added"],
        counts["merged"],
        counts["unchanged"],
        counts["set aside"],
        keys,
        tuple(sorter.problems),
        sorter.untold,
        tuple(gone),
    )
    if report.read != report.added + report.merged + report.unchanged + report.set_aside:
        message = f"{report} does not add up"
        raise RuntimeError(message)
    return report


def refused(report: FileReport) -> FileReport:
    """The report of a file that ``strict`` refuses for what would have been set aside."""
    what = "record" if report.set_aside == 1 else "records"
    message = f"{report.path}: {report.set_aside} {what} can't be read; nothing of it was imported, as asked"
    return replace(
        FileReport(report.path, problems=report.problems, untold=report.untold), error=InputError(message)
    )
