"""YAML as mappings, lists and texts that remember where they stand.

Nothing is guessed from how a text looks: ``No``, ``1984`` and ``2014-12`` stay what was written.
Anchors, aliases and tags are refused, for a reading list needs none and a bomb does.

Source: YAML 1.1, chapters 3 and 5 to 9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

import yaml

from dlbib.errors import ReadingListError, quoted
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MAX_DEPTH: Final = 16
MAX_NODES: Final = 200_000
MAX_TEXT: Final = 10_000

Content = str | list["Content"] | dict[str, "Content"]
Path = tuple[str | int, ...]
Mark = tuple[int, int]

# libyaml where it is there, for it is ten times as fast; both give the same events.
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# The complement of YAML 1.1, production 1, c-printable.
_NO_LETTER: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_PLAIN_KEY: Final = re.compile(r"[\w-]{1,60}")
_HINTS: Final = {
    "mapping values are not allowed": 'put quotes round a text that holds ": "',
    "cannot start any token": "put quotes round a text that begins so, and indent with spaces",
    "unexpected end of stream": "close the quote or bracket that was opened",
    "did not find expected": "look at the indentation and the quotes of the lines before",
}


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text holds, and where.

    ``content`` has no empty texts in its mappings: a key without a value is as good as absent.
    ``keys`` and ``values`` give line and column, one-based, of what stands at a path; ``problems``
    are the keys that stand twice.
    """

    source: str
    content: Content
    keys: Mapping[Path, Mark]
    values: Mapping[Path, Mark]
    problems: tuple[Problem, ...]

    def place(self, path: Path, *, at_key: bool = False) -> Mark:
        """Where the value at ``path`` stands, or its key; if there is none, the nearest that would hold it."""
        if at_key and path in self.keys:
            return self.keys[path]
        around = (path[:length] for length in range(len(path), -1, -1))
        return next((self.values[each] for each in around if each in self.values), (0, 0))

    def problem(self, code: str, path: Path, what: str, *, at_key: bool = False) -> Problem:
        """A problem with what stands at ``path``; for ``what`` see `unread`."""
        line, column = self.place(path, at_key=at_key)
        return Problem(code, unread(what), source=self.source, line=line, column=column, field=spelled(path))


def spelled(path: Path) -> str:
    """A path for people to read, indices zero-based: ``applications[2].papers[0].year``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_shown(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _shown(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)


def unread(what: str) -> str:
    """A problem's message: ``what`` is wrong; the list was not read; and what ``what`` has after its ``; ``."""
    wrong, separator, mend = what.partition("; ")
    return f"{wrong}; the list was not read{separator}{mend}"


def failure(problems: Sequence[Problem]) -> ReadingListError:
    """What is wrong with a reading list, as one error; there is at least one problem."""
    first = problems[0]
    return ReadingListError(first.message, first.source, first.line, first.column, *problems)


def read_document(text: str, source: str) -> Document:
    """The document in ``text``; raises `ReadingListError` when it is no YAML that can be taken."""
    text = text.removeprefix("\ufeff")
    _check_letters(text, source)
    builder = _Builder(source)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        _refuse(source, "LIST-YAML", _mark(error.problem_mark), _told(error))
    return builder.document()


def _check_letters(text: str, source: str) -> None:
    found = _NO_LETTER.search(text)
    if found:
        before = text[: found.start()].split("\n")
        what = f"the character U+{ord(found[0]):04X} has no place in YAML; take it out"
        _refuse(source, "LIST-YAML", (len(before), len(before[-1]) + 1), what)


def _told(error: yaml.MarkedYAMLError) -> str:
    what = str(error.problem or error.context or "unreadable")
    begun = _mark(error.context_mark)[0]
    since = f" {error.context} that began on line {begun}" if begun and error.context else ""
    mend = next((hint for part, hint in _HINTS.items() if part in what), "mend it there")
    return f"this is no YAML: {what}{since}; {mend}"


def _refuse(source: str, code: str, at: Mark, what: str) -> NoReturn:
    raise failure([Problem(code, unread(what), source=source, line=at[0], column=at[1])])


