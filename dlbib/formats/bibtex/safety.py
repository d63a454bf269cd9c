r"""A bibliography that TeX, BibTeX and biber can read without harm, whoever wrote it.

Every value becomes harmless TeX (`dlbib.model.tex.safety`), and what is TeX for the whole document, a
``@preamble``, is left out. So are comments and broken entries that hold such TeX and an ``@``, because BibTeX
reads on behind any ``@``, be it in a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.spans import pieces_of, spans_of
from dlbib.formats.bibtex.splitter import (
    CommentBlock,
    EntryBlock,
    PreambleBlock,
    StringBlock,
    is_set_aside,
    split_text,
)
from dlbib.formats.fields import VERBATIM
from dlbib.model.citekeys import key_fingerprint, key_problem, unique_key
from dlbib.model.problems import Problem
from dlbib.model.tex.hazards import hazards
from dlbib.model.tex.safety import is_harmless, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dlbib.formats.bibtex.splitter import Block

_DELIMITERS: Final = '{"'
_PREAMBLE: Final = re.compile(r"@\s*preamble", re.IGNORECASE)
_TYPE: Final = re.compile(r"[A-Za-z][A-Za-z0-9._+-]*")
_TEXT: Final = "{0} does more than set text; it was written as text; take it out"
_OTHER: Final = "a command that isn't known to be harmless"
_LEFT_OUT: Final = "{0} does more than set text; it was left out; take it out, or write without safety"
_IN_PLACE: Final = "left out for safety"
_BREAKS: Final = ("\n", "\r")
_MOST_PASSES: Final = 8
_ODD_KEY: Final = "the key holds what TeX would obey; it was written as {0!r}; rename it"


def made_safe(pieces: Iterable[str], report: Callable[[Problem], None]) -> Iterator[str]:
    """A text of BibTeX, in pieces, made safe; ``report`` is told of all that changes."""
    text = "".join(pieces)
    for _ in range(_MOST_PASSES):
        maker = _Maker(report)
        made = _joined([maker.made(block) for block in split_text(text)], text)
        if made == text or not maker.has_left_out:
            return iter((made,))
        text = made  # what stood around a block may be one now
    blocks = split_text(text)
    entries = [block for block in blocks if isinstance(block, EntryBlock) and not is_set_aside(block)]
    maker = _Maker(report)
    return (f"{maker.made(block)}\n" for block in entries)


def _joined(pieces: Sequence[str | None], text: str) -> str:
    """The pieces with a line of words in the place of each that was left out.

    Without that what stands around it could become one block: ``@pre`` and ``amble{...}``.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    made: list[str] = []
    for piece in pieces:
        written = piece
        if written is None:
            written = _IN_PLACE if not made or made[-1].endswith(_BREAKS) else f"{newline}{_IN_PLACE}"
        elif made and made[-1].endswith(_IN_PLACE) and not written.startswith(_BREAKS):
            written = f"{newline}{written}"
        made.append(written)
    return "".join(made)


class _Maker:
    def __init__(self, report: Callable[[Problem], None]) -> None:
        self._report = report
        self.has_left_out = False
        self._keys: set[str] = set()

    def made(self, block: Block) -> str | None:
        """The text of a block, made safe; ``None`` when it is left out."""
        if isinstance(block, EntryBlock) and not is_set_aside(block):
            return self._entry(block)
        if isinstance(block, StringBlock) and not is_set_aside(block):
            return self._with_safe_values(block, "", is_macro=True)
        if isinstance(block, PreambleBlock):
            self._left_out("@preamble")
            return None
        text, is_comment = block.raw, isinstance(block, CommentBlock)
        if isinstance(block, CommentBlock) and block.explicit:
            text = block.text
        if (is_comment and "@" not in text) or (is_harmless(text) and not _PREAMBLE.search(text)):
            return block.raw
        found = hazards(text) or (("@preamble",) if _PREAMBLE.search(text) else (_OTHER,))
        self._left_out(", ".join(found), getattr(block, "key", ""))
        return None

    def _entry(self, block: EntryBlock) -> str:
        key = self._key(block.key)
        if key != block.key or not _TYPE.fullmatch(block.type) or not _is_plain(block):
            return self._written_anew(block, key)
        return self._with_safe_values(block, key)

    def _key(self, key: str) -> str:
        """The key, without what TeX would obey in it, and other than those before if it was changed."""
        if "\\" not in key and "^^" not in key:
            self._keys.add(key_fingerprint(key))
            return key
        plain = "".join(sign for sign in key if key_problem(sign) is None and sign != "^") or "entry"
        made = unique_key(plain, self._keys)
        self._keys.add(key_fingerprint(made))
        self._report(Problem("SEC-LATEX", _ODD_KEY.format(made), "warning", key=key))
        return made

    def _with_safe_values(self, block: EntryBlock | StringBlock, key: str, *, is_macro: bool = False) -> str:
        if "\\" not in block.raw and not any(sign in block.raw for sign in "^%#&"):
            return block.raw
        raw = block.raw
        for span in reversed(spans_of(raw)):
            value = raw[span.value_at : span.end]
            made = self._value(span.name, value, key, is_joined=is_macro)
            if made != value:
                raw = raw[: span.value_at] + made + raw[span.end :]
        return raw

    def _value(self, name: str, written: str, key: str, *, is_joined: bool) -> str:
        pieces = pieces_of(written)
        made = written
        for start, end in reversed(pieces):
            if written[start] in _DELIMITERS:
                inner = safe(
                    written[start + 1 : end - 1],
                    verbatim=name.lower() in VERBATIM,
                    is_joined=is_joined or len(pieces) > 1,
                )
                made = made[: start + 1] + inner + made[end - 1 :]
        if made != written and not is_harmless(written):
            found = ", ".join(hazards(written)) or _OTHER
            self._report(Problem("SEC-LATEX", _TEXT.format(found), "warning", key=key, field=name))
        return made

    def _written_anew(self, block: EntryBlock, key: str) -> str:
        """An entry of which more than the values isn't plain, laid out without what stands between them."""
        kind = block.type if _TYPE.fullmatch(block.type) else "misc"
        fields = "".join(
            f"  {name} = {self._value(name, value, key, is_joined=False)},\n" for name, value in block.fields
        )
        return f"@{kind}{{{key},\n{fields}}}"

    def _left_out(self, what: str, key: str = "") -> None:
        self.has_left_out = True
        self._report(Problem("SEC-LATEX", _LEFT_OUT.format(what), "warning", key=key))


def _is_plain(block: EntryBlock) -> bool:
    """Whether what stands around the values of an entry holds nothing that could be read otherwise."""
    if "@" not in block.raw[1:] and "%" not in block.raw:
        return True
    end = 1
    for span in spans_of(block.raw):
        if "@" in block.raw[end : span.value_at]:
            return False
        end = span.end
    return "@" not in block.raw[end:]
