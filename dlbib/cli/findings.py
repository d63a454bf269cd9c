"""What a check found and mended, as people and programs see it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dlbib.checks import checks
from dlbib.cli.output import print_json, say, visible

if TYPE_CHECKING:
    from dlbib.checks import Check
    from dlbib.checks.findings import Finding


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
            _show(left)
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
    if not sys.stdout.isatty():
        _write(visible(str(finding)) for finding in findings)
        return
    from dlbib.cli.terminal.findings import draw_findings

    draw_findings(findings)


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
    from dlbib.cli.terminal.findings import draw_check

    draw_check(check)