def _mark(mark: Any) -> Mark:  # noqa: ANN401  # libyaml's marks and Python's have no common type
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet; ``key`` waits for its value."""

    content: list[Content] | dict[str, Content]
    path: Path
    key: str | None = None

    @property
    def wants_key(self) -> bool:
        return self.key is None and isinstance(self.content, dict)

    def put(self, content: Content) -> Path:
        """Take a value, and tell the path that it got."""
        if isinstance(self.content, list):
            self.content.append(content)
            return (*self.path, len(self.content) - 1)
        key, self.key = self.key or "", None
        if content != "":
            self.content[key] = content
        return (*self.path, key)


class _Builder:
    """Puts the parser's events together, one after the other, without recursion."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._root: Content | None = None
        self._open: list[_Open] = []
        self._keys: dict[Path, Mark] = {}
        self._values: dict[Path, Mark] = {}
        self._twice: list[tuple[Path, Mark]] = []

    def document(self) -> Document:
        content = "" if self._root is None else self._root
        return Document(self._source, content, self._keys, self._values, tuple(self._duplicates()))

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self._fail("LIST-YAML", event, "anchors and aliases (& and *) are not taken; write the text out")
        if getattr(event, "tag", None) is not None:
            self._fail("LIST-YAML", event, "tags are not taken; put quotes round a text that begins with !")
        handle = _HANDLERS.get(type(event))
        if handle is not None:
            handle(self, event)

    def start_document(self, event: yaml.Event) -> None:
        if self._root is not None:
            self._fail("LIST-YAML", event, "a second list begins here; make it a file of its own")

    def start(self, event: yaml.Event) -> None:
        if self._wants_key:
            self._fail(
                "LIST-YAML", event, "a key has to be a text; put quotes round one that begins with [ or {"
            )
        if len(self._open) == MAX_DEPTH:
            self._fail("LIST-LIMIT", event, f"it is nested deeper than {MAX_DEPTH} levels")
        content: list[Content] | dict[str, Content] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(content, self._put(event, content)))

    def end(self, event: yaml.Event) -> None:  # noqa: ARG002  # every handler is given its event
        self._open.pop()

    def text(self, event: yaml.ScalarEvent) -> None:
        if len(event.value) > MAX_TEXT:
            what = f"a text of {len(event.value)} characters, where {MAX_TEXT} are allowed"
            self._fail("LIST-LIMIT", event, what)
        if self._wants_key:
            self._take_key(event)
        else:
            self._put(event, event.value)

    @property
    def _wants_key(self) -> bool:
        return bool(self._open) and self._open[-1].wants_key

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        within = self._open[-1]
        within.key = event.value
        path = (*within.path, event.value)
        if path in self._keys:
            self._twice.append((path, _mark(event.start_mark)))
        else:
            self._keys[path] = _mark(event.start_mark)

    def _put(self, event: yaml.Event, content: Content) -> Path:
        if len(self._values) >= MAX_NODES:
            self._fail("LIST-LIMIT", event, f"there are more than {MAX_NODES} texts and lists")
        if self._open:
            path = self._open[-1].put(content)
        else:
            self._root, path = content, ()
        self._values.setdefault(path, _mark(event.start_mark))
        return path

    def _duplicates(self) -> Iterator[Problem]:
        for path, (line, column) in self._twice:
            what = unread(f"this key stands on line {self._keys[path][0]} already; keep one of the two")
            yield Problem(
                "LIST-KEY", what, source=self._source, line=line, column=column, field=spelled(path)
            )

    def _fail(self, code: str, event: yaml.Event, what: str) -> NoReturn:
        _refuse(self._source, code, _mark(event.start_mark), what)


_HANDLERS: Final[Mapping[type[yaml.Event], Callable[[_Builder, Any], None]]] = {
    yaml.DocumentStartEvent: _Builder.start_document,
    yaml.MappingStartEvent: _Builder.start,
    yaml.SequenceStartEvent: _Builder.start,
    yaml.MappingEndEvent: _Builder.end,
    yaml.SequenceEndEvent: _Builder.end,
    yaml.ScalarEvent: _Builder.text,
}
