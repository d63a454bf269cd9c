"""What can be wrong with a block, and what is said about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dlbib.formats.bibtex.splitter.blocks import advance
from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from dlbib.formats.bibtex.splitter.blocks import Block
    from dlbib.model.problems import Severity

_ERRORS = {
    "BIB-NOTYPE": "the entry has no type; it was set aside; write one after the @, as in @misc{",
    "BIB-NOKEY": "the entry has no citation key; it was set aside; write a key and a comma behind its brace",
    "BIB-KEY": "the citation key holds {detail}; the entry was set aside; use letters, digits and : . _ / -",
    "BIB-MISSING-COMMA": "a comma is missing here; the entry was set aside; write one",
    "BIB-FIELD": "{excerpt} is no name of a field with a value; the entry was set aside; write NAME = {VALUE}",
    "BIB-NOVALUE": "the field has no value; the entry was set aside; write {} for an empty one",
    "BIB-BAREVALUE": (
        "{detail} stands without braces and is neither a number nor a macro; the entry was set aside; "
        "put the value in braces"
    ),
    "BIB-SYNTAX": (
        "{excerpt} stands where a comma or the end of the entry should be; the entry was set aside; check the "
        'braces and quotation marks before it (BibTeX counts \\{ as a brace and ends a value at \\")'
    ),
    "BIB-DELIMITER": "the block ends with {detail}; it was set aside; close it as it was opened",
    "BIB-BRACE": (
        "the brace opened here is never closed; the block was set aside, reading went on at the next one; "
        "close the brace (BibTeX counts \\{ as one)"
    ),
    "BIB-QUOTE": (
        "the quotation mark opened here is never closed, or a brace inside isn't; the block was set aside, "
        "reading went on at the next one; close it"
    ),
    "BIB-UNCLOSED": "the block isn't closed before the next one; it was set aside; write the closing brace",
    "BIB-EOF": "the text ends inside the block; it was set aside; the file may be cut off: get it anew",
    "LIMIT": "the block is longer than can be read; it was set aside; check its braces, or raise the limit",
}

_WARNINGS = {
    "BIB-TRAILING-TEXT": (
        "text follows the end of the entry as if it belonged to it; it was kept as a comment; "
        "check for a brace too many in the entry"
    ),
    "BIB-PERCENT": (
        "a % before the @ doesn't hide an entry from BibTeX; it was read; delete the entry to be rid of it"
    ),
    "BIB-COMMENTED-ENTRY": (
        "this @comment holds an entry, which biber and BibTeX read all the same; "
        "it was kept as a comment; delete it to be rid of it"
    ),
    "BIB-STRAY-AT": (
        "a line begins with {detail} but no brace follows; it was kept as a comment; "
        "write the brace if this should be an entry"
    ),
    "BIB-SAME-LINE": (
        "the block begins on the line where an entry of many lines ends; "
        "it was read as a block of its own; check the braces before it"
    ),
    "BIB-ENTRY-IN-VALUE": (
        "a line of this value begins like an entry; it was kept in the value; "
        "close the brace before it if it is one"
    ),
    "BIB-PREAMBLE": (
        "the preamble is no value in quotation marks or braces; it was kept as it is; put it in quotation marks"
    ),
}

_EXCERPT = re.compile(r"[^\r\n,]{1,20}")


class Fault(NamedTuple):
    """Something wrong, ``at`` an offset in the raw text of its block."""

    code: str
    at: int
    field: str = ""
    detail: str = ""

    @property
    def severity(self) -> Severity:
        """Whether the block has to be set aside."""
        return "error" if self.code in _ERRORS else "warning"

    def message(self, raw: str) -> str:
        """What is wrong; what was done; how to mend it."""
        template = _ERRORS.get(self.code) or _WARNINGS[self.code]
        if "{excerpt}" in template:
            found = _EXCERPT.match(raw, self.at)
            return template.replace("{excerpt}", repr(found[0].rstrip()) if found else "this")
        return template.replace("{detail}", self.detail)


def with_problems(block: Block, faults: list[Fault], source: str, key: str) -> Block:
    """The block with its faults told as problems, in the order of their places."""
    problems = []
    line, column, told = block.line, block.column, 0
    for fault in sorted(faults, key=lambda fault: fault.at):
        line, column = advance(line, column, block.raw[told : fault.at])
        told = fault.at
        problems.append(
            Problem(
                fault.code, fault.message(block.raw), fault.severity, source, line, column, key, fault.field
            )
        )
    return block._replace(problems=tuple(problems)) if problems else block


class BrokenBlockError(Exception):
    """A block whose end can't be found by reading on.

    Its end has to be looked for from the offset ``resume`` on: where it closes or the next one
    begins, or, when ``is_open``, only where the next one begins.
    """

    def __init__(self, fault: Fault, resume: int, *, is_open: bool = True) -> None:
        super().__init__(fault, resume)
        self.fault = fault
        self.resume = resume
        self.is_open = is_open
