"""What checks found, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dlbib.checks import checks
from dlbib.cli.output import visible
from dlbib.cli.terminal.tables import terminal

if TYPE_CHECKING:
    from dlbib.checks import Check
    from dlbib.checks.findings import Finding

_MOST_SHOWN: Final = 20
"""How many findings of one check people are shown."""


def draw_findings(findings: Sequence[Finding]) -> None:
    """Draw a table for each check, the gravest first, of its first findings."""
    console = terminal()
    ordered = sorted(findings, key=lambda finding: (finding.severity != "error", finding.code))
    for code, group in groupby(ordered, key=lambda finding: finding.code):
        found = list(group)
        check = checks().get(code)
        console.print(
            Text.assemble(
                (code, "bold red" if found[0].severity == "error" else "bold yellow"),
                f"  {check.summary if check else 'what the reader says'}",
            )
        )
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column(no_wrap=True, style="dim")
        table.add_column(overflow="fold", max_width=28, style="bold")
        table.add_column(overflow="fold", ratio=1)
        for finding in found[:_MOST_SHOWN]:
            table.add_row(*map(Text, _cells(finding)))
        console.print(Padding(table, (0, 0, 0, 2)))
        if len(found) > _MOST_SHOWN:
            console.print(
                Text(
                    f"  … and {len(found) - _MOST_SHOWN} more; see them by --only {code} in a pipe",
                    style="dim",
                )
            )
        console.print()


def _cells(finding: Finding) -> Iterator[str]:
    yield ":".join(str(part) for part in (finding.line, finding.column) if part)
    yield visible(" ".join(part for part in (finding.key, finding.field) if part))
    yield visible(" ".join(finding.message.split()))


def draw_check(check: Check) -> None:
    """Draw all there is to know about a check; in a pipe its lines are as long as they are."""
    console = terminal()
    console.print(
        Text.assemble((check.name, "bold"), f" ({check.severity}): {check.summary}\n"),
        soft_wrap=not console.is_terminal,
    )
    console.print(Text(f"{check.explanation}\n"), soft_wrap=not console.is_terminal)
    for heading, sample in (("Found in", check.wrong), ("Not in", check.right)):
        console.print(Text(heading, style="bold"))
        console.print(Padding(Text(_visible_lines(sample)), (0, 0, 0, 2)))


def _visible_lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n"))
