"""The command that makes citation keys by a pattern."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from dlbib.cli.commands import KEEP, Command, JsonOption, LibraryOption, QueryArgument, existing, query_text
from dlbib.cli.output import print_json, print_table, say


def keys(
    query: QueryArgument = None,
    pattern: Annotated[
        str,
        typer.Option(
            "--pattern",
            "-p",
            metavar="PATTERN",
            # A bracket without a backslash would be taken for a style.
            help=r"Text and markers, as JabRef writes them: '\[auth:lower]\[year]', '\[authors2]_\[shorttitle]'.",
            show_default=False,
        ),
    ] = ...,  # type: ignore[assignment]  # typer's word for an option that must be given
    library: LibraryOption = None,
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Rename; else only show what would change.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show which keys a pattern makes, old and new, and rename with --apply.

    Old keys stay aliases for ever: documents that cite them go on to compile.
    """
    with existing(library) as opened:
        renamed = opened.rename(pattern, query_text(query), dry_run=not apply)
    if as_json:
        print_json([asdict(each) for each in renamed])
    else:
        print_table(("old", "new"), ((each.old, each.new) for each in renamed), whole=2, empty="")
    if apply:
        say(f"{_counted(len(renamed))} renamed; the old ones stay aliases")
    elif renamed:
        say(f"{_counted(len(renamed))} would be renamed; add --apply to do so")
    else:
        say("every key is as the pattern makes it")


def _counted(number: int) -> str:
    return f"{number} {'key' if number == 1 else 'keys'}"


COMMANDS = (Command("keys", KEEP, keys),)
