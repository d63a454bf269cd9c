"""What every command shares: how it is declared, the library it works on, and its options."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperOption

import dlbib
from dlbib.cli.output import say, visible
from dlbib.files.paths import shown

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


@dataclass(frozen=True, slots=True)
class Group:
    """Commands under one name: the part of the help page it stands in, and what they are for."""

    name: str
    panel: str
    summary: str
    commands: tuple[Command, ...]


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


YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]


def existing(library: str | None) -> Library:
    """The library, which must be there."""
    return greeted(dlbib.open(library, create=False))


def greeted(opened: Library) -> Library:
    """A library that was just opened; says so if it was brought up to date by that."""
    if (done := opened.migration) is not None:
        kept = f"; as it was before, it is in {shown(str(done.backup))}" if done.backup else ""
        say(f"{opened.location}: brought from schema {done.before} to {done.after}{kept}")
    return opened


def agreed(what: str, *, yes: bool) -> bool:
    """Whether the user wants that; where nobody can be asked, ``--yes`` must say so."""
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        message = f"to {visible(what)} needs a yes, and nobody can be asked here; add --yes"
        raise typer.BadParameter(message)
    if typer.confirm(f"{visible(what[:1].upper() + what[1:])}?", err=True):
        return True
    say("nothing was changed")
    return False


def query_text(query: list[str] | None) -> str:
    """One query from the words of the command line."""
    return " ".join(query or ())
