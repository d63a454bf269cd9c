"""BibTeX and BibLaTeX to entries.

Blocks come from the `splitter`. A block with an error is set aside and its neighbours are read; what is
odd and no error is told of as a warning. Nothing is read that the tables of the writer don't write.

Source: Oren Patashnik, "BibTeXing"; BibLaTeX manual, sections 2 and 3.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from dlbib.formats import Parsed
from dlbib.formats.bibtex.reader.entries import EntryReader
from dlbib.formats.bibtex.reader.families import Families, is_child
from dlbib.formats.bibtex.reader.inspection import inspect, inspect_tex
from dlbib.formats.bibtex.reader.keys import Keys
from dlbib.formats.bibtex.reader.macros import MONTHS, Macros
from dlbib.formats.bibtex.reader.records import Record
from dlbib.formats.bibtex.splitter import (
    CommentBlock,
    EntryBlock,
    PreambleBlock,
    StringBlock,
    is_set_aside,
    split,
    split_text,
)
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from dlbib.formats.bibtex.splitter import Block
    from dlbib.formats.fields import Dialect
    from dlbib.model.problems import Severity

__all__ = ["parse_biblatex", "parse_bibtex", "read_blocks"]

_NO_DATA = "there are no entries in it; nothing was read; check that it is the right file"


def parse_bibtex(stream: TextIO, source: str) -> Iterator[Parsed]:
    """The blocks of a text in BibTeX's dialect, in order, as `read_blocks` reads them."""
    return read_blocks(split(stream, source), source, "bibtex")


def parse_biblatex(stream: TextIO, source: str) -> Iterator[Parsed]:
    """The blocks of a text in BibLaTeX's dialect, in order, as `read_blocks` reads them."""
    return read_blocks(split(stream, source), source, "biblatex")


def read_blocks(blocks: Iterable[Block], source: str, dialect: Dialect) -> Iterator[Parsed]:
    """What each of the blocks says, in their order; all have their raw text.

    Comments, macros, preambles and ``@xdata`` are no entries. An entry that inherits from one that
    hasn't come yet is held back until that has, and so are those behind it. Raises `ParseError` only
    for macros that would grow beyond what can be read.
    """
    return _BlockReader(source, dialect).read(blocks)


