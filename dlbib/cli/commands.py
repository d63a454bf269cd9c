"""What every command shares: how it is declared, the library it works on, and its options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperOption

import dlbib

if TYPE_CHECKING:
    from dlbib import Library

FILL: Final = "Fill a library"
ASK: Final = "Ask it"
WRITE: Final = "Write a bibliography"
KEEP: Final = "Keep it"
PANELS: Final = (FILL, ASK, WRITE, KEEP)
"""The parts of the help page, in its order."""


FORMATS: Final = "{formats}"
"""What stands in the help of an option for the names of all formats."""

LIBRARY_VARIABLE: Final = "DLBIB_LIBRARY"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, the part of the help page it stands in, and what it does.

    The function returns the exit code; ``None`` is 0.
    """

    name: str
    panel: str
    run: Callable[..., int | None]


class Explained(TyperCommand):
    """A command as typer has it, whose help names the formats: they are loaded for that alone."""

    def format_help(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever typer gives it
        """Write the help page, with what stands there for `FORMATS`."""
        from dlbib.formats import formats

        for option in self.params:
            if isinstance(option, TyperOption) and FORMATS in (option.help or ""):
                option.help = str(option.help).replace(FORMATS, ", ".join(formats()))
        super().format_help(*args, **kwargs)


LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library",
        "-L",
        metavar="PATH_OR_URL",
        envvar=LIBRARY_VARIABLE,
        show_default="a file in your data folder",
        help="The library: an SQLite file, or the URL of a PostgreSQL database.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
ApplicationOption = Annotated[
    str | None,
    typer.Option(
        "--application",
        "-a",
        metavar="SLUG",
        help="Only what this application groups; see 'dlbib applications'.",
    ),
]
QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY]...",
        show_default=False,
        help="Terms that must all hold: words, author:graves, year:2013..2016, type:report, tag:read, "
        "has:doi, title:\"...\", venue:nature, doi:...; '-' before a term refuses it, 'or' parts alternatives.",
    ),
]


def existing(library: str | None) -> Library:
    """The library, which must be there."""
    return dlbib.open(library, create=False)


def query_text(query: list[str] | None) -> str:
    """One query from the words of the command line."""
    return " ".join(query or ())
