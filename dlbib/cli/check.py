"""The command that checks a library or a file, and mends what can be mended."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dlbib.checks import READING, checks, get_check
from dlbib.cli.commands import KEEP, Command, JsonOption, LibraryOption, existing, query_text
from dlbib.cli.failures import PARTLY
from dlbib.cli.findings import Outcome, show_check, tell
from dlbib.cli.output import print_json, print_table, say
from dlbib.errors import quoted
from dlbib.formats import formats

if TYPE_CHECKING:
    from dlbib.library import Library

TargetArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE...|QUERY...]",
        show_default=False,
        help="Files to check, by their names; else a query for works of the library, all of them without one.",
    ),
]


def check(  # every branch is a way to be asked
    target: TargetArgument = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="NAME,...", help="These checks alone; see --list.")
    ] = None,
    skip: Annotated[
        str | None,
        typer.Option(
            "--skip", metavar="NAME,...", help=f"All but these; '{READING}' is what the reader says."
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="NAME", help="Say what a check finds, why, and how it mends."),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="NAME", help="The format of files, where their names don't tell."
        ),
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="The encoding of files.")] = None,
    library: LibraryOption = None,
    *,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what can be: the file, or the works by your own edit.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what --fix would change, and change nothing.")
    ] = False,
    as_json: JsonOption = False,
    github: Annotated[bool, typer.Option("--github", help="Print annotations for GitHub Actions.")] = False,
    show_list: Annotated[bool, typer.Option("--list", help="List the checks.")] = False,
) -> int | None:
    """Check the works of the library, or files, and say how each finding is mended.

    Leaves with 1 when something was found.
    """
    if as_json and github:
        message = "--json and --github are two ways to print; choose one"
        raise typer.BadParameter(message)
    if explain:
        show_check(get_check(explain), as_json=as_json)
        return None
    if show_list:
        _list(as_json=as_json)
        return None
    asked = _Asked(
        _names("--only", only), _names("--skip", skip), fix or dry_run, dry_run, format_name, encoding
    )
    files = _files(target or [], format_name)
    if files:
        outcomes = [_of_file(file, asked) for file in files]
    else:
        with existing(library) as opened:
            outcomes = [_of_library(opened, query_text(target), asked)]
    tell(outcomes, as_json=as_json, github=github, mends=asked.mends)
    return PARTLY if any(outcome.left or (outcome.mended and dry_run) for outcome in outcomes) else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command was asked to do with every file, or with the library."""

    only: tuple[str, ...]
    skip: tuple[str, ...]
    mends: bool
    is_preview: bool
    format: str | None
    encoding: str | None


def _of_file(file: Path, asked: _Asked) -> Outcome:
    from dlbib import checking

    if not asked.mends:
        found = checking.check(
            file, only=asked.only, skip=asked.skip, format=asked.format, encoding=asked.encoding
        )
        return Outcome(tuple(found), source=str(file))
    mended = checking.mend(
        file, only=asked.only, skip=asked.skip, format=asked.format, encoding=asked.encoding
    )
    if not asked.is_preview:
        mended.save()
    return Outcome(mended.left, mended.mended, mended.difference, str(file), is_preview=asked.is_preview)


def _of_library(library: Library, query: str, asked: _Asked) -> Outcome:
    if not asked.mends:
        found = Outcome(tuple(library.check(query, only=asked.only, skip=asked.skip)))
    else:
        done = library.mend(query, only=asked.only, skip=asked.skip, dry_run=asked.is_preview)
        found = Outcome(done.left, done.mended, is_preview=asked.is_preview)
    if query and not (found.left or found.mended or library.works(query)):
        say(f"no work is found by {quoted(query)}")
    return found


def _names(option: str, given: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (given or "").split(",") if name.strip())
    if given is not None and not names:
        message = f"{option} names no check; see dlbib check --list"
        raise typer.BadParameter(message)
    return names


def _files(target: list[str], format_name: str | None) -> list[Path]:
    """The files that are meant, if any is; a query otherwise."""
    if "-" in target:
        message = "'-' is no file and asks for nothing; check standard input as /dev/stdin, with --format"
        raise typer.BadParameter(message)
    if folder := next((word for word in target if os.path.isdir(word)), None):  # noqa: PTH112  # False of what can't be a name
        wanted = shlex.quote(f'text:"{folder}"')
        message = f"{folder!r} is a folder; name the files in it, or say {wanted} to look for it"
        raise typer.BadParameter(message)
    if not target:
        return []
    extensions = tuple(
        extension for each in formats().values() if each.parse for extension in each.extensions
    )
    is_file = [
        format_name is not None or os.path.isfile(word) or Path(word).suffix.lower() in extensions  # noqa: PTH113  # as above
        for word in target
    ]
    if any(is_file) and not all(is_file):
        word = target[is_file.index(False)]
        message = f"{word!r} is no file, and others are; check files or a query, not both"
        raise typer.BadParameter(message)
    return [Path(word) for word in target] if any(is_file) else []


def _list(*, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {"name": each.name, "severity": each.severity, "summary": each.summary}
                for each in checks().values()
            ]
        )
        return
    print_table(("check", "what it finds"), ((each.name, each.summary) for each in checks().values()))


COMMANDS = (Command("check", KEEP, check),)
