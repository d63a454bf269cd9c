"""What an entry may not hold, and what is dangerous or doubtful in it, judged before it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dlbib.formats.bibtex.splitter import PreambleBlock
from dlbib.formats.fields import VERBATIM
from dlbib.model.problems import Problem
from dlbib.model.tex.hazards import hazards

if TYPE_CHECKING:
    from dlbib.formats.bibtex.reader.records import Record
    from dlbib.formats.bibtex.splitter import StringBlock

_CONTROLS: Final = bytes([*range(1, 9), 11, *range(14, 32), 127])
_CONTROL: Final = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
_LONG_COMMAND: Final = re.compile(r"\\[A-Za-z@]{2,}")
_DOLLAR: Final = re.compile(r"\\.|\$", re.DOTALL)

_NUL: Final = (
    "the entry holds the character U+0000, which no database holds; it was set aside; delete the character"
)
_SURROGATE: Final = "the entry holds half a character (from a wrong encoding); it was set aside; read the file in its own encoding"


def inspect(record: Record) -> bool:
    """Whether the entry can be read; tells what is wrong with it, and what is doubtful."""
    raw = record.block.raw
    try:
        encoded = raw.encode()
    except UnicodeEncodeError:
        record.warn("ENC-SURROGATE", _SURROGATE, severity="error")
        return False
    if b"\0" in encoded:
        record.warn("BIB-NUL", _NUL, severity="error")
        return False
    if len(encoded.translate(None, _CONTROLS)) != len(encoded):
        _report_control(record)
    if "$" in raw:
        _report_dollars(record)
    if "^^" in raw or ("\\" in raw and _LONG_COMMAND.search(raw)):
        _report_hazards(record)
    return True


def inspect_tex(block: PreambleBlock | StringBlock, source: str) -> tuple[Problem, ...]:
    """The warning that a block reaches beyond setting text, as a preamble always does."""
    found = hazards(block.raw) or (("@preamble",) if isinstance(block, PreambleBlock) else ())
    if not found:
        return ()
    return (Problem("SEC-LATEX", _dangerous(found), "warning", source, block.line, block.column),)


def _report_control(record: Record) -> None:
    for name, text in record.values.items():
        if found := _CONTROL.search(text):
            message = f"holds the control character U+{ord(found.group()):04X}; it was kept; delete it"
            record.warn("BIB-CONTROL", message, name)


def _report_dollars(record: Record) -> None:
    for name, text in record.values.items():
        if name not in VERBATIM and _DOLLAR.findall(text).count("$") % 2:
            message = "has a $ that no other closes, so math begins or ends there; it was kept; write \\$ or close it"
            record.warn("BIB-MATH", message, name)


def _report_hazards(record: Record) -> None:
    for name, text in record.values.items():
        if found := hazards(text):
            record.warn("SEC-LATEX", _dangerous(found), name)


def _dangerous(found: tuple[str, ...]) -> str:
    return f"{', '.join(found)} does more than set text; it was kept as it is; don't compile it unless you trust it"
