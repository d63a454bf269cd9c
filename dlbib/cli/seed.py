"""The command that seeds: reading lists into the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

import dlbib
from dlbib.cli.commands import FILL, Command, JsonOption, LibraryOption, greeted
from dlbib.cli.output import print_json, print_table, say

_OUTCOMES: Final = ("added", "changed", "unchanged")


def seed(
    reading_list: Annotated[
        Path | None,
        typer.Argument(
            metavar="[LIST.yaml]",
            help="A reading list of your own; those that come with dlbib without it.",
            show_default=False,
        ),
    ] = None,
    library: LibraryOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Put a reading list into the library, which is created where there is none.

    Running it again changes nothing, and what you edited stays.
    """
    from dlbib.library import read_lists

    lists = read_lists(reading_list)  # before the library is made: a list that can't be read makes none
    with greeted(dlbib.open(library)) as opened:
        reports = opened.seed(*lists)
        say(f"library: {opened.location}")
    if as_json:
        print_json([{"list": report.slug, **report.counts} for report in reports])
        return
    print_table(
        ("list", "what", *_OUTCOMES),
        (
            (report.slug, what, *(str(count[outcome]) for outcome in _OUTCOMES))
            for report in reports
            for what, count in report.counts.items()
        ),
    )


COMMANDS = (Command("seed", FILL, seed),)
