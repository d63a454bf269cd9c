"""dlbib: a bibliography and citation database library."""

from __future__ import annotations

from dlbib.checking import check
from dlbib.checks.findings import Finding
from dlbib.errors import DlbibError
from dlbib.exchange import read, write
from dlbib.fetching import fetch
from dlbib.library import Library, open  # noqa: A004  # the library's own verb
from dlbib.model.dates import Date
from dlbib.model.entry import Contributor, Entry
from dlbib.model.identifiers import Identifier, find_identifiers, parse_identifier
from dlbib.model.names import Name
from dlbib.model.problems import Problem
from dlbib.model.works import Application, Paper, Resource
from dlbib.providers import Outcome

__all__ = [
    "Application",
    "Contributor",
    "Date",
    "DlbibError",
    "Entry",
    "Finding",
    "Identifier",
    "Library",
    "Name",
    "Outcome",
    "Paper",
    "Problem",
    "Resource",
    "check",
    "fetch",
    "find_identifiers",
    "open",
    "parse_identifier",
    "read",
    "write",
]
