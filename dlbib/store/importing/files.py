"""Imported files: how they are called, what they hold besides entries, and what was set aside of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dlbib.model.citekeys import key_fingerprint
from dlbib.model.problems import Problem
from dlbib.store import models
from dlbib.store.bulk import chunks
from dlbib.store.records import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

Piece = str | list[str] | int
"""A piece of a file: text as it is, ``[source_id]`` for a record, a number for what was set aside there."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that was set aside: its text as it came, and what is wrong with it.

    ``position`` counts from 0 in the order of the file, among those that were set aside.
    """

    position: int
    raw: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was imported: see `dlbib.store.models.ImportedFile`."""

    source: str
    path: str
    format: str
    encoding: str
    digest: str
    layout: str
    set_aside: tuple[SetAside, ...]


def find_source(session: Session, source: str) -> models.ImportedFile | None:
    """The file that is called ``source``, as it was imported last."""
    return session.scalar(select(models.ImportedFile).where(models.ImportedFile.source == source))


def find_digest(session: Session, digest: str) -> list[models.ImportedFile]:
    """The files that held these very bytes when they were imported last, the first imported first."""
    asked = select(models.ImportedFile).where(models.ImportedFile.digest == digest)
    return list(session.scalars(asked.order_by(models.ImportedFile.id)))


def put_file(session: Session, state: FileState) -> bool:
    """Keep how a file is now; True when it was otherwise, or never imported."""
    row = find_source(session, state.source)
    aside = [_aside_row(each) for each in state.set_aside]
    said = {
        "path": state.path,
        "format": state.format,
        "encoding": state.encoding,
        "digest": state.digest,
        "layout": state.layout,
    }
    if row is None:
        row = models.ImportedFile(source=state.source)
        session.add(row)
    elif all(getattr(row, name) == value for name, value in said.items()) and _same(row, aside):
        return False
    for name, value in said.items():
        setattr(row, name, value)
    row.imported_at = now()
    if not _same(row, aside):
        row.set_aside[:] = []
        session.flush()
        row.set_aside[:] = [models.SetAside(**each) for each in aside]
    session.flush()
    return True


def _aside_row(aside: SetAside) -> dict[str, Any]:
    problems = [_problem_json(problem) for problem in aside.problems]
    return {"position": aside.position, "raw": _escaped(aside.raw), "problems": problems}


def _same(row: models.ImportedFile, aside: Sequence[Mapping[str, Any]]) -> bool:
    return [{"position": a.position, "raw": a.raw, "problems": a.problems} for a in row.set_aside] == list(
        aside
    )


def _problem_json(problem: Problem) -> dict[str, Any]:
    said = asdict(problem)
    del said["source"]
    return {name: _escaped(value) if isinstance(value, str) else value for name, value in said.items()}


def _escaped(text: str) -> str:
    r"""A text that any database keeps, and that `as_it_was` gives back: its first letter tells.

    What can't be kept as it is begins with U+FFFF, which is no character, and is written as JSON.
    """
    if "\0" in text or (not text.isprintable() and _is_broken(text)) or text.startswith("\uffff"):
        return "\uffff" + json.dumps(text)
    return text


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def as_it_was(text: str) -> str:
    """The text that was kept."""
    return str(json.loads(text[1:])) if text.startswith("\uffff") else text


def set_aside_of(
    session: Session, source: str | None = None
) -> Iterator[tuple[models.ImportedFile, SetAside]]:
    """What is set aside, of one file or of all, in the order of import and of the file."""
    asked = select(models.ImportedFile).order_by(models.ImportedFile.id)
    if source is not None:
        asked = asked.where(models.ImportedFile.source == source)
    for row in session.scalars(asked):
        for aside in row.set_aside:
            problems = tuple(_problem(each, row.path) for each in aside.problems)
            yield row, SetAside(aside.position, as_it_was(aside.raw), problems)


def why_aside(session: Session) -> dict[str, Problem]:
    """What is wrong with what is set aside under a key, by the fingerprint of that: of several things the first."""
    found: dict[str, Problem] = {}
    for _, aside in set_aside_of(session):
        for problem in aside.problems:
            if problem.key and problem.severity == "error":
                found.setdefault(key_fingerprint(problem.key), problem)
    return found


def _problem(said: Mapping[str, Any], source: str) -> Problem:
    texts = {name: as_it_was(value) if isinstance(value, str) else value for name, value in said.items()}
    return Problem(**texts, source=source)  # type: ignore[arg-type]  # they are what a problem was


def pieces_of(session: Session, row: models.ImportedFile) -> Iterator[tuple[Piece, str]]:
    """The pieces of a file as it was imported, each with its text; together they are the file's text."""
    aside = {each.position: as_it_was(each.raw) for each in row.set_aside}
    layout: list[Piece] = json.loads(row.layout)
    named = (piece[0] for piece in layout if isinstance(piece, list))
    raw = dict(_raws(session, row.source, named))
    for piece in layout:
        if isinstance(piece, str):
            yield piece, piece
        elif isinstance(piece, list):
            yield piece, raw.get(piece[0], "")
        else:
            yield piece, aside.get(piece, "")


def _raws(session: Session, source: str, source_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    asked = select(models.Record.source_id, models.Record.raw).where(models.Record.source == source)
    for some in chunks(source_ids):
        yield from session.execute(asked.where(models.Record.source_id.in_(some)))
