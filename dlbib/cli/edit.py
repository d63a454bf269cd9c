"""Commands that keep a library: edit, tag."""

from __future__ import annotations

from typing import Annotated

import typer

from dlbib.cli.commands import KEEP, Command, LibraryOption, existing
from dlbib.cli.output import say
from dlbib.errors import quoted


def edit(
    key: Annotated[str, typer.Argument(metavar="KEY", show_default=False)],
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE...",
            help="title='Another title', year=2014, author='Last, First and Other, Person'; FIELD= says there is none.",
            show_default=False,
        ),
    ],
    library: LibraryOption = None,
) -> None:
    """Say yourself what a field is; your word stands before every other source's."""
    said = [_change(each) for each in changes]
    if len(dict(said)) < len(said):
        message = f"{', '.join(name for name, _ in said)}: a field is named twice; give it once"
        raise typer.BadParameter(message)
    with existing(library) as opened:
        opened.edit(key, **dict(said))
    say(f"{key}: {', '.join(dict(said))} changed; see dlbib why {key}")


def _change(text: str) -> tuple[str, str | None]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        message = f"{quoted(text)} is no change; write FIELD=VALUE"
        raise typer.BadParameter(message)
    return name.strip(), value or None


def tag(
    key: Annotated[str, typer.Argument(metavar="KEY", show_default=False)],
    tags: Annotated[list[str], typer.Argument(metavar="TAG...", show_default=False)],
    library: LibraryOption = None,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Take the tags away instead.")] = False,
) -> None:
    """Put tags on a work, to find it by tag:TAG."""
    with existing(library) as opened:
        now = opened.untag(key, *tags) if remove else opened.tag(key, *tags)
    say(f"{key}: {', '.join(now) or 'no tags'}")


COMMANDS = (Command("edit", KEEP, edit), Command("tag", KEEP, tag))
