"""Commands that look after a library's database."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Any

import typer

from dlbib.cli.commands import KEEP, Command, Group, JsonOption, LibraryOption, YesOption, agreed, existing
from dlbib.cli.failures import DATABASE
from dlbib.cli.output import print_json, print_table, say
from dlbib.errors import RESTORE
from dlbib.files.paths import shown


def info(library: LibraryOption = None, *, as_json: JsonOption = False) -> None:
    """Tell where the library is, what wrote it, and how much it holds."""
    with existing(library) as opened:
        found = opened.describe()
    told: dict[str, Any] = {
        "location": found.location,
        "written by": f"dlbib {found.written_by}",
        "schema": found.schema,
        "bytes": found.size,
        **found.counts,
    }
    if as_json:
        print_json(
            {name.replace(" ", "_"): value for name, value in told.items()} | {"written_by": found.written_by}
        )
        return
    print_table(("what", "value"), ((name, str(value)) for name, value in told.items()))


def check(
    library: LibraryOption = None,
    *,
    fix: Annotated[bool, typer.Option("--fix", help="Make the indexes anew; a copy is kept before.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Look whether the library's file is sound: its pages, its indexes, and what its rows refer to.

    What people wrote into it is the matter of dlbib check. Exit code 4 when anything is wrong.
    """
    with existing(library) as opened:
        found = opened.find_damage()
        if fix and found:
            say(
                f"{opened.location}: copied to {shown(opened.mend_indexes())}, and its indexes were made anew"
            )
            found = opened.find_damage()
        location = opened.location
    if as_json:
        print_json(list(found))
    else:
        print_table(("damage",), ((each,) for each in found), empty="")
    say(f"{location}: {_advice(len(found), fixed=fix)}")
    return DATABASE if found else 0


def _advice(count: int, *, fixed: bool) -> str:
    if not count:
        return "is sound"
    wrong = "1 thing is wrong" if count == 1 else f"{count} things are wrong"
    return f"{wrong}; {RESTORE}" if fixed else f"{wrong}; mend it with --fix, or {RESTORE}"


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)], library: LibraryOption = None
) -> None:
    """Copy the library to FILE, which must not exist, whoever uses it meanwhile; the copy is checked."""
    with existing(library) as opened:
        opened.back_up(target)
        back = shlex.join(
            ["dlbib", "db", "restore", str(target), *(["--library", library] if library else [])]
        )
        say(f"{opened.location}: copied to {shown(target)}; {back} puts it back")


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", show_default=False)],
    library: LibraryOption = None,
    *,
    yes: YesOption = False,
) -> None:
    """Put BACKUP in the library's place. What the library held is copied beside it before."""
    from dlbib.library import restore as restored

    if not agreed(f"put {source} in the place of the library", yes=yes):
        return
    kept = restored(source, library)
    with existing(library) as opened:
        location = opened.location
    before = f"; what it held before is in {shown(kept)}" if kept else ""
    say(f"{location}: holds what {shown(source)} holds{before}")


def upgrade(library: LibraryOption = None) -> None:
    """Bring the library of an older dlbib up to date, as every command does; a copy is kept before."""
    with existing(library) as opened:
        if opened.migration is None:
            say(f"{opened.location}: is up to date (schema {opened.describe().schema})")


COMMANDS = (
    Group(
        "db",
        KEEP,
        "Look after the library's database: info, check, backup, restore, upgrade.",
        (
            Command("info", KEEP, info),
            Command("check", KEEP, check),
            Command("backup", KEEP, backup),
            Command("restore", KEEP, restore),
            Command("upgrade", KEEP, upgrade),
        ),
    ),
)
