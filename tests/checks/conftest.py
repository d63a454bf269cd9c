from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from dlbib.checking.sheets import Sheet
from dlbib.checks import chosen
from dlbib.checks.findings import Examiner, Finding
from dlbib.formats import get_format

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = dt.date(2026, 3, 1)


def sheet(text: str, format_name: str = "bibtex") -> Sheet:
    return Sheet(get_format(format_name), "refs.bib", text, "utf-8")


def found(text: str, *only: str, format_name: str = "bibtex") -> list[Finding]:
    """What checks find in a text; the problems of its reader are left out."""
    findings = sheet(text, format_name).findings(Examiner(chosen(only)), TODAY, tells_all=False)
    return [finding for finding in findings if finding.severity != "error" or finding.code.islower()]


def names(findings: Sequence[Finding]) -> list[str]:
    return sorted({finding.code for finding in findings})


def mended(text: str, *only: str, format_name: str = "bibtex") -> str:
    after, _ = sheet(text, format_name).mended(Examiner(chosen(only)), TODAY)
    return after.text


def entry(fields: str, entry_type: str = "misc") -> str:
    """A BibTeX entry with one or more fields."""
    return f"@{entry_type}{{key,\n  {fields}\n}}\n"


def lines(text: str) -> list[str]:
    return io.StringIO(text).readlines()
