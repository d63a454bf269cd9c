"""The command that writes a bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dlbib.cli.commands import (
    FORMATS,
    WRITE,
    ApplicationOption,
    Command,
    LibraryOption,
    QueryArgument,
    existing,
    query_text,
)
from dlbib.cli.failures import PARTLY, say_problems
from dlbib.cli.output import print_text, say
from dlbib.files.paths import shown

if TYPE_CHECKING:
    from dlbib.library.choosing import Choice
    from dlbib.library.exporting import ExportReport

_PLAIN: Final = "bibtex"


def export(
    query: QueryArgument = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write, whole or not at all; standard output for -, and without.",
            show_default=False,
        ),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help=f"One of {FORMATS}; else by the file's extension; {_PLAIN} where there is none.",
            show_default=False,
        ),
    ] = None,
    application: ApplicationOption = None,
    key: Annotated[
        list[str] | None,
        typer.Option(
            "--key",
            "-k",
            metavar="KEY",
            help="Only the work with this key; may be repeated.",
            show_default=False,
        ),
    ] = None,
    cited_in: Annotated[
        Path | None,
        typer.Option(
            "--cited-in",
            metavar="FILE",
            help="Only what this .aux, .bcf or .tex cites (with what it includes).",
            show_default=False,
        ),
    ] = None,
    preserve: Annotated[
        Path | None,
        typer.Option(
            "--preserve",
            metavar="FILE",
            help="A .bib file to keep: its comments, macros, order and spacing, and all entries that say the same "
            "still; of others just the fields that changed are written, and new ones stand at its end.",
            show_default=False,
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="The encoding of the preserved file, where it isn't UTF-8 and doesn't say so.",
            show_default=False,
        ),
    ] = None,
    library: LibraryOption = None,
    *,
    utf8: Annotated[
        bool, typer.Option("--utf8", help="Letters as they are, where the format is plain ASCII by default.")
    ] = False,
    safe: Annotated[
        bool,
        typer.Option("--safe", help="TeX that does more than set text is written as text; no @preamble."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing when there is anything to warn of; exit 1.")
    ] = False,
) -> int:
    """Write a bibliography that compiles: BibTeX, BibLaTeX or CSL-JSON.

    Everything is written unless a query, an application, keys or a citing document choose.
    """
    choice: Choice = {
        "application": application,
        "keys": key or None,
        "cited_in": cited_in,
        "preserve": preserve,
        "encoding": encoding,
        "utf8": utf8,
        "safe": safe,
        "strict": strict,
    }
    with existing(library) as opened:
        if output is None or str(output) == "-":
            output = None
            text, report = opened.export(query_text(query), format=format_name or _PLAIN, **choice)
            print_text(text)
        else:
            into = format_name or (None if output.suffix else _PLAIN)
            report = opened.export_file(output, query_text(query), format=into, **choice)
    return _tell(report, output)


def _tell(report: ExportReport, output: Path | None) -> int:
    say_problems(report.problems)
    if output is not None:
        say(f"{shown(output)}: {len(report.keys)} {'entry' if len(report.keys) == 1 else 'entries'}")
    elif not report.keys:
        say("nothing was selected")
    return PARTLY if any(problem.severity == "error" for problem in report.problems) else 0


COMMANDS = (Command("export", WRITE, export),)
