"""From an error to an exit code and one line on standard error."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Final

from dlbib.cli.output import print_json, say
from dlbib.errors import (
    ConflictError,
    DlbibError,
    FetchError,
    InputError,
    InvalidIdentifierError,
    InvalidOptionError,
    LibraryError,
    NotFoundError,
    OutputError,
    ParseError,
    PointedError,
    ReadingListError,
    StrictError,
    UnknownFormatError,
    UnknownProviderError,
    UnsupportedError,
)
from dlbib.model.problems import Problem

MOST_SHOWN: Final = 100
"""How many problems are told, one to a line, before the rest is counted."""

PARTLY: Final = 1
USAGE: Final = 2
INPUT: Final = 3
DATABASE: Final = 4
REMOTE: Final = 5
OUTPUT: Final = 6
BUG: Final = 7
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
TERMINATED: Final = 143

_CODES: Final[tuple[tuple[type[DlbibError], int], ...]] = (
    (InputError, INPUT),
    (ParseError, INPUT),
    (OutputError, OUTPUT),
    (LibraryError, DATABASE),
    (FetchError, REMOTE),
    (InvalidIdentifierError, USAGE),
    (PointedError, USAGE),
    (UnknownFormatError, USAGE),
    (UnsupportedError, USAGE),
    (UnknownProviderError, USAGE),
    (InvalidOptionError, USAGE),
    (ConflictError, USAGE),
    (DlbibError, PARTLY),
)


def exit_code(error: DlbibError) -> int:
    """The exit code for ``error``; a key that isn't there is 1, any other unknown name is usage."""
    if isinstance(error, NotFoundError) and error.what != "key":
        return USAGE
    return next(code for kind, code in _CODES if isinstance(error, kind))


def report(error: DlbibError, *, as_json: bool) -> int:
    """Say what went wrong, as an object on standard output too when JSON was asked for."""
    code = exit_code(error)
    if as_json:
        about = {"type": type(error).__name__, "message": str(error), "exit_code": code}
        nearest = {"nearest": list(error.nearest)} if isinstance(error, NotFoundError) else {}
        with contextlib.suppress(OSError):  # standard error tells it all the same
            print_json({"error": about | nearest})
    say(_said(error))
    return code


def say_problems(problems: Sequence[Problem], *, untold: int = 0) -> None:
    """Say what is wrong with an input or an output, a line each, and count what is more than people read.

    ``untold`` is how many more there are that aren't given.
    """
    for problem in problems[:MOST_SHOWN]:
        say(str(problem))
    if more := max(len(problems) - MOST_SHOWN, 0) + untold:
        say(f"… and {more} more")


def _said(error: DlbibError) -> str:
    """What is said of an error: a line, or one for each of its problems, of which there may be many."""
    if not isinstance(error, ReadingListError | StrictError):
        return f"dlbib: error: {error}"
    lines = str(error).split("\n")
    if len(lines) <= MOST_SHOWN + 1:
        return str(error)
    return "\n".join([*lines[:MOST_SHOWN], f"… and {len(lines) - MOST_SHOWN - 1} more", lines[-1]])
