r"""The keys that a ``.tex`` file cites, and the files that it takes in.

A command cites when its name, whatever the case, begins with ``cite`` or ``nocite`` or ends in
``cite`` or ``cites`` (``\parencite``, ``\Textcite``, ``\mycite``), but for the few that only look it;
``\bibentry``, ``\footcitetext`` and the quoting commands of csquotes cite as well. Commands in
``-cites`` take many lists.

Source: BibLaTeX manual, section 3.9; natbib manual, section 2; csquotes manual, section 5; import
manual; "LaTeX2e for class and package writers".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.formats.cited.findings import EntrySet, Everything, Finding, Key, Nested, Unclear
from dlbib.formats.cited.keys import ALL, parts
from dlbib.formats.cited.live_text import live_text
from dlbib.formats.cited.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND: Final = re.compile(r"\\(?:([A-Za-z@]+)\*?|.)", re.DOTALL)
_BRACKET: Final = re.compile(r"\\.|[\[\]{}]", re.DOTALL)
_BLANKS: Final = re.compile(r"\s*")
_DEFINED: Final = re.compile(r"\*?\s*\{?\s*\\[A-Za-z@]+\*?")
_TWO_COMMANDS: Final = re.compile(r"\s*\\[A-Za-z@]+\s*=?\s*\\[A-Za-z@]+")
_BARE_FILE: Final = re.compile(r"\s*([^\s{}\\]+)")
_LONGEST_NOTE: Final = 2000
_LONGEST_NAME: Final = 4096
_LONGEST_SHOWN: Final = 40

_DEFINING: Final = frozenset(
    {
        "newcommand",
        "renewcommand",
        "providecommand",
        "newrobustcmd",
        "renewrobustcmd",
        "providerobustcmd",
        "DeclareRobustCommand",
        "NewDocumentCommand",
        "RenewDocumentCommand",
        "ProvideDocumentCommand",
        "DeclareDocumentCommand",
        "DeclareCiteCommand",
        "DeclareMultiCiteCommand",
        "def",
        "edef",
        "gdef",
        "xdef",
    }
)
_NOT_CITING: Final = frozenset(
    {
        "ateverycite",
        "atnextcite",
        "bibcite",
        "citeauthoryear",
        "citeindex",
        "citereset",
        "citesetup",
        "citestyle",
        "citetext",
        "newcites",
    }
)
_CITING: Final = frozenset({"bibentry", "footcitetext", "footcitetexts", "textcquote", "blockcquote"})
_CITING_SECOND: Final = re.compile(
    r"[a-z]*volcites?|(?:foreign|hyphen)(?:text|block)cquote|hybridblockcquote", re.IGNORECASE
)
_ONE_FILE: Final = frozenset(
    {"input", "@input", "include", "subfile", "subfileinclude", "InputIfFileExists", "@iinput"}
)
_FOLDER_AND_FILE: Final = frozenset(
    {"import", "inputfrom", "includefrom", "subimport", "subinputfrom", "subincludefrom"}
)


def scan(text: str) -> Iterator[Finding]:
    r"""What a ``.tex`` file cites and takes in; lines of ``text`` end in ``\n``."""
    return _Scan(live_text(text)).findings()


def _cites(name: str) -> bool:
    lowered = name.lower()
    if lowered in _NOT_CITING:
        return False
    looks_it = lowered.startswith(("cite", "nocite")) or lowered.endswith(("cite", "cites"))
    return looks_it or name in _CITING or _CITING_SECOND.fullmatch(name) is not None


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._closing = _closing(text)
        self._positions = Positions(text)

    def findings(self) -> Iterator[Finding]:
        after_definition = 0
        for match in _COMMAND.finditer(self._text):
            name = match[1]
            if name is None or match.start() < after_definition:
                continue
            if name in _DEFINING or name == "let":
                pattern = _TWO_COMMANDS if name == "let" else _DEFINED
                defined = pattern.match(self._text, match.end())
                after_definition = defined.end() if defined else 0
            else:
                yield from self._command(name, match.start(), match.end())

    def _command(self, name: str, start: int, end: int) -> Iterator[Finding]:
        if name in _ONE_FILE:
            yield from self._file(name, start, end)
        elif name in _FOLDER_AND_FILE:
            yield from self._imported(name, start, end)
        elif name == "defbibentryset":
            yield from self._entry_set(end)
        elif _cites(name):
            yield from self._citation(name, start, end)

    def _file(self, name: str, start: int, end: int) -> Iterator[Finding]:
        group = self._group(end)
        bare = _BARE_FILE.match(self._text, end) if group is None and name == "input" else None
        if group is not None:
            yield self._nested(self._argument(group), start, optional=name == "InputIfFileExists")
        elif bare is not None:
            yield self._nested(bare[1], start)

    def _imported(self, name: str, start: int, end: int) -> Iterator[Finding]:
        folder = self._group(end)
        file = self._group(folder[1] + 1) if folder else None
        if folder is None or file is None:
            return
        found = self._nested(self._argument(file), start)
        if isinstance(found, Nested):
            found = found._replace(folder=self._argument(folder), from_here=name.startswith("sub"))
        yield found

    def _nested(self, name: str, start: int, *, optional: bool = False) -> Nested | Unclear:
        place = self._positions.at(start)
        if name.startswith(("|", '"|')):
            message = (
                f"takes in the output of a program: {name}; it was not run; cite what it cites elsewhere"
            )
            return Unclear("CITED-PROGRAM", message, *place)
        if "\\" in name or "#" in name:
            message = (
                f"a file whose name a macro makes: {name}; it was not read; name it plainly, or use the .aux"
            )
            return Unclear("CITED-MACRO", message, *place)
        return Nested(name.strip('"'), *place, optional=optional)

    def _entry_set(self, end: int) -> Iterator[Finding]:
        name = self._group(end)
        members = self._group(name[1] + 1) if name else None
        if name is not None and members is not None:
            yield EntrySet(self._argument(name))
            yield from self._keys(*members)

    def _citation(self, name: str, start: int, end: int) -> Iterator[Finding]:
        plural = name.lower().endswith(("cites", "texts"))
        second = _CITING_SECOND.fullmatch(name) is not None
        position = end
        while (group := self._group_behind_notes(position, plural=plural)) is not None:
            if second:
                group = self._group_behind_notes(group[1] + 1, plural=plural)
            if group is None:
                return
            yield from self._keys(*group)
            position = group[1] + 1
            if not plural:
                return
        if position == end:
            yield from self._bare(start, self._behind_notes(end, plural=plural))

    def _bare(self, start: int, position: int) -> Iterator[Finding]:
        """A citing command without a list; whether it means to cite shows in what follows it."""
        place = self._positions.at(start)
        following = self._text[position : position + _LONGEST_SHOWN]
        if following.startswith("{"):
            message = "a list of keys whose brace is never closed; it was not counted; close the brace"
            yield Unclear("CITED-UNCLOSED", message, *place)
        elif following.startswith(("\\", "#")):
            yield _made_by_macro(following.split()[0], *place)

    def _keys(self, start: int, end: int) -> Iterator[Finding]:
        if self._text.find("{", start, end) >= 0:
            yield _made_by_macro(
                self._text[start : min(end, start + _LONGEST_SHOWN)], *self._positions.at(start)
            )
            return
        for part in parts(self._text[start:end]):
            place = self._positions.at(start + part.start)
            if part.text == ALL:
                yield Everything()
            elif part.is_made_by_macro:
                yield _made_by_macro(part.text[:_LONGEST_SHOWN], *place)
            else:
                yield Key(part.text, *place)

    def _argument(self, group: tuple[int, int]) -> str:
        start, end = group
        return " ".join(self._text[start : min(end, start + _LONGEST_NAME)].split())

    def _group(self, position: int) -> tuple[int, int] | None:
        """Where the text within the braces begins and ends that stand at ``position``, if any do."""
        position = _behind_blanks(self._text, position)
        closing = self._closing.get(position) if self._text.startswith("{", position) else None
        return None if closing is None else (position + 1, closing)

    def _group_behind_notes(self, position: int, *, plural: bool) -> tuple[int, int] | None:
        return self._group(self._behind_notes(position, plural=plural))

    def _behind_notes(self, position: int, *, plural: bool) -> int:
        """Past ``[...]``, the ``<...>`` of apacite, and the ``(...)`` of commands that take many lists."""
        while True:
            position = _behind_blanks(self._text, position)
            opening = self._text[position : position + 1]
            closing = -1
            if opening == "[":
                closing = self._closing.get(position, -1)
            elif opening == "<" or (opening == "(" and plural):
                closer = ">" if opening == "<" else ")"
                closing = self._text.find(closer, position, position + _LONGEST_NOTE)
            if closing < 0:
                return position
            position = closing + 1


def _made_by_macro(text: str, line: int, column: int) -> Unclear:
    message = f"a macro makes the keys {text!r}; they were not counted; name them, or use the .aux or .bcf"
    return Unclear("CITED-MACRO", message, line, column)


def _behind_blanks(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match else position


def _closing(text: str) -> dict[int, int]:
    """Where each brace and bracket is closed; a brace closes all the brackets within."""
    opened: list[int] = []
    found: dict[int, int] = {}
    for match in _BRACKET.finditer(text):
        letter, offset = match.group(), match.start()
        if letter in "[{":
            opened.append(offset)
        elif letter == "]" and opened and text[opened[-1]] == "[":
            found[opened.pop()] = offset
        elif letter == "}":
            while opened and text[opened[-1]] == "[":
                opened.pop()
            if opened:
                found[opened.pop()] = offset
    return found
