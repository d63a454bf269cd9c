"""Documents and the files that belong to them, followed in the order in which TeX would read them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dlbib.errors import InputError, UnknownFormatError
from dlbib.files import open_bytes, open_text
from dlbib.formats.cited import auxiliary, control, tex
from dlbib.formats.cited.citations import Citation, Citations, Place
from dlbib.formats.cited.findings import EntrySet, Everything, Finding, Key, Nested, Unclear
from dlbib.model.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of file is read.

    ``suffix`` may be left out of the names of the files it takes in. The ``severity`` of a missing one
    is lower in TeX, where it may well belong to the TeX distribution and cite nothing.
    """

    scan: Callable[[str], Iterable[Finding]]
    suffix: str
    severity: Severity


_TEX: Final = _Kind(tex.scan, ".tex", "warning")
_KINDS: Final = {
    ".aux": _Kind(auxiliary.scan, "", "error"),
    ".tex": _TEX,
    ".ltx": _TEX,
    ".latex": _TEX,
}


def cited(path: str | os.PathLike[str], encoding: str | None = None) -> Citations:
    r"""What a document cites: a ``.tex`` file, or the ``.aux`` or ``.bcf`` that LaTeX made of it.

    The files that it takes in (``\input``, ``\include``, ``\subfile``, ``\import``; ``\@input`` in an
    ``.aux``) are followed, each once; their names are relative to the folder of ``path``. Raises
    `InputError` when ``path`` can't be read, `ParseError` when it is a ``.bcf`` and damaged,
    `UnknownFormatError` for any other extension. What is wrong in the files it takes in are problems.
    """
    root = Path(path)
    extension = root.suffix.lower()
    if extension == ".bcf":
        with open_bytes(root) as stream:
            findings = control.scan(stream, str(root))
        return _gathered((str(root), finding) for finding in findings)
    if extension not in _KINDS:
        other = repr(extension) if extension else "what has no extension"
        message = f"{root}: citations are read from .aux, .bcf and .tex files, not from {other}"
        raise UnknownFormatError(message)
    return _gathered(_Document(root, _KINDS[extension], encoding).findings())


def _gathered(findings: Iterable[tuple[str, Finding | Problem]]) -> Citations:
    places: dict[str, list[Place]] = {}
    sets: set[str] = set()
    problems: list[Problem] = []
    everything = False
    for source, finding in findings:
        match finding:
            case Key(key, line, column):
                places.setdefault(key, []).append(Place(source, line, column))
            case Everything():
                everything = True
            case EntrySet(key):
                sets.add(key)
            case Unclear(code, message, line, column):
                problems.append(Problem(code, message, "warning", source, line, column))
            case Problem():
                problems.append(finding)
    found = tuple(Citation(key, tuple(where)) for key, where in places.items() if key not in sets)
    return Citations(found, everything, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that is being read: its name, where its imports begin, and what is still to come of it."""

    path: Path
    real: str
    folder: Path
    findings: Iterator[Finding]


class _Document:
    """One reading of a document; files within files stand on a stack, not on Python's."""

    def __init__(self, root: Path, kind: _Kind, encoding: str | None) -> None:
        self._root = root
        self._kind = kind
        self._encoding = encoding
        self._stack: list[_Opened] = []
        self._open: set[str] = set()
        self._seen: set[str] = set()
        self._push(root, root.parent)

    def _push(self, path: Path, folder: Path) -> None:
        real = os.path.realpath(path)
        self._seen.add(real)
        with open_text(path, self._encoding) as stream:
            text = stream.read()
        findings = iter(self._kind.scan(text.replace("\r\n", "\n").replace("\r", "\n")))
        self._open.add(real)
        self._stack.append(_Opened(path, real, folder, findings))

    def findings(self) -> Iterator[tuple[str, Finding | Problem]]:
        while self._stack:
            current = self._stack[-1]
            finding = next(current.findings, None)
            if finding is None:
                self._open.discard(current.real)
                self._stack.pop()
            elif isinstance(finding, Nested):
                yield from ((str(current.path), problem) for problem in self._enter(current, finding))
            else:
                yield str(current.path), finding

    def _enter(self, current: _Opened, nested: Nested) -> Iterator[Problem]:
        imported = bool(nested.folder) and not nested.from_here
        folder = (self._root.parent if imported else current.folder) / nested.folder
        path = self._find(nested.name, (folder, self._root.parent, current.path.parent))
        real = os.path.realpath(path) if path else ""
        if path is None:
            if not nested.optional:
                message = (
                    f"there is no {nested.name!r}; what it may cite was not counted; put it in its place"
                )
                yield _problem("CITED-MISSING", message, self._kind.severity, current, nested)
        elif real in self._open:
            message = f"{nested.name!r} takes itself in; it was read once; break the circle"
            yield _problem("CITED-CIRCLE", message, "warning", current, nested)
        elif real not in self._seen:
            try:
                self._push(path, folder)
            except InputError as error:
                message = f"{error}; what it cites was not counted"
                yield _problem("CITED-UNREADABLE", message, "error", current, nested)

    def _find(self, name: str, folders: tuple[Path, ...]) -> Path | None:
        for folder in dict.fromkeys(folders):
            for suffix in dict.fromkeys((self._kind.suffix, "")):
                path = folder / (name + suffix)
                # os.path, because a name too long for the system is no file rather than an error.
                if os.path.exists(path) and not os.path.isdir(path):  # noqa: PTH110, PTH112
                    return path
        return None


def _problem(code: str, message: str, severity: Severity, current: _Opened, nested: Nested) -> Problem:
    return Problem(code, message, severity, str(current.path), nested.line, nested.column)
