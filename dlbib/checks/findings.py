"""What checks found, each told at its place like any other problem, with what would mend it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dlbib.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlbib.checks import Check, Found
    from dlbib.checks.subjects import Shelf, Subject


@dataclass(frozen=True, slots=True)
class Change:
    """One field as it is written now, and as it would be; empty where there is none."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """A problem that a check found, or a reader met; ``fix`` holds the changes that would mend it, if any would.

    The ``code`` of a check's finding is the check's name.
    """

    fix: tuple[Change, ...] = ()


def as_finding(problem: Problem) -> Finding:
    """A reader's problem, to stand among findings."""
    return Finding(**{each.name: getattr(problem, each.name) for each in fields(Problem)})


class Examiner:
    """Looks at entries with the checks that are given, which it asks only about what they want to see."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self._in_field: dict[str, list[Check]] = {}
        self._in_entry: list[Check] = []
        self._among: list[Check] = []
        self._instead_of: dict[str, frozenset[str]] = {}
        for check in checks:
            for attribute in check.attributes:
                self._in_field.setdefault(attribute, []).append(check)
            self._in_entry += [check] if check.in_entry else []
            self._among += [check] if check.among else []
            self._instead_of[check.name] = frozenset(check.instead_of)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """What is wrong with one entry, its fields in order and then the whole."""
        for field in subject.fields.values():
            for check in self._in_field.get(field.attribute, ()):
                if check.in_field:
                    for found in check.in_field(subject, field):
                        yield _told(check, subject, found)
        for check in self._in_entry:
            if check.in_entry:
                for found in check.in_entry(subject):
                    yield _told(check, subject, found)

    def compare(self, shelf: Shelf) -> dict[str, list[Finding]]:
        """What is wrong with entries beside each other, by the key of the entry."""
        findings: dict[str, list[Finding]] = {}
        for check in self._among:
            for subject, found in check.among(shelf) if check.among else ():
                findings.setdefault(subject.entry.key, []).append(_told(check, subject, found))
        return findings

    def findings(self, subjects: Iterable[Subject], shelf: Shelf) -> list[Finding]:
        """What is wrong with some of the entries on a shelf, by themselves and beside all others, in their order.

        Of several with one key, what is wrong beside others is told with the first.
        """
        beside = self.compare(shelf)
        return [
            finding
            for subject in subjects
            for finding in (*self.examine(subject), *beside.pop(subject.entry.key, ()))
        ]

    def told_better(self, problem: Problem, findings: Iterable[Finding]) -> bool:
        """Whether one of the findings in an entry says what a reader's problem there says."""
        return any(
            problem.code in self._instead_of.get(finding.code, ()) and problem.field in {"", finding.field}
            for finding in findings
        )


def _told(check: Check, subject: Subject, found: Found) -> Finding:
    field = subject.fields.get(found.field)
    shown = field.shown if field else found.field
    line, column = subject.place(shown)
    return Finding(
        check.name,
        found.message,
        check.severity,
        subject.origin.source,
        line,
        column,
        subject.entry.key,
        shown,
        tuple(_change(subject, name, new) for name, new in found.changes.items()),
    )


def _change(subject: Subject, name: str, new: str | None) -> Change:
    before = subject.fields.get(name)
    return Change(name, before.written if before else "", new or "")
