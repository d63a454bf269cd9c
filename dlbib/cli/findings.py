"""What a check found and mended, as people and programs see it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dlbib.checks import Check, checks
from dlbib.checks.findings import Finding
from dlbib.cli.output import print_json, say, terminal, visible

_MOST_SHOWN: Final = 20
"""How many findings of one check people are shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of checking one file, or the library (an empty ``source``)."""

    left: tuple[Finding, ...]
    mended: tuple[Finding, ...] = ()
    difference: str = ""
    source: str = ""
    is_preview: bool = False


def tell(outcomes: Sequence[Outcome], *, as_json: bool, github: bool, mends: bool) -> None:
    """Print all that was found: annotations, JSON, a table for people, or lines in a pipe; then counts on standard error."""
    left = [finding for outcome in outcomes for finding in outcome.left]
    mended = [finding for outcome in outcomes for finding in outcome.mended]
    if as_json:
        found = [_plain(finding) for finding in left]
        print_json({"mended": [_plain(finding) for finding in mended], "left": found} if mends else found)
    elif github:
        _write(_annotation(finding) for finding in left)
    else:
        _show_mended(outcomes)
        if not any(outcome.is_preview for outcome in outcomes):  # a preview is a patch, and nothing else
            _show(left) if sys.stdout.isatty() else _write(visible(str(finding)) for finding in left)
    for outcome in outcomes:
        _sum_up(outcome, mends=mends)
    if not mends and left:
        _hint(left)


def _write(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.code,
        "severity": finding.severity,
        "source": finding.source,
        "line": finding.line,
        "column": finding.column,
        "key": finding.key,
        "field": finding.field,
        "message": finding.message,
        "fix": [{"field": change.field, "old": change.old, "new": change.new} for change in finding.fix],
    }


def _annotation(finding: Finding) -> str:
    """A finding as GitHub Actions reads it.

    Source: github.com/actions/toolkit, packages/core/src/command.ts, escapeData and escapeProperty.
    """
    about = " ".join(part for part in (finding.key, finding.field) if part)
    properties = {
        "file": finding.source,
        "line": finding.line or "",
        "col": finding.column or "",
        "title": f"{finding.code}: {about}" if about else finding.code,
    }
    written = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items() if value)
    return f"::{finding.severity} {written}::{_escaped(finding.message)}"


def _escaped(value: object, signs: str = "") -> str:
    text = str(value)
    for sign in f"%\r\n{signs}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return visible(text)


def _show_mended(outcomes: Sequence[Outcome]) -> None:
    """What was changed: of a file its lines, when nothing was written yet; else each field, old and new."""
    for outcome in outcomes:
        if outcome.is_preview and outcome.difference:
            _write(visible(line) for line in outcome.difference.splitlines())
        elif outcome.mended:
            _write(visible(" ".join(_mended_line(finding).split())) for finding in outcome.mended)


def _mended_line(finding: Finding) -> str:
    where = ":".join(str(part) for part in (finding.source, finding.line) if part)
    changes = "; ".join(f"{c.field}: {c.old or 'none'} -> {c.new or 'none'}" for c in finding.fix)
    return f"{f'{where}: ' if where else ''}mended[{finding.code}] key '{finding.key}' {changes}"


def _show(findings: Sequence[Finding]) -> None:
    """A table for each check, the gravest first, of its first findings."""
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


def _sum_up(outcome: Outcome, *, mends: bool) -> None:
    where = f"{outcome.source or 'library'}: "
    if mends:
        verb = "would be mended" if outcome.is_preview else "mended"
        say(f"{where}{_counted(len(outcome.mended), 'finding')} {verb}, {len(outcome.left)} left")
    elif outcome.left:
        keys = len({finding.key for finding in outcome.left})
        say(
            f"{where}{_counted(len(outcome.left), 'finding')} in {keys} {'entry' if keys == 1 else 'entries'}"
        )
    else:
        say(f"{where}nothing found")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _hint(left: Sequence[Finding]) -> None:
    fixable = sum(1 for finding in left if finding.fix)
    if fixable:
        say(f"--fix mends {fixable} of them; --dry-run shows how")
    known = Counter(finding.code for finding in left if finding.code in checks())
    if known:
        say(f"what a check is about: dlbib check --explain {known.most_common(1)[0][0]}")


def show_check(check: Check, *, as_json: bool) -> None:
    """All there is to know about a check."""
    if as_json:
        print_json(
            {
                "name": check.name,
                "severity": check.severity,
                "summary": check.summary,
                "explanation": check.explanation,
                "wrong": check.wrong,
                "right": check.right,
            }
        )
        return
    console = terminal()
    console.print(
        Text.assemble((check.name, "bold"), f" ({check.severity}): {check.summary}\n"),
        soft_wrap=not console.is_terminal,
    )
    console.print(Text(f"{check.explanation}\n"), soft_wrap=not console.is_terminal)
    for heading, sample in (("Found in", check.wrong), ("Not in", check.right)):
        console.print(Text(heading, style="bold"))
        console.print(Padding(Text(visible_lines(sample)), (0, 0, 0, 2)))


def visible_lines(text: str) -> str:
    """``text`` with what can't be seen made visible, line by line."""
    return "\n".join(visible(line) for line in text.split("\n"))
