"""A text with the entries as they are now: what says the same stays letter by letter.

Every change is proved: the new text is read, and an entry that doesn't say what it should is laid out anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from dlbib.formats.bibtex.editing import Editing
from dlbib.formats.bibtex.entry_fields import ENTRY_TYPE
from dlbib.formats.bibtex.layout import Layout
from dlbib.formats.bibtex.ordering import children_first, keyed
from dlbib.formats.bibtex.preserving.changes import Change, said_by
from dlbib.formats.bibtex.preserving.document import Document, entries_of
from dlbib.formats.bibtex.preserving.matching import Match, matched
from dlbib.formats.bibtex.splitter import EntryBlock, FailedBlock
from dlbib.model.citekeys import key_fingerprint
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dlbib.formats import Original, RenderOptions
    from dlbib.formats.bibtex.value_writer import ValueWriter
    from dlbib.model.entry import Entry

_LEFT_OUT: Final = "is in the file whose layout is kept, but not among what is written; it was left out"
_KEPT: Final = "is in the file whose layout is kept, but not in the library; it was kept as it was; import the file, or delete it there"
_ANEW: Final = "what changed in it can't be told from its fields; it was laid out anew; look at it"


def rewritten(
    original: Original, entries: Iterable[Entry], writer: ValueWriter, options: RenderOptions
) -> Iterator[str]:
    """The text of ``original`` with ``entries`` in place of its own, in pieces.

    An entry is found by its key, whatever the case, or one of its older keys. What it says otherwise
    than the text is changed field by field; what the text has and ``entries`` have not is left out, unless
    ``options`` keep it; what is new stands at the end.
    """
    document = Document.read(original.text, writer.dialect, original.source)
    if original.is_unicode and not original.text.isascii():
        writer = replace(writer, ascii_only=False)
    elif not original.is_unicode:
        writer = replace(writer, ascii_only=True)
    return iter(_Rewriting(document, writer, options).made([*entries]))


@dataclass(slots=True)
class _Rewriting:
    document: Document
    writer: ValueWriter
    options: RenderOptions
    _texts: list[str] = field(init=False)
    _newline: str = field(init=False)
    _keys: dict[str, str] = field(init=False)
    _matches: list[Match] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Worked out once: every entry that changed asks for them.
        blocks = [part.block for part in self.document.parts]
        self._texts = [block.raw for block in blocks]
        self._newline = self.document.newline
        self._keys = {
            key_fingerprint(block.key): block.key
            for block in reversed(blocks)
            if isinstance(block, EntryBlock | FailedBlock)
        }

    def made(self, entries: Sequence[Entry]) -> list[str]:
        matches, new = matched(self.document, entries)
        self._matches = [each for each in matches if each.what or each.key != each.block.key]
        self._leave_out({each.index for each in matches} | {i for each in matches for i in each.others})
        self._change()
        self._warn()
        self._append(new)
        return self._texts

    # --- what is there and isn't wanted ------------------------------------------------------------

    def _leave_out(self, wanted: set[int]) -> None:
        unwanted = {
            index: part.entry.key
            for index, part in enumerate(self.document.parts)
            if part.entry is not None and index not in wanted
        }
        kept = set(self.options.keeps([*unwanted.values()])) if unwanted else set()
        for index, key in unwanted.items():
            if key in kept:
                self._report(Problem("PRESERVE-KEPT", _KEPT, "warning", key=key))
                continue
            self._report(Problem("PRESERVE-LEFT-OUT", _LEFT_OUT, "warning", key=key))
            self._take_out(index)

    def _take_out(self, index: int) -> None:
        """Take a block out, and the blank text behind it; its neighbours stay on lines of their own."""
        self._texts[index] = ""
        before = "".join(self._texts[max(0, index - 2) : index])
        if index + 1 < len(self._texts) and self._texts[index + 1].isspace():
            is_last = index + 2 == len(self._texts)
            self._texts[index + 1] = self._newline if is_last and not _ends_line(before) else ""
        if not _ends_line(before):
            self._texts[index] = self._newline if index + 1 < len(self._texts) else ""

    # --- what changed ------------------------------------------------------------------------------

    def _change(self) -> None:
        if not self._matches:
            return
        anew = {each.index: self._anew(each) for each in self._matches}
        edited = {each.index: self._edited(each) for each in self._matches}
        dialect = self.writer.dialect
        expected = entries_of(self._with(anew), dialect)
        found = entries_of(self._with(edited), dialect)
        for each in self._matches:
            key = normalize("NFC", each.key)
            said, wanted = found.get(key), expected.get(key)
            right = [_meant(each.entry, each.aliases), *([_meant(wanted)] if wanted else [])]
            if said is not None and _meant(said) in right:
                self._texts[each.index] = edited[each.index]
            else:
                self._texts[each.index] = anew[each.index]
                self._report(Problem("PRESERVE-ANEW", _ANEW, "warning", key=each.key))

    def _with(self, texts: dict[int, str]) -> list[str]:
        return [texts.get(index, text) for index, text in enumerate(self._texts)]

    def _anew(self, match: Match) -> str:
        """The entry as it is laid out where there is no original; in the line ends of this one."""
        problems: list[Problem] = []
        layout = Layout(self.writer, self._keys, problems.append, warns=not self.options.safe)
        text = layout.entry(match.key, match.entry.replace(aliases=match.aliases))
        for problem in problems:
            if problem.field in match.fields:
                self._report(problem)
        return text.rstrip("\n").replace("\n", self._newline)

    def _edited(self, match: Match) -> str:
        """The entry with just those fields changed that have to be."""
        editing = Editing(match.block.raw, self._newline)
        change = Change(match.old, match.entry.replace(aliases=match.aliases), match.what, self.writer)
        editing.rename(change.type_for(match.block.type), match.key, match.block.key)
        match.fields.update(change.apply(editing))
        return editing.made()

    def _warn(self) -> None:
        """Tell of dangerous TeX in what stays as it was."""
        if self.options.safe:
            return
        for text, part in zip(self._texts, self.document.parts, strict=True):
            if text == part.block.raw:
                for problem in part.problems:
                    if problem.code == "SEC-LATEX":
                        self._report(problem)

    # --- what is new -------------------------------------------------------------------------------

    def _append(self, new: Sequence[Entry]) -> None:
        if not new:
            return
        keys = {key_fingerprint(entry.key): entry.key for entry in new} | self._keys
        layout = Layout(self.writer, keys, self._report, warns=not self.options.safe)
        newline = self._newline
        added = [
            layout.entry(key, entry).replace("\n", newline)
            for key, entry in keyed(children_first(new), self._report, self._keys)
        ]
        text = newline.join(added)
        at = self._end()
        before, behind = "".join(self._texts[:at]), "".join(self._texts[at:])
        if before.strip("\ufeff \t\r\n"):
            text = f"{newline if _ends_line(before) else newline * 2}{text}"
        if behind:
            text = f"{text}{newline}"
        self._texts.insert(at, text)

    def _end(self) -> int:
        """Where entries can be put without being swallowed by a block that isn't closed."""
        blocks = [part.block for part in self.document.parts]
        at = len(blocks)
        for index in range(len(blocks) - 1, -1, -1):
            if isinstance(blocks[index], FailedBlock):
                at = index
            elif not blocks[index].raw.isspace():
                break
        return at

    def _report(self, problem: Problem) -> None:
        self.options.report(problem)


def _meant(entry: Entry, aliases: Iterable[str] | None = None) -> dict[str, object]:
    """What an entry says, whatever the entry type is called that says it."""
    said = said_by(entry, aliases)
    said.pop(f"extra:{ENTRY_TYPE}", None)
    return said


def _ends_line(text: str) -> bool:
    return not text.strip("\ufeff") or text.endswith(("\n", "\r"))