class _BlockReader:
    def __init__(self, source: str, dialect: Dialect) -> None:
        self._source = source
        self._macros = Macros(source)
        self._families = Families(dialect, self._recalled)
        self._keys = Keys(self._families.first)
        self._entries = EntryReader(dialect, self._keys)
        self._held: deque[Parsed | Record] = deque()
        self._missing: Iterator[str] = iter(())
        self._awaited = ""

    def read(self, blocks: Iterable[Block]) -> Iterator[Parsed]:
        is_empty = True
        for block in blocks:
            is_empty = is_empty and isinstance(block, CommentBlock) and not block.explicit
            item = self._taken(block) if isinstance(block, EntryBlock) else self._no_entry(block)
            if self._held or (isinstance(item, Record) and is_child(item)):
                yield from self._held_back(item)
            else:
                yield self._entry(item) if isinstance(item, Record) else item
        yield from map(self._finished, self._held)
        if is_empty:
            problem = Problem("BIB-EMPTY", _NO_DATA, "warning", self._source, 1, 1)
            yield Parsed(None, line=1, problems=(problem,))

    def _held_back(self, item: Parsed | Record) -> Iterator[Parsed]:
        """Hold an item back behind the others; gives those that wait for nothing more."""
        self._held.append(item)
        if len(self._held) == 1:
            self._await(item)
        elif isinstance(item, Record) and key_fingerprint(item.block.key) == self._awaited:
            self._awaited = next(self._missing, "")
        while self._held and not self._awaited:
            yield self._finished(self._held.popleft())
            if self._held:
                self._await(self._held[0])

    def _await(self, item: Parsed | Record) -> None:
        """Look what the first of those that are held back waits for."""
        is_waiting = isinstance(item, Record) and is_child(item)
        self._missing = self._families.awaited(item) if is_waiting and isinstance(item, Record) else iter(())
        self._awaited = next(self._missing, "")

    def _taken(self, block: EntryBlock) -> Parsed | Record:
        """The entry with its values put together, or what is said of one that is set aside."""
        record = self._record(block)
        if (block.problems and not _is_readable(block)) or not inspect(record):
            return _set_aside(record)
        if block.key and self._keys.take(record):
            self._families.remember(record)
            return record
        return self._refused(record)

    def _no_entry(self, block: Block) -> Parsed:
        """What is said of a block that is no entry; its macros hold from here on."""
        problems = block.problems
        if isinstance(block, (PreambleBlock, StringBlock)):
            if isinstance(block, StringBlock) and not is_set_aside(block):
                problems += self._defined(block)
            problems += inspect_tex(block, self._source)
        return Parsed(None, block.raw, block.line, problems, column=block.column)

    def _record(self, block: EntryBlock) -> Record:
        record = Record(block, self._source, block.type.lower(), {}, {}, list(block.problems))
        if block.problems and not _is_readable(block):
            return record
        values = record.values
        for given, written in block.fields:
            name = given if given.islower() else given.lower()
            if written[0] in '{"' and "#" not in written:
                text = written[1:-1]
            elif written.isdigit():
                text = written
            elif name == "month" and written in MONTHS:
                text = MONTHS[written]
            else:
                text = self._value(record, name, written)
            if name in values:
                self._again(record, name, text)
            else:
                values[name] = text
        return record

    def _value(self, record: Record, name: str, written: str) -> str:
        value = self._macros.value(written, record.block.line, of_month=name == "month")
        for macro in value.undefined:
            message = (
                f"no macro {macro!r} is defined up to here; its name was read; define it, or put it in braces"
            )
            record.warn("BIB-UNDEFMACRO", message, name)
        return value.text

    @staticmethod
    def _again(record: Record, name: str, text: str) -> None:
        """A field that the entry has already: the first counts, all are kept."""
        count = record.again(name)
        (first, _), (again, _) = record.place(name), record.place(name, count)
        if text == record.values[name]:
            where = f"again in line {again} what line {first} says"
            record.warn("BIB-SAMEFIELD", f"says {where}; it was read once; delete one", name)
            return
        kept = record.keep_again(name, count, text)
        record.warn(
            "BIB-DUPFIELD",
            f"says in line {again} other than in line {first}; the first was read, this one was kept as "
            f"'{name}-{kept}'; merge them",
            name,
        )

    def _defined(self, block: StringBlock) -> tuple[Problem, ...]:
        """What is wrong with the macros of a block; those that are right hold from here on."""
        problems: list[Problem] = []
        for name, written in block.fields:
            value = self._macros.value(written, block.line)
            if value.undefined:
                message = (
                    f"is made of {value.undefined[0]!r}, which is no macro up to here; the macro was set aside; "
                    "define that first, or put it in braces"
                )
                problems.append(self._problem(block, "BIB-MACRO", message, name))
            elif line := self._macros.define(name, value.text):
                message = f"is used in line {line} already, where it has no meaning yet; move the @string up"
                problems.append(self._problem(block, "BIB-LATEMACRO", message, name))
        return tuple(problems)

    def _problem(self, block: StringBlock, code: str, message: str, name: str) -> Problem:
        severity: Severity = "error" if code == "BIB-MACRO" else "warning"
        return Problem(code, message, severity, self._source, block.line, block.column, field=name)

    def _recalled(self, text: str) -> Record | None:
        """The entry that a text is, read again; macros that changed since have their new meaning."""
        block = next(iter(split_text(text, self._source)), None)
        return self._record(block) if isinstance(block, EntryBlock) else None

    def _finished(self, item: Parsed | Record) -> Parsed:
        if isinstance(item, Parsed):
            return item
        if is_child(item):
            self._families.settle(item)
        return self._entry(item)

    def _entry(self, record: Record) -> Parsed:
        """The entry that a record is, which has all that it inherits."""
        if record.type == "xdata":
            return _set_aside(record)
        entry = self._entries.entry(record)
        block = record.block
        return Parsed(entry, block.raw, block.line, tuple(record.problems), column=block.column)

    def _refused(self, record: Record) -> Parsed:
        """An entry without a key of its own: what it says, and whether it was said before."""
        if not any(problem.severity == "error" for problem in record.problems):
            return _set_aside(record)._replace(repeats=True)
        if record.type == "xdata":
            return _set_aside(record)
        if is_child(record):
            self._families.settle(record, is_known=False)
        entry = self._entries.entry(record)
        return _set_aside(record)._replace(unkeyed=entry)


def _is_readable(block: EntryBlock) -> bool:
    """Whether the fields of an entry can be relied on: nothing is wrong with it, unless it has no key."""
    return all(problem.severity != "error" or problem.code == "BIB-NOKEY" for problem in block.problems)


def _set_aside(record: Record) -> Parsed:
    block = record.block
    return Parsed(None, block.raw, block.line, tuple(record.problems), column=block.column)
