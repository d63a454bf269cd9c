"""dlbib: a bibliography and citation database library.

What is public is loaded when it is asked for, so that a script that reads a file waits for no database.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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

_HOMES: Final = {
    "checking": ("check",),
    "checks.findings": ("Finding",),
    "errors": ("DlbibError",),
    "exchange": ("read", "write"),
    "fetching": ("fetch",),
    "library": ("Library", "open"),
    "model.dates": ("Date",),
    "model.entry": ("Contributor", "Entry"),
    "model.identifiers": ("Identifier", "find_identifiers", "parse_identifier"),
    "model.names": ("Name",),
    "model.problems": ("Problem",),
    "model.works": ("Application", "Paper", "Resource"),
    "providers": ("Outcome",),
}
_HOME_OF: Final = {name: f"{__name__}.{home}" for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # or every name would pass for one that is there

    def __getattr__(name: str) -> Any:  # noqa: ANN401  # as a module's attributes are
        if name not in _HOME_OF:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(importlib.import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
